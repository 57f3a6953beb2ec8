"""One reader a format, from the bytes of a source to the text of a page."""
