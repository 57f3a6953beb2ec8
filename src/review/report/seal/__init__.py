"""The seal of a signed report: what every file of it was, who signed, and whether it still is so.

What it shows and what not stands in docs/decisions.md, "What a seal proves". In short: every signature
covers the files and all signatures before it, and the seal states how many there are. That tells every
change by whoever does not write a seal of their own; only a digest noted elsewhere, or the keys of the
signers, tell that as well. The rules it is held to are those of 21 CFR 11.50 and 11.70.
"""
