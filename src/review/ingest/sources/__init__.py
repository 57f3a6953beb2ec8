"""Where a page comes from: a file here, or an address on the public network."""
