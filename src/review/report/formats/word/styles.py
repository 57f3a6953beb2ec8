"""The named styles of a Word report: added to a file that lacks them, left alone where it has them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from docx.document import Document as Word
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import OxmlElement, parse_xml
from docx.shared import Mm

from review.model.errors import InFile, InputError, Problem
from review.model.vocabulary import Verdict
from review.report.formats.colours import BAND, INK, LINE, LINK, NO_VERDICT, SHADES, SOFT
from review.report.formats.word.xml import Element

_NAMES: Mapping[str, str] = {
    Verdict.SUBSTANTIATED: "Review Substantiated",
    Verdict.OVERSTATED: "Review Overstated",
    Verdict.UNSUPPORTED: "Review Unsupported",
    Verdict.CONTRADICTED: "Review Contradicted",
    Verdict.NOT_LOOKED_FOR: "Review Not Looked For",
    Verdict.SET_ASIDE: "Review Set Aside",
}
_NO_VERDICT = "Review Claim"


def claim_style(verdict: str) -> str:
    """The character style of a page's words that make a claim; `verdict` is empty if not shown."""
    return _NAMES.get(verdict, _NO_VERDICT)


def mark_style(verdict: str) -> str:
    """The character style of what is said of such a claim: its mark, its row's name, its verdict."""
    return f"{claim_style(verdict)} Mark"


@dataclass(frozen=True, slots=True)
class _Style:
    """A style: Word's name for it, its kind, the style it is based on, its look as WordprocessingML."""

    name: str
    kind: str
    look: str
    base: str = ""


def _look(paragraph: str = "", run: str = "") -> str:
    return f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr>"


_CLOSE_TYPE, _CLOSE_ROOM = 0.87, 0.45
"""By how much type and the room round it shrink where a document is to fit on few sheets."""


def _shrunk(look: str) -> str:
    """A look with smaller type and less room, never below what can be read."""
    smaller = re.sub(
        r'(<w:szC?s? w:val=")(\d+)',
        lambda size: f"{size[1]}{max(round(int(size[2]) * _CLOSE_TYPE), min(int(size[2]), _LEAST))}",
        look,
    )
    return re.sub(
        r'(w:(?:before|after)=")(\d+)',
        lambda room: f"{room[1]}{round(int(room[2]) * _CLOSE_ROOM)}",
        smaller,
    )


_LEAST = 15
"""Half points of the smallest type that is shrunk to."""


def _size(points: float) -> str:
    # Word counts type in half points, and has a second size for right-to-left scripts.
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def _spacing(before: int, after: int) -> str:
    """Space above and below in twentieths of a point."""
    return f'<w:spacing w:before="{before}" w:after="{after}"/>'


def _color(rgb: str) -> str:
    return f'<w:color w:val="{rgb}"/>'


_BOLD, _KEEP = "<w:b/>", "<w:keepNext/>"
_BOX = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="4" w:color="{LINE}"/>'
    for side in ("top", "left", "bottom", "right")
)


def _heading(level: int, points: float, before: int) -> _Style:
    outline = f'{_KEEP}<w:keepLines/>{_spacing(before, 80)}<w:outlineLvl w:val="{level - 1}"/>'
    return _Style(
        f"heading {level}", "paragraph", _look(outline, _BOLD + _color(INK) + _size(points)), "Normal"
    )


_TABLE_LOOK = f"""
<w:tblPr><w:tblBorders>
<w:top w:val="single" w:sz="8" w:space="0" w:color="{SOFT}"/>
<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{SOFT}"/>
<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>
</w:tblBorders><w:tblCellMar>
<w:top w:w="40" w:type="dxa"/><w:left w:w="70" w:type="dxa"/>
<w:bottom w:w="40" w:type="dxa"/><w:right w:w="70" w:type="dxa"/>
</w:tblCellMar></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>
<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{SOFT}"/></w:tcBorders>
<w:shd w:val="clear" w:color="auto" w:fill="{BAND}"/></w:tcPr></w:tblStylePr>
<w:tblStylePr w:type="firstCol"><w:rPr><w:b/></w:rPr></w:tblStylePr>
"""
_TIGHT = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
_RIGHT = '<w:jc w:val="right"/>'
_STYLES = (
    _Style(
        "Title", "paragraph", _look(_KEEP + _spacing(0, 60), _BOLD + _color(INK) + _size(22)), "Normal"
    ),
    _Style("Subtitle", "paragraph", _look(_spacing(0, 200), _color(SOFT)), "Normal"),
    _heading(1, 16, 360),
    _heading(2, 13, 280),
    _heading(3, 11, 220),
    _heading(4, 10, 180),
    _Style("caption", "paragraph", _look(_KEEP + _spacing(160, 80), _color(SOFT) + _size(9)), "Normal"),
    _Style("header", "paragraph", _look(_spacing(0, 0), _color(SOFT) + _size(8)), "Normal"),
    _Style("footer", "paragraph", _look(_spacing(0, 0) + _RIGHT, _color(SOFT) + _size(8)), "Normal"),
    _Style("List Bullet", "paragraph", _look(_spacing(0, 40)), "Normal"),
    _Style("List Number", "paragraph", _look(_spacing(0, 40)), "Normal"),
    _Style("Review Lead", "paragraph", _look(_spacing(60, 120), _size(12)), "Normal"),
    _Style("Review Soft", "paragraph", _look(_spacing(60, 100), _color(SOFT) + _size(9)), "Normal"),
    _Style("Review Note", "paragraph", _look(_spacing(60, 160), _color(SOFT) + _size(8)), "Normal"),
    _Style("Review Picture", "paragraph", _look(_spacing(0, 160)), "Normal"),
    _Style(
        "Review Page",
        "paragraph",
        _look(f'<w:pBdr>{_BOX}</w:pBdr>{_spacing(0, 0)}<w:ind w:left="80" w:right="80"/>'),
        "Normal",
    ),
    _Style("Review Break", "paragraph", _look(_spacing(0, 0), _size(1)), "Normal"),
    _Style("Review Cell", "paragraph", _look(_TIGHT, _size(7.5)), "Normal"),
    _Style("Review Cell Head", "paragraph", _look(_KEEP), "Review Cell"),
    _Style("Review Cell Head Number", "paragraph", _look(_RIGHT), "Review Cell Head"),
    _Style("Review Cell Number", "paragraph", _look(_RIGHT), "Review Cell"),
    _Style("Review Cell Muted", "paragraph", _look("", _color(SOFT)), "Review Cell"),
    _Style("Review Cell Muted Number", "paragraph", _look(_RIGHT), "Review Cell Muted"),
    _Style("Review Table", "table", _TABLE_LOOK, "Normal Table"),
    _Style("Strong", "character", f"<w:rPr>{_BOLD}</w:rPr>"),
    _Style("Hyperlink", "character", f'<w:rPr>{_color(LINK)}<w:u w:val="single"/></w:rPr>'),
    _Style("Review Soft Words", "character", f"<w:rPr>{_color(SOFT)}</w:rPr>"),
    _Style("Review Quote", "character", ""),
    *(
        style
        for verdict, shade in (*SHADES.items(), ("", NO_VERDICT))
        for style in (
            _Style(
                claim_style(verdict),
                "character",
                f'<w:rPr><w:shd w:val="clear" w:color="auto" w:fill="{shade.paper}"/></w:rPr>',
            ),
            _Style(mark_style(verdict), "character", f"<w:rPr>{_BOLD}{_color(shade.ink)}</w:rPr>"),
        )
    ),
)
_DEFAULTS = f"""
<w:docDefaults {nsdecls("w")}><w:rPrDefault><w:rPr>
<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/>{_size(9.5)}
<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>
<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="100" w:line="259" w:lineRule="auto"/></w:pPr>
</w:pPrDefault></w:docDefaults>
"""


class Styles:
    """The styles of one Word file, found by name.

    A file calls a style by an id of its own ("berschrift1" in a German Word), so an id is looked up,
    never written down.
    """

    def __init__(self, word: Word, file: str, compact: bool = False) -> None:
        """Add the missing styles to `word`, smaller and closer ones for a compact document.

        Raises InputError, naming `file`, when it has a style of ours as another kind.
        """
        self._element = word.styles.element
        own = {_name(style): style for style in self._element.findall(qn("w:style"))}
        kinds = {name: style.get(qn("w:type")) for name, style in own.items()}
        clashes = [s for s in _STYLES if kinds.get(s.name.casefold(), s.kind) != s.kind]
        if clashes:
            raise InputError([_clash(file, style) for style in clashes])
        self._ids: dict[str, str] = {name: style.get(qn("w:styleId")) for name, style in own.items()}
        for style in _STYLES:
            if style.name.casefold() not in self._ids:
                self._add(replace(style, look=_shrunk(style.look)) if compact else style)

    def id(self, name: str) -> str:
        """The id of the style `name`."""
        return self._ids[name.casefold()]

    def element(self, name: str) -> Element:
        """The definition of the style `name`."""
        styles = self._element.iterfind(qn("w:style"))
        return next(style for style in styles if _name(style) == name.casefold())

    def _add(self, style: _Style) -> None:
        key = (style.name[0].upper() + style.name[1:]).replace(" ", "")
        # A template may use the id that we would give for a style of another name.
        while key in self._ids.values():
            key += "x"
        base = self._ids.get(style.base.casefold())
        based = f'<w:basedOn w:val="{base}"/>' if base else ""
        followed = f'<w:next w:val="{base}"/>' if base and style.kind == "paragraph" else ""
        own = ' w:customStyle="1"' if style.name.startswith("Review ") else ""
        self._element.append(
            parse_xml(
                f'<w:style {nsdecls("w")} w:type="{style.kind}" w:styleId="{key}"{own}>'
                f'<w:name w:val="{style.name}"/>{based}{followed}<w:qFormat/>{style.look}</w:style>'
            )
        )
        self._ids[style.name.casefold()] = key


def _name(style: Element) -> str:
    return str(style.find(qn("w:name")).get(qn("w:val"))).casefold()


def _clash(file: str, style: _Style) -> Problem:
    fault = f"its style {style.name!r} is not a {style.kind} style"
    return InFile(file).problem(fault, remedy="Rename or delete that style.")


def set_defaults(word: Word, compact: bool) -> None:
    """Give `word` the type of a report whose clinic has no template, and its margins if `compact`."""
    styles = word.styles.element
    defaults = _shrunk(_DEFAULTS) if compact else _DEFAULTS
    styles.replace(styles.find(qn("w:docDefaults")), parse_xml(defaults))
    if compact:
        section = word.sections[0]
        section.left_margin = section.right_margin = Mm(16)
        section.top_margin = section.bottom_margin = Mm(15)
        section.header_distance = section.footer_distance = Mm(7)


def set_language(word: Word) -> None:
    """Mark all text of `word` as British English, which it is whatever the language of a template."""
    styles = word.styles.element
    # A language that any style names would win over the default, so all are taken out first.
    for language in list(styles.iter(qn("w:lang"))):
        language.getparent().remove(language)
    run = _child(_child(_child(styles, "w:docDefaults"), "w:rPrDefault"), "w:rPr")
    run.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/>'))


def _child(parent: Element, name: str) -> Element:
    """The first child `name`, put in front if it is missing."""
    child = parent.find(qn(name))
    if child is None:
        child = OxmlElement(name)
        parent.insert(0, child)
    return child
