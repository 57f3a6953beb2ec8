"""Marking a class in four stages, each fed by the one before: read, mark, summarise, write."""

SUMMARY = "summary.html"
GRADEBOOK = "gradebook.csv"
DATA = "summary.json"
PAGES = "feedback"
"""The folder of the feedback pages, beside the summary."""
