variable "name" {
  type        = string
  description = "What names of queues begin with."
}

variable "region" {
  type        = string
  description = "Region of the queues."
}

variable "topics" {
  type = map(object({
    retention_days = optional(number, 7)
    subscriptions = optional(map(object({
      ordered       = optional(bool, true)
      ack_seconds   = optional(number, 60)
      attempts      = optional(number, 10)
      min_backoff   = optional(number, 10)
      max_backoff   = optional(number, 600)
      hub_reads     = optional(bool, false)
      reader_emails = optional(set(string), [])
    })), {})
  }))
  description = "Topics by their names, with their subscriptions: whether messages of a key are delivered in order, how long a reader may take, how often a message is delivered before it is put into the dead letters, and who reads."
  validation {
    condition     = alltrue([for name in keys(var.topics) : can(regex("^[A-Za-z][A-Za-z0-9._~+%-]{2,254}$", name)) && !startswith(name, "goog")])
    error_message = "A topic's name begins with a letter, has 3 to 255 characters and doesn't begin with goog."
  }
  validation {
    condition     = alltrue(flatten([for topic in values(var.topics) : [for s in values(topic.subscriptions) : s.attempts >= 5 && s.attempts <= 100 && s.ack_seconds >= 10 && s.ack_seconds <= 600]]))
    error_message = "attempts must be 5 to 100, ack_seconds 10 to 600."
  }
}

variable "queues" {
  type = map(object({
    rate        = optional(number, 100)
    concurrency = optional(number, 50)
    attempts    = optional(number, 20)
    min_backoff = optional(number, 5)
    max_backoff = optional(number, 3600)
  }))
  description = "Queues of delayed calls by their names: calls a second, calls at a time, attempts, and seconds between them."
}

variable "hub" {
  type        = string
  description = "E-mail address of the hub's service account, which publishes and makes tasks."
}

variable "labels" {
  type        = map(string)
  description = "Labels of topics and subscriptions."
}
