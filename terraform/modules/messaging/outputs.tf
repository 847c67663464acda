output "topics" {
  description = "Names of the topics."
  value       = keys(google_pubsub_topic.this)
}

output "dead_letter_subscriptions" {
  description = "Names of the subscriptions in which dead letters wait."
  value       = [for subscription in google_pubsub_subscription.dead : subscription.name]
}

output "queues" {
  description = "Names of the queues by the names that routes use."
  value       = { for key, queue in google_cloud_tasks_queue.this : key => queue.name }
}
