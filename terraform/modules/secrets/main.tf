resource "google_secret_manager_secret" "this" {
  for_each = var.settings

  secret_id = "${var.prefix}-${lower(replace(trimprefix(each.key, "SERAI_"), "_", "-"))}"
  labels    = var.labels

  replication {
    auto {}
  }

  # A version that somebody has destroyed can be had back for a week.
  version_destroy_ttl = "604800s"
}

locals {
  ids = merge({ for setting, secret in google_secret_manager_secret.this : setting => secret.secret_id }, var.others)
}

resource "google_secret_manager_secret_iam_member" "readers" {
  for_each = { for pair in setproduct(concat(tolist(var.settings), keys(var.others)), keys(var.readers)) : "${pair[0]}/${pair[1]}" => { secret = pair[0], reader = pair[1] } }

  secret_id = local.ids[each.value.secret]
  role      = "roles/secretmanager.secretAccessor"
  member    = "serviceAccount:${var.readers[each.value.reader]}"
}
