"""The small evidence folder with sources that its page names."""

import hashlib
from pathlib import Path

from small_folder import PAGE_TEXT, write_small_folder

CITATIONS = "citation,page,start,end,printed,study,identity,faults,scope,claims,reason\n"
FIDELITY = "citation,claim,fidelity,finding,by,date,reason\n"
CITING_TEXT = PAGE_TEXT + "Surgeons agree. See the trial of 2024.\n"
"""The text of the small page with an appeal to nobody, and a reference with the wrong year."""


def write_cited_folder(root: Path) -> Path:
    """Write a small folder whose page cites a trial, and nobody by name; gives it."""
    write_small_folder(root)
    (root / "pages" / "home.txt").write_bytes(CITING_TEXT.encode())
    digest = hashlib.sha256(CITING_TEXT.encode()).hexdigest()
    (root / "pages.csv").write_text(
        "page,title,kind,sha256,captured,url,note,citations_listed\n"
        f"home,Home,other,{digest},not_reported,not_reported,none,yes\n",
        "utf-8",
    )
    (root / "citations.csv").write_text(
        CITATIONS
        + "cit-0001,home,66,74,Surgeons,not_applicable,nameless,,sentence,home-001,Nobody is named.\n"
        + "cit-0002,home,86,103,the trial of 2024,trial2025,with-faults,year: 2024 for 2025,page,,"
        + "There is one trial.\n",
        "utf-8",
    )
    (root / "fidelity.csv").write_text(
        FIDELITY
        + "cit-0002,home-002,does-not-speak,not_applicable,r.eader,2026-11-20,Harms were not counted.\n",
        "utf-8",
    )
    return root
