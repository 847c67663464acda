output "ids" {
  description = "Ids of the secrets by their environment variables, known once the readers may read them."
  value       = { for setting, secret in google_secret_manager_secret.this : setting => secret.secret_id }
  depends_on  = [google_secret_manager_secret_iam_member.readers]
}
