"""A small evidence folder without a problem, to be broken by tests."""

import hashlib
from pathlib import Path

PAGE_TEXT = "Exosomes regrow hair. There are no side effects.\nIt costs 9,000$.\n"
PAGES = "page,title,kind,sha256,captured,url,note\n"
CLAIMS = "claim,page,start,end,quote,category,wording,checkworthy,proposition,polarity\n"
PROPOSITIONS = (
    "proposition,topic,question,species,statement,population,intervention,comparator,outcome,"
    "horizon,outcome_kind\n"
)
LINKS = "link,proposition,study,finding,stance,population,intervention,outcome,reason\n"
STUDY = """design: randomised-trial
species: human
population: Adults with hair loss
n: 20
sample: not_reported
intervention: Exosome injections
comparator: Saline
follow_up: 24 weeks
funding_kind: not_reported
funding: not_reported
conflicts: not_reported
registration: not_reported
doi: not_found
pmid: not_found
recorded: 2026-11-21
checked: abstract
findings:
  - finding: f1
    outcome: hair density
    result: Density rose more than with saline.
    checked: abstract
    source: not_reported
warnings: []
"""


def write_small_folder(root: Path) -> Path:
    """Write a small evidence folder without a problem; gives it."""
    for name in ("pages", "studies", "certainty"):
        (root / name).mkdir(parents=True)
    (root / "pages" / "home.txt").write_bytes(PAGE_TEXT.encode())
    digest = hashlib.sha256(PAGE_TEXT.encode()).hexdigest()
    (root / "pages.csv").write_text(
        f"{PAGES}home,Home,other,{digest},not_reported,not_reported,none\n", "utf-8"
    )
    (root / "claims.csv").write_text(
        CLAIMS
        + "home-001,home,0,21,Exosomes regrow hair.,efficacy,asserted,yes,regrows,affirms\n"
        + "home-002,home,22,48,There are no side effects.,safety,asserted,yes,harms,denies\n"
        + 'home-003,home,49,65,"It costs 9,000$.",cost,asserted,no,costs,affirms\n',
        "utf-8",
    )
    (root / "propositions.csv").write_text(
        PROPOSITIONS
        + "costs,cost,logistics,not_applicable,It costs 9000 dollars.,x,x,x,x,x,not_applicable\n"
        + "harms,exosome-safety,harm,human,Exosome injections have side effects.,"
        + "x,x,x,x,x,patient-oriented\n"
        + "regrows,exosome-efficacy,benefit,human,Exosome injections regrow hair.,"
        + "x,x,x,x,x,disease-oriented\n",
        "utf-8",
    )
    (root / "links.csv").write_text(
        LINKS + "lnk-0001,regrows,trial2025,f1,supports,direct,direct,direct,It compared with saline.\n",
        "utf-8",
    )
    (root / "studies" / "trial2025.yml").write_text(STUDY, "utf-8")
    (root / "references.bib").write_text(
        "@article{trial2025,\n  title = {A trial},\n  year = {2025},\n}\n", "utf-8"
    )
    return root
