resource "google_monitoring_notification_channel" "email" {
  for_each = var.emails

  type         = "email"
  display_name = each.key
  labels = {
    email_address = each.key
  }
}

locals {
  tickets = [for channel in google_monitoring_notification_channel.email : channel.id]
  pages   = concat(local.tickets, tolist(var.pages))
  rules = merge([for group in yamldecode(file(var.rules)).groups : {
    for rule in group.rules : rule.alert => merge({ "for" = "0s" }, rule, { group = group.name })
    if var.hub_metrics && !contains(var.excluded_rules, rule.alert)
  }]...)
  seconds = { s = 1, m = 60, h = 3600, d = 86400 }
}

# The thresholds stand in one file, which a test proves against the hub's metrics.
resource "google_monitoring_alert_policy" "rules" {
  for_each = local.rules

  display_name          = "${var.name}: ${each.key}"
  combiner              = "OR"
  severity              = each.value.labels.severity == "page" ? "CRITICAL" : "WARNING"
  notification_channels = each.value.labels.severity == "page" ? local.pages : local.tickets
  user_labels           = var.labels

  conditions {
    display_name = each.key

    condition_prometheus_query_language {
      query                     = trimspace(each.value.expr)
      duration                  = "${tonumber(trimsuffix(each.value["for"], regex("[smhd]$", each.value["for"]))) * local.seconds[regex("[smhd]$", each.value["for"])]}s"
      evaluation_interval       = "60s"
      rule_group                = each.value.group
      alert_rule                = each.key
      labels                    = each.value.labels
      disable_metric_validation = true # a counter begins with its first count
    }
  }

  documentation {
    mime_type = "text/markdown"
    content = join("\n\n", [
      replace(
        replace(each.value.annotations.description, "/\\{\\{ *\\$labels\\.([a-z_]+) *\\}\\}/", "$${metric.label.$1}"),
        "/(About )?\\{\\{ *\\$value[^}]*\\}\\}/", "Some",
      ),
      "What to do: ${each.value.annotations.runbook_url}",
    ])
  }

  alert_strategy {
    auto_close = "1800s"
  }
}

locals {
  # What Google counts itself, also when no hub runs.
  own = merge(
    {
      DatabaseDisk        = { filter = "resource.type = \"cloudsql_database\" AND resource.labels.database_id = monitoring.regex.full_match(\".*:${var.database}\") AND metric.type = \"cloudsql.googleapis.com/database/disk/utilization\"", above = 0.85, aligner = "ALIGN_MEAN", page = true, help = "The disk of the database is 85 % full. It grows by itself, unless a limit is set: find what grows." }
      DatabaseCpu         = { filter = "resource.type = \"cloudsql_database\" AND resource.labels.database_id = monitoring.regex.full_match(\".*:${var.database}\") AND metric.type = \"cloudsql.googleapis.com/database/cpu/utilization\"", above = 0.9, aligner = "ALIGN_MEAN", page = false, help = "The database has used 90 % of its processors for ten minutes." }
      DatabaseConnections = { filter = "resource.type = \"cloudsql_database\" AND resource.labels.database_id = monitoring.regex.full_match(\".*:${var.database}\") AND metric.type = \"cloudsql.googleapis.com/database/postgresql/num_backends\" AND metric.labels.database = \"serai\"", above = var.max_connections * 0.8, aligner = "ALIGN_MAX", page = false, help = "More hubs run than max_connections was made for, or something else uses the database." }
      RedisMemory         = { filter = "resource.type = \"redis_instance\" AND resource.labels.instance_id = monitoring.regex.full_match(\".*/${var.redis}\") AND metric.type = \"redis.googleapis.com/stats/memory/usage_ratio\"", above = 0.9, aligner = "ALIGN_MEAN", page = false, help = "Redis is nearly full, and evicts nothing: docs/operations.md, Redis is away or full." }
    },
    { for name in var.service == null ? [] : [var.service] : "ServerErrors" => { filter = "resource.type = \"cloud_run_revision\" AND resource.labels.service_name = \"${name}\" AND metric.type = \"run.googleapis.com/request_count\" AND metric.labels.response_code_class = \"5xx\"", above = 0.5, aligner = "ALIGN_RATE", page = true, help = "More than one request in two seconds is answered with 5xx, by the hub or because none could be reached." } },
    { for name in var.dead_letter_subscriptions : "DeadLetters ${name}" => { filter = "resource.type = \"pubsub_subscription\" AND resource.labels.subscription_id = \"${name}\" AND metric.type = \"pubsub.googleapis.com/subscription/num_undelivered_messages\"", above = 0, aligner = "ALIGN_MAX", page = false, help = "Messages of a topic were given up and wait in ${name}." } },
  )
}

resource "google_monitoring_alert_policy" "own" {
  for_each = local.own

  display_name          = "${var.name}: ${each.key}"
  combiner              = "OR"
  severity              = each.value.page ? "CRITICAL" : "WARNING"
  notification_channels = each.value.page ? local.pages : local.tickets
  user_labels           = var.labels

  conditions {
    display_name = each.key

    condition_threshold {
      filter          = each.value.filter
      comparison      = "COMPARISON_GT"
      threshold_value = each.value.above
      duration        = "600s"

      aggregations {
        alignment_period   = "300s"
        per_series_aligner = each.value.aligner
      }
    }
  }

  documentation {
    mime_type = "text/markdown"
    content   = each.value.help
  }

  alert_strategy {
    auto_close = "1800s"
  }
}

resource "google_monitoring_uptime_check_config" "ready" {
  for_each = var.host == null ? toset([]) : toset([var.host])

  display_name = "${var.name}: ready"
  timeout      = "10s"
  period       = "60s"

  http_check {
    path         = "/health/ready"
    port         = 443
    use_ssl      = true
    validate_ssl = true

    accepted_response_status_codes {
      status_class = "STATUS_CLASS_2XX"
    }
  }

  monitored_resource {
    type = "uptime_url"
    labels = {
      host = each.key
    }
  }
}

resource "google_monitoring_alert_policy" "ready" {
  for_each = google_monitoring_uptime_check_config.ready

  display_name          = "${var.name}: Unreachable"
  combiner              = "OR"
  severity              = "CRITICAL"
  notification_channels = local.pages
  user_labels           = var.labels

  conditions {
    display_name = "Unreachable"

    condition_threshold {
      filter          = "resource.type = \"uptime_url\" AND metric.type = \"monitoring.googleapis.com/uptime_check/check_passed\" AND metric.labels.check_id = \"${each.value.uptime_check_id}\""
      comparison      = "COMPARISON_GT"
      threshold_value = 1
      duration        = "120s"

      aggregations {
        alignment_period     = "120s"
        per_series_aligner   = "ALIGN_NEXT_OLDER"
        cross_series_reducer = "REDUCE_COUNT_FALSE"
        group_by_fields      = ["resource.label.host"]
      }
    }
  }

  documentation {
    mime_type = "text/markdown"
    content   = "No hub answers at ${each.key}: docs/operations.md, No hub is scraped."
  }
}
