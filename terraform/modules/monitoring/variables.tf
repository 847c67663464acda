variable "name" {
  type        = string
  description = "What names of alerts begin with."
}

variable "rules" {
  type        = string
  description = "File of Prometheus' rules, from which the alerts on the hub's own metrics are made."
}

variable "excluded_rules" {
  type        = set(string)
  description = "Names of rules that Cloud Monitoring can't evaluate or that nobody wants."
}

variable "hub_metrics" {
  type        = bool
  description = "Whether a collector brings the hub's metrics; without them only Google's own are watched."
}

variable "emails" {
  type        = set(string)
  description = "E-mail addresses that are told of alerts."
}

variable "pages" {
  type        = set(string)
  description = "Ids of notification channels that wake somebody, such as PagerDuty or Slack, made by hand because they hold tokens."
}

variable "host" {
  type        = string
  description = "Host that is asked from outside whether it is ready; null for none."
}

variable "service" {
  type        = string
  description = "Name of the Cloud Run service; null while it is not deployed."
}

variable "database" {
  type        = string
  description = "Name of the Cloud SQL instance."
}

variable "max_connections" {
  type        = number
  description = "Most connections that the database takes."
}

variable "redis" {
  type        = string
  description = "Name of the Memorystore instance."
}

variable "dead_letter_subscriptions" {
  type        = set(string)
  description = "Subscriptions of Pub/Sub in which dead letters wait."
}

variable "labels" {
  type        = map(string)
  description = "Labels of the alerts."
}
