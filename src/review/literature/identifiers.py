"""The identifiers of a paper in the forms in which exports print them: its DOI and its PubMed number."""

import re

# In DOIs of the nineties, made of a SICI, the number of a page stands in angles: `79:1<1::AID-REC1>3`.
_DOI = re.compile(r"\b10\.[0-9]{4,9}/(?:[^\s\"<>]|<[0-9a-z]+::AID-[0-9a-z]+>)+", re.IGNORECASE)
_PMID = re.compile(
    r"(?:\bPMID:?|\bPUBMED|pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pubmed/|\bMED/)\s*([1-9][0-9]{0,7})\b",
    re.IGNORECASE,
)
_ENCODED = re.compile(r"%([2-7][0-9A-F])", re.IGNORECASE)
_RESOLVER = re.compile(r"https?://(?:dx\.)?doi\.org/", re.IGNORECASE)


def doi_in(text: str) -> str:
    """The first DOI in a text, in small letters (a DOI has no case); empty where there is none."""
    # In an address its slash may be written %2F.
    match = _DOI.search(_ENCODED.sub(lambda code: chr(int(code[1], 16)), text))
    if not match:
        return ""
    doi = match[0].rstrip(".,;:]}").lower()
    # 10.1016/0140-6736(97)11096 holds brackets; one that closes what opened before the DOI does not.
    return doi.rstrip(").,;") if doi.count(")") > doi.count("(") else doi


def doi_of_address(address: str) -> str:
    """The DOI that an address of doi.org leads to; empty for any other address.

    The address of a publisher or database may hold the DOI of something else.
    """
    return doi_in(address) if _RESOLVER.match(address.strip()) else ""


def pmid_in(text: str) -> str:
    """The PubMed number that a text names as such; empty where there is none."""
    match = _PMID.search(text)
    return match[1] if match else ""


def whole_pmid(text: str) -> str:
    """A text that is nothing but a PubMed number; else empty."""
    return text.strip() if re.fullmatch(r"[1-9][0-9]{0,7}", text.strip()) else ""
