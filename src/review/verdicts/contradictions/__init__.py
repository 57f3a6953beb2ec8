"""What cannot both be true: what follows from the relations, pairs of claims, and groups by fact."""
