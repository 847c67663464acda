variable "prefix" {
  type        = string
  description = "What ids of secrets begin with."
}

variable "settings" {
  type        = set(string)
  description = "Settings whose values are secrets, by their environment variables. Terraform makes no values; add versions by gcloud."
  validation {
    condition     = alltrue([for setting in var.settings : can(regex("^[A-Z][A-Z0-9_]*$", setting))])
    error_message = "Settings are written as environment variables: SERAI_API_KEYS."
  }
}

variable "others" {
  type        = map(string)
  description = "Ids of secrets that other modules have made, by any names, which the readers may read, too."
}

variable "readers" {
  type        = map(string)
  description = "E-mail addresses of service accounts that may read all of them, by any names."
}

variable "labels" {
  type        = map(string)
  description = "Labels of the secrets."
}
