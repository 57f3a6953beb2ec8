"""Commands that run notebooks: report, refresh, batch."""
