"""Teaching and rating: how far people agree, with a key and with each other."""
