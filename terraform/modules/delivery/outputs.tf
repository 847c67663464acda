output "registry" {
  description = "Where images are pushed to."
  value       = "${var.region}-docker.pkg.dev/${var.project}/${google_artifact_registry_repository.images.repository_id}"
}

output "deployers" {
  description = "E-mail addresses of the accounts that deploy, by their names."
  value       = { for key, account in google_service_account.deployer : key => account.email }
}

output "identity_provider" {
  description = "Full name of the provider that GitHub's workflow signs in by: variable GCP_IDENTITY_PROVIDER of the repository."
  value       = one(google_iam_workload_identity_pool_provider.github[*].name)
}
