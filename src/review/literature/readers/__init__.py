"""Corpora from files: one module a format, one function that reads them all."""

from review.literature.readers.corpus import read_corpora

__all__ = ["read_corpora"]
