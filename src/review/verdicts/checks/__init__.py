"""Checks that can take a verdict down: harm, words, figures, time, scope, advertising."""
