"""What this package needs beyond a report, by extra, and what is said where it is missing."""

from importlib.util import find_spec

from review.model.errors import InCommand, ParameterError

_PAGES = ("bm25s", "pypdf", "sklearn", "threadpoolctl", "trafilatura")
IMPORTED = {
    "pages": _PAGES,
    "lab": (*_PAGES, "ipywidgets"),
    "scan": (*_PAGES, "brotli", "pyarrow"),
}
"""By extra, the packages of it that are imported."""
_BY_MAKE = ("pages", "lab")
"""The extras that `make install` adds to a checkout."""


def require(extra: str, asked: str) -> None:
    """Raises ParameterError where a package of `extra` is missing, which `asked` needs."""
    missing = [name for name in IMPORTED[extra] if find_spec(name) is None]
    if missing:
        fault = f"not installed: {', '.join(missing)}"
        checkout = "`make install` in a checkout, or " if extra in _BY_MAKE else ""
        remedy = f"Install what it needs: {checkout}pip install 'evidence-review[{extra}]'."
        raise ParameterError.at(InCommand(asked), fault, remedy=remedy)
