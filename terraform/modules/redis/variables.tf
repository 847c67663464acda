variable "name" {
  type        = string
  description = "Name of the instance, and of the secrets about it."
}

variable "region" {
  type        = string
  description = "Region of the instance."
}

variable "network" {
  type        = string
  description = "Id of the network that may reach it."
}

variable "memory_gb" {
  type        = number
  description = "Gigabytes of memory."
  validation {
    condition     = var.memory_gb >= 1 && var.memory_gb <= 300
    error_message = "memory_gb must be 1 to 300."
  }
}

variable "highly_available" {
  type        = bool
  description = "Whether a replica in another zone takes over. Losing Redis loses no event, but sessions and the cache."
}

variable "labels" {
  type        = map(string)
  description = "Labels of the instance and the secrets."
}
