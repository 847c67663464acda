output "dataset" {
  description = "Id of the dataset."
  value       = google_bigquery_dataset.this.dataset_id
}

output "tables" {
  description = "Names of the tables."
  value       = keys(google_bigquery_table.this)
}
