"""What the claims of a page come to together: its sentences, its stops, the impression it leaves."""
