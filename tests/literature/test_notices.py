"""Retractions, expressions of concern and notices: marked, and never suggested as support."""

import json

import pytest

from review.literature.notices import notices_of
from review.literature.readers import read_corpora
from review.literature.search import answers

CLAIM = "Exosome sprays increase hair thickness"
SAYS = "Exosome sprays increase hair thickness in women."


def pubmed(pmid, title, *, types=(), references=()):
    kinds = "".join(f"<PublicationType>{kind}</PublicationType>" for kind in types)
    linked = "".join(
        f"<CommentsCorrections RefType='{kind}'><RefSource>J. 2022</RefSource>"
        f"{f'<PMID>{other}</PMID>' if other else ''}</CommentsCorrections>"
        for kind, other in references
    )
    return (
        f"<PubmedArticle><MedlineCitation><PMID>{pmid}</PMID><Article><Journal><JournalIssue><PubDate><Year>"
        f"2020</Year></PubDate></JournalIssue></Journal><ArticleTitle>{title}</ArticleTitle><Abstract>"
        f"<AbstractText>{SAYS}</AbstractText></Abstract><PublicationTypeList>{kinds}</PublicationTypeList>"
        f"</Article><CommentsCorrectionsList>{linked}</CommentsCorrectionsList></MedlineCitation>"
        "</PubmedArticle>"
    )


TRIAL = "Exosome sprays for hair: a randomised trial."
RETRACTED = "retracted or withdrawn"
CONCERN = "under an expression of concern"


@pytest.fixture
def found(tmp_path):
    """The answers to the claim, by key, for files given as name and text."""

    def of_files(**files):
        paths = []
        for name, text in files.items():
            paths.append(tmp_path / name.replace("_", "."))
            paths[-1].write_text(text, "utf-8")
        corpus = read_corpora(paths)
        assert corpus.problems == ()
        return {result.hit.paper.key: result for result in answers(CLAIM, corpus.papers, 20)}

    return of_files


def in_set(*records):
    return f"<PubmedArticleSet>{''.join(records)}</PubmedArticleSet>"


@pytest.mark.parametrize(
    ("types", "references", "label"),
    [
        (["Randomized Controlled Trial", "Retracted Publication"], [], RETRACTED),
        (["Randomized Controlled Trial"], [("RetractionIn", "99")], RETRACTED),
        (["Randomized Controlled Trial"], [("RetractedandRepublishedIn", "99")], RETRACTED),
        (["Randomized Controlled Trial"], [("ExpressionOfConcernIn", "99")], CONCERN),
        (
            ["Randomized Controlled Trial"],
            [("ExpressionOfConcernIn", ""), ("RetractionIn", "")],
            RETRACTED,
        ),
        (["Retraction of Publication"], [("RetractionOf", "98")], "notice of retraction"),
        (["Retraction Notice"], [], "notice of retraction"),
        (["Expression of Concern"], [("ExpressionOfConcernFor", "98")], "notice of concern"),
        (["Published Erratum"], [("ErratumFor", "98")], "notice of correction"),
    ],
)
def test_what_pubmed_says(found, types, references, label):
    files = found(
        a_xml=in_set(pubmed("1", TRIAL, types=types, references=references), pubmed("2", TRIAL[:-1]))
    )
    marked, other = files["1"], files["2"]
    assert marked.fields["notice"] == label
    assert marked.suggested_stance is None
    assert marked.fields["suggested_stance"] is None
    assert marked.stance_text == f"none: {label}"
    assert other.suggested_stance == "supports"
    assert other.fields["notice"] is None
    if label != CONCERN:
        assert marked.fields["suggested_kind"] == "other"


def test_a_corrected_paper_still_speaks(found):
    corrected = pubmed("1", TRIAL, references=[("ErratumIn", "9"), ("CommentIn", "8"), ("Cites", "7")])
    result = found(a_xml=in_set(corrected))["1"]
    assert result.fields["notice"] == "corrected"
    assert result.suggested_stance == "supports"


def test_the_paper_that_takes_the_place_of_a_retracted_one_is_none(found):
    files = found(
        a_xml=in_set(
            pubmed("1", TRIAL),
            pubmed("2", "Exosome sprays, done again", references=[("RetractedandRepublishedFrom", "1")]),
        )
    )
    assert files["1"].fields["notice"] == RETRACTED
    assert files["2"].fields["notice"] is None


def test_a_notice_in_one_file_marks_the_paper_in_another(found):
    notice = pubmed(
        "9", "Retraction notice", types=["Retraction Notice"], references=[("RetractionOf", "1")]
    )
    ris = f"TY  - JOUR\nID  - a\nTI  - {TRIAL}\nAB  - {SAYS}\nN1  - PMID: 1\nER  - \n"
    assert found(a_xml=in_set(notice), b_ris=ris)["a"].fields["notice"] == RETRACTED


def test_a_mark_of_one_file_holds_for_the_same_paper_of_another(found):
    marked = pubmed("1", TRIAL, types=["Retracted Publication"])
    ris = f"TY  - JOUR\nID  - a\nTI  - {TRIAL}\nPY  - 2020\nAB  - {SAYS}\nER  - \n"
    assert found(b_ris=ris, a_xml=in_set(marked))["a"].fields["notice"] == RETRACTED


@pytest.mark.parametrize(
    ("tag", "label"),
    [
        ("RIN - J. 2022. PMID: 9", RETRACTED),
        ("RRI - J. 2022. PMID: 9", RETRACTED),
        ("ECI - J. 2022. PMID: 9", CONCERN),
        ("EIN - J. 2022. PMID: 9", "corrected"),
        ("ROF - J. 2019. PMID: 9", "notice of retraction"),
        ("ECF - J. 2019. PMID: 9", "notice of concern"),
        ("EFR - J. 2019. PMID: 9", "notice of correction"),
        ("PT  - Retracted Publication", RETRACTED),
        ("PT  - Retraction Notice", "notice of retraction"),
        ("CIN - J. 2022. PMID: 9", None),
    ],
)
def test_what_pubmed_says_in_its_text(found, tag, label):
    text = f"PMID- 1\nTI  - {TRIAL}\nAB  - {SAYS}\n{tag}\nSO  - J. 2020.\n"
    assert found(a_nbib=text)["1"].fields["notice"] == label


@pytest.mark.parametrize(
    ("updates", "label"),
    [
        ({"updated-by": [{"type": "retraction", "DOI": "10.1234/n"}]}, RETRACTED),
        ({"updated-by": [{"type": "withdrawal"}]}, "withdrawn"),
        ({"updated-by": [{"type": "expression_of_concern", "DOI": "10.1234/n"}]}, CONCERN),
        ({"updated-by": [{"type": "new_version", "DOI": "10.1234/n"}]}, None),
        ({"update-to": [{"type": "retraction", "DOI": "10.1234/old"}]}, "notice of retraction"),
        ({"update-to": [{"type": "retraction", "DOI": "10.1234/A"}]}, RETRACTED),
        ({"update-to": "no list"}, None),
    ],
)
def test_what_crossref_says(found, updates, label):
    work = {"DOI": "10.1234/a", "title": [TRIAL], "abstract": SAYS, **updates}
    assert found(a_json=json.dumps({"message": work}))["10.1234/a"].fields["notice"] == label


def test_crossrefs_notice_marks_the_paper_that_it_names(found):
    notice = {
        "DOI": "10.1234/n",
        "title": ["Notice"],
        "update-to": [{"type": "retraction", "DOI": "10.1234/B"}],
    }
    bib = f"@article{{b, title = {{{TRIAL}}}, abstract = {{{SAYS}}}, doi = {{10.1234/b}}}}"
    assert found(a_json=json.dumps([notice]), b_bib=bib)["b"].fields["notice"] == RETRACTED


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ("RETRACTED: Sprays and hair", RETRACTED),
        ("Retracted article: Sprays and hair", RETRACTED),
        ("[Retracted] Sprays and hair", RETRACTED),
        ("Retracted – Sprays and hair", RETRACTED),
        ("WITHDRAWN: Sprays for hair", "withdrawn"),
        ("Sprays and hair (Retracted article. See vol. 9, pg. 1, 2021)", RETRACTED),
        ("Sprays and hair (Retraction of vol 9, pg 1, 2021)", "notice of retraction"),
        ("Retraction: Sprays and hair", "notice of retraction"),
        ("Retraction Note to: Sprays and hair", "notice of retraction"),
        ("Retraction notice to “Sprays and hair” [J Hair 9 (2021) 1]", "notice of retraction"),
        ("Retraction for Lea et al., Sprays and hair", "notice of retraction"),
        ("Notice of Retraction. Sprays and hair", "notice of retraction"),
        ("Expression of Concern: Sprays and hair", "notice of concern"),
        ("Editorial Expression of Concern", "notice of concern"),
        ("Correction to: Sprays and hair", "notice of correction"),
        ("Erratum", "notice of correction"),
        ("Author Correction: Sprays and hair", "notice of correction"),
        # Papers that have the words for another reason.
        ("Retracted publications in dermatology: a survey", ""),
        ("Retraction of the scalp during surgery", ""),
        ("Retraction for exposure of the field", ""),
        ("Withdrawal of minoxidil and shedding", ""),
        ("Withdrawn patients in trials of hair loss", ""),
        ("Expressions of concern among relatives", ""),
        ("Correction of iron deficiency", ""),
        ("Correction for age in counts of hair", ""),
        ("Why papers are retracted: sprays", ""),
    ],
)
def test_marks_in_titles(title, label):
    assert notices_of(title, ()).label == label


def test_a_notice_of_the_evidence_marks_the_study_when_it_is_searched(review):
    from dataclasses import replace

    from review.literature.library import library_papers
    from review.model.records import Notice
    from review.model.vocabulary import NoticeKind

    plain = library_papers(review.evidence)
    key = next(paper.key for paper in plain if paper.design)
    notice = Notice(
        study=key,
        kind=NoticeKind.RETRACTION,
        source="a source",
        date="2026-01-01",
        consequence="none",
    )
    marked = library_papers(replace(review.evidence, notices=(notice,)))
    assert {paper.key for paper in marked if paper.notices.forbid_support} == {key}
