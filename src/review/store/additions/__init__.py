"""What a person adds to an evidence folder: decisions, triage, adjudications."""
