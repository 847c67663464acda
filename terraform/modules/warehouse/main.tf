locals {
  tables = { for file in fileset(var.schemas, "*.json") : trimsuffix(file, ".json") => jsondecode(file("${var.schemas}/${file}")) }
}

resource "google_bigquery_dataset" "this" {
  dataset_id                 = var.dataset
  location                   = var.location
  description                = "What agents and users have done, as Serai tells it"
  max_time_travel_hours      = "168"
  delete_contents_on_destroy = !var.deletion_protection
  labels                     = var.labels
}

# A new column is added in place; a column that goes or changes its type is refused by BigQuery.
resource "google_bigquery_table" "this" {
  for_each = local.tables

  dataset_id          = google_bigquery_dataset.this.dataset_id
  table_id            = each.key
  schema              = jsonencode(each.value)
  clustering          = [for column in each.value : column.name if column.name == "workspace"]
  deletion_protection = var.deletion_protection
  labels              = var.labels

  # By the day of the first time that every row has.
  dynamic "time_partitioning" {
    for_each = slice([for column in each.value : column.name if column.type == "TIMESTAMP" && column.mode == "REQUIRED"], 0, 1)

    content {
      type  = "DAY"
      field = time_partitioning.value
    }
  }

  lifecycle {
    precondition {
      condition     = anytrue([for column in each.value : column.type == "TIMESTAMP" && column.mode == "REQUIRED"])
      error_message = "The schema of ${each.key} needs a column of type TIMESTAMP and mode REQUIRED, by whose days the table is divided."
    }
  }
}

resource "google_bigquery_dataset_iam_member" "hub" {
  dataset_id = google_bigquery_dataset.this.dataset_id
  role       = "roles/bigquery.dataEditor"
  member     = "serviceAccount:${var.hub}"
}
