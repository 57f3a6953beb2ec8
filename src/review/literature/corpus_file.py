"""The hits of a search as a corpus file: CSL-JSON, with whatever CSL has no field for in `custom`.

The fields are those of csl-data.json (https://github.com/citation-style-language/schema); `custom` is an
object of it that processors ignore (https://github.com/zotero/citeproc-rs/issues/114). The file is read
again by `review.literature.readers.json_files`.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter

from review.literature.details import Person
from review.literature.details_json import details_fields
from review.literature.paper import Paper
from review.literature.services.trials import Trial

_TRIAL: TypeAdapter[Trial] = TypeAdapter(Trial)
_TRIAL_PAGE = "https://clinicaltrials.gov/study/"
_CHAPTER = "Book Chapter"


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that a search gave, the databases that gave it, and the trial where it is one."""

    paper: Paper
    databases: tuple[str, ...]
    trial: Trial | None = None


def corpus_text(hits: Sequence[Hit]) -> str:
    """The file: a list with a record a line block, in the order of the hits."""
    items = [json.dumps(_item(hit), ensure_ascii=False, indent=1) for hit in hits]
    return "[\n" + ",\n".join(items) + "\n]\n"


def _item(hit: Hit) -> Mapping[str, object]:
    """A record with the fields that it has; one that says nothing of a field leaves it out."""
    paper, details = hit.paper, hit.paper.details
    fields: dict[str, object] = {
        "id": paper.key,
        "type": _type(hit),
        "title": paper.title,
        "author": [_author(person) for person in details.people]
        or [{"literal": a} for a in paper.authors],
        "container-title": details.journal or paper.container,
        "container-title-short": paper.container if details.journal else "",
        "issued": _date(details.published or paper.year),
        "volume": details.volume,
        "issue": details.issue,
        "page": details.pages,
        "DOI": paper.doi,
        "PMID": paper.pmid,
        "PMCID": details.pmcid,
        "URL": f"{_TRIAL_PAGE}{hit.trial.nct}" if hit.trial else "",
        "language": details.language,
        "abstract": paper.abstract,
    }
    return {name: value for name, value in {**fields, "custom": _custom(hit)}.items() if value}


def _type(hit: Hit) -> str:
    if hit.trial:
        return "webpage"
    return "chapter" if _CHAPTER in hit.paper.publication_types else "article-journal"


def _people(paper: Paper) -> Sequence[Person]:
    """The authors in full; as bodies, whose names are not taken apart, where only a name is known."""
    return paper.details.people or tuple(Person(name, is_body=True) for name in paper.authors)


def _author(person: Person) -> Mapping[str, str]:
    if person.is_body:
        return {"literal": person.family}
    return {"family": person.family, **({"given": person.given} if person.given else {})}


def _date(text: str) -> Mapping[str, object] | None:
    """A date as CSL has it, as exact as it is."""
    parts = [int(part) for part in text.split("-") if part.isdecimal()]
    return {"date-parts": [parts]} if parts else None


def _custom(hit: Hit) -> Mapping[str, object]:
    """What CSL has no field for, and the details in full, as `read_csl` takes them."""
    fields: dict[str, object] = {
        "databases": hit.databases,
        "more_authors": hit.paper.more_authors,
        "publication_types": hit.paper.publication_types,
        "details": details_fields(hit.paper.details),
        "trial": _TRIAL.dump_python(hit.trial, mode="json", exclude_defaults=True)
        if hit.trial
        else None,
    }
    return {name: value for name, value in fields.items() if value}
