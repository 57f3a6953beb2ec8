"""Paragraphs of a Word report: runs, line breaks, links and the bookmarks that links lead to."""

import re
from collections.abc import Mapping
from urllib.parse import quote, urlsplit

from docx.document import Document as Word
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from review.model.visible import visible
from review.report.formats.unique_names import unique_names
from review.report.formats.word.styles import Styles
from review.report.formats.word.xml import Element, add
from review.report.parts.document import Document, Inline, Run

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_LONGEST_NAME = 40  # of a bookmark, as Word allows
_LONGEST_TIP = 250
_LONGEST_ADDRESS = 2000


class TextWriter:
    """Writes paragraphs of `document` into a Word file, with its styles, bookmarks and addresses."""

    def __init__(self, word: Word, styles: Styles, document: Document) -> None:
        self._rels = word.part.rels
        self._styles = styles
        self._names = bookmark_names(document)
        self._marked: set[str] = set()
        self._addresses: dict[str, str] = {}

    def paragraph(
        self, parent: Element, inline: Inline, style: str, anchor: str = "", mark: str = ""
    ) -> Element:
        """A paragraph of `inline` in the style `style`, which links to `anchor` lead to.

        `mark` is the character style of its words, except links and soft words.
        """
        paragraph = self.empty(parent, style)
        end = self._bookmark(paragraph, anchor)
        for run in inline:
            self.run(paragraph, run, "" if run.link or run.soft else mark)
        if end is not None:
            paragraph.append(end)
        return paragraph

    def empty(self, parent: Element, style: str) -> Element:
        """A paragraph without words in the style `style`."""
        paragraph = add(parent, "p")
        if style != "Normal":
            add(add(paragraph, "pPr"), "pStyle", val=self._styles.id(style))
        return paragraph

    def run(self, paragraph: Element, run: Run, mark: str = "", tip: str = "") -> None:
        """The words of `run`, linked where its link leads somewhere, with `tip` shown over a link."""
        parent = self._link(paragraph, run.link, tip) if run.link else None
        style = "Hyperlink" if parent is not None and not mark else _style(run, mark)
        words = f"“{run.text}”" if run.quoted else run.text
        self._words(paragraph if parent is None else parent, words, style, run.strong)

    def _words(self, parent: Element, words: str, style: str, strong: bool) -> None:
        element = add(parent, "r")
        if style or strong:
            form = add(element, "rPr")
            if style:
                add(form, "rStyle", val=self._styles.id(style))
            if strong and style != "Strong":
                add(form, "b")
        for piece in re.split(r"([\n\t])", visible(words)):
            if piece == "\n":
                add(element, "br")
            elif piece == "\t":
                add(element, "tab")
            elif piece:
                text = add(element, "t")
                text.text = piece
                text.set(_SPACE, "preserve")  # else Word drops the blanks at both ends

    def _link(self, paragraph: Element, link: str, tip: str) -> Element | None:
        """A link element, or none where `link` leads nowhere: no such anchor, no https address."""
        if link.startswith("#"):
            name = self._names.get(link[1:])
            if name is None:
                return None
            element = add(paragraph, "hyperlink", anchor=name, history=1)
        else:
            address = https_address(link)
            if not address:
                return None
            element = add(paragraph, "hyperlink", history=1)
            element.set(qn("r:id"), self._relation(address))
        if tip:
            element.set(qn("w:tooltip"), _shortened(visible(tip)))
        return element

    def _relation(self, address: str) -> str:
        if address not in self._addresses:
            key = f"link{len(self._addresses) + 1}"
            # python-docx would look through every relation of the file for each new one.
            self._rels.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, address, key, is_external=True)
            self._addresses[address] = key
        return self._addresses[address]

    def _bookmark(self, paragraph: Element, anchor: str) -> Element | None:
        """Open the bookmark of `anchor`, once; gives the element that ends it."""
        if not anchor or anchor in self._marked:
            return None
        # A bookmark may stand only once: the first place with an anchor gets it.
        number = len(self._marked)
        self._marked.add(anchor)
        add(paragraph, "bookmarkStart", id=number, name=self._names[anchor])
        return paragraph.makeelement(qn("w:bookmarkEnd"), {qn("w:id"): str(number)})


def _style(run: Run, mark: str) -> str:
    if mark:
        return mark
    if run.soft:
        return "Review Soft Words"
    if run.quoted:
        return "Review Quote"
    return "Strong" if run.strong else ""


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_TIP else f"{text[:_LONGEST_TIP].rstrip()}…"


def https_address(link: str) -> str:
    """`link` as an address that Word opens, percent-encoded; empty unless it is one on the web."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    address = quote(link, safe=":/?#[]@!$&'()*+,;=%~")
    if parts.scheme != "https" or not parts.hostname or visible(link) != link or "\n" in link:
        return ""
    return address if len(address) <= _LONGEST_ADDRESS else ""


def bookmark_names(document: Document) -> Mapping[str, str]:
    """A name for every anchor that a link may lead to, as Word allows: a letter, then letters, digits
    and underscores, 40 at most, no two alike whatever their case.
    """
    anchors = document.anchors()
    stems = [re.sub(r"[^A-Za-z0-9_]", "_", anchor) for anchor in anchors]
    words = [stem if stem[0].isalpha() else f"a{stem}" for stem in stems]
    return dict(zip(anchors, unique_names(words, _LONGEST_NAME, "_"), strict=True))
