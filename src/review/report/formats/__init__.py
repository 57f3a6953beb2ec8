"""The files of a report: every format written from one document."""
