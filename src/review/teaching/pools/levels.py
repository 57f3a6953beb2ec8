"""Lesson 2, which evidence answers which question: a study and a question in, an OCEBM level out."""

from collections.abc import Iterator

from review.dossier.dossier import Dossier
from review.grading.ocebm import METHOD, METHOD_VERSION, Level, level_of_evidence
from review.model.records import Proposition, Study
from review.model.vocabulary import Design, Question
from review.teaching.items import AnswerScale, Key, KeyBasis, LessonItem
from review.teaching.pools.facts import citation, statement_lines, study_lines

CHOICES = ("1", "2", "3", "4", "5")

_NAMED = frozenset(
    {
        Design.REVIEW_OF_TRIALS,
        Design.RANDOMISED_TRIAL,
        Design.COHORT,
        Design.NON_RANDOMISED,
        Design.CASE_SERIES,
        Design.CASE_CONTROL,
    }
)
"""The designs that stand in the table's row on treatment by their own name."""
_OTHER_ROWS = frozenset({Question.PREVALENCE, Question.DIAGNOSIS, Question.PROGNOSIS})


def items(dossier: Dossier) -> tuple[LessonItem, ...]:
    """One item for each kind of question and study that are linked and that the table rates.

    Of several statements of one kind, the first by id is asked about. Choices are levels 1 to 5.
    """
    evidence = dossier.evidence
    pairs: dict[tuple[Question, str], Proposition] = {}
    # In the order of statements, so that the one asked about does not depend on the file.
    for link in sorted(evidence.links.values(), key=lambda link: (link.proposition, link.link)):
        proposition = evidence.propositions[link.proposition]
        if dossier.is_known(link.study):
            pairs.setdefault((proposition.question, link.study), proposition)
    return tuple(_made(dossier, pairs))


def _made(dossier: Dossier, pairs: dict[tuple[Question, str], Proposition]) -> Iterator[LessonItem]:
    for (question, key), proposition in sorted(pairs.items()):
        study = dossier.evidence.studies[key]
        level = level_of_evidence(question, study.design, study.included_designs)
        if level.value is not None:
            yield _item(dossier, proposition, study, level)


def _item(dossier: Dossier, proposition: Proposition, study: Study, level: Level) -> LessonItem:
    name = f"2.{proposition.question}.{study.study}"
    return LessonItem(
        item=name,
        lesson=2,
        group=name,
        prompt=(
            f"At which OCEBM level does the table place this study for a question of "
            f"{proposition.question}, before anybody moves it up or down?"
        ),
        choices=CHOICES,
        scale=AnswerScale.ORDINAL,
        difficulty=_difficulty(proposition.question, study.design, level),
        key=Key(
            value=str(level.value),
            reason=(
                f"For a question of {proposition.question} the table places "
                f"{citation(dossier, study.study)} at level {level.value}: {level.reason}."
            ),
            basis=KeyBasis.RULE,
            rule=f"{METHOD} {METHOD_VERSION}, question of {proposition.question}",
            read="docs/verdicts.md, Where the proposition stands",
        ),
        context="\n".join([*statement_lines(proposition), *study_lines(dossier, study)]),
        about=(proposition.proposition, study.study),
    )


def _difficulty(question: Question, design: Design, level: Level) -> int:
    """1 for a design named in the row on treatment, 2 for one to be translated, 3 for another row or
    where the table is silent and our convention speaks.
    """
    if question in _OTHER_ROWS or level.is_our_convention:
        return 3
    return 1 if design in _NAMED else 2
