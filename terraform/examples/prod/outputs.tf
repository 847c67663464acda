output "serai" {
  description = "All outputs of the stack."
  value       = module.serai
}
