output "network" {
  description = "Id of the network, known once the peering with Google's services is there."
  value       = google_compute_network.this.id
  depends_on  = [google_service_networking_connection.services]
}

output "subnetwork" {
  description = "Id of the subnetwork that hubs speak from."
  value       = google_compute_subnetwork.hubs.id
}

output "egress" {
  description = "Which calls leave through the network: ALL_TRAFFIC with a fixed address, else PRIVATE_RANGES_ONLY."
  value       = var.static_egress ? "ALL_TRAFFIC" : "PRIVATE_RANGES_ONLY"
}

output "egress_address" {
  description = "The fixed address that others see; null without one."
  value       = one(google_compute_address.egress[*].address)
}
