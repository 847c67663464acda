resource "google_redis_instance" "this" {
  name                    = var.name
  region                  = var.region
  display_name            = "Serai: hints, sessions, cache, locks"
  redis_version           = "REDIS_7_2"
  tier                    = var.highly_available ? "STANDARD_HA" : "BASIC"
  memory_size_gb          = var.memory_gb
  authorized_network      = var.network
  connect_mode            = "PRIVATE_SERVICE_ACCESS"
  auth_enabled            = true
  transit_encryption_mode = "SERVER_AUTHENTICATION"
  labels                  = var.labels

  # Hints and locks must not be thrown away to make room.
  redis_configs = {
    maxmemory-policy = "noeviction"
  }

  persistence_config {
    persistence_mode    = "RDB"
    rdb_snapshot_period = "TWELVE_HOURS"
  }

  maintenance_policy {
    weekly_maintenance_window {
      day = "SUNDAY"

      start_time {
        hours = 3
      }
    }
  }
}

resource "google_secret_manager_secret" "password" {
  secret_id = "${var.name}-redis-password"
  labels    = var.labels

  replication {
    auto {}
  }
}

# Memorystore makes its password itself, so that it is in Terraform's state: only who administers may read that.
resource "google_secret_manager_secret_version" "password" {
  secret                 = google_secret_manager_secret.password.id
  secret_data_wo         = google_redis_instance.this.auth_string
  secret_data_wo_version = 1
}

resource "google_secret_manager_secret" "certificates" {
  secret_id = "${var.name}-redis-ca"
  labels    = var.labels

  replication {
    auto {}
  }
}

# No secret, but files of Cloud Run come from there. More than one while Google rotates them.
resource "google_secret_manager_secret_version" "certificates" {
  secret      = google_secret_manager_secret.certificates.id
  secret_data = join("\n", google_redis_instance.this.server_ca_certs[*].cert)
}
