"""The digest of plain data: the same for the same content, whatever its order of keys."""

import hashlib
import json


def digest_of(data: object) -> str:
    """The SHA-256, in hexadecimal, of `data` as canonical JSON: keys sorted, no spaces, UTF-8."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
