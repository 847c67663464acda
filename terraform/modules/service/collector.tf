# Reads /metrics of the hub beside it, and writes into Managed Service for Prometheus.
locals {
  scraped = var.metrics_secret != null
  collector = yamlencode({
    receivers = {
      prometheus = {
        config = {
          scrape_configs = [{
            job_name        = "serai"
            scrape_interval = "30s"
            metrics_path    = "/metrics"
            authorization = {
              type             = "Bearer"
              credentials_file = "/etc/serai/metrics/key"
            }
            static_configs = [{ targets = ["localhost:8080"] }]
          }]
        }
      }
    }
    processors = {
      resourcedetection = {
        detectors = ["gcp"]
        timeout   = "10s"
      }
      # All hubs call themselves localhost:8080; their instances tell them apart.
      transform = {
        error_mode = "ignore"
        metric_statements = [{
          context = "resource"
          statements = [
            "set(attributes[\"service.instance.id\"], attributes[\"faas.instance\"]) where attributes[\"faas.instance\"] != nil",
            "set(attributes[\"service.instance.id\"], attributes[\"faas.id\"]) where attributes[\"faas.id\"] != nil",
          ]
        }]
      }
      batch = {
        send_batch_size = 200
        timeout         = "5s"
      }
    }
    exporters = {
      googlemanagedprometheus = {}
    }
    service = {
      pipelines = {
        metrics = {
          receivers  = ["prometheus"]
          processors = ["resourcedetection", "transform", "batch"]
          exporters  = ["googlemanagedprometheus"]
        }
      }
    }
  })
}

# No secret, but files of Cloud Run come from there.
resource "google_secret_manager_secret" "collector" {
  count     = local.scraped ? 1 : 0
  secret_id = "${var.name}-collector"
  labels    = var.labels

  replication {
    auto {}
  }
}

resource "google_secret_manager_secret_version" "collector" {
  count       = local.scraped ? 1 : 0
  secret      = google_secret_manager_secret.collector[0].id
  secret_data = local.collector
}

resource "google_secret_manager_secret_iam_member" "collector" {
  count     = local.scraped ? 1 : 0
  secret_id = google_secret_manager_secret.collector[0].secret_id
  role      = "roles/secretmanager.secretAccessor"
  member    = "serviceAccount:${var.hub}"
}
