"""Corpora from files: one module a format, one function that reads them all."""

from review.literature.readers.corpus import Corpus, read_corpora

__all__ = ["Corpus", "read_corpora"]
