"""Rules of advertising: what a page says in whatever words, and whose rules that meets."""
