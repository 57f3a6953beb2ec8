"""A watch over literature: recorded searches made again, registered trials looked at again."""
