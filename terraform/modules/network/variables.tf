variable "name" {
  type        = string
  description = "What names of resources begin with."
}

variable "region" {
  type        = string
  description = "Region of the subnetwork."
}

variable "subnet_range" {
  type        = string
  description = "Addresses of the hubs; each instance takes one, and two for a while at a new revision: /26 or larger."
  validation {
    condition     = can(cidrhost(var.subnet_range, 0)) && tonumber(split("/", var.subnet_range)[1]) <= 26
    error_message = "subnet_range must be a range such as 10.10.0.0/24, /26 or larger."
  }
}

variable "static_egress" {
  type        = bool
  description = "Whether everything that hubs call sees them at one fixed address, for partners that allow addresses."
}
