"""A search of literature services from its words to its record: what is asked, what is written down."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from review.literature.asking import Found, Looked
from review.literature.queries.concepts import Concept, Part, Thesaurus, concepts_in, concepts_of
from review.literature.queries.syntax import Database, queries_of
from review.model.records import Evidence, Search
from review.model.vocabulary import SearchKind


@dataclass(frozen=True, slots=True)
class Worded:
    """What databases would be asked, and the phrases of the subject that could not be asked for."""

    queries: Mapping[Database, str]
    left_out: tuple[str, ...] = ()


def worded(
    evidence: Evidence,
    words: str,
    proposition: str,
    databases: Sequence[Database],
    more: Sequence[Part] = (),
) -> Worded:
    """The words of a search: of free words where there are any, else of the proposition.

    `more` are parts of the proposition to be asked for beside the usual ones. Without queries where the
    words name nothing. Raises KeyError for an unknown proposition.
    """
    thesaurus = Thesaurus(evidence.subject, evidence.packs)
    concepts: tuple[Concept, ...]
    if words:
        concepts = concepts_in(words, thesaurus)
    else:
        concepts = concepts_of(evidence.propositions[proposition], thesaurus, more)
    queries = queries_of(concepts)
    left_out = dict.fromkeys(phrase for concept in concepts for phrase in concept.left_out)
    return Worded({database: queries[database] for database in databases if queries}, tuple(left_out))


def search_records(
    found: Found, propositions: Sequence[str], evidence: Evidence, who: str
) -> list[Search]:
    """A row for each database that was asked and each proposition; none for one that was not asked."""
    return [
        Search(
            proposition=proposition,
            looked_for=f"Literature on: {evidence.propositions[proposition].statement}",
            result=" ".join(_result(looked, found)),
            kind=SearchKind.DATABASE,
            database=looked.label,
            date=looked.asked,
            query=looked.words,
            hits=looked.count,
            duplicates=found.duplicates[looked.database],
            who=who,
        )
        for proposition in propositions
        for looked in found.looked
        if looked.asked is not None
    ]


def _result(looked: Looked, found: Found) -> Iterator[str]:
    """What came of a search of one database, in sentences; what did not come is told here too."""
    if looked.is_replay:
        yield "Answered by a replay server, not by the database itself."
    if not looked.count:
        yield f"{looked.label} has no record for these words."
        return
    again = found.duplicates[looked.database]
    yield f"Records: {looked.count:,}; fetched: {len(looked.papers):,}."
    if again:
        yield f"Given by a database before it too: {again:,}."
    yield from (f"Not whole: {problem.fault}." for problem in looked.problems)
    yield "Written by a program: nobody has looked through them yet."
