"""Witnesses asked about references: the questions, what the answers say, and how they compare."""
