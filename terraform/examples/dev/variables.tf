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
