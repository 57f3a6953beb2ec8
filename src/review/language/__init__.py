"""What can be read from the wording of a page alone: pure functions over text."""
