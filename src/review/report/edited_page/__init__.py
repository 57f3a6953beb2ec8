"""A page with its suggested changes: what is changed and why, and the same as a Word file."""
