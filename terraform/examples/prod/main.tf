# Two hubs at least, standbys, a fixed address for partners that allow addresses, alerts, deployment from GitHub.
module "serai" {
  source = "../.."

  project           = var.project
  region            = var.region
  environment       = "prod"
  deploy_service    = var.deploy_service
  image             = var.image
  host              = var.host
  sources           = ["stripe", "supabase", "supabase-auth", "phonepe"]
  secret_settings   = ["SERAI_STRIPE_API_KEY", "SERAI_PHONEPE_CLIENT_SECRET"]
  settings          = { SERAI_STRIPE_MODE = "live" }
  min_instances     = 2
  max_instances     = 6
  static_egress     = true
  github_repository = var.github_repository
  alert_emails      = var.alert_emails
  alert_channels    = var.alert_channels
  labels            = { app = "serai", environment = "prod" }
}
