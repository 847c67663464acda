# Small, without standbys, and destroyed by terraform destroy: to try things out.
module "serai" {
  source = "../.."

  project             = var.project
  region              = var.region
  environment         = "staging"
  deploy_service      = var.deploy_service
  image               = var.image
  sources             = ["stripe", "supabase"]
  settings            = { SERAI_STRIPE_MODE = "test" }
  min_instances       = 1
  max_instances       = 2
  cpu                 = "1"
  memory              = "1Gi"
  database            = { tier = "db-custom-1-3840", highly_available = false, disk_size = 10, backup_days = 3, log_days = 1 }
  redis               = { highly_available = false }
  deletion_protection = false
  labels              = { app = "serai", environment = "dev" }

  buckets = {
    evidence = {}
    exports  = { delete_days = 7 }
    assets   = {}
    archive  = { delete_days = 30 }
    backups  = { delete_days = 7 }
  }
}
