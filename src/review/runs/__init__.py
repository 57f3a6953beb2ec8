"""Runs of notebooks: typed parameters, papermill, and outputs that are the same every time."""
