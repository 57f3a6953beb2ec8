"""A small folder with two alike trials of a harm, so that there is an effect, and what it is told at."""

import hashlib
from pathlib import Path

from small_folder import CLAIMS, LINKS, PAGES, PROPOSITIONS, STUDY, write_small_folder

RISKS = "proposition,per_thousand,population,time,study,source\n"
THRESHOLDS = "proposition,measure,unit,small,moderate,large,source\n"
BASELINE = "harms,40,Adults treated with saline,within 24 weeks,kim2024,table 2\n"
SIZES = 'harms,risk-difference,"per 1,000",10,30,90,A panel of three dermatologists\n'
_FINDING = """findings:
  - finding: f1
    outcome: any infection
    result: {result}
    measure: {measure}
    estimate: {estimate}
    ci_low: {low}
    ci_high: {high}
    checked: abstract
    source: abstract
"""


def trial(root: Path, key: str, estimate: float, low: float, high: float, **more: object) -> None:
    """Add a trial with one effect on the harm."""
    head = STUDY[: STUDY.index("findings:")].replace("n: 20", f"n: {more.get('n', 100)}")
    head = head.replace("randomised-trial", str(more.get("design", "randomised-trial")))
    finding = _FINDING.format(
        result=f"Infections were {estimate} times as frequent.",
        measure=more.get("measure", "risk-ratio"),
        estimate=estimate,
        low=low,
        high=high,
    )
    (root / "studies" / f"{key}.yml").write_text(f"{head}{finding}warnings: []\n", "utf-8")
    with (root / "references.bib").open("a", encoding="utf-8") as bib:
        year = key[-4:]
        bib.write(f"@article{{{key},\n  title = {{{key}}},\n  year = {{{year}}},\n}}\n")
    number = len((root / "links.csv").read_text("utf-8").splitlines())
    link = f"lnk-{number:04d},harms,{key},f1,supports,direct,direct,direct,It counted infections.\n"
    with (root / "links.csv").open("a", encoding="utf-8") as links:
        links.write(link)


def write_folder_with_effect(root: Path, risks: str = BASELINE, sizes: str = SIZES) -> Path:
    """A folder in which infections were twice as frequent in two trials; gives it."""
    write_small_folder(root)
    text = (root / "propositions.csv").read_text("utf-8")
    harm = "Exosome injections have side effects.,"
    told = "Adults with hair loss,Exosome injections,Saline,Infections,24 weeks"
    (root / "propositions.csv").write_text(text.replace(f"{harm}x,x,x,x,x", harm + told), "utf-8")
    trial(root, "kim2024", 2.0, 1.25, 3.2)
    trial(root, "rossi2023", 2.0, 1.25, 3.2, n=150)
    (root / "baseline_risks.csv").write_text(RISKS + risks, "utf-8")
    (root / "thresholds.csv").write_text(THRESHOLDS + sizes, "utf-8")
    return root


def write_folder_of_many(root: Path, benefits: int, harms: int) -> Path:
    """A folder with as many questions, each with one claim and one finding of one trial; gives it."""
    write_small_folder(root)
    words = [f"Claim {number:02d}." for number in range(benefits + harms)]
    text = "\n".join(words)
    (root / "pages" / "home.txt").write_bytes(text.encode())
    digest = hashlib.sha256(text.encode()).hexdigest()
    (root / "pages.csv").write_text(
        f"{PAGES}home,Home,other,{digest},not_reported,not_reported,none\n", "utf-8"
    )
    claims, propositions, links, at = CLAIMS, PROPOSITIONS, LINKS, 0
    for number, quote in enumerate(words):
        question = "benefit" if number < benefits else "harm"
        key = f"{question}-{number:02d}"
        place = f"home-{number + 1:03d},home,{at},{at + len(quote)}"
        claims += f"{place},{quote},efficacy,asserted,yes,{key},affirms\n"
        propositions += (
            f"{key},exosome-safety,{question},human,Gel {number:02d} works.,x,x,x,x,x,patient-oriented\n"
        )
        links += (
            f"lnk-{number + 1:04d},{key},trial2025,f1,supports,direct,direct,direct,It was compared.\n"
        )
        at += len(quote) + 1
    (root / "claims.csv").write_text(claims, "utf-8")
    (root / "propositions.csv").write_text(propositions, "utf-8")
    (root / "links.csv").write_text(links, "utf-8")
    return root
