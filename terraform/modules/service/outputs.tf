output "url" {
  description = "Address of the service."
  value       = google_cloud_run_v2_service.hub.uri
}

output "service" {
  description = "Name of the service."
  value       = google_cloud_run_v2_service.hub.name
}

output "migration_job" {
  description = "Name of the job that migrates the database."
  value       = google_cloud_run_v2_job.migrate.name
}
