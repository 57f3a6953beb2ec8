"""Records of databases and files taken into the evidence: references, and drafts of their studies."""
