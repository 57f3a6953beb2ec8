"""How firmly a sentence puts its claim."""
