output "environment" {
  description = "Settings of a hub that uses this database, without the password."
  value = {
    SERAI_DATABASE_URL  = "postgresql://${google_sql_database_instance.this.private_ip_address}:5432/${google_sql_database.serai.name}?sslmode=require"
    SERAI_DATABASE_USER = google_sql_user.serai.name
  }
}

output "password_secret" {
  description = "Id of the secret with the password, known once it has a value."
  value       = google_secret_manager_secret.password.secret_id
  depends_on  = [google_secret_manager_secret_version.password]
}

output "instance" {
  description = "Name of the instance, as metrics have it."
  value       = google_sql_database_instance.this.name
}
