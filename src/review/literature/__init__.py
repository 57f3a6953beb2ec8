"""Finding literature for a claim: corpora read from files, ranked, with what is suggested of each paper."""
