"""The commands that keep references true."""
