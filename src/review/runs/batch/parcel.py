"""Evidence folders as one file that can be sent: the same folders give the same bytes."""

import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from review.store.layout import BIBLIOGRAPHY

_LIST = "folders.json"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every file in a parcel: the earliest that the format has."""


def packed(folders: Sequence[Path]) -> bytes:
    """The files of evidence folders, with the bibliography beside each, as a zip file."""
    parents = list(dict.fromkeys(folder.resolve().parent for folder in folders))
    named = [
        [f"files/{parents.index(folder.resolve().parent)}/{folder.resolve().name}", folder.name]
        for folder in folders
    ]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as parcel:
        _add(parcel, _LIST, json.dumps(named).encode())
        for number, parent in enumerate(parents):
            if (parent / BIBLIOGRAPHY).is_file():
                _add(parcel, f"files/{number}/{BIBLIOGRAPHY}", (parent / BIBLIOGRAPHY).read_bytes())
        for folder, (place, _) in dict(zip(folders, named, strict=True)).items():
            for path in _files_of(folder):
                _add(parcel, f"{place}/{path.relative_to(folder).as_posix()}", path.read_bytes())
    return buffer.getvalue()


def unpacked(parcel: bytes, target: Path) -> tuple[Path, ...]:
    """Put the folders of a parcel below the new folder `target`; gives them in their order.

    Each stands under the name by which it was given, which may be that of a link.
    """
    with zipfile.ZipFile(io.BytesIO(parcel)) as file:
        file.extractall(target)
    folders = []
    for number, (place, name) in enumerate(json.loads((target / _LIST).read_text("utf-8"))):
        folder = target / "given" / str(number) / name
        folder.parent.mkdir(parents=True)
        (target / place).mkdir(parents=True, exist_ok=True)
        folder.symlink_to(target / place)
        folders.append(folder)
    return tuple(folders)


def _files_of(folder: Path) -> Iterator[Path]:
    """The files of an evidence folder; hidden folders belong to editors and version control."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts[:-1]
        if path.is_file() and not any(part.startswith(".") for part in inside):
            yield path


def _add(parcel: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    parcel.writestr(entry, content)
