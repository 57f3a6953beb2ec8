"""Bytes to text: by the mark at their beginning, what the server or the page declares, or UTF-8."""

import codecs
import re

from review.model.errors import InputError, InSource

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{1,40})"""
    rb"""|<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9_.:-]{1,40})""",
    re.IGNORECASE,
)
_LABEL = re.compile(r"[A-Za-z0-9_.:-]{1,40}")
_KNOWN = frozenset(
    "utf-8 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp874 cp866 koi8-r koi8-u "
    "iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-10 iso8859-13 "
    "iso8859-14 iso8859-15 iso8859-16 mac-roman shift_jis euc_jp iso2022_jp gb18030 big5 euc_kr".split()
)
# What browsers read under these names, by the Encoding Standard of the WHATWG.
_READ_AS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp949": "euc_kr",
    "cp932": "shift_jis",
}
_STRAY = 8
"""So many control characters, and one in a hundred besides, may stray into a text."""
_BINARY = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f]")


def decoded(content: bytes, name: str, charset: str = "", markup: bool = False) -> tuple[str, str]:
    """The text of `content`, and a note of the encoding that was used and why.

    In this order: a byte order mark, the `charset` of the server, what the page itself declares
    (`markup`), UTF-8. Nothing is guessed. Raises InputError for an encoding that is not known, for
    bytes that it does not allow, and for what is no text at all.
    """
    encoding, why, content = _encoding(content, name, charset, markup)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        fault = f"there are bytes that are not {encoding}, the encoding used because {why}"
        raise InputError.at(InSource(name, line), fault, remedy="Save the source as UTF-8.") from None
    if "\0" in text or len(_BINARY.findall(text)) > _STRAY + len(text) / 100:
        fault = "this is binary data and not text"
        remedy = "Give HTML, PDF, DOCX, Markdown or plain text."
        raise InputError.at(InSource(name), fault, remedy=remedy)
    return text, f"read as {encoding}, because {why}"


def _encoding(content: bytes, name: str, charset: str, markup: bool) -> tuple[str, str, bytes]:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding, "its byte order mark says so", content[len(mark) :]
    if charset:
        return _known(charset, name), "the server says so", content
    if markup and (declared := _DECLARED.search(content[:4096])):
        label = (declared[1] or declared[2]).decode("ascii")
        # A declaration that can be read byte by byte cannot be in two-byte code units.
        label = "utf-8" if label.lower().startswith("utf-16") else label
        return _known(label, name), "the page says so", content
    return "utf-8", "nothing else is declared", content


def _known(label: str, name: str) -> str:
    try:
        encoding = codecs.lookup(label).name if _LABEL.fullmatch(label) else ""
    except LookupError:
        encoding = ""
    encoding = _READ_AS.get(encoding, encoding)
    if encoding not in _KNOWN:
        fault = f"the encoding {label[:40]!r} is not one that pages are written in"
        raise InputError.at(InSource(name), fault, remedy="Save the source as UTF-8.")
    return encoding
