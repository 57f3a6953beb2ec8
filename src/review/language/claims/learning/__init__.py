"""What marked pages teach of claims: small models, how they are trained, and what is kept of them."""
