variable "dataset" {
  type        = string
  description = "Id of the dataset."
  validation {
    condition     = can(regex("^[A-Za-z0-9_]{1,1024}$", var.dataset))
    error_message = "dataset may have letters, digits and underscores only."
  }
}

variable "location" {
  type        = string
  description = "Region, or EU, US for several. It can't be changed."
}

variable "schemas" {
  type        = string
  description = "Folder of the schemas, one file <table>.json each, as the local warehouse reads them."
}

variable "hub" {
  type        = string
  description = "E-mail address of the hub's service account, which inserts and queries rows."
}

variable "deletion_protection" {
  type        = bool
  description = "Whether Terraform refuses to destroy tables."
}

variable "labels" {
  type        = map(string)
  description = "Labels of the dataset and the tables."
}
