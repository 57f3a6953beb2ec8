"""`references.bib` where it is written: in an evidence folder, or beside it for several folders.

Where it serves several, each of them has studies of its entries, so that none can be read without the
others: whoever writes holds them all, and the file beside them with them.
"""

from os.path import lexists
from pathlib import Path

from review.store.files.together import BESIDE
from review.store.files.whole_file import real
from review.store.layout import BIBLIOGRAPHY


def bibliography_of(folder: Path) -> Path:
    """Where the references of a folder stand: in it, else beside it where such a file is."""
    own, shared = folder / BIBLIOGRAPHY, real(folder).parent / BIBLIOGRAPHY
    return shared if lexists(shared) and not lexists(own) else own


def name_to_write(folder: Path) -> str:
    """The name of the references for `write_together` of that folder."""
    is_own = bibliography_of(folder).parent == folder
    return BIBLIOGRAPHY if is_own else f"{BESIDE}/{BIBLIOGRAPHY}"
