output "hub" {
  description = "E-mail address of the hubs' account."
  value       = google_service_account.hub.email
}

output "migration" {
  description = "E-mail address of the migrations' account."
  value       = google_service_account.migration.email
}

output "tasks" {
  description = "E-mail address of the account that calls of Cloud Tasks sign in as."
  value       = google_service_account.tasks.email
}

output "run_as" {
  description = "Full names of the accounts that a deployment lets Cloud Run act as, by any names."
  value = {
    hub       = google_service_account.hub.name
    migration = google_service_account.migration.name
  }
}
