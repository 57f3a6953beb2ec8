"""The words of a search: what is asked for, and how each database is asked for it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.literature.queries.concepts import Part, Thesaurus, concepts_in, concepts_of
from review.literature.queries.editing import LONGEST_QUERY, queries_text, read_queries
from review.literature.queries.syntax import Database, queries_of
from review.literature.queries.terms import (
    MOST_SPELLINGS,
    AllOf,
    AnyOf,
    SpellingError,
    Term,
    all_of,
    any_of,
    spellings,
    term,
)
from review.model.errors import ParameterError
from review.model.knowledge.packs import CuePack, Packs, SpeciesCue
from review.model.knowledge.subject import Name, Subject, Synonym
from review.model.records import Proposition
from review.model.vocabulary import NameKind, OutcomeKind, Question, Species, YesNo

PEOPLE = SpeciesCue(species=Species.HUMAN, phrases=("(people|adults|women|patient[s])",))
PACKS = Packs(
    cue_packs={
        "people": CuePack(
            pack="people", title="People", source="test", version="1", cues=(), species=(PEOPLE,)
        )
    }
)


def name(spelt, also="", kind=NameKind.PRODUCT):
    return Name(name=spelt, kind=kind, also=also, proper=YesNo.NO, own=YesNo.NO, approved="")


def thesaurus(names=(), synonyms=()):
    return Thesaurus(
        Subject(
            names={each.name: each for each in names}, synonyms={each.word: each for each in synonyms}
        ),
        PACKS,
    )


SKIN = thesaurus(
    [
        name("rosacea", "papulopustular rosacea", NameKind.CONDITION),
        name("azelaic acid", "azelaic [acid] gel*|Finacea"),
        name("gel"),
    ],
    [Synonym(word="flush*", same_as="redness")],
)


def proposition(question=Question.BENEFIT, **fields):
    usual = {"population": "Adults with rosacea", "intervention": "Azelaic acid gel"}
    rest = {"comparator": "Vehicle", "outcome": "Fewer papules", "horizon": "not_applicable"}
    usual["statement"] = "Azelaic acid gel clears rosacea."
    return Proposition(
        proposition="azelaic-helps",
        topic="skin",
        question=question,
        species=Species.HUMAN,
        outcome_kind=OutcomeKind.PATIENT_ORIENTED,
        **{**usual, **rest, **fields},
    )


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("peel*", ["peel*"]),
        ("glycolic [acid] peel", ["glycolic acid peel", "glycolic peel"]),
        ("[cold ]spray[s]", ["cold sprays", "cold spray", "sprays", "spray"]),
        ("(PRP|platelet-rich plasma)", ["PRP", "platelet-rich plasma"]),
        (r"vitamin B\*", ["vitamin B*"]),
    ],
)
def test_a_phrase_is_spelled_out(phrase, expected):
    assert sorted(spellings(phrase)) == sorted(expected)


@pytest.mark.parametrize(
    "phrase", ["# sessions", "peel … scars", "<condition> cream", "hyper*ation", "(a|b)" * 6, "a)b"]
)
def test_what_names_no_words_is_told_and_not_guessed(phrase):
    with pytest.raises(SpellingError):
        spellings(phrase)


def test_the_most_spellings_are_still_spelled_out():
    words = "|".join(f"w{number}" for number in range(MOST_SPELLINGS))
    assert len(spellings(f"({words})")) == MOST_SPELLINGS
    with pytest.raises(SpellingError):
        spellings(f"({words}|one more)")


def test_a_tree_holds_each_part_once_and_no_tree_of_one():
    a, b = Term(("a",)), Term(("b",))
    assert any_of([a, None, any_of([a, b])]) == AnyOf((a, b))
    assert all_of([a, None]) == a
    assert all_of([any_of([a, b]), a]) == AllOf((AnyOf((a, b)), a))
    assert any_of([None]) is None


def test_condition_and_intervention_are_asked_for_and_the_outcome_is_not():
    asked = queries_of(concepts_of(proposition(), SKIN))
    assert asked[Database.PUBMED] == (
        '("rosacea"[tiab] OR "papulopustular rosacea"[tiab:~0]) AND ("azelaic acid gel"[tiab:~0] OR '
        '"azelaic acid"[tiab:~0] OR ("azelaic"[tiab] AND "acid"[tiab] AND gel*[tiab]) OR '
        '("azelaic"[tiab] AND gel*[tiab]) OR "finacea"[tiab])'
    ).replace("gel*[tiab]", '"gel"[tiab]')
    assert asked[Database.TRIALS] == (
        'AREA[ConditionSearch]("rosacea" OR "papulopustular rosacea") AND '
        'AREA[InterventionSearch]("azelaic acid gel" OR "azelaic acid" OR "azelaic gel" OR "finacea")'
    )


def test_europe_pmc_gets_no_asterisk_within_quotation_marks():
    asked = queries_of(concepts_of(proposition(), SKIN))[Database.EUROPE_PMC]
    assert '(TITLE_ABS:"azelaic" AND TITLE_ABS:gel*)' in asked
    assert not any("*" in quoted for quoted in re.findall(r'"[^"]*"', asked))


def test_an_asterisk_stands_in_pubmed_only_after_four_letters():
    lasers = thesaurus([name("laser", "lase*|IPL*")])
    asked = queries_of(concepts_in("laser", lasers))[Database.PUBMED]
    assert asked == '"laser"[tiab] OR lase*[tiab] OR "ipl"[tiab]'


def test_of_names_that_overlap_the_longest_is_asked_for():
    assert '"gel"[tiab] OR' not in queries_of(concepts_of(proposition(), SKIN))[Database.PUBMED]
    alone = queries_of(concepts_of(proposition(intervention="A gel"), SKIN))[Database.PUBMED]
    assert alone.endswith('AND "gel"[tiab]')


def test_parts_between_commas_and_words_are_alternatives():
    asked = proposition(intervention="Metronidazole cream, ivermectin or sunscreen for the whole face")
    assert queries_of(concepts_of(asked, SKIN))[Database.PUBMED].endswith(
        'AND ("metronidazole cream"[tiab:~0] OR "ivermectin"[tiab] OR '
        '("sunscreen"[tiab] AND "whole face"[tiab:~0]))'
    )


def test_a_synonym_is_asked_for_in_both_its_forms():
    asked = queries_of(concepts_of(proposition(), SKIN, [Part.OUTCOME]))
    assert "redness" not in asked[Database.PUBMED]
    flush = proposition(outcome="Flushes")
    assert queries_of(concepts_of(flush, SKIN, [Part.OUTCOME]))[Database.PUBMED].endswith(
        'AND ("flushes"[tiab] OR "redness"[tiab] OR flush*[tiab])'
    )


@pytest.mark.parametrize(
    ("fields", "parts"),
    [
        pytest.param({}, ["population", "intervention"], id="both name something"),
        pytest.param({"population": "Adults"}, ["intervention", "outcome"], id="anybody"),
        pytest.param(
            {"population": "Adults", "outcome": "not_applicable"},
            ["intervention", "comparator"],
            id="nor an outcome",
        ),
        pytest.param(
            dict.fromkeys(("population", "intervention", "outcome", "comparator"), "not_applicable"),
            ["words"],
            id="no part at all",
        ),
        pytest.param(
            {"question": Question.HARM, "population": "Adults"}, ["intervention"], id="harm of anything"
        ),
    ],
)
def test_what_stands_in_where_a_part_names_nothing(fields, parts):
    assert [concept.part for concept in concepts_of(proposition(**fields), SKIN)] == parts


def test_of_a_statement_the_names_must_stand_there_and_any_other_word():
    bare = dict.fromkeys(("population", "intervention", "outcome", "comparator"), "not_applicable")
    asked = queries_of(concepts_of(proposition(**bare), SKIN))[Database.PUBMED]
    assert asked.endswith(
        'AND ("rosacea"[tiab] OR "papulopustular rosacea"[tiab:~0]) AND "clears"[tiab]'
    )
    none = proposition(**bare, statement="Sunlight makes noses blush.")
    assert queries_of(concepts_of(none, SKIN))[Database.TRIALS] == (
        '("sunlight" AND "makes" AND "noses" AND "blush")'
    )


def test_free_words_must_all_stand_there():
    asked = queries_of(concepts_in("does niacinamide help rosacea?", SKIN))[Database.PUBMED]
    assert asked.startswith('("rosacea"[tiab]')
    assert asked.endswith('AND "niacinamide"[tiab] AND "help"[tiab]')
    assert concepts_in("the of and", SKIN) == ()


def test_a_phrase_that_cannot_be_asked_for_is_named():
    light = thesaurus([name("light", "# minutes of light|red light")])
    (concept,) = concepts_in("light", light)
    assert concept.left_out == ("# minutes of light",)


HOSTILE = st.text(st.sampled_from(list('abc AND OR NOT[]()":*\\/&^~{}-+!#\n’“”')), max_size=40)


@given(HOSTILE)
def test_nothing_of_a_text_is_an_operator_a_field_or_the_end_of_a_phrase(text):
    found = term(text)
    asked = queries_of(concepts_in(text, thesaurus()))
    if found is None:
        assert asked == {}
    for words in asked.values():
        bare = re.sub(r'"[^"]*"', "", words)
        assert words.count('"') % 2 == 0
        assert bare.count("(") == bare.count(")")
        left = re.sub(r"\b(?:AND|OR|TITLE_ABS|tiab)\b|AREA\[\w+\]|[a-z]+\*", "", bare)
        assert set(left) <= set(" ()[]:~0"), words


@given(st.dictionaries(st.sampled_from(list(Database)), st.text(min_size=1), min_size=1))
def test_words_that_were_shown_are_read_again(queries):
    lines = {d: " ".join(f"x{words}".split()) for d, words in queries.items()}
    kept = {d: words for d, words in lines.items() if not re.fullmatch(r"\[[^\]]*\]", words)}
    if kept:
        ordered = {d: kept[d] for d in Database if d in kept}
        assert read_queries(queries_text(kept, ["a remark"]), "words.txt") == ordered


def test_edited_words_may_stand_on_several_lines_and_a_section_may_be_emptied():
    text = "# mine\n[pubmed]\nacne[tiab]\n  AND peel*[tiab]\n[Europe PMC]\n# not this one\n"
    assert read_queries(text, "words.txt") == {Database.PUBMED: "acne[tiab] AND peel*[tiab]"}


def test_every_fault_of_edited_words_is_told_at_once():
    text = f"acne\n[Embase]\nx\n[PubMed]\n{'y' * (LONGEST_QUERY + 1)}\n[PubMed]\nz\n"
    with pytest.raises(ParameterError) as error:
        read_queries(text, "words.txt")
    assert [problem.fault for problem in error.value.problems] == [
        "the words for PubMed have 8,003 characters",
        "these words stand in no section",
        "'Embase' is no database that can be asked from here",
        "PubMed has a section already",
    ]
    with pytest.raises(ParameterError, match="there are no words in it"):
        read_queries("[PubMed]\n# nothing\n", "words.txt")
