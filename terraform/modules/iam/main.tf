# One account for each thing that acts. What they may do to single resources is said beside these.
resource "google_service_account" "hub" {
  account_id   = "${var.name}-hub"
  display_name = "Serai's hubs"
}

resource "google_service_account" "migration" {
  account_id   = "${var.name}-migration"
  display_name = "Serai's migrations of the database, and nothing else"
}

resource "google_service_account" "tasks" {
  account_id   = "${var.name}-tasks"
  display_name = "Who calls of Cloud Tasks say they are; it may do nothing"
}

resource "google_project_iam_member" "hub" {
  for_each = toset([
    "roles/bigquery.jobUser",
    "roles/cloudtrace.agent",
    "roles/monitoring.metricWriter",
  ])

  project = var.project
  role    = each.key
  member  = google_service_account.hub.member
}

# Signed addresses of objects are signed by Google with the account's own key, which nobody holds.
resource "google_service_account_iam_member" "signing" {
  service_account_id = google_service_account.hub.name
  role               = "roles/iam.serviceAccountTokenCreator"
  member             = google_service_account.hub.member
}

# To make a task that calls as the tasks' account.
resource "google_service_account_iam_member" "tasks" {
  service_account_id = google_service_account.tasks.name
  role               = "roles/iam.serviceAccountUser"
  member             = google_service_account.hub.member
}
