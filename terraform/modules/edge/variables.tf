variable "name" {
  type        = string
  description = "What names of resources begin with."
}

variable "region" {
  type        = string
  description = "Region of the service."
}

variable "host" {
  type        = string
  description = "Host by which the world reaches the service; its A record must name the address."
  validation {
    condition     = can(regex("^([a-z0-9-]+\\.)+[a-z]{2,}$", var.host))
    error_message = "host must be a name such as hub.example.com."
  }
}

variable "service" {
  type        = string
  description = "Name of the Cloud Run service."
}
