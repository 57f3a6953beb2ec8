"""What an answer says of one reference: how the witness names it, and which notices it names with it.

Only what is about this reference counts: a record found by its identifier, or a notice that names it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from review.literature.notices import NATURES, NO_NOTICES_OF, Update
from review.literature.paper import Paper, named
from review.literature.readers.markup import without_markup
from review.literature.services import crossref, europe_pmc, openalex, pubmed, trials
from review.literature.services.records import Records
from review.literature.services.retraction_watch import Row
from review.model.bibtex import OTHERS
from review.model.vocabulary import NOT_REPORTED, NoticeKind
from review.model.witness_words import Side, Witness
from review.model.witnesses import WitnessNotice, WitnessRecord, is_mark


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of an answer about one reference.

    `is_found` is false where the answer holds nothing about it, `is_understood` where it holds what is
    not known here, or could not be read: then something may have been missed.
    """

    record: WitnessRecord | None = None
    notices: tuple[WitnessNotice, ...] = ()
    is_found: bool = True
    is_understood: bool = True


NOTHING = Reading(is_found=False)


def read_answer(study: str, witness: Witness, by: Sequence[str], content: bytes) -> Reading:
    """What an answer of a service says of the reference that has the identifiers `by`."""
    match witness:
        case Witness.CLINICALTRIALS:
            # Its titles are those of the trial, and not of a paper about it: nothing is compared.
            trial = trials.read_study(content)
            return Reading(is_found=not {trial.nct, *trial.aliases}.isdisjoint(map(_value, by)))
        case Witness.OPENALEX:
            work = openalex.read_work(content)
            marks = _marked(study, witness, "is_retracted") if work.is_retracted else ()
            record = _record(study, witness, [work.paper]) if work.paper else None
            return Reading(record, marks, is_understood=work.paper is not None)
        case Witness.CROSSREF_NOTICES:
            return _of_notices(study, witness, by, crossref.read_records(content))
        case _:
            return _of_work(study, witness, by, _READERS[witness](content))


_READERS = {
    Witness.PUBMED: pubmed.read_records,
    Witness.CROSSREF: crossref.read_records,
    Witness.EUROPE_PMC: europe_pmc.read_records,
}


def _of_work(study: str, witness: Witness, by: Sequence[str], records: Records) -> Reading:
    """What the records of a work say: of a search those that have its identifier.

    Crossref is asked for one work, and may know it by another DOI than the one it was asked by.
    """
    is_search = witness is not Witness.CROSSREF
    papers = [p for p in records.papers if not (is_search and set(by).isdisjoint(p.identifiers))]
    if not papers:
        return Reading(is_found=False, is_understood=not records.problems)
    notices = [notice for paper in papers for notice in _notices(study, witness, paper)]
    updates = [update for paper in papers for update in paper.details.updates]
    return Reading(
        _record(study, witness, papers),
        tuple(dict.fromkeys(notices)),
        is_understood=not records.problems and all(map(_is_known, updates)),
    )


def _of_notices(study: str, witness: Witness, by: Sequence[str], records: Records) -> Reading:
    """The notices that name a work; what they name beside it is not about it."""
    naming = [
        (update, paper)
        for paper in records.papers
        for update in paper.details.updates
        if update.side is Side.NOTICE and not set(by).isdisjoint(update.others)
    ]
    notices = [
        _notice(study, witness, update, Side.SUBJECT, paper.identifiers)
        for update, paper in naming
        if update.kind
    ]
    return Reading(
        None,
        tuple(dict.fromkeys(notices)),
        is_found=bool(naming),
        is_understood=not records.problems and all(_is_known(update) for update, _ in naming),
    )


def _value(mark: str) -> str:
    return mark.partition(":")[2]


def _is_known(update: Update) -> bool:
    """Whether it is known what an update means: another word may be a retraction."""
    return update.kind is not None or update.type.lower().replace("_", "-") in NO_NOTICES_OF


def _notices(study: str, witness: Witness, paper: Paper) -> Iterator[WitnessNotice]:
    """The notices that a record names, and the marks of those that it does not name."""
    told: set[tuple[Side, NoticeKind | bool]] = set()
    for update in paper.details.updates:
        if update.kind is None or update.side is Side.SUCCESSOR:
            continue
        # Some publishers register the notice under the identifier of the work itself.
        is_own = not set(update.others).isdisjoint(paper.identifiers)
        side = Side.SUBJECT if is_own else update.side
        told.add((side, _class_of(update.kind)))
        yield _notice(study, witness, update, side, update.others)
    # A mark without its notice, such as a type of publication: when it came is not known.
    for kind in sorted(paper.notices.about):
        if (Side.SUBJECT, _class_of(kind)) not in told:
            yield from _marked(study, witness, paper.notices.label, kind)
    if paper.notices.itself and not any(side is Side.NOTICE for side, _ in told):
        yield from _marked(study, witness, paper.notices.label, paper.notices.itself, Side.NOTICE)


def _class_of(kind: NoticeKind) -> NoticeKind | bool:
    """What a mark can stand for: one of a retracted paper also for its withdrawal or removal."""
    return kind.takes_out or kind


def _notice(
    study: str, witness: Witness, update: Update, side: Side, marks: Iterable[str]
) -> WitnessNotice:
    assert update.kind is not None, "a word that is not known is no notice"
    return WitnessNotice(
        study=study,
        witness=witness,
        side=side,
        kind=update.kind,
        date=update.date or NOT_REPORTED,
        notice=tuple(filter(is_mark, (*marks, *named("row", update.row)))),
        word=update.type,
    )


def _marked(
    study: str,
    witness: Witness,
    word: str,
    kind: NoticeKind = NoticeKind.RETRACTION,
    side: Side = Side.SUBJECT,
) -> tuple[WitnessNotice, ...]:
    return (
        WitnessNotice(study=study, witness=witness, side=side, kind=kind, date=NOT_REPORTED, word=word),
    )


def _record(study: str, witness: Witness, papers: Sequence[Paper]) -> WitnessRecord:
    """How a witness names a work, by the first of its records; the years of all of them."""
    paper = papers[0]
    details = paper.details
    authors = [_author(p.family, p.given, is_body=p.is_body) for p in details.people]
    years = {year for p in papers for year in (p.year[:4], *p.details.years) if year}
    return WitnessRecord(
        study=study,
        witness=witness,
        title=_cell(paper.title),
        authors=tuple(filter(None, [*(authors or paper.authors), OTHERS if paper.more_authors else ""])),
        journal=_cell(details.journal or paper.container),
        years=tuple(sorted(years)),
        volume=_cell(details.volume),
        pages=_cell(details.pages),
        doi=paper.doi,
        pmid=paper.pmid,
    )


def _author(family: str, given: str, *, is_body: bool) -> str:
    """A name as the tables have it: a person has a comma, a body has none."""
    name = family.replace(",", " ") if is_body else f"{family}, {given}"
    return _cell(name.replace("|", " "))


def _cell(text: str) -> str:
    return " ".join(without_markup(text).split())


def read_rows(
    study: str, about: Sequence[Row], notices: Sequence[Row], *, is_whole: bool = True
) -> Reading:
    """What the file of Retraction Watch has: rows about a work, and rows of which it is the notice.

    That a file has none says nothing where it is not whole, for it holds rows that cannot be read.
    """
    witness = Witness.RETRACTION_WATCH
    found = [(Side.SUBJECT, row) for row in about]
    found += [(Side.NOTICE, row) for row in notices if row not in about]
    if not found:
        return Reading(is_found=False, is_understood=is_whole)
    return Reading(
        _record_of_row(study, about[0]) if about else None,
        tuple(
            WitnessNotice(
                study=study,
                witness=witness,
                side=side,
                kind=kind,
                date=row.date or NOT_REPORTED,
                notice=_marks(row, side),
                word=row.nature,
            )
            for side, row in found
            if (kind := NATURES.get(row.nature.strip().lower()))
        ),
        is_understood=all(row.nature.strip().lower() in NATURES for _, row in found),
    )


def _marks(row: Row, side: Side) -> tuple[str, ...]:
    """The other end of a row: of a work its notice, of a notice the work."""
    of_paper = (*named("doi", row.paper_doi), *named("pmid", row.paper_pmid))
    of_notice = (*named("doi", row.notice_doi), *named("pmid", row.notice_pmid))
    marks = of_paper if side is Side.NOTICE else (*of_notice, *named("row", row.record))
    return tuple(filter(is_mark, marks))


def _record_of_row(study: str, row: Row) -> WitnessRecord:
    return WitnessRecord(
        study=study,
        witness=Witness.RETRACTION_WATCH,
        title=_cell(row.title),
        journal=_cell(row.journal),
        years=tuple(filter(None, [row.paper_date[:4]])),
        doi=row.paper_doi,
        pmid=row.paper_pmid,
    )


def rows_of_notices(rows: Iterable[Row]) -> Mapping[str, list[Row]]:
    """The rows of a file by the identifiers of their notices."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        for mark in (*named("doi", row.notice_doi), *named("pmid", row.notice_pmid)):
            found.setdefault(mark, []).append(row)
    return found
