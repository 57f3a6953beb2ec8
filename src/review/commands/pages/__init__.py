"""Commands for pages and their literature: ingest, suggest, search, scan."""
