"""Evidence folders on disk: the only place that knows their files."""
