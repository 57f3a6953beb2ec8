"""Crawls as they are stored: JSON lines, Parquet and WARC, cut into parts."""
