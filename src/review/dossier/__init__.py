"""Everything loaded and judged, and the tables that a notebook shows of it."""
