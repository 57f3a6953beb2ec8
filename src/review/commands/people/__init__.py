"""Commands for what people decide, rate and sign."""
