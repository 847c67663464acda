output "url" {
  description = "Address of the service that Cloud Run gives; null while it is not deployed."
  value       = one(module.service[*].url)
}

output "address" {
  description = "What the A record of the host must name; null without a host."
  value       = one(module.edge[*].address)
}

output "service" {
  description = "Name of the Cloud Run service; null while it is not deployed."
  value       = one(module.service[*].service)
}

output "migration_job" {
  description = "Name of the Cloud Run job that migrates the database; null while it is not deployed."
  value       = one(module.service[*].migration_job)
}

output "registry" {
  description = "Where images are pushed to."
  value       = module.delivery.registry
}

output "secrets" {
  description = "Ids of the secrets that need a value from you, by the settings that they fill."
  value       = module.secrets.ids
}

output "environment" {
  description = "Settings for hubs that run elsewhere in the network, such as on Kubernetes."
  value       = merge(module.database.environment, module.redis.environment)
}

output "buckets" {
  description = "Names of the buckets by the names that routes use."
  value       = module.storage.names
}

output "queues" {
  description = "Names of the queues by the names that routes use."
  value       = module.messaging.queues
}

output "topics" {
  description = "Names of the topics."
  value       = module.messaging.topics
}

output "dataset" {
  description = "Id of the warehouse's dataset."
  value       = module.warehouse.dataset
}

output "tables" {
  description = "Names of the warehouse's tables."
  value       = module.warehouse.tables
}

output "egress_address" {
  description = "The fixed address that others see; null without one."
  value       = module.network.egress_address
}

output "hub" {
  description = "E-mail address of the hubs' service account."
  value       = module.iam.hub
}

output "tasks" {
  description = "E-mail address of the account that calls of Cloud Tasks sign in as."
  value       = module.iam.tasks
}

output "deployers" {
  description = "E-mail addresses of the accounts that deploy, by their names."
  value       = module.delivery.deployers
}

output "identity_provider" {
  description = "Full name of the provider that GitHub's workflow signs in by; null without a repository."
  value       = module.delivery.identity_provider
}

output "alerts" {
  description = "Names of the rules that alerts were made of."
  value       = module.monitoring.rules
}
