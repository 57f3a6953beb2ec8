"""The words of a review: vocabularies, fields, records, errors, references; no input, no output."""
