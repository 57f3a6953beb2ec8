"""Lessons made from the evidence, the marking of what learners hand in, and how far raters agree."""
