"""Marking a class: what was handed in is read, marked against the key, and told to each learner."""
