"""Evidence folders on disk: the only place that knows their files."""

from review.store.canonical import canonical_files
from review.store.read import read_evidence

__all__ = ["canonical_files", "read_evidence"]
