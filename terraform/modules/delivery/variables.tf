variable "project" {
  type        = string
  description = "Id of the project."
}

variable "name" {
  type        = string
  description = "What names begin with."
}

variable "region" {
  type        = string
  description = "Region of the repository of images."
}

variable "github_repository" {
  type        = string
  description = "The repository whose workflows deploy: owner/name. Null for none."
  validation {
    condition     = var.github_repository == null || can(regex("^[A-Za-z0-9._-]+/[A-Za-z0-9._-]+$", var.github_repository))
    error_message = "github_repository must be owner/name."
  }
}

variable "github_branch" {
  type        = string
  description = "The only branch whose workflows deploy."
}

variable "run_as" {
  type        = map(string)
  description = "Full names of the service accounts that the deployed service and job run as, by any names."
}

variable "kept_images" {
  type        = number
  description = "How many of the newest images are kept, to go back to; older ones are deleted after 30 days."
}

variable "labels" {
  type        = map(string)
  description = "Labels of the repository of images."
}
