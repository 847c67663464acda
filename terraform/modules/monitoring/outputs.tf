output "rules" {
  description = "Names of the rules that alerts were made of."
  value       = keys(local.rules)
}
