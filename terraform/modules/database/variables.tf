variable "name" {
  type        = string
  description = "Name of the instance, and of the secret with its password."
}

variable "region" {
  type        = string
  description = "Region of the instance."
}

variable "network" {
  type        = string
  description = "Id of the network in which the instance has its private address."
}

variable "tier" {
  type        = string
  description = "Machine: db-custom-<processors>-<megabytes>."
  validation {
    condition     = can(regex("^db-(custom-[0-9]+-[0-9]+|perf-optimized-N-[0-9]+)$", var.tier))
    error_message = "tier must be db-custom-<processors>-<megabytes> or db-perf-optimized-N-<processors>."
  }
}

variable "highly_available" {
  type        = bool
  description = "Whether a standby in another zone takes over."
}

variable "disk_size" {
  type        = number
  description = "Gigabytes of disk at first; it grows by itself."
}

variable "max_connections" {
  type        = number
  description = "Most connections. A hub opens 34 (docs/operations.md), and at a new revision twice as many hubs run."
  validation {
    condition     = var.max_connections >= 100 && var.max_connections <= 2000
    error_message = "max_connections must be 100 to 2000."
  }
}

variable "backup_days" {
  type        = number
  description = "How many daily backups are kept."
}

variable "log_days" {
  type        = number
  description = "For how many days the database can be restored to any moment, 1 to 7."
  validation {
    condition     = var.log_days >= 1 && var.log_days <= 7
    error_message = "log_days must be 1 to 7."
  }
}

variable "password_version" {
  type        = number
  description = "Raise it by one to make a new password; then deploy the hubs anew."
}

variable "deletion_protection" {
  type        = bool
  description = "Whether Terraform and Google refuse to delete the instance."
}

variable "labels" {
  type        = map(string)
  description = "Labels of the instance and the secret."
}
