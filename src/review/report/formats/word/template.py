"""The Word file that a report is written into: a blank one, or a clinic's own, emptied and made safe."""

import re
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

import docx
from docx.document import Document as Word
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.opc.part import Part, XmlPart
from docx.oxml.ns import qn
from lxml import etree

from review.model.errors import InFile, InputError
from review.report.formats.word.xml import Element

LARGEST = 64 * 2**20
"""Bytes that a template may unpack to."""

_SAVE_AS = "Save it from Word as a document (.docx) or a template (.dotx) and give that."
_KEPT = {
    RELATION.STYLES,
    RELATION.SETTINGS,
    RELATION.FONT_TABLE,
    RELATION.THEME,
    RELATION.NUMBERING,
}
# Settings that only the template's own text needed, or that act when the report is opened.
_DROPPED_SETTINGS = (
    "rsids",
    "attachedTemplate",
    "mailMerge",
    "trackRevisions",
    "docVars",
    "savePreviewPicture",
    "updateFields",
    "footnotePr",
    "endnotePr",
)


def blank_word() -> Word:
    """A Word file without text, on A4 paper, without any style but Word's four defaults."""
    word = docx.Document()
    styles = word.styles.element
    for style in styles.findall(qn("w:style")):
        if not style.get(qn("w:default")):
            styles.remove(style)
    settings = word.settings.element
    settings.find(qn("w:zoom")).set(qn("w:percent"), "100")
    settings.find(qn("w:themeFontLang")).set(qn("w:val"), "en-GB")
    compat = settings.find(qn("w:compat"))
    compat.remove(compat.find(qn("w:useFELayout")))
    # compatibilityMode: below 15 Word opens a file as one of an earlier version.
    compat[0].set(qn("w:val"), "15")
    # Without paper of its own: A4 and 20 mm are put in where a template leaves them out.
    section = word.sections[0]._sectPr
    section.remove(section.find(qn("w:pgSz")))
    section.remove(section.find(qn("w:pgMar")))
    _empty(word)
    return word


def clinic_word(template: bytes, name: str) -> Word:
    """A clinic's own Word file without its text, keeping its styles, headers, footers and paper.

    What stood in its body is gone, with its pictures, links and comments, and so is what names its
    authors. Raises InputError, naming it `name`, when it is not a Word file, holds macros, loads
    anything from elsewhere or unpacks to more than `LARGEST` bytes.
    """
    problems = [InFile(name).problem(fault, remedy=remedy) for fault, remedy in _faults(template)]
    if problems:
        raise InputError(problems)
    word = docx.Document(BytesIO(_as_document(template)))
    _empty(word)
    outside = sorted({*_addresses_loaded(word), *_fields_that_load(word)})
    if outside:
        fault = f"it loads {', '.join(outside)} from elsewhere"
        raise InputError.at(InFile(name), fault, remedy="Embed it in the template, or take it out.")
    return word


@contextmanager
def blamed_on(name: str) -> Iterator[None]:
    """Around the first use of the template `name`: what goes wrong there, its file is to blame for.

    Raises InputError for it. python-docx takes for granted that a package is well formed; these are
    the errors with which it trips over one that is not.
    """
    try:
        yield
    except (KeyError, ValueError, TypeError, AttributeError, etree.LxmlError) as error:
        raise InputError.at(InFile(name), "it is not a whole Word file", remedy=_SAVE_AS) from error


def _faults(template: bytes) -> Iterator[tuple[str, str]]:
    """What is wrong with the archive, before anything in it is parsed, each with its remedy."""
    try:
        with ZipFile(BytesIO(template)) as archive:
            entries = archive.infolist()
            # By what the archive declares: nothing of it is unpacked before.
            if sum(entry.file_size for entry in entries) > LARGEST:
                yield f"it unpacks to more than {LARGEST // 2**20} MiB", "Take large pictures out of it."
            elif any(e.flag_bits & 1 or e.compress_type not in _METHODS for e in entries):
                yield "it is encrypted or packed in an unusual way", _SAVE_AS
            elif archive.testzip() is not None or _TYPES not in archive.namelist():
                yield "it is not a whole Word file", _SAVE_AS
            elif _has_macros(archive):
                yield "it holds macros", "Save it without macros, as .docx or .dotx, and give that."
    except (BadZipFile, EOFError, zlib.error):
        yield "it is not a Word file", _SAVE_AS


_TYPES = "[Content_Types].xml"
_METHODS = (ZIP_STORED, ZIP_DEFLATED)
_TEMPLATE_TYPE = b"wordprocessingml.template.main+xml"
_DOCUMENT_TYPE = b"wordprocessingml.document.main+xml"


def _has_macros(archive: ZipFile) -> bool:
    types = archive.read(_TYPES).lower()
    names = " ".join(archive.namelist()).lower()
    return b"macroenabled" in types or b"vbaproject" in types or "vbaproject" in names


def _as_document(template: bytes) -> bytes:
    """A template (.dotx) as a document (.docx), which differs in one content type."""
    out = BytesIO()
    with ZipFile(BytesIO(template)) as given, ZipFile(out, "w") as made:
        for name in given.namelist():
            content = given.read(name)
            is_types = name == _TYPES
            made.writestr(name, content.replace(_TEMPLATE_TYPE, _DOCUMENT_TYPE) if is_types else content)
    return out.getvalue()


def _empty(word: Word) -> None:
    """Take out the text of `word`, and every part and setting that only that text needed."""
    body = word.element.body
    section = body.get_or_add_sectPr()
    for reference in _inherited(word.element.sectPr_lst):
        section.insert(0, reference)
    body.clear_content()
    _keep_relations(word.part, {reference.get(qn("r:id")) for reference in section})
    settings = word.settings.element
    for name in _DROPPED_SETTINGS:
        for setting in settings.findall(qn(f"w:{name}")):
            settings.remove(setting)
    _keep_relations(word.part.part_related_by(RELATION.SETTINGS), set())
    package = word.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype != RELATION.OFFICE_DOCUMENT:
            del package.rels[key]
    for part in package.iter_parts():
        if isinstance(part, XmlPart):
            _forget_sessions(part.element)


def _forget_sessions(root: Element) -> None:
    """Take out Word's marks of which words were typed in one sitting."""
    kinds = ("R", "RPr", "RDefault", "P", "Sect", "Tr", "Del")
    etree.strip_attributes(root, *(qn(f"w:rsid{kind}") for kind in kinds))
    etree.strip_elements(root, qn("w:rsid"))


def _inherited(sections: Sequence[Element]) -> list[Element]:
    """The headers and footers that the last section has from those before it."""
    last = {}
    for section in sections:
        for name in ("w:headerReference", "w:footerReference"):
            for reference in section.findall(qn(name)):
                last[name, reference.get(qn("w:type"))] = reference
    return [reference for reference in last.values() if reference.getparent() is not sections[-1]]


def _keep_relations(part: Part, used: set[str | None]) -> None:
    for key, relation in list(part.rels.items()):
        if key not in used and relation.reltype not in _KEPT:
            del part.rels[key]


def _addresses_loaded(word: Word) -> Iterator[str]:
    for relation in word.part.package.iter_rels():
        if relation.is_external and relation.reltype != RELATION.HYPERLINK:
            yield relation.target_ref


def _fields_that_load(word: Word) -> Iterator[str]:
    for part in word.part.package.iter_parts():
        if isinstance(part, XmlPart):
            yield from (f"the field {code}" for code in _LOADING.findall(field_codes(part.element)))


_LOADING = re.compile(r"\b(?:INCLUDE\w*|DDE\w*|LINK|IMPORT|DATABASE|RD)\b")


def field_codes(story: Element) -> str:
    """What the fields of a header, a footer or a body are told to show."""
    # Word may cut the code of one field into pieces; a simple field has its code in one.
    pieces = "".join(story.xpath(".//w:instrText/text()"))
    return " ".join([pieces, *story.xpath(".//w:fldSimple/@w:instr")]).upper()
