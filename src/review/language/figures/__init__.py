"""Figures in a text: numbers with their units, and times."""
