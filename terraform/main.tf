# Everything that Serai needs in one project of Google Cloud. How to use it: docs/deployment.md.
locals {
  services = toset([
    "artifactregistry.googleapis.com",
    "bigquery.googleapis.com",
    "cloudtasks.googleapis.com",
    "compute.googleapis.com",
    "iam.googleapis.com",
    "iamcredentials.googleapis.com",
    "monitoring.googleapis.com",
    "pubsub.googleapis.com",
    "redis.googleapis.com",
    "run.googleapis.com",
    "secretmanager.googleapis.com",
    "servicenetworking.googleapis.com",
    "sqladmin.googleapis.com",
    "sts.googleapis.com",
  ])

  # A hub opens 34 connections, and a new revision runs beside the old one.
  max_connections = max(100, 2 * var.max_instances * 34 + 30)

  source_settings  = { for source in var.sources : source => "SERAI_${upper(replace(source, "-", "_"))}_SECRETS" }
  secret_settings  = setunion(["SERAI_API_KEYS", "SERAI_ENCRYPTION_KEYS"], var.cloud == "local" ? ["SERAI_OBJECTS_SECRETS"] : [], values(local.source_settings), var.secret_settings)
  metrics          = var.collector_image != null
  operator_secrets = setunion(local.secret_settings, local.metrics ? ["METRICS_KEY"] : [])
}

resource "google_project_service" "this" {
  for_each = local.services

  service            = each.key
  disable_on_destroy = false
}

module "iam" {
  source = "./modules/iam"

  project = var.project
  name    = var.name

  depends_on = [google_project_service.this]
}

module "network" {
  source = "./modules/network"

  name          = var.name
  region        = var.region
  subnet_range  = var.subnet_range
  static_egress = var.static_egress

  depends_on = [google_project_service.this]
}

module "database" {
  source = "./modules/database"

  name                = var.name
  region              = var.region
  network             = module.network.network
  tier                = var.database.tier
  highly_available    = var.database.highly_available
  disk_size           = var.database.disk_size
  max_connections     = local.max_connections
  backup_days         = var.database.backup_days
  log_days            = var.database.log_days
  password_version    = var.database.password_version
  deletion_protection = var.deletion_protection
  labels              = var.labels
}

module "redis" {
  source = "./modules/redis"

  name             = var.name
  region           = var.region
  network          = module.network.network
  memory_gb        = var.redis.memory_gb
  highly_available = var.redis.highly_available
  labels           = var.labels
}

module "storage" {
  source = "./modules/storage"

  prefix        = "${var.project}-${var.name}"
  location      = var.region
  buckets       = var.buckets
  hub           = module.iam.hub
  force_destroy = !var.deletion_protection
  labels        = var.labels
}

module "warehouse" {
  source = "./modules/warehouse"

  dataset             = replace(var.name, "-", "_")
  location            = var.region
  schemas             = abspath("${path.module}/../routes/schemas/warehouse")
  hub                 = module.iam.hub
  deletion_protection = var.deletion_protection
  labels              = var.labels

  depends_on = [google_project_service.this]
}

module "messaging" {
  source = "./modules/messaging"

  name   = var.name
  region = var.region
  topics = var.topics
  queues = var.queues
  hub    = module.iam.hub
  labels = var.labels

  depends_on = [google_project_service.this]
}

module "secrets" {
  source = "./modules/secrets"

  prefix   = var.name
  settings = local.operator_secrets
  others = {
    redis-password     = module.redis.password_secret
    redis-certificates = module.redis.certificates_secret
    database-password  = module.database.password_secret
  }
  readers = { hub = module.iam.hub }
  labels  = var.labels
}

# The migration reads the database's password, and nothing else.
resource "google_secret_manager_secret_iam_member" "migration" {
  secret_id = module.database.password_secret
  role      = "roles/secretmanager.secretAccessor"
  member    = "serviceAccount:${module.iam.migration}"
}

module "delivery" {
  source = "./modules/delivery"

  project           = var.project
  name              = var.name
  region            = var.region
  github_repository = var.github_repository
  github_branch     = var.github_branch
  run_as            = module.iam.run_as
  kept_images       = 20
  labels            = var.labels

  depends_on = [google_project_service.this]
}

module "service" {
  source = "./modules/service"
  count  = var.deploy_service ? 1 : 0

  name      = var.name
  region    = var.region
  image     = var.image
  hub       = module.iam.hub
  migration = module.iam.migration
  deployers = module.delivery.deployers
  environment = merge(
    {
      SERAI_ENV                       = var.environment
      SERAI_CLOUD                     = var.cloud
      SERAI_REDIS_CA_FILE             = "/etc/serai/redis/ca.pem"
      SERAI_WEBHOOKS_TRUSTED_PROXIES  = join(",", compact([var.trusted_proxies, one(module.edge[*].address)]))
      SERVER_FORWARD_HEADERS_STRATEGY = "native"
    },
    module.database.environment,
    module.redis.environment,
    { for project in var.cloud == "gcp" ? [var.project] : [] : "SERAI_GOOGLE_PROJECT" => project },
    { for region in var.cloud == "gcp" ? [var.region] : [] : "SERAI_TASKS_LOCATION" => region },
    { for name in var.cloud == "gcp" ? [var.name] : [] : "SERAI_TASKS_QUEUE_PREFIX" => "${name}-" },
    { for email in var.cloud == "gcp" ? [module.iam.tasks] : [] : "SERAI_TASKS_SERVICE_ACCOUNT" => email },
    { for dataset in var.cloud == "gcp" ? [module.warehouse.dataset] : [] : "SERAI_WAREHOUSE_DATASET" => dataset },
    { for key, name in module.storage.names : "SERAI_BUCKETS_${upper(replace(key, "-", "_"))}" => name if var.cloud == "gcp" },
    { for host in compact([var.host]) : "SERAI_PUBLIC_URL" => "https://${host}" },
    var.settings,
  )
  secrets = merge(
    { for setting in local.secret_settings : setting => module.secrets.ids[setting] },
    {
      SERAI_DATABASE_PASSWORD = module.database.password_secret
      SERAI_REDIS_PASSWORD    = module.redis.password_secret
    },
  )
  migration_environment = merge({ SERAI_ENV = var.environment }, module.database.environment)
  migration_secrets     = { SERAI_DATABASE_PASSWORD = module.database.password_secret }
  certificates_secret   = module.redis.certificates_secret
  metrics_secret        = local.metrics ? module.secrets.ids["METRICS_KEY"] : null
  collector_image       = var.collector_image
  network               = module.network.network
  subnetwork            = module.network.subnetwork
  egress                = module.network.egress
  ingress               = var.host == null ? "INGRESS_TRAFFIC_ALL" : "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"
  min_instances         = var.min_instances
  max_instances         = var.max_instances
  cpu                   = var.cpu
  memory                = var.memory
  deletion_protection   = var.deletion_protection
  labels                = var.labels

  depends_on = [module.secrets, google_secret_manager_secret_iam_member.migration]
}

module "edge" {
  source = "./modules/edge"
  count  = var.deploy_service && var.host != null ? 1 : 0

  name    = var.name
  region  = var.region
  host    = coalesce(var.host, "none.invalid")
  service = module.service[0].service
}

module "monitoring" {
  source = "./modules/monitoring"

  name                      = var.name
  rules                     = abspath("${path.module}/../docker/prometheus/serai.rules.yml")
  excluded_rules            = var.excluded_rules
  hub_metrics               = local.metrics
  emails                    = var.alert_emails
  pages                     = var.alert_channels
  host                      = var.host
  service                   = var.deploy_service ? var.name : null
  database                  = module.database.instance
  max_connections           = local.max_connections
  redis                     = module.redis.instance
  dead_letter_subscriptions = module.messaging.dead_letter_subscriptions
  labels                    = var.labels

  depends_on = [google_project_service.this]
}
