output "names" {
  description = "Names of the buckets by the names that routes use."
  value       = { for key, bucket in google_storage_bucket.this : key => bucket.name }
}
