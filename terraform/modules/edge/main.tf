# A load balancer before the service: a host of one's own, TLS 1.2 at least, one fixed address.
resource "google_compute_global_address" "this" {
  name = "${var.name}-edge"
}

resource "google_compute_region_network_endpoint_group" "this" {
  name                  = "${var.name}-edge"
  region                = var.region
  network_endpoint_type = "SERVERLESS"

  cloud_run {
    service = var.service
  }
}

resource "google_compute_backend_service" "this" {
  name                  = "${var.name}-edge"
  protocol              = "HTTPS"
  load_balancing_scheme = "EXTERNAL_MANAGED"

  backend {
    group = google_compute_region_network_endpoint_group.this.id
  }

  log_config {
    enable      = true
    sample_rate = 0.1
  }
}

resource "google_compute_url_map" "this" {
  name            = "${var.name}-edge"
  default_service = google_compute_backend_service.this.id
}

resource "google_compute_managed_ssl_certificate" "this" {
  name = "${var.name}-edge"

  managed {
    domains = [var.host]
  }
}

resource "google_compute_ssl_policy" "this" {
  name            = "${var.name}-edge"
  profile         = "MODERN"
  min_tls_version = "TLS_1_2"
}

resource "google_compute_target_https_proxy" "this" {
  name             = "${var.name}-edge"
  url_map          = google_compute_url_map.this.id
  ssl_certificates = [google_compute_managed_ssl_certificate.this.id]
  ssl_policy       = google_compute_ssl_policy.this.id
}

# Port 443 only: who posts a webhook unencrypted has told its content already, so nothing is redirected.
resource "google_compute_global_forwarding_rule" "this" {
  name                  = "${var.name}-edge"
  target                = google_compute_target_https_proxy.this.id
  ip_address            = google_compute_global_address.this.id
  port_range            = "443"
  load_balancing_scheme = "EXTERNAL_MANAGED"
}
