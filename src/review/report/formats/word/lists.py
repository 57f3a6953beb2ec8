"""The lists of a Word report: bullets and numbers as Word makes them, in a template's form."""

from docx.document import Document as Word
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from docx.parts.numbering import NumberingPart

from review.report.formats.word.styles import Styles
from review.report.formats.word.xml import Element, add

_FORMS = {"List Bullet": ("bullet", "•"), "List Number": ("decimal", "%1.")}


class Lists:
    """The list forms of one Word file."""

    def __init__(self, word: Word, styles: Styles) -> None:
        """Find the forms that the list styles of `word` name; add plain ones where they name none."""
        self._numbering = _numbering(word)
        for cleanup in self._numbering.xpath("w:numIdMacAtCleanup"):  # must stay behind all lists
            self._numbering.remove(cleanup)
        self._forms = {style: self._form(styles, style) for style in _FORMS}
        self._last = max((int(number.numId) for number in self._numbering.num_lst), default=0)

    def start(self, style: str) -> int:
        """The number of a new list in the form of the style `style`, which counts from 1."""
        self._last += 1
        number = add(self._numbering, "num", numId=self._last)
        add(number, "abstractNumId", val=self._forms[style])
        # Else Word would count on from the list before in the same form.
        add(add(number, "lvlOverride", ilvl=0), "startOverride", val=1)
        return self._last

    def _form(self, styles: Styles, style: str) -> int:
        named = styles.element(style).xpath("w:pPr/w:numPr/w:numId/@w:val")
        for number in self._numbering.num_lst:
            if named and str(number.numId) == named[0]:
                return int(number.abstractNumId.val)
        return self._add_form(*_FORMS[style])

    def _add_form(self, kind: str, sign: str) -> int:
        taken = [int(n) for n in self._numbering.xpath("w:abstractNum/@w:abstractNumId")]
        number = max(taken, default=-1) + 1
        form = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">'
            '<w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            f'<w:numFmt w:val="{kind}"/><w:lvlText w:val="{sign}"/><w:lvlJc w:val="left"/>'
            '<w:pPr><w:ind w:left="360" w:hanging="360"/></w:pPr></w:lvl></w:abstractNum>'
        )
        # Word wants all forms before the first list that uses one.
        self._numbering.insert(len(self._numbering.xpath("w:numPicBullet | w:abstractNum")), form)
        return number


def _numbering(word: Word) -> Element:
    """The list definitions of `word`; python-docx cannot make the part that holds them."""
    try:
        part: Element = word.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
    except KeyError:
        element = parse_xml(f"<w:numbering {nsdecls('w')}/>")
        place = PackURI("/word/numbering.xml")
        part = NumberingPart(place, CONTENT_TYPE.WML_NUMBERING, element, word.part.package)
        word.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
    return part.element
