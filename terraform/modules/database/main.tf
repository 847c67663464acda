resource "google_sql_database_instance" "this" {
  name                = var.name
  region              = var.region
  database_version    = "POSTGRES_17"
  deletion_protection = var.deletion_protection

  settings {
    edition                     = "ENTERPRISE"
    tier                        = var.tier
    availability_type           = var.highly_available ? "REGIONAL" : "ZONAL"
    disk_type                   = "PD_SSD"
    disk_size                   = var.disk_size
    disk_autoresize             = true
    deletion_protection_enabled = var.deletion_protection
    retain_backups_on_delete    = var.deletion_protection
    user_labels                 = var.labels

    ip_configuration {
      ipv4_enabled    = false
      private_network = var.network
      ssl_mode        = "ENCRYPTED_ONLY"
    }

    backup_configuration {
      enabled                        = true
      start_time                     = "01:30"
      point_in_time_recovery_enabled = true
      transaction_log_retention_days = var.log_days

      backup_retention_settings {
        retained_backups = var.backup_days
        retention_unit   = "COUNT"
      }
    }

    maintenance_window {
      day          = 7
      hour         = 3
      update_track = "stable"
    }

    insights_config {
      query_insights_enabled  = true
      record_application_tags = false
      record_client_address   = false
    }

    database_flags {
      name  = "max_connections"
      value = tostring(var.max_connections)
    }

    # Appends are many and small: give the log room, so that checkpoints are rare.
    database_flags {
      name  = "max_wal_size"
      value = "4096"
    }

    database_flags {
      name  = "checkpoint_timeout"
      value = "900"
    }

    database_flags {
      name  = "jit"
      value = "off"
    }
  }

  lifecycle {
    ignore_changes = [settings[0].disk_size]
  }
}

resource "google_sql_database" "serai" {
  name     = "serai"
  instance = google_sql_database_instance.this.name
}

# Made at each run and written only where password_version is new: it is in no state and no plan.
ephemeral "random_password" "this" {
  length  = 40
  special = false
}

resource "google_sql_user" "serai" {
  name                = "serai"
  instance            = google_sql_database_instance.this.name
  password_wo         = ephemeral.random_password.this.result
  password_wo_version = var.password_version
  deletion_policy     = "ABANDON"
}

resource "google_secret_manager_secret" "password" {
  secret_id = "${var.name}-database-password"
  labels    = var.labels

  replication {
    auto {}
  }
}

resource "google_secret_manager_secret_version" "password" {
  secret                 = google_secret_manager_secret.password.id
  secret_data_wo         = ephemeral.random_password.this.result
  secret_data_wo_version = var.password_version
}
