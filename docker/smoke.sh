#!/bin/sh
# Whether a hub at an address is there, ready, and closed to strangers: smoke.sh https://hub.example.com
set -eu
url=${1:?address of the hub}
url=${url%/}

answer() {
  curl --silent --show-error --max-time 10 --output /dev/null --write-out '%{http_code}' "$@" || true
}

expect() {
  wanted=$1
  shift
  got=$(answer "$@")
  if [ "$got" != "$wanted" ]; then
    echo "smoke: $* answered $got and not $wanted" >&2
    return 1
  fi
}

tries=0
until [ "$(answer "$url/health/ready")" = 200 ]; do
  tries=$((tries + 1))
  if [ "$tries" -ge "${SMOKE_TRIES:-30}" ]; then
    echo "smoke: $url is not ready" >&2
    exit 1
  fi
  sleep "${SMOKE_PAUSE:-2}"
done
expect 200 "$url/health/live"
expect 401 "$url/api/v1/events"
expect 401 "$url/metrics"
expect 404 --request POST --header 'Content-Type: application/json' --data '{}' "$url/webhooks/no-such-source"
echo "smoke: $url is ready"
