"""Everything that a text holds, also what is packed into it: what a curious learner might find."""

import base64
import binascii
import codecs
import gzip
import html
import re
import zlib
from collections.abc import Iterator
from urllib.parse import unquote

_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")
_HEX = re.compile(r"(?:[0-9a-fA-F]{2}){8,}")
_ESCAPE = re.compile(r"\\+u([0-9a-fA-F]{4})")
_TAG = re.compile(r"<[^<>]*>")
_DEEPEST = 4


def layers(text: str, depth: int = 0) -> Iterator[str]:
    """`text`, the same read as HTML, JSON and an address, and whatever is packed in it, again so."""
    yield text
    read = unquote(html.unescape(_TAG.sub("", _spelt_out(text))))
    yield read
    if depth < _DEEPEST:
        runs = {*_BASE64.findall(text), *_BASE64.findall(read)}
        packed = {decoded for run in runs for decoded in _from_base64(run)}
        packed |= {decoded for run in _HEX.findall(text) for decoded in _readable(bytes.fromhex(run))}
        for one in sorted(packed):
            yield from layers(one, depth + 1)


def _spelt_out(text: str) -> str:
    """`text` with the escapes of JSON as the characters that they stand for."""
    return _ESCAPE.sub(lambda met: chr(int(met[1], 16)), text).replace("\\n", " ").replace("\\t", " ")


def _from_base64(run: str) -> Iterator[str]:
    packed = run.rstrip("=").translate(str.maketrans("-_", "+/"))
    try:
        content = base64.b64decode(packed + "=" * (-len(packed) % 4))
    except binascii.Error:
        return
    yield from _readable(content)


def _readable(content: bytes) -> Iterator[str]:
    """The text in `content`, also where it is compressed; nothing for a picture."""
    for unpack in (bytes, gzip.decompress, zlib.decompress):
        try:
            yield unpack(content).decode()
        except (UnicodeDecodeError, OSError, EOFError, zlib.error):
            continue


def normal(text: str) -> str:
    """Letters and digits alone, in small letters: no mark-up hides a sentence."""
    return re.sub(r"[\W_]+", "", text).casefold()


def found(secrets: set[str], text: str) -> set[str]:
    """Which secrets are anywhere in `text`: plain, packed, backwards, or by ROT13."""
    seen = [normal(layer) for layer in set(layers(text))]
    met = set()
    for secret in secrets:
        plain = normal(secret)
        forms = (plain, plain[::-1], codecs.encode(plain, "rot13"))
        if any(form in layer for layer in seen for form in forms):
            met.add(secret)
    return met
