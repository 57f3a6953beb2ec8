"""Packs of a folder: read, held to their own examples, and put in the place of packaged ones by name."""

import pytest

from review.dossier.dossier import lexicon_of
from review.model.errors import EvidenceError
from review.store.read import packaged_packs, read_evidence

OWN = """title: House rules
version: 1
flags:
  - flag: H1
    title: speaks of a sale
    ground: promise
    severity: review
    basis: our house does not sell treatments
    source: our convention
    clears: take it out
    phrases:
      - (sale|offer) …20 (week|month)
    examples:
      - Our sale ends this week.
    counter_examples:
      - The week after a sale we rest.
    checked: not_reported
"""


def put(folder, name, text):
    path = folder / "packs" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def problems(folder):
    with pytest.raises(EvidenceError) as caught:
        read_evidence([folder])
    return [str(problem).removeprefix(f"{folder.as_posix()}/") for problem in caught.value.problems]


def test_a_folder_adds_a_flag_beside_the_packaged_ones(folder):
    put(folder, "flags/house.yml", OWN)
    flags = {flag.flag for flag in read_evidence([folder]).packs.flags}
    assert flags == {"H1", *(flag.flag for flag in packaged_packs().flags)}


def test_a_file_of_the_same_name_takes_the_place_of_the_packaged_one(folder):
    put(folder, "flags/uk.yml", OWN)
    flags = {flag.flag for flag in read_evidence([folder]).packs.flags}
    assert "H1" in flags
    assert not flags & {flag.flag for flag in packaged_packs().flag_packs["uk"].flags}


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("Our sale ends this week.", "Our sale ends.", "the example 'Our sale ends.' is not met by H1"),
        ("The week after a sale we rest.", "A sale this week.", "'A sale this week.' is met by H1"),
        ("(sale|offer)", "(sale|offer", "'(' is not closed"),
        ("ground: promise", "ground: promises", "flags.0.ground is 'promises'"),
        ("    source: our convention\n", "", "flags.0.source is missing"),
    ],
)
def test_a_flag_that_cannot_be_used_is_a_problem_of_its_file(folder, old, new, problem):
    put(folder, "flags/house.yml", OWN.replace(old, new))
    (line,) = problems(folder)
    assert line.startswith("packs/flags/house.yml:")
    assert problem in line


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("    phrases:\n      - (sale|offer) …20 (week|month)\n", "", "nothing trips H1"),
        ("(sale|offer) …20 (week|month)", "<sail> …20 week", "H1 names no term 'sail'"),
        ("    phrases:", "    triggers:\n      - sells\n    phrases:", "H1 names no trigger 'sells'"),
    ],
)
def test_a_flag_that_names_what_there_is_not_is_a_problem_of_its_file(folder, old, new, problem):
    put(folder, "flags/house.yml", OWN.replace(old, new))
    (line,) = problems(folder)
    assert line.startswith("packs/flags/house.yml:")
    assert problem in line


HOUSE_RULE = OWN.replace(
    "    phrases:\n      - (sale|offer) …20 (week|month)\n", "    triggers:\n      - offers-a-spa-day\n"
).replace("Our sale ends this week.", "Our spa day for two.")
TRIGGER = """title: Spa days
version: 1
triggers:
  - trigger: offers-a-spa-day
    title: offers a spa day
    phrases:
      - <spa> (day|weekend)
    examples:
      - A spa day.
    counter_examples:
      - No spa day is offered.
"""
TERM = """title: Spas
version: 1
terms:
  - term: spa
    title: places to rest
    source: our own list
    licence: ours
    words: spa, sauna
    checked: not_reported
"""


def test_a_folder_adds_triggers_and_terms(folder):
    put(folder, "flags/house.yml", HOUSE_RULE)
    put(folder, "triggers/spas.yml", TRIGGER)
    put(folder, "terms/spas.yml", TERM)
    screen = lexicon_of(read_evidence([folder])).screen
    assert "H1" in {hit.flag.flag for hit in screen.hits("Win a sauna weekend.")}
    assert screen.hits("We offer no sauna weekend.") == ()


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("A spa day.", "A day out.", "the example 'A day out.' is not met by offers-a-spa-day"),
        ("No spa day is offered.", "One spa day.", "'One spa day.' is met by offers-a-spa-day"),
        ("<spa> (day", "<bath> (day", "offers-a-spa-day names no term 'bath'"),
    ],
)
def test_a_trigger_is_held_to_its_examples(folder, old, new, problem):
    put(folder, "triggers/spas.yml", TRIGGER.replace(old, new))
    put(folder, "terms/spas.yml", TERM)
    assert any(problem in line for line in problems(folder))


def test_a_cue_is_held_to_its_examples(folder):
    put(
        folder,
        "cues/joints.yml",
        "title: Joints\nsource: our convention\nversion: 1\ncues:\n  - category: efficacy\n"
        "    phrases:\n      - lubricat*\n    examples:\n      - It lubricates the knee.\n"
        "      - It oils the knee.\n",
    )
    (line,) = problems(folder)
    assert "the example 'It oils the knee.' holds no phrase of efficacy" in line


SENSES = """title: Words on wax
source: our convention
version: 1
senses:
  - sense: warning
    phrases:
      - clog[s|ged]
    unless:
      - clog dance
    examples:
      - Pores may be clogged.
    counter_examples:
      - No pore is clogged.
      - Come to the clog dance.
"""


def test_a_folder_adds_words_with_a_sense(folder):
    put(folder, "senses/wax.yml", SENSES)
    packs = read_evidence([folder]).packs.sense_packs
    assert set(packs) == {"wax", *packaged_packs().sense_packs}
    assert packs["wax"].senses[0].unless == ("clog dance",)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("Pores may be clogged.", "Pores close.", "'Pores close.' does not hold warning"),
        ("No pore is clogged.", "A pore clogs.", "'A pore clogs.' holds warning"),
        ("sense: warning", "sense: warnings", "senses.0.sense is 'warnings'"),
        ("clog dance\n    ex", "(clog\n    ex", "is not closed"),
    ],
)
def test_a_sense_is_held_to_its_examples(folder, old, new, problem):
    put(folder, "senses/wax.yml", SENSES.replace(old, new))
    (line,) = problems(folder)
    assert line.startswith("packs/senses/wax.yml:")
    assert problem in line


CITATIONS = """title: Words of a guild
source: our convention
version: 1
acronyms: WAX
terms:
  - term: tells
    phrases:
      - (decrees|ordains)
cues:
  - kind: body
    phrases:
      - <body> <tells>
    unless:
      - WAX decrees nothing
    examples:
      - The WAX ordains gloves.
    counter_examples:
      - The WAX decrees nothing.
"""


def test_a_folder_adds_words_that_name_a_source(folder):
    put(folder, "citations/wax.yml", CITATIONS)
    evidence = read_evidence([folder])
    assert set(evidence.packs.citation_packs) == {"wax", *packaged_packs().citation_packs}
    (found,) = lexicon_of(evidence).citations.find("The WAX ordains gloves.")
    assert (found.kind, found.printed) == ("body", "WAX ordains")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("The WAX ordains gloves.", "We ordain gloves.", "does not hold a citation of the kind body"),
        ("The WAX decrees nothing.", "The WAX decrees it.", "holds a citation of the kind body"),
        ("<body> <tells>", "<body> <telling>", "a cue for body names no term 'telling'"),
        ("(decrees|ordains)", "<body> decrees", "Only the phrases of cues may name a term"),
        ("kind: body", "kind: mark", "a mark is known by its form"),
        ("acronyms: WAX", "acronyms: W(X", "acronyms"),
    ],
)
def test_a_citation_pack_is_held_to_its_examples(folder, old, new, problem):
    put(folder, "citations/wax.yml", CITATIONS.replace(old, new))
    (line,) = problems(folder)
    assert line.startswith("packs/citations/wax.yml:")
    assert problem in line


def test_what_is_no_pack_is_told(folder):
    put(folder, "flags/house.txt", "notes")
    put(folder, "other/house.yml", OWN)
    assert [line.partition(":")[0] for line in problems(folder)] == [
        "packs/flags/house.txt",
        "packs/other",
    ]


ABSTRACTS = """title: House words of abstracts
source: our convention
version: 1
sections: []
words: []
designs:
  - design: case-series
    phrases:
      - a handful of people
    examples:
      - We saw a handful of people.
    counter_examples:
      - We saw a hundred people.
measures: []
registers: []
"""


def test_words_of_abstracts_are_held_to_their_examples(folder):
    put(folder, "abstracts/house.yml", ABSTRACTS)
    assert "house" in read_evidence([folder]).packs.abstract_packs
    put(folder, "abstracts/house.yml", ABSTRACTS.replace("a hundred people", "a handful of people"))
    (problem,) = problems(folder)
    assert "the example 'We saw a handful of people.' tells case-series" in problem
    put(folder, "abstracts/house.yml", ABSTRACTS.replace("saw a handful", "saw a pair"))
    (problem,) = problems(folder)
    assert "the example 'We saw a pair of people.' does not tell case-series" in problem
