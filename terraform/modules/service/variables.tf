variable "name" {
  type        = string
  description = "Name of the service; its migration job is <name>-migrate."
}

variable "region" {
  type        = string
  description = "Region of the service."
}

variable "image" {
  type        = string
  description = "Image of the first revision. Deployments replace it afterwards, which Terraform leaves alone."
}

variable "hub" {
  type        = string
  description = "E-mail address of the account that hubs run as."
}

variable "migration" {
  type        = string
  description = "E-mail address of the account that migrations run as."
}

variable "deployers" {
  type        = map(string)
  description = "E-mail addresses of service accounts that may deploy new images, by any names."
}

variable "environment" {
  type        = map(string)
  description = "Settings of the hubs that are no secrets, by their environment variables."
}

variable "secrets" {
  type        = map(string)
  description = "Ids of secrets by the environment variables that they fill; each needs a version before this is applied."
}

variable "migration_environment" {
  type        = map(string)
  description = "Settings of the migration that are no secrets."
}

variable "migration_secrets" {
  type        = map(string)
  description = "Ids of secrets by the environment variables of the migration that they fill."
}

variable "certificates_secret" {
  type        = string
  description = "Id of the secret with the certificates of Redis' authority."
}

variable "metrics_secret" {
  type        = string
  description = "Id of the secret with a viewer's key, by which a collector beside each hub reads its metrics; null for no collector."
}

variable "collector_image" {
  type        = string
  description = "Image of Google's build of the OpenTelemetry Collector."
}

variable "network" {
  type        = string
  description = "Id of the network in which database and Redis are."
}

variable "subnetwork" {
  type        = string
  description = "Id of the subnetwork that hubs speak from."
}

variable "egress" {
  type        = string
  description = "Which calls leave through the network: PRIVATE_RANGES_ONLY or ALL_TRAFFIC."
  validation {
    condition     = contains(["PRIVATE_RANGES_ONLY", "ALL_TRAFFIC"], var.egress)
    error_message = "egress must be PRIVATE_RANGES_ONLY or ALL_TRAFFIC."
  }
}

variable "ingress" {
  type        = string
  description = "Who reaches the service: INGRESS_TRAFFIC_ALL, or INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER behind a load balancer."
  validation {
    condition     = contains(["INGRESS_TRAFFIC_ALL", "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"], var.ingress)
    error_message = "ingress must be INGRESS_TRAFFIC_ALL or INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER."
  }
}

variable "min_instances" {
  type        = number
  description = "Hubs that always run. Deliveries, jobs and sweeps run when no request does: never 0."
  validation {
    condition     = var.min_instances >= 1
    error_message = "min_instances must be 1 or more: deliveries and jobs run when no request does."
  }
}

variable "max_instances" {
  type        = number
  description = "Most hubs of a revision. Each has connections to the database: see max_connections."
}

variable "cpu" {
  type        = string
  description = "Processors of a hub."
  validation {
    condition     = contains(["1", "2", "4", "8"], var.cpu)
    error_message = "cpu must be 1, 2, 4 or 8."
  }
}

variable "memory" {
  type        = string
  description = "Memory of a hub, its files included, which Cloud Run keeps in memory."
}

variable "deletion_protection" {
  type        = bool
  description = "Whether Terraform refuses to destroy the service."
}

variable "labels" {
  type        = map(string)
  description = "Labels of the service and the job."
}
