data "google_project" "this" {}

locals {
  subscriptions = merge([for topic, options in var.topics : {
    for name, subscription in options.subscriptions : name => merge(subscription, { topic = topic })
  }]...)
  readers = merge([for name, subscription in local.subscriptions : merge(
    { for email in subscription.reader_emails : "${name}/${email}" => { subscription = name, email = email } },
    { for reads in subscription.hub_reads ? [true] : [] : "${name}/hub" => { subscription = name, email = var.hub } },
  )]...)
  # Pub/Sub moves dead letters itself, by its own account.
  pubsub = "serviceAccount:service-${data.google_project.this.number}@gcp-sa-pubsub.iam.gserviceaccount.com"
}

resource "google_pubsub_topic" "this" {
  for_each = var.topics

  name                       = each.key
  message_retention_duration = "${each.value.retention_days * 86400}s"
  labels                     = var.labels
}

resource "google_pubsub_topic_iam_member" "hub" {
  for_each = google_pubsub_topic.this

  topic  = each.value.name
  role   = "roles/pubsub.publisher"
  member = "serviceAccount:${var.hub}"
}

resource "google_pubsub_subscription" "this" {
  for_each = local.subscriptions

  name                       = each.key
  topic                      = google_pubsub_topic.this[each.value.topic].id
  ack_deadline_seconds       = each.value.ack_seconds
  enable_message_ordering    = each.value.ordered
  message_retention_duration = "604800s"
  labels                     = var.labels

  expiration_policy {
    ttl = ""
  }

  dead_letter_policy {
    dead_letter_topic     = google_pubsub_topic.dead[each.key].id
    max_delivery_attempts = each.value.attempts
  }

  retry_policy {
    minimum_backoff = "${each.value.min_backoff}s"
    maximum_backoff = "${each.value.max_backoff}s"
  }
}

resource "google_pubsub_topic" "dead" {
  for_each = local.subscriptions

  name   = "${each.key}-dead"
  labels = var.labels
}

# A topic without a subscription forgets; here dead letters wait to be looked at.
resource "google_pubsub_subscription" "dead" {
  for_each = local.subscriptions

  name                       = "${each.key}-dead"
  topic                      = google_pubsub_topic.dead[each.key].id
  message_retention_duration = "2678400s"
  labels                     = var.labels

  expiration_policy {
    ttl = ""
  }
}

resource "google_pubsub_topic_iam_member" "dead" {
  for_each = google_pubsub_topic.dead

  topic  = each.value.name
  role   = "roles/pubsub.publisher"
  member = local.pubsub
}

resource "google_pubsub_subscription_iam_member" "dead" {
  for_each = google_pubsub_subscription.this

  subscription = each.value.name
  role         = "roles/pubsub.subscriber"
  member       = local.pubsub
}

resource "google_pubsub_subscription_iam_member" "readers" {
  for_each = local.readers

  subscription = google_pubsub_subscription.this[each.value.subscription].name
  role         = "roles/pubsub.subscriber"
  member       = "serviceAccount:${each.value.email}"
}

resource "google_cloud_tasks_queue" "this" {
  for_each = var.queues

  name     = "${var.name}-${each.key}"
  location = var.region

  rate_limits {
    max_dispatches_per_second = each.value.rate
    max_concurrent_dispatches = each.value.concurrency
  }

  retry_config {
    max_attempts  = each.value.attempts
    min_backoff   = "${each.value.min_backoff}s"
    max_backoff   = "${each.value.max_backoff}s"
    max_doublings = 10
  }

  stackdriver_logging_config {
    sampling_ratio = 0.1
  }
}

resource "google_cloud_tasks_queue_iam_member" "hub" {
  for_each = { for pair in setproduct(keys(var.queues), ["roles/cloudtasks.enqueuer", "roles/cloudtasks.taskDeleter", "roles/cloudtasks.viewer"]) : "${pair[0]}/${pair[1]}" => { queue = pair[0], role = pair[1] } }

  name     = google_cloud_tasks_queue.this[each.value.queue].name
  location = var.region
  role     = each.value.role
  member   = "serviceAccount:${var.hub}"
}
