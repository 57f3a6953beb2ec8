"""The summary of a class for its teacher: results, one page, the gradebook, and the same as data."""
