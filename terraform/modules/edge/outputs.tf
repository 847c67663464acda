output "address" {
  description = "What the A record of the host must name, and what the balancer calls itself in X-Forwarded-For."
  value       = google_compute_global_address.this.address
}
