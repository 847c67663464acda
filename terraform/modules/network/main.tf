resource "google_compute_network" "this" {
  name                    = var.name
  description             = "Hubs of Serai, their database and Redis"
  auto_create_subnetworks = false
}

resource "google_compute_subnetwork" "hubs" {
  name                     = "${var.name}-hubs"
  region                   = var.region
  network                  = google_compute_network.this.id
  ip_cidr_range            = var.subnet_range
  private_ip_google_access = true
}

# Cloud SQL and Memorystore live in Google's network, behind a peering with these addresses.
resource "google_compute_global_address" "services" {
  name          = "${var.name}-services"
  network       = google_compute_network.this.id
  purpose       = "VPC_PEERING"
  address_type  = "INTERNAL"
  prefix_length = 20
}

resource "google_service_networking_connection" "services" {
  network                 = google_compute_network.this.id
  service                 = "servicenetworking.googleapis.com"
  reserved_peering_ranges = [google_compute_global_address.services.name]
}

resource "google_compute_address" "egress" {
  count        = var.static_egress ? 1 : 0
  name         = "${var.name}-egress"
  region       = var.region
  address_type = "EXTERNAL"
}

resource "google_compute_router" "egress" {
  count   = var.static_egress ? 1 : 0
  name    = "${var.name}-egress"
  region  = var.region
  network = google_compute_network.this.id
}

resource "google_compute_router_nat" "egress" {
  count                              = var.static_egress ? 1 : 0
  name                               = "${var.name}-egress"
  region                             = var.region
  router                             = google_compute_router.egress[0].name
  nat_ip_allocate_option             = "MANUAL_ONLY"
  nat_ips                            = [google_compute_address.egress[0].id]
  source_subnetwork_ip_ranges_to_nat = "LIST_OF_SUBNETWORKS"

  subnetwork {
    name                    = google_compute_subnetwork.hubs.id
    source_ip_ranges_to_nat = ["ALL_IP_RANGES"]
  }

  log_config {
    enable = true
    filter = "ERRORS_ONLY"
  }
}
