"""Evidence folders on disk: the only place that knows their files."""

from review.store.canonical import canonical_files
from review.store.snapshot import held, read_evidence

__all__ = ["canonical_files", "held", "read_evidence"]
