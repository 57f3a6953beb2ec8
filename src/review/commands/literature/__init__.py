"""Commands that ask the literature services, and bring in what they gave."""
