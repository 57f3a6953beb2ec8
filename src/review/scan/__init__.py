"""A crawl of pages scanned for claims: read in parts, bounded in memory, taken up where it stopped."""
