"""Which proposition a claim makes: what both mention, what forbids a match, how likely it is."""
