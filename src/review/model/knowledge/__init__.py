"""Knowledge as records: the subject of a review, packs of the trade, bias tools, and their phrases."""
