output "environment" {
  description = "Settings of a hub that uses this Redis, without the password and the file of certificates."
  value = {
    SERAI_REDIS_HOST = google_redis_instance.this.host
    SERAI_REDIS_PORT = tostring(google_redis_instance.this.port)
    SERAI_REDIS_TLS  = "true"
  }
}

output "password_secret" {
  description = "Id of the secret with the password, known once it has a value."
  value       = google_secret_manager_secret.password.secret_id
  depends_on  = [google_secret_manager_secret_version.password]
}

output "certificates_secret" {
  description = "Id of the secret with the certificates of the authority, known once it has a value."
  value       = google_secret_manager_secret.certificates.secret_id
  depends_on  = [google_secret_manager_secret_version.certificates]
}

output "instance" {
  description = "Name of the instance, as metrics have it."
  value       = google_redis_instance.this.name
}
