"""Records taken into the evidence: their keys, references, drafts, and what is there already."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from records import NOTE_KEY, RIS, TRIAL_KEY

from review.literature.abstracts import AbstractReader
from review.literature.details import Details, Person
from review.literature.paper import Paper
from review.literature.readers.ris import read_ris
from review.literature.services.trials import Enrolment, Trial
from review.literature.taking.drafts import draft_of, draft_of_trial, reference_of
from review.literature.taking.keys import key_of
from review.literature.taking.take import chosen, takings
from review.model.bibliography import read_bibliography, write_bibliography
from review.model.errors import InFile
from review.model.latex import escaped, plain_text
from review.model.vocabulary import Checked, Design, Identifier, Species, TrialState
from review.store.read import packaged_packs, read_evidence

READER = AbstractReader(packaged_packs().abstract_packs)
DAY = date(2026, 11, 30)
HERE = InFile("a.ris", 1)


def paper(**fields):
    return Paper(**{"key": "k", "title": "Oats", "abstract": "", "place": HERE, **fields})


@pytest.fixture
def papers():
    return read_ris(RIS, "a.ris").papers


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"authors": ("Jones",), "year": "2019", "pmid": "31234567"}, "jones2019_31234567"),
        ({"authors": ("de la Peña-Öz",), "year": "2019", "pmid": "1"}, "delapenaoz2019_1"),
        ({"authors": ("Løvås",), "year": "2019", "pmid": "1"}, "lovas2019_1"),
        ({"authors": ("李",), "year": "", "pmid": "1"}, "paper0000_1"),
        ({"authors": ("A" * 60,), "year": "2019", "pmid": "1"}, f"{'a' * 24}2019_1"),
        ({"key": "clinicaltrials.gov:NCT01234567"}, "nct01234567"),
    ],
)
def test_a_key_names_the_paper_everywhere(fields, key):
    assert key_of(paper(**fields), ()) == key
    # Whatever else the library holds.
    assert key_of(paper(**fields), {"other2020_2"}) == key


def test_without_a_pubmed_number_the_doi_makes_the_key_and_else_the_title():
    by_doi = key_of(paper(doi="10.5555/oats.2019.7", year="2019", title="One"), ())
    assert by_doi == key_of(paper(doi="10.5555/oats.2019.7", year="2019", title="Two"), ())
    assert by_doi == "paper2019_d6ce38a7"
    assert key_of(paper(year="2019", title="One"), ()) != key_of(paper(year="2019", title="Two"), ())
    assert key_of(paper(year="2019", title="One  day"), ()) == key_of(
        paper(year="2019", title="one Day"), ()
    )


def test_a_key_that_another_paper_has_grows():
    mine = paper(doi="10.5555/oats.2019.7", year="2019")
    first = key_of(mine, ())
    second = key_of(mine, {first})
    third = key_of(mine, {first, f"{first}"})
    assert second.startswith(first)
    assert len({first, second}) == 2
    assert third == second


def test_a_reference_has_what_its_record_says(papers):
    reference = reference_of(papers[0], "bran2019_x")
    assert reference.entry_type == "article"
    assert dict(reference.fields) == {
        "author": "Bran, Oda and {Oat Study Group}",
        "title": "Oat bran for gout: a randomised trial",
        "journal": "Journal of Oats",
        "year": "2019", "month": "3", "day": "2",
        "volume": "5", "number": "2", "pages": "11--19",
        "doi": "10.5555/oats.2019.7",
    }  # fmt: skip
    read = read_bibliography(write_bibliography({"bran2019_x": reference}), "references.bib")
    assert read.problems == []
    assert read.references["bran2019_x"] == reference


def test_a_reference_of_a_chapter_a_preprint_and_an_author_who_leaves_others_out():
    chapter = paper(publication_types=("Book Chapter",), container="All Oats", authors=("Bran",))
    assert reference_of(chapter, "k").fields["booktitle"] == "All Oats"
    assert reference_of(chapter, "k").entry_type == "incollection"
    bare = paper(authors=("Bran",), more_authors=True)
    assert reference_of(bare, "k").fields["author"] == "{Bran} and others"
    assert reference_of(bare, "k").entry_type == "misc"
    person = paper(details=Details(people=(Person("Bran", "Oda"),), published="2019-03"))
    assert reference_of(person, "k").fields == {
        "author": "Bran, Oda", "title": "Oats", "year": "2019", "month": "3",
    }  # fmt: skip


@given(st.text(st.characters(codec="latin-1", categories=("L", "N", "P", "S", "Zs")), max_size=40))
@example(r"\/")
@example(r"\it is")
def test_any_title_is_read_again_as_it_was(text):
    # Two hyphens and two quotes are a dash and a quotation mark to BibTeX, whatever stands before them.
    plain = text.replace("--", "-").replace("``", "`").replace("''", "'")
    assert plain_text(escaped(plain)) == plain


def test_a_draft_says_what_the_abstract_says_and_nothing_of_it_counts(papers):
    study = draft_of(papers[0], "k", READER.read(papers[0].title, papers[0].abstract), DAY)
    stated = {
        name: getattr(study, name) for name in study.readings.facts if name[0] != "f" or "_" in name
    }
    assert stated == {
        "design": Design.RANDOMISED_TRIAL, "species": Species.HUMAN, "n": 120,
        "follow_up": "12 months", "funding_kind": "non-industry", "registration": "NCT01234567",
    }  # fmt: skip
    assert study.funding == "Medical Research Council"
    assert (
        study.population == study.intervention == study.comparator == study.conflicts == "not_reported"
    )
    assert (study.doi, study.pmid) == (Identifier.CONFIRMED, Identifier.NOT_FOUND)
    assert study.checked is Checked.READ_BY_MACHINE
    first, second = study.findings
    assert (first.estimate, first.ci_low, first.ci_high, first.p) == (0.8, 0.65, 0.98, "0.03")
    assert (second.measure, second.unit, second.outcome) == ("mean-difference", "points", "pain")
    assert {finding.checked for finding in study.findings} == {Checked.READ_BY_MACHINE}
    assert study.readings.facts["f1"].sentence.startswith("Flares were rarer with oat bran")
    assert study.waiting == tuple(study.readings.facts)


def test_a_record_without_an_abstract_waits_for_its_design_and_species(papers):
    study = draft_of(papers[1], "k", READER.read(papers[1].title, papers[1].abstract), DAY)
    assert study.waiting == ("design", "species")
    assert study.warnings == ("Its record holds no abstract, so nothing was read of it.",)


def test_words_put_together_from_an_index_are_nobodys_sentences(papers):
    rebuilt = paper(
        title=papers[0].title, abstract=papers[0].abstract, details=Details(abstract_is_rebuilt=True)
    )
    study = draft_of(rebuilt, "k", READER.read(rebuilt.title, rebuilt.abstract), DAY)
    assert (study.findings, study.readings.facts) == ((), {})


def test_a_number_of_a_register_that_only_the_database_names():
    numbered = paper(details=Details(registrations=("NCT01234567",)))
    study = draft_of(numbered, "k", READER.read("Oats", ""), DAY)
    assert study.registration == "NCT01234567"
    assert (
        study.readings.facts["registration"].sentence == "The record of the database names NCT01234567."
    )
    several = paper(details=Details(registrations=("NCT01234567", "NCT07654321")))
    assert draft_of(several, "k", READER.read("Oats", ""), DAY).registration == "not_reported"


@pytest.mark.parametrize(
    ("status", "state"),
    [("RECRUITING", TrialState.OPEN), ("COMPLETED", TrialState.ENDED), ("UNKNOWN", None)],
)
def test_a_registered_trial_is_an_entry_of_its_registry(status, state):
    trial = Trial("NCT01234567", status=status, enrolment=Enrolment(80, "ESTIMATED"), sponsor="Oats Ltd")
    study = draft_of_trial(paper(key="clinicaltrials.gov:NCT01234567"), "nct01234567", trial, DAY)
    assert (study.design, study.n, study.funding) == (Design.REGISTRY_ENTRY, 80, "Oats Ltd")
    assert study.trial_state is state
    assert study.checked is Checked.READ_BY_MACHINE
    assert reference_of(paper(), "nct01234567", trial).fields["url"].endswith("/NCT01234567")


@pytest.mark.parametrize("key", ["pubmed:1", "1", "10.5555/A", "https://doi.org/10.5555/a", "PUBMED:1"])
def test_a_record_is_chosen_by_whatever_names_it(key):
    mine = paper(key="pubmed:1", pmid="1", doi="10.5555/a")
    assert chosen([mine, paper(key="pubmed:2", pmid="2")], [key]) == ([mine], [])


def test_a_key_that_names_none_or_several_is_told():
    twins = [paper(key="a", title="One"), paper(key="a", title="Two")]
    found, problems = chosen(twins, ["a", "b"])
    assert found == []
    assert [problem.fault.partition(":")[0] for problem in problems] == [
        "several records go by it",
        "no record of the files goes by it",
    ]
    assert chosen(twins, [])[0] == twins
    assert len(chosen([twins[0]], ["a", "a"])[0]) == 1


def test_what_the_library_holds_is_told_and_not_taken_twice(folder, papers):
    evidence = read_evidence([folder])
    made = takings(papers, {}, evidence, READER, DAY)
    assert [taken.reference.key for taken in made.taken] == [TRIAL_KEY, NOTE_KEY]
    fields = "  title = {Beer},\n  year = {2025},\n  doi = {10.5555/oats.2019.7},\n"
    (folder / "references.bib").write_text(f"@article{{trial2025,\n{fields}}}\n", "utf-8")
    study = folder / "studies" / "trial2025.yml"
    study.write_text(study.read_text("utf-8").replace("doi: not_found", "doi: confirmed"), "utf-8")
    # A title wholly different under one DOI is another paper: all of a supplement may have one.
    made = takings(papers, {}, read_evidence([folder]), READER, DAY)
    assert made.held == ()
    text = (folder / "references.bib").read_text("utf-8")
    (folder / "references.bib").write_text(text.replace("Beer", papers[0].title), "utf-8")
    made = takings(papers, {}, read_evidence([folder]), READER, DAY)
    assert [(held.title, key) for held, key in made.held] == [(papers[0].title, "trial2025")]
    assert [taken.reference.key for taken in made.taken] == [NOTE_KEY]


def test_one_paper_of_two_files_is_taken_once(folder, papers):
    made = takings([papers[0], *read_ris(RIS, "b.ris").papers], {}, read_evidence([folder]), READER, DAY)
    assert [taken.reference.key for taken in made.taken] == [TRIAL_KEY, NOTE_KEY]
    assert [key for _, key in made.held] == [TRIAL_KEY]
