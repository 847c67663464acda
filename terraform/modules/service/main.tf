resource "google_cloud_run_v2_service" "hub" {
  name                 = var.name
  location             = var.region
  description          = "Serai: webhooks, deliveries and jobs"
  ingress              = var.ingress
  deletion_protection  = var.deletion_protection
  invoker_iam_disabled = true # providers have no Google account: the hub checks signatures and keys itself
  labels               = var.labels

  template {
    service_account                  = var.hub
    timeout                          = "3600s" # streams of channels; requests of webhooks end by themselves
    max_instance_request_concurrency = 200
    execution_environment            = "EXECUTION_ENVIRONMENT_GEN2"

    scaling {
      min_instance_count = var.min_instances
      max_instance_count = var.max_instances
    }

    vpc_access {
      egress = var.egress

      network_interfaces {
        network    = var.network
        subnetwork = var.subnetwork
      }
    }

    containers {
      name  = "hub"
      image = var.image

      ports {
        name           = "http1"
        container_port = 8080
      }

      resources {
        # Deliveries and jobs run when no request does.
        cpu_idle          = false
        startup_cpu_boost = true
        limits = {
          cpu    = var.cpu
          memory = var.memory
        }
      }

      # Ready after the warm-up; from then on Cloud Run sends requests.
      startup_probe {
        period_seconds    = 5
        timeout_seconds   = 3
        failure_threshold = 36

        http_get {
          path = "/health/ready"
          port = 8080
        }
      }

      liveness_probe {
        period_seconds    = 10
        timeout_seconds   = 3
        failure_threshold = 3

        http_get {
          path = "/health/live"
          port = 8080
        }
      }

      dynamic "env" {
        for_each = var.environment

        content {
          name  = env.key
          value = env.value
        }
      }

      dynamic "env" {
        for_each = var.secrets

        content {
          name = env.key

          value_source {
            secret_key_ref {
              secret  = env.value
              version = "latest"
            }
          }
        }
      }

      volume_mounts {
        name       = "redis-ca"
        mount_path = "/etc/serai/redis"
      }
    }

    dynamic "containers" {
      for_each = local.scraped ? [var.collector_image] : []

      content {
        name       = "collector"
        image      = containers.value
        args       = ["--config=/etc/otelcol-google/config.yaml"]
        depends_on = ["hub"]

        resources {
          cpu_idle = false
          limits = {
            cpu    = "1"
            memory = "512Mi"
          }
        }

        volume_mounts {
          name       = "collector"
          mount_path = "/etc/otelcol-google"
        }

        volume_mounts {
          name       = "metrics-key"
          mount_path = "/etc/serai/metrics"
        }
      }
    }

    volumes {
      name = "redis-ca"

      secret {
        secret = var.certificates_secret

        items {
          version = "latest"
          path    = "ca.pem"
        }
      }
    }

    dynamic "volumes" {
      for_each = local.scraped ? { collector = { secret = google_secret_manager_secret.collector[0].secret_id, path = "config.yaml" }, metrics-key = { secret = var.metrics_secret, path = "key" } } : {}

      content {
        name = volumes.key

        secret {
          secret = volumes.value.secret

          items {
            version = "latest"
            path    = volumes.value.path
          }
        }
      }
    }
  }

  lifecycle {
    # Deployments choose the image and move the traffic.
    ignore_changes = [client, client_version, template[0].containers[0].image, template[0].revision, traffic]

    precondition {
      condition     = var.max_instances >= var.min_instances
      error_message = "max_instances must not be below min_instances."
    }
  }

  depends_on = [google_secret_manager_secret_iam_member.collector, google_secret_manager_secret_version.collector]
}

resource "google_cloud_run_v2_job" "migrate" {
  name                = "${var.name}-migrate"
  location            = var.region
  deletion_protection = false
  labels              = var.labels

  template {
    task_count = 1

    template {
      service_account = var.migration
      timeout         = "900s"
      max_retries     = 1

      vpc_access {
        egress = var.egress

        network_interfaces {
          network    = var.network
          subnetwork = var.subnetwork
        }
      }

      containers {
        image = var.image
        args  = ["migrate"]

        resources {
          limits = {
            cpu    = "1"
            memory = "1Gi"
          }
        }

        dynamic "env" {
          for_each = var.migration_environment

          content {
            name  = env.key
            value = env.value
          }
        }

        dynamic "env" {
          for_each = var.migration_secrets

          content {
            name = env.key

            value_source {
              secret_key_ref {
                secret  = env.value
                version = "latest"
              }
            }
          }
        }
      }
    }
  }

  lifecycle {
    ignore_changes = [client, client_version, template[0].template[0].containers[0].image]
  }
}

# Deployers change this service and run this job, and no other.
resource "google_cloud_run_v2_service_iam_member" "deployers" {
  for_each = var.deployers

  name     = google_cloud_run_v2_service.hub.name
  location = var.region
  role     = "roles/run.developer"
  member   = "serviceAccount:${each.value}"
}

resource "google_cloud_run_v2_job_iam_member" "deployers" {
  for_each = var.deployers

  name     = google_cloud_run_v2_job.migrate.name
  location = var.region
  role     = "roles/run.developer"
  member   = "serviceAccount:${each.value}"
}
