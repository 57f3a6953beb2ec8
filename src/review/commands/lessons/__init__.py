"""The commands of a class: lesson make, lesson mark."""
