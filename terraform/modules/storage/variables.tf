variable "prefix" {
  type        = string
  description = "What names of buckets begin with; they are the world's, so take the project's id."
}

variable "location" {
  type        = string
  description = "Region, or EU, US, ASIA for several."
}

variable "buckets" {
  type = map(object({
    retention_days = optional(number, 0)
    nearline_days  = optional(number, 0)
    delete_days    = optional(number, 0)
    undelete_days  = optional(number, 7)
  }))
  description = "Buckets by the names that routes use: for how many days nothing can be deleted, when objects move to cheaper storage and when they are deleted (0 for never), and for how many days a deletion can be undone."
  validation {
    condition     = alltrue([for bucket in values(var.buckets) : bucket.delete_days == 0 || bucket.delete_days >= bucket.retention_days])
    error_message = "A bucket must not delete before its retention ends."
  }
  validation {
    condition     = alltrue([for bucket in values(var.buckets) : bucket.undelete_days == 0 || (bucket.undelete_days >= 7 && bucket.undelete_days <= 90)])
    error_message = "undelete_days must be 0 or 7 to 90."
  }
}

variable "hub" {
  type        = string
  description = "E-mail address of the hub's service account, which reads, writes and deletes objects."
}

variable "force_destroy" {
  type        = bool
  description = "Whether a bucket may be destroyed with what is in it. Never in production."
}

variable "labels" {
  type        = map(string)
  description = "Labels of the buckets."
}
