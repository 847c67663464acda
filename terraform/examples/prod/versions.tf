terraform {
  required_version = ">= 1.11, < 2.0"

  # terraform init -backend-config=bucket=<bucket of states> -backend-config=prefix=serai
  backend "gcs" {}

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = ">= 6.50, < 7.0"
    }
    random = {
      source  = "hashicorp/random"
      version = ">= 3.7, < 4.0"
    }
  }
}

provider "google" {
  project = var.project
  region  = var.region
}
