"""What would change a standing: other judgements on the same evidence, and the same question in time."""

from collections.abc import Iterable
from datetime import date

from review.dossier.dossier import Dossier
from review.dossier.frame import Table, table
from review.grading.sensitivity import Sensitivity, WhatIf, sensitivity
from review.model.bibliography import latest_publication_date
from review.model.vocabulary import Certainty, Concern, Domain, Upgrade
from review.verdicts.standing import Basis, Standing


def sensitivity_of(review: Dossier, proposition: str) -> Sensitivity:
    """What one level more or less in each judgement would do to the certainty of `proposition`.

    Varies what the standing rests on, under its settings: the recorded judgement where it applies, else
    the suggestion.
    Raises KeyError for an unknown proposition, and ValueError where no domain was rated: for documents,
    and where nothing in people counts.
    """
    standing = review.standing(proposition)
    if standing.basis is Basis.RULE or standing.certainty is None:
        raise ValueError(f"{proposition}: {standing.label}, so no domain was rated")
    start, strict = _start(standing, standing.certainty), review.settings.strict_upgrades
    if standing.basis is Basis.SUGGESTED:
        return sensitivity(start, _suggested_ratings(standing), strict_upgrades=strict)
    record = review.evidence.certainties[proposition]
    return sensitivity(
        start,
        {domain: rating.rating for domain, rating in record.ratings.items()},
        {upgrade: rating.levels for upgrade, rating in record.upgrades.items()},
        strict_upgrades=strict,
    )


def _start(standing: Standing, certainty: Certainty) -> Certainty:
    """Where a grade started: its steps, with cap and floor among them, add up to the certainty."""
    return Certainty.at(certainty.level - sum(step.change for step in standing.steps))


def _suggested_ratings(standing: Standing) -> dict[Domain, Concern]:
    concerns = {-concern.levels: concern for concern in Concern}
    return {
        Domain(step.name): concerns[step.change] for step in standing.steps if step.name in set(Domain)
    }


def sensitivity_table(review: Dossier, proposition: str) -> Table:
    """One row a judgement: its rating, the certainty now, if it were one level better, if one worse.

    A rating at the end of its scale has no better or no worse one, and its cell says so. Raises
    KeyError and ValueError as `sensitivity_of` does.
    """
    rows = [_judgement_row(what_if) for what_if in sensitivity_of(review, proposition).judgements]
    return table(rows, "domain")


def _judgement_row(what_if: WhatIf) -> dict[str, str]:
    is_upgrade = what_if.judgement in set(Upgrade)
    return {
        "domain": what_if.judgement,
        "rating": f"{what_if.rating} up" if is_upgrade else what_if.rating,
        "certainty": str(what_if.now),
        "if_one_better": str(what_if.if_better or "no better rating"),
        "if_one_worse": str(what_if.if_worse or "no worse rating"),
    }


def years_of(review: Dossier) -> tuple[int, ...]:
    """The years from the first to the last publication in the references, none after the review's date.

    Empty where no reference has a year.
    """
    days = [latest_publication_date(entry.fields) for entry in review.evidence.references.values()]
    years = {day.year for day in days if day is not None and day.year <= review.as_of.year}
    return tuple(range(min(years), max(years) + 1)) if years else ()


def over_time(review: Dossier, proposition: str, years: Iterable[int]) -> Table:
    """One row a year: where `proposition` stood on 31 December of it, or on the review's date if sooner.

    `certainty` is None where GRADE gave none. A study without a year counts from the day on which it
    was recorded here, so the last step of a line can be of our making. Raises KeyError for an unknown
    proposition, and ValueError for a year that begins after the date of the review.
    """
    rows = [_year_row(review, proposition, year) for year in sorted(set(years))]
    made = table(rows, "year")
    if rows:
        # pandas would turn None into "not a number" in a column of words.
        made["certainty"] = made["certainty"].astype(object).where(made["certainty"].notna(), None)
    return made


def at_the_end_of(review: Dossier, year: int) -> Dossier:
    """The review as it stood on 31 December of `year`, or as it stands if that day is still to come.

    Raises ValueError for a year that begins after the date of the review.
    """
    if year > review.as_of.year:
        raise ValueError(f"{year} begins after the date of the review, {review.as_of.isoformat()}")
    return review.select(as_of=min(date(year, 12, 31), review.as_of))


def _year_row(review: Dossier, proposition: str, year: int) -> dict[str, object]:
    then = at_the_end_of(review, year)
    standing = then.standing(proposition)
    return {
        "year": year,
        "as_of": then.as_of.isoformat(),
        "direction": str(standing.direction),
        "certainty": None if standing.certainty is None else str(standing.certainty),
        "level": standing.level.number,
        "studies": len(standing.body.studies),
        "standing": standing.label,
        "basis": str(standing.basis),
    }
