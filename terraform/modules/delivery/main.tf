resource "google_artifact_registry_repository" "images" {
  repository_id = var.name
  location      = var.region
  format        = "DOCKER"
  description   = "Images of Serai"
  labels        = var.labels

  docker_config {
    immutable_tags = true
  }

  cleanup_policies {
    id     = "keep-newest"
    action = "KEEP"

    most_recent_versions {
      keep_count = var.kept_images
    }
  }

  cleanup_policies {
    id     = "delete-old"
    action = "DELETE"

    condition {
      older_than = "2592000s"
    }
  }
}

# GitHub's workflows and Cloud Build deploy as these; neither has a key.
resource "google_service_account" "deployer" {
  for_each = merge({ builder = "Cloud Build, which builds and deploys Serai" }, var.github_repository == null ? {} : { deployer = "GitHub's workflow, which builds and deploys Serai" })

  account_id   = "${var.name}-${each.key}"
  display_name = each.value
}

resource "google_artifact_registry_repository_iam_member" "deployer" {
  for_each = google_service_account.deployer

  repository = google_artifact_registry_repository.images.name
  location   = var.region
  role       = "roles/artifactregistry.writer"
  member     = each.value.member
}

resource "google_service_account_iam_member" "run_as" {
  for_each = { for pair in setproduct(keys(google_service_account.deployer), keys(var.run_as)) : "${pair[0]}/${pair[1]}" => { deployer = pair[0], account = pair[1] } }

  service_account_id = var.run_as[each.value.account]
  role               = "roles/iam.serviceAccountUser"
  member             = google_service_account.deployer[each.value.deployer].member
}

resource "google_project_iam_member" "builder" {
  project = var.project
  role    = "roles/logging.logWriter"
  member  = google_service_account.deployer["builder"].member
}

resource "google_iam_workload_identity_pool" "github" {
  count                     = var.github_repository == null ? 0 : 1
  workload_identity_pool_id = "${var.name}-github"
  display_name              = "Workflows of GitHub"
}

# Tokens of other repositories and branches are refused here, before any role counts.
resource "google_iam_workload_identity_pool_provider" "github" {
  count                              = var.github_repository == null ? 0 : 1
  workload_identity_pool_id          = google_iam_workload_identity_pool.github[0].workload_identity_pool_id
  workload_identity_pool_provider_id = "github"
  attribute_condition                = "assertion.repository == '${var.github_repository}' && assertion.ref == 'refs/heads/${var.github_branch}'"
  attribute_mapping = {
    "google.subject"       = "assertion.sub"
    "attribute.repository" = "assertion.repository"
    "attribute.ref"        = "assertion.ref"
  }

  oidc {
    issuer_uri = "https://token.actions.githubusercontent.com"
  }
}

resource "google_service_account_iam_member" "github" {
  count              = var.github_repository == null ? 0 : 1
  service_account_id = google_service_account.deployer["deployer"].name
  role               = "roles/iam.workloadIdentityUser"
  member             = "principalSet://iam.googleapis.com/${google_iam_workload_identity_pool.github[0].name}/attribute.repository/${var.github_repository}"
}
