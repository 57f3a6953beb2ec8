"""A question in the words of each database: PubMed, Europe PMC, ClinicalTrials.gov.

PubMed: operators in capitals, read from left to right, so that every group stands in brackets
(http://nnlm.gov/psr/lat/v7n2/pubmedrules.html); `tiab` is title and abstract
(https://bibdesk.sourceforge.io/manual/BibDeskHelp_41.html). That an asterisk needs four letters before
it is second hand. A phrase in quotation marks that PubMed's index does not hold is searched without them
(https://uxcaucustips.blogspot.com/2022/08/tip-24-pubmeds-phrase-index.html); as a search of neighbours,
`"…"[tiab:~0]`, it is looked for whether or not it is held there
(https://library.mskcc.org/blog/tag/database-search).

Europe PMC: a phrase stands in quotation marks, a field before a colon
(https://wiki.nested-knowledge.com/doku.php?id=wiki:autolit:search:europepmc); `TITLE_ABS:`, title and
abstract, is known from programs that use it. That an asterisk in quotation marks means nothing is our
caution, not read anywhere.

ClinicalTrials.gov: expressions of its search engine, in which a phrase stands in quotation marks
(https://classic.clinicaltrials.gov/api/gui/ref/syntax) and `AREA[...]` says where to look; it looks for
other forms of a word by itself, so an asterisk is left out.
"""

from collections.abc import Callable, Sequence
from enum import StrEnum

from review.literature.queries.concepts import Concept, Part
from review.literature.queries.terms import AllOf, Asked, Term, all_of


class Database(StrEnum):
    """A database that can be searched from here, by the name under which a search is recorded."""

    PUBMED = "PubMed"
    EUROPE_PMC = "Europe PMC"
    TRIALS = "ClinicalTrials.gov"


SHORTEST_STEM = 4
"""Letters that PubMed wants before an asterisk."""


def queries_of(concepts: Sequence[Concept]) -> dict[Database, str]:
    """The question as each database is asked it; none where there is no question."""
    asked = all_of(concept.asked for concept in concepts)
    if not asked:
        return {}
    return {
        Database.PUBMED: _written(asked, _pubmed_term),
        Database.EUROPE_PMC: _written(asked, _europe_pmc_term),
        Database.TRIALS: " AND ".join(map(_of_trials, concepts)),
    }


def _of_trials(concept: Concept) -> str:
    """A concept where the registry has it: among conditions, among interventions, or anywhere."""
    if area := _AREAS.get(concept.part):
        return f"AREA[{area}]({_written(concept.asked, _trial_term)})"
    return _bracketed(concept.asked, _trial_term)


_AREAS = {Part.POPULATION: "ConditionSearch", Part.INTERVENTION: "InterventionSearch"}


def _written(asked: Asked, written_term: Callable[[Term], str]) -> str:
    if isinstance(asked, Term):
        return written_term(asked)
    joint = " AND " if isinstance(asked, AllOf) else " OR "
    # Two terms may be one in a database that knows no open ends.
    parts = dict.fromkeys(_bracketed(part, written_term) for part in asked.parts)
    return joint.join(parts)


def _bracketed(asked: Asked, written_term: Callable[[Term], str]) -> str:
    text = _written(asked, written_term)
    return text if isinstance(asked, Term) else f"({text})"


def _pubmed_term(term: Term) -> str:
    if len(term.words) == 1:
        return f"{_pubmed_word(term.words[0])}[tiab]"
    if term.is_open:
        return f"({' AND '.join(f'{_pubmed_word(word)}[tiab]' for word in term.words)})"
    return f'"{" ".join(term.words)}"[tiab:~0]'


def _pubmed_word(word: str) -> str:
    stem = word.rstrip("*")
    if word.endswith("*") and len(stem) >= SHORTEST_STEM:
        return word
    # In quotation marks no word is an operator, and a hyphen or a point is none of PubMed's signs.
    return f'"{stem}"'


def _europe_pmc_term(term: Term) -> str:
    if not term.is_open:
        return f'TITLE_ABS:"{" ".join(term.words)}"'
    words = [word if word.endswith("*") else f'"{word}"' for word in term.words]
    if len(words) == 1:
        return f"TITLE_ABS:{words[0]}"
    return f"({' AND '.join(f'TITLE_ABS:{word}' for word in words)})"


def _trial_term(term: Term) -> str:
    return f'"{" ".join(word.rstrip("*") for word in term.words)}"'
