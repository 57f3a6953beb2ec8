"""What changed between two reviews, and why: two states of the evidence, or two reports, compared."""
