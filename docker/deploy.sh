#!/bin/sh
# Brings an image to Cloud Run: migrates the database, starts a revision without requests, tries it, gives it
# all requests, tries again, and goes back to the revision before if that fails. Cloud Build and GitHub's
# workflow both run it. It needs REGION, SERVICE and IMAGE; SMOKE_URL replaces the service's own address where
# that is closed. A new hub takes deliveries and jobs as soon as it runs; only requests wait for the switch.
set -eu
: "${REGION:?}" "${SERVICE:?}" "${IMAGE:?}"
here=$(dirname "$0")

traffic() {
  gcloud run services describe "$SERVICE" --region "$REGION" --format json | python3 -c "
import json, sys
status = json.load(sys.stdin)['status']
parts = status.get('traffic', [])
serving = max(parts, key=lambda part: part.get('percent', 0), default={})
candidate = next((part for part in parts if part.get('tag') == 'candidate'), {})
print({'serving': serving.get('revisionName', ''), 'candidate': candidate.get('revisionName', ''),
       'candidate-url': candidate.get('url', ''), 'url': status.get('url', '')}['$1'])"
}

switch() {
  gcloud run services update-traffic "$SERVICE" --region "$REGION" --quiet "$@"
}

before=$(traffic serving)
echo "deploy: $before serves; bringing $IMAGE"

# Migrations only add: the hubs of the version before go on meanwhile, and after a way back.
gcloud run jobs update "$SERVICE-migrate" --region "$REGION" --quiet --image "$IMAGE"
gcloud run jobs execute "$SERVICE-migrate" --region "$REGION" --quiet --wait

back() {
  echo "deploy: going back to $before" >&2
  switch --to-revisions "$before=100"
  switch --remove-tags candidate
  exit 1
}

gcloud run services update "$SERVICE" --region "$REGION" --quiet \
  --container hub --image "$IMAGE" --no-traffic --tag candidate || back
candidate=$(traffic candidate)

if [ -z "${SMOKE_URL:-}" ]; then
  "$here/smoke.sh" "$(traffic candidate-url)" || back
fi
switch --to-revisions "$candidate=100" || back
"$here/smoke.sh" "${SMOKE_URL:-$(traffic url)}" || back
switch --remove-tags candidate
echo "deploy: $candidate serves"
