variable "project" {
  type        = string
  description = "Id of the Google Cloud project, which the caller's provider has, too."
}

variable "region" {
  type        = string
  description = "Region of everything that has one: near to the database's users."
  default     = "asia-south1"
}

variable "name" {
  type        = string
  description = "What names of resources begin with."
  default     = "serai"
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,18}$", var.name))
    error_message = "name must be 3 to 19 small letters, digits and hyphens, and begin with a letter."
  }
}

variable "environment" {
  type        = string
  description = "SERAI_ENV of the hubs: staging or prod."
  default     = "prod"
  validation {
    condition     = contains(["staging", "prod"], var.environment)
    error_message = "environment must be staging or prod; dev is for machines of developers."
  }
}

variable "cloud" {
  type        = string
  description = "SERAI_CLOUD of the hubs: gcp for Google's services, or local for files of each hub, which end with it."
  default     = "gcp"
  validation {
    condition     = contains(["gcp", "local"], var.cloud)
    error_message = "cloud must be gcp or local."
  }
}

variable "deploy_service" {
  type        = bool
  description = "Whether the hubs are deployed. First apply with false; then add the secrets' values and push an image."
  default     = true
}

variable "image" {
  type        = string
  description = "Image of the first revision, with its tag or digest; later ones come by deployments. Null while deploy_service is false."
  default     = null
  validation {
    condition     = !var.deploy_service || var.image != null
    error_message = "image must be set where deploy_service is true."
  }
}

variable "host" {
  type        = string
  description = "Host by which the world reaches the hubs, such as hub.example.com, through a load balancer; null for Cloud Run's own address."
  default     = null
}

variable "sources" {
  type        = set(string)
  description = "Sources of webhooks that have secrets, by the names in routes/webhooks: each gets a secret SERAI_<SOURCE>_SECRETS."
  default     = ["stripe"]
  validation {
    condition     = alltrue([for source in var.sources : can(regex("^[a-z][a-z0-9-]*$", source))])
    error_message = "Sources are small letters, digits and hyphens."
  }
}

variable "settings" {
  type        = map(string)
  description = "Further settings of the hubs that are no secrets, by their environment variables (docs/configuration.md)."
  default     = {}
}

variable "secret_settings" {
  type        = set(string)
  description = "Further settings whose values are secrets, by their environment variables, such as SERAI_STRIPE_API_KEY."
  default     = []
}

variable "min_instances" {
  type        = number
  description = "Hubs that always run; never 0."
  default     = 2
  validation {
    condition     = var.min_instances >= 1
    error_message = "min_instances must be 1 or more."
  }
}

variable "max_instances" {
  type        = number
  description = "Most hubs of a revision. The database gets connections for twice as many."
  default     = 4
  validation {
    condition     = var.max_instances >= 1 && var.max_instances <= 28
    error_message = "max_instances must be 1 to 28."
  }
}

variable "cpu" {
  type        = string
  description = "Processors of a hub: 1, 2, 4 or 8."
  default     = "2"
}

variable "memory" {
  type        = string
  description = "Memory of a hub, its files included."
  default     = "2Gi"
  validation {
    condition     = can(regex("^[1-9][0-9]*(Mi|Gi)$", var.memory))
    error_message = "memory must be a number with Mi or Gi."
  }
}

variable "trusted_proxies" {
  type        = string
  description = "Addresses that requests reach a hub from, whose X-Forwarded-For is believed: Cloud Run's, and those of Google's load balancers."
  default     = "169.254.0.0/16,35.191.0.0/16,130.211.0.0/22"
}

variable "subnet_range" {
  type        = string
  description = "Addresses of the hubs, /26 or larger."
  default     = "10.10.0.0/24"
}

variable "static_egress" {
  type        = bool
  description = "Whether what hubs call sees them at one fixed address."
  default     = false
}

variable "database" {
  type = object({
    tier             = optional(string, "db-custom-2-8192")
    highly_available = optional(bool, true)
    disk_size        = optional(number, 50)
    backup_days      = optional(number, 30)
    log_days         = optional(number, 7)
    password_version = optional(number, 1)
  })
  description = "The database's machine, whether a standby takes over, gigabytes at first, kept backups, days of restoring to any moment, and a number that is raised for a new password."
  default     = {}
}

variable "redis" {
  type = object({
    memory_gb        = optional(number, 1)
    highly_available = optional(bool, true)
  })
  description = "Redis' memory, and whether a replica takes over."
  default     = {}
}

variable "buckets" {
  type = map(object({
    retention_days = optional(number, 0)
    nearline_days  = optional(number, 0)
    delete_days    = optional(number, 0)
    undelete_days  = optional(number, 7)
  }))
  description = "Buckets by the names that routes use. The archive has no retention, because a person's data must be erased from it on request."
  default = {
    evidence = { retention_days = 365, nearline_days = 90 }
    exports  = { delete_days = 30 }
    assets   = {}
    archive  = { nearline_days = 60 }
    backups  = { retention_days = 7, delete_days = 120 }
  }
  validation {
    condition     = length(setsubtract(["evidence", "exports", "assets", "archive", "backups"], keys(var.buckets))) == 0
    error_message = "buckets must have evidence, exports, assets, archive and backups."
  }
}

variable "topics" {
  type = map(object({
    retention_days = optional(number, 7)
    subscriptions = optional(map(object({
      ordered       = optional(bool, true)
      ack_seconds   = optional(number, 60)
      attempts      = optional(number, 10)
      min_backoff   = optional(number, 10)
      max_backoff   = optional(number, 600)
      hub_reads     = optional(bool, false)
      reader_emails = optional(set(string), [])
    })), {})
  }))
  description = "Topics of Pub/Sub that routes publish to, with the subscriptions of those who read them."
  default = {
    payments = { subscriptions = { payments-serai = { hub_reads = true } } }
  }
}

variable "queues" {
  type = map(object({
    rate        = optional(number, 100)
    concurrency = optional(number, 50)
    attempts    = optional(number, 20)
    min_backoff = optional(number, 5)
    max_backoff = optional(number, 3600)
  }))
  description = "Queues of Cloud Tasks that routes put delayed calls into."
  default = {
    default   = {}
    callbacks = { rate = 20, concurrency = 10 }
  }
}

variable "github_repository" {
  type        = string
  description = "The repository whose workflow deploys, owner/name; null for none."
  default     = null
}

variable "github_branch" {
  type        = string
  description = "The only branch whose workflow deploys."
  default     = "main"
}

variable "alert_emails" {
  type        = set(string)
  description = "E-mail addresses that are told of alerts."
  default     = []
}

variable "alert_channels" {
  type        = set(string)
  description = "Ids of notification channels that wake somebody: projects/<project>/notificationChannels/<number>."
  default     = []
}

variable "excluded_rules" {
  type        = set(string)
  description = "Rules of docker/prometheus/serai.rules.yml without an alert. Cloud Monitoring does not look a week back."
  default     = ["WebhookSourceSilent"]
}

variable "collector_image" {
  type        = string
  description = "Google's build of the OpenTelemetry Collector, which reads a hub's metrics; null for no collector and no alerts on them."
  default     = "us-docker.pkg.dev/cloud-ops-agents-artifacts/google-cloud-opentelemetry-collector/otelcol-google:0.137.0"
}

variable "deletion_protection" {
  type        = bool
  description = "Whether database, tables, service and full buckets are kept from being destroyed."
  default     = true
}

variable "labels" {
  type        = map(string)
  description = "Labels of all that has labels."
  default     = { app = "serai" }
}
