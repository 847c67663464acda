#!/bin/sh
# Runs the hub of this folder (serai.jar, lib, routes) once, so that the virtual machine writes the
# cache serai.aot: classes that are read and linked, and what it saw of their use. It needs a
# database and a Redis that nobody else uses: SERAI_DATABASE_URL, SERAI_REDIS_URL.
set -eu
export SERAI_ENV=dev SERAI_WEBHOOKS_WARM_UP=5s
export PORT="${PORT:-8099}" SERAI_DATA_DIR="${SERAI_DATA_DIR:-$(mktemp -d)}"

java -XX:AOTCacheOutput=serai.aot -Xlog:aot=error -XX:+UseG1GC -jar serai.jar &
hub=$!
serai() { java -jar serai.jar "$@" --url "http://127.0.0.1:$PORT"; }

tries=0
until serai health >/dev/null 2>&1; do
  tries=$((tries + 1))
  if [ $tries -gt 60 ] || ! kill -0 $hub; then
    echo "The hub did not start" >&2
    exit 1
  fi
  sleep 1
done
serai trigger stripe invoice.paid
serai events list >/dev/null
serai subscriptions list >/dev/null

kill -TERM $hub
wait $hub || [ $? -eq 143 ]
test -s serai.aot
