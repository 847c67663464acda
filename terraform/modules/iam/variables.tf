variable "project" {
  type        = string
  description = "Id of the project."
}

variable "name" {
  type        = string
  description = "What ids of service accounts begin with."
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,18}$", var.name))
    error_message = "name must be 3 to 19 small letters, digits and hyphens."
  }
}
