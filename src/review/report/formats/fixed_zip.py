"""A zip archive whose bytes depend on its contents alone."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


def fixed_zip(data: bytes) -> bytes:
    """The archive `data` with its entries sorted by name, dated 1980-01-01 and without file modes."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as given, ZipFile(out, "w") as fixed:
        for name in sorted(given.namelist()):
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))  # the first day that a zip can hold
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 0  # else it is that of the machine
            fixed.writestr(entry, given.read(name))
    return out.getvalue()
