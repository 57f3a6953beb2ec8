"""Literature for a claim: corpora read and ranked, and what is suggested of each paper."""
