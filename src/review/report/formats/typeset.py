"""Sets one page by Typst: `python typeset.py TEMPLATE PDF FONTS MOMENT SECONDS GIGABYTES`.

Run as a program of its own, it starts fast: of this package it imports nothing but bounds. Notes of
Typst go to stdout, one a line; what kept it from setting the page goes to stderr, with exit code 1.
"""

import sys
from datetime import datetime
from pathlib import Path

import typst

from review.store.bounds import Bounds, bind


def main() -> None:
    """Set the page. Exits with what keeps it from being set."""
    template, pdf, fonts, moment, seconds, gigabytes = sys.argv[1:]
    bind(Bounds(int(seconds), int(gigabytes)))
    try:
        content, notes = typst.compile_with_warnings(
            template,
            root=str(Path(template).parent),
            font_paths=typst.Fonts(include_system_fonts=False, font_paths=[fonts]),
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
            timestamp=datetime.fromisoformat(moment),
        )
    except typst.TypstError as error:
        sys.exit("; ".join([error.message, *error.hints]))
    Path(pdf).write_bytes(content)
    sys.stdout.writelines(f"{' '.join(str(note).split())}\n" for note in notes)


if __name__ == "__main__":
    main()
