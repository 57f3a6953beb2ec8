"""How firmly a sentence puts its claim, and how strongly it ties cause to effect."""
