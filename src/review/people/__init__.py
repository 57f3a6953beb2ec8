"""What a named person enters: decisions, triage, ratings; rules only, nothing is written here."""
