"""The report: one model of nested plain records, and the formats written from it."""
