variable "project" {
  type        = string
  description = "Id of the Google Cloud project."
}

variable "region" {
  type        = string
  description = "Region of everything that has one."
  default     = "asia-south1"
}

variable "deploy_service" {
  type        = bool
  description = "Whether the hubs are deployed; false the first time, until secrets have values and an image is there."
  default     = true
}

variable "image" {
  type        = string
  description = "Image of the first revision."
  default     = null
}

variable "host" {
  type        = string
  description = "Host by which the world reaches the hubs."
}

variable "github_repository" {
  type        = string
  description = "The repository whose workflow deploys, owner/name."
}

variable "alert_emails" {
  type        = set(string)
  description = "E-mail addresses that are told of alerts."
}

variable "alert_channels" {
  type        = set(string)
  description = "Ids of notification channels that wake somebody."
  default     = []
}
