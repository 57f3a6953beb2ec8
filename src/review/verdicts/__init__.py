"""From a body of evidence to a verdict: what counts, where it points, what a claim is worth."""
