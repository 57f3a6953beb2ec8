"""The rows of an evidence profile, as GRADEpro prints one, as recorded judgements of named propositions.

The words are those of GRADEpro: "not serious", "serious", "very serious", "extremely serious", also with
the letters of footnotes behind them, and among the other considerations publication bias and the reasons
to rate up. What is in none of these words is a problem, never a guess.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from review.grading.grade import graded
from review.model.errors import Place, Problem
from review.model.records import (
    CertaintyRecord,
    DomainRating,
    Evidence,
    Imported,
    UpgradeRating,
)
from review.model.vocabulary import (
    NOT_CHECKED,
    Certainty,
    Concern,
    Domain,
    Status,
    Upgrade,
)

PROPOSITION, STUDY_KEYS, STUDIES, DESIGN = "proposition", "study_keys", "studies", "design"
START, START_REASON, CERTAINTY = "start", "start_reason", "certainty"
OTHER = "other_considerations"
DOMAINS = tuple(str(domain) for domain in Domain)
UPGRADES = tuple(str(upgrade) for upgrade in Upgrade)
COLUMNS = (
    PROPOSITION, STUDY_KEYS, STUDIES, DESIGN, START, START_REASON, *DOMAINS,
    *(f"{name}_reason" for name in DOMAINS), OTHER, *UPGRADES,
    *(f"{name}_reason" for name in UPGRADES), CERTAINTY,
)  # fmt: skip
"""The columns that are read, by our names; others stay unread."""
NEEDED = (PROPOSITION, *(name for name in DOMAINS if name != Domain.PUBLICATION_BIAS))
_ALSO_CALLED = {
    "no of studies": STUDIES, "number of studies": STUDIES, "study design": DESIGN, "designs": DESIGN,
    "quality": CERTAINTY, "certainty of the evidence": CERTAINTY, "quality of the evidence": CERTAINTY,
    "overall certainty": CERTAINTY, "overall certainty of evidence": CERTAINTY,
    "certainty grade": CERTAINTY, "quality grade": CERTAINTY,
}  # fmt: skip


def column_of(heading: str) -> str:
    """The column that a heading means, by our name or by GRADEpro's; else the heading as it is."""
    plain = " ".join(re.sub(r"[^a-z0-9]+", " ", heading.casefold().replace("№", "no ")).split())
    name = _ALSO_CALLED.get(plain, plain.replace(" ", "_"))
    return name if name in COLUMNS else heading


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """A row of an evidence profile: where it stands, and its cells by `COLUMNS`; what lacks is empty."""

    place: Place
    cells: Mapping[str, str]

    def cell(self, name: str) -> str:
        """The words of a cell, empty where there are none."""
        return " ".join(self.cells.get(name, "").split())


@dataclass(frozen=True, slots=True)
class Import:
    """What is said of all rows of a file: who brings it in, and when to look at them again."""

    imported: Imported
    next_review: date
    replaces: bool = False


def judgements(
    rows: Sequence[ProfileRow], request: Import, evidence: Evidence, counted: Mapping[str, Sequence[str]]
) -> tuple[list[CertaintyRecord], list[Problem]]:
    """The recorded judgements that rows make, and every problem of all of them.

    `counted` gives the studies that count for each graded proposition, which a row without `study_keys`
    is about. A judgement that stands already is a problem unless the request replaces it.
    """
    records, problems = [], []
    seen: set[str] = set()
    for row in rows:
        faults = [*_proposition_problems(row, request, evidence, counted, seen)]
        seen.add(row.cell(PROPOSITION))
        made = _record(row, request, counted.get(row.cell(PROPOSITION), ()))
        if isinstance(made, CertaintyRecord):
            faults += _study_problems(row, made, evidence) if made.proposition in counted else ()
            records.append(made)
        else:
            faults += made
        problems += faults
    return records, problems


def _proposition_problems(
    row: ProfileRow,
    request: Import,
    evidence: Evidence,
    counted: Mapping[str, Sequence[str]],
    seen: set[str],
) -> Iterator[Problem]:
    key = row.cell(PROPOSITION)
    proposition = evidence.propositions.get(key)
    if proposition is None:
        remedy = "Write the id of the proposition that the row is about, as in propositions.csv."
        yield row.place.problem(f"there is no proposition {key!r}", remedy=remedy)
    elif key not in counted:
        fault = f"{key}: a {proposition.question} proposition is not graded"
        yield row.place.problem(fault, remedy="Leave the row out.")
    if key in seen:
        yield row.place.problem(f"{key} stands in a row above", remedy="Keep one row of each.")
    recorded = evidence.certainties.get(key)
    if recorded is None:
        return
    if not request.replaces:
        remedy = "Leave the row out, or say --replace to put it in the place of what stands."
        yield row.place.problem(f"{key} has a recorded judgement", remedy=remedy)
    elif recorded.status is not Status.DRAFT or any(r.adjudicated for r in recorded.ratings.values()):
        fault = f"{key} has a judgement that people signed or adjudicated"
        yield row.place.problem(fault, remedy="Leave the row out; rate it anew to change it.")


def _study_problems(row: ProfileRow, made: CertaintyRecord, evidence: Evidence) -> Iterator[Problem]:
    linked = {k.study for k in evidence.links.values() if k.proposition == made.proposition}
    for study in made.studies:
        if study not in linked:
            fault = f"{study!r} is no study linked to {made.proposition}"
            yield row.place.problem(fault, remedy="Link it, or correct study_keys.")
    if not made.studies:
        fault = "no study counts for this proposition"
        yield row.place.problem(fault, remedy="Enter and link its studies first.")
    number = row.cell(STUDIES)
    names_studies = bool(row.cell(STUDY_KEYS))
    if not names_studies and number.isdecimal() and int(number) != len(made.studies):
        fault = f"it is on {number} studies, {len(made.studies)} count here"
        remedy = "Name the studies by their keys in a column study_keys, with | between."
        yield row.place.problem(fault, remedy=remedy)


def _record(row: ProfileRow, request: Import, studies: Sequence[str]) -> CertaintyRecord | list[Problem]:
    """The judgement of a row, or all that is wrong with its cells."""
    problems: list[Problem] = []
    other = _other(row, problems)
    start = _start(row, problems)
    ratings = _ratings(row, other, request.imported, problems)
    upgrades = _upgrades(row, other, request.imported, problems)
    stated = _stated(row, problems)
    if problems or start is None:
        return problems
    certainty = graded(
        start,
        {domain: rating.rating for domain, rating in ratings.items()},
        {upgrade: rating.levels for upgrade, rating in upgrades.items()},
    ).certainty
    if stated is not None and stated is not certainty:
        fault = f"the certainty is {stated.spoken}, its ratings give {certainty.spoken}"
        return [row.place.problem(fault, remedy="Correct the ratings, the start or the certainty.")]
    keys = [key.strip() for key in re.split(r"[|,;]", row.cell(STUDY_KEYS)) if key.strip()]
    return CertaintyRecord(
        proposition=row.cell(PROPOSITION) or "unknown",
        studies=tuple(sorted(set(keys))) if keys else tuple(studies),
        start=start,
        start_reason=row.cell(START_REASON) or _unexplained(request.imported, row.cell(DESIGN)),
        ratings=ratings,
        upgrades=upgrades,
        certainty=certainty,
        status=Status.DRAFT,
        authored_by=request.imported.by,
        checked_by=NOT_CHECKED,
        date_reviewed=request.imported.date,
        next_review=request.next_review,
        imported=request.imported,
    )


def _unexplained(imported: Imported, given: str = "") -> str:
    return f"As given in {imported.file}, without a reason{f': {given}' if given else ''}."


# Cells


_MARKS = r"[\s,;^()\[\]*†‡§]*"
_FOOTNOTES = rf"(?:{_MARKS}\b(?:[a-z]|[0-9]{{1,2}})\b)*{_MARKS}"
"""The letters or numbers of footnotes behind a word."""
_RATING = re.compile(rf"(?:(not|very|extremely)[\s-]+)?serious{_FOOTNOTES}")
_NOT_SERIOUS = re.compile(
    r"none|no concerns?|no serious (?:limitations?|risk of bias|inconsistency|indirectness|imprecision)"
    + _FOOTNOTES
)
"""How GRADEpro, and the GRADE working group before it, say that nothing is rated down."""
_CONCERNS = {
    "": Concern.SERIOUS,
    "not": Concern.NOT_SERIOUS,
    "very": Concern.VERY_SERIOUS,
    "extremely": Concern.EXTREMELY_SERIOUS,
}
_BIAS_WORDS = r"undetected|(?:strongly )?suspected|(?:very )?likely"
_PUBLICATION = (
    (r"undetected|none|not suspected", Concern.NOT_SERIOUS),
    (r"(?:strongly )?suspected|likely", Concern.SERIOUS),
    (r"very likely", Concern.VERY_SERIOUS),
)


def _concern(domain: Domain, text: str) -> Concern | None:
    """The rating that a cell gives; None where it is in other words."""
    words = text.casefold().replace("_", " ")
    if _NOT_SERIOUS.fullmatch(words):
        return Concern.NOT_SERIOUS
    if found := _RATING.fullmatch(words):
        return _CONCERNS[found[1] or ""]
    if domain is Domain.PUBLICATION_BIAS:
        bare = words.removeprefix("publication bias").strip()
        for pattern, concern in _PUBLICATION:
            if re.fullmatch(rf"(?:{pattern}){_FOOTNOTES}", bare):
                return concern
    return None


@dataclass(frozen=True, slots=True)
class _Other:
    """What the other considerations of a row say, and the words that said it."""

    publication: Concern | None
    upgrades: Mapping[Upgrade, int]
    words: str


_CONSIDERATIONS: tuple[tuple[str, Upgrade, int], ...] = (
    (r"very strong association", Upgrade.LARGE_EFFECT, 2),
    (r"strong association", Upgrade.LARGE_EFFECT, 1),
    (r"dose response gradient", Upgrade.DOSE_RESPONSE, 1),
    (
        r"all plausible residual confounding would (?:reduce the demonstrated effect"
        r"|suggest spurious effect(?:,? while no effect was observed)?)",
        Upgrade.OPPOSING_CONFOUNDING,
        1,
    ),
)


def _other(row: ProfileRow, problems: list[Problem]) -> _Other:
    text = row.cell(OTHER)
    left = text.casefold().replace("-", " ")
    upgrades: dict[Upgrade, int] = {}
    for pattern, upgrade, levels in _CONSIDERATIONS:
        left, times = re.subn(pattern, " ", left)
        if times:
            upgrades.setdefault(upgrade, levels)
    publication = None
    if found := re.search(
        r"publication bias (undetected|(?:strongly )?suspected|(?:very )?likely)", left
    ):
        publication = _concern(Domain.PUBLICATION_BIAS, found[1])
        left = left.replace(found[0], " ")
    left = re.sub(r"\bnone\b|\band\b", " ", left)
    if not re.fullmatch(_FOOTNOTES, left):
        remedy = "Use the words of GRADEpro, such as: publication bias strongly suspected; none."
        problems.append(row.place.problem(f"{OTHER} is {text!r}", remedy=remedy))
    return _Other(publication, upgrades, text)


def _ratings(
    row: ProfileRow, other: _Other, imported: Imported, problems: list[Problem]
) -> dict[Domain, DomainRating]:
    ratings = {}
    for domain in Domain:
        text = row.cell(domain)
        concern = _concern(domain, text) if text else None
        if domain is Domain.PUBLICATION_BIAS and not text:
            concern = other.publication or Concern.NOT_SERIOUS
        if concern is None:
            fault = f"{domain} is {text!r}" if text else f"{domain} is empty"
            remedy = f"Use one of {', '.join(x.spoken for x in Concern)}."
            problems.append(row.place.problem(fault, remedy=remedy))
            continue
        reason = row.cell(f"{domain}_reason") or _unexplained(imported, text or other.words)
        ratings[domain] = DomainRating(rating=concern, reason=reason)
    return ratings


def _upgrades(
    row: ProfileRow, other: _Other, imported: Imported, problems: list[Problem]
) -> dict[Upgrade, UpgradeRating]:
    upgrades = {}
    for upgrade in Upgrade:
        text = row.cell(upgrade) or str(other.upgrades.get(upgrade, 0))
        if text not in ("0", "1", "2"):
            fault = f"{upgrade} is {text!r}"
            problems.append(row.place.problem(fault, remedy="Give the levels rated up: 0, 1 or 2."))
            continue
        words = other.words if upgrade in other.upgrades else ""
        reason = row.cell(f"{upgrade}_reason") or _unexplained(imported, words)
        upgrades[upgrade] = UpgradeRating(levels=int(text), reason=reason)
    return upgrades


_STARTS = (
    (r"(?:one )?randomi[sz]ed (?:controlled )?(?:trials?|stud(?:y|ies))", Certainty.HIGH),
    (r"(?:non[ -]?randomi[sz]ed|observational) (?:trials?|stud(?:y|ies))", Certainty.LOW),
)


def _start(row: ProfileRow, problems: list[Problem]) -> Certainty | None:
    """Where the certainty starts: as the row says, else by its design as GRADEpro does."""
    given, design = row.cell(START), row.cell(DESIGN)
    starts = (x for words, x in _STARTS if re.fullmatch(words + _FOOTNOTES, design.casefold()))
    start = _certainty_in(given) if given else next(starts, None)
    if start is None:
        fault = f"where the certainty starts is not told: {given or row.cell(DESIGN)!r}"
        remedy = (
            "Write randomised trials or observational studies as design, or high to very-low as start."
        )
        problems.append(row.place.problem(fault, remedy=remedy))
    return start


def _stated(row: ProfileRow, problems: list[Problem]) -> Certainty | None:
    text = row.cell(CERTAINTY)
    stated = _certainty_in(text) if text else None
    if text and stated is None:
        remedy = f"Use one of {', '.join(level.spoken for level in Certainty)}."
        problems.append(row.place.problem(f"{CERTAINTY} is {text!r}", remedy=remedy))
    return stated


def _certainty_in(text: str) -> Certainty | None:
    """The one level that a cell names, with or without its circles."""
    words = text.casefold().replace("_", " ").replace("-", " ")
    named = re.findall(r"\b(?:very low|low|moderate|high)\b", words)
    levels = {level for level in Certainty if level.spoken in named}
    return levels.pop() if len(levels) == 1 else None
