"""What the exports share: JSON that is safe wherever it is pasted, and the names of a page."""

import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any

# A browser must not find markup in JSON that was put into a page, and a reader must see each
# character that turns direction or ends a line unseen. JSON reads the escapes as the same characters.
_ESCAPED = {
    code: f"\\u{code:04x}"
    for codes in ((ord("<"), ord(">"), 0x2028, 0x2029), range(0x7F, 0xA0), range(0x202A, 0x202F))
    for code in codes
} | {code: f"\\u{code:04x}" for code in range(0x2066, 0x206A)}


def json_text(data: Mapping[str, Any] | Sequence[Any]) -> str:
    """The data as JSON, one space a level, ending with a line feed; nothing in it reads as markup."""
    return json.dumps(data, ensure_ascii=False, indent=1).translate(_ESCAPED) + "\n"


def web_address(url: str) -> str:
    """The address if it is one of the web, otherwise empty: `not_reported` is no address."""
    return url if url.startswith(("https://", "http://")) else ""


def named_by_digest(sha256: str) -> str:
    """The IRI of a text that has no address: its digest, as RFC 6920 (section 3) writes it."""
    encoded = base64.urlsafe_b64encode(bytes.fromhex(sha256)).decode().rstrip("=")
    return f"ni:///sha-256;{encoded}"
