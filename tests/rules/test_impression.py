"""What a page leaves a reader with, on the five pages and on a page made for the purpose."""

from hashlib import sha256

import pytest
from review.verdicts.impression import LIMITS, RISKS, STATUS, impression
from sample_body import AS_OF, item, proposition
from sample_lexicon import PLAIN

from review.language.flags import Hit
from review.model.knowledge.packs import Flag
from review.model.records import Claim
from review.model.vocabulary import Design, Ground, Question, Severity, Species
from review.verdicts.bodies import body_of_evidence
from review.verdicts.standing import standing_of
from review.verdicts.verdict import verdict_of
from review.workbench import open_review


@pytest.mark.parametrize(
    ("page", "made"),
    [
        # Read on the pages: only the patient guide says that it is experimental and not approved.
        ("clinic-brochure", {RISKS}),
        ("clinic-faq", {RISKS}),
        ("patient-guide", {LIMITS, RISKS, STATUS}),
        ("referral-blog", {LIMITS, RISKS}),
        ("surgeon-blog", {LIMITS}),
    ],
)
def test_the_three_disclosures(review, page, made):
    found = review.impression(page)
    assert {kind for kind, claims in found.disclosures.items() if claims} == made
    assert set(found.left_out) == {LIMITS, RISKS, STATUS} - made


def test_the_headline_is_the_beginning(review):
    for page in review.page_ids:
        found = review.impression(page)
        starts = [judged.claim.start for judged in found.headline]
        rest = [j.claim.start for j in review.judged if j.claim.page == page and j not in found.headline]
        assert max(starts, default=-1) < min(rest)


@pytest.mark.parametrize(
    ("page", "first", "last"),
    [
        # The first paragraph of each page, as a reader sees it under its title.
        ("clinic-brochure", "Exosomes are tiny", "bypassing the need to use the stem cells themselves."),
        ("clinic-faq", "Exosomes are extracellular vesicles", "rather than the stem cells themselves."),
        ("referral-blog", "We use our hair", "by the age of 50."),
    ],
)
def test_the_headline_ends_with_the_first_paragraph(review, page, first, last):
    quotes = [judged.claim.quote for judged in review.impression(page).headline]
    assert first in quotes[0]
    assert quotes[-1].endswith(last)


HOME = """Regrow your hair without surgery at last.
Our exosomes wake sleeping hair follicles in weeks.
Nine of ten patients see new hair by spring, our doctors say.
"""


@pytest.fixture
def home(folder):
    """The review of a page whose first line has seven words and whose second has eight."""
    (folder / "pages" / "home.txt").write_bytes(HOME.encode())
    digest = sha256(HOME.encode()).hexdigest()
    pages = (folder / "pages.csv").read_text("utf-8").splitlines()
    pages[1] = f"home,Home,other,{digest},not_reported,not_reported,none"
    (folder / "pages.csv").write_text("\n".join([*pages, ""]), "utf-8")
    head, *_ = (folder / "claims.csv").read_text("utf-8").splitlines()
    rows = [head]
    for number, line in enumerate(HOME.splitlines(), start=1):
        start = HOME.index(line)
        cells = f'{start},{start + len(line)},"{line}",efficacy,asserted,yes,regrows,affirms'
        rows.append(f"home-{number:03d},home,{cells}")
    (folder / "claims.csv").write_text("\n".join([*rows, ""]), "utf-8")
    return open_review([folder])


def test_the_first_paragraph_has_eight_words_and_what_is_shorter_stands_above_it(home):
    assert [len(line.split()) for line in HOME.splitlines()[:2]] == [7, 8]
    found = home.impression("home")
    assert [judged.claim.claim for judged in found.headline] == ["home-001", "home-002"]


def test_the_sentence_tells_what_is_left_out(small_review):
    found = small_review.impression("home")
    assert found.sentence.endswith(
        "the page says nothing of limits of the evidence or risks or regulatory status."
    )
    assert "2 of 2 claims in the headline" in found.sentence


WHITER = "Whiter teeth"
"""A page about a toothpaste: a title, a first paragraph, and more."""
FIRST = "Our paste makes your teeth whiter within two weeks."
PASTE = f"{WHITER}\n{FIRST}\nIt is experimental. It may hurt the gums. No agency approved it.\n"
EXPERIMENTAL = "The paste is experimental."
WORKS = "The paste works."
DENIED_APPROVAL = Flag.model_construct(flag="D9", ground=Ground.DISCLOSURE, severity=Severity.INFORM)
BLOCKING = Flag.model_construct(flag="F99", ground=Ground.SAFETY, severity=Severity.BLOCK)


def hit(flag: Flag, start: int, end: int) -> Hit:
    return Hit(flag, "x", start, end, PASTE[start:end])


def judged(
    quote: str,
    *items,
    question=Question.BENEFIT,
    statement=WORKS,
    polarity="affirms",
    category="efficacy",
    flags=(),
):
    start = PASTE.index(quote)
    claim = Claim(
        claim=f"paste-{start:03d}",
        page="paste",
        start=start,
        end=start + len(quote),
        quote=quote,
        category=category,
        wording="hedged",
        checkworthy="yes",
        proposition="regrows",
        polarity=polarity,
    )
    species = Species.HUMAN if question.is_graded else Species.NOT_APPLICABLE
    about = proposition(question, species).model_copy(update={"statement": statement})
    return verdict_of(claim, standing_of(about, body_of_evidence(about, items, AS_OF)), PLAIN, flags)


SOUND = item(design=Design.LABEL, species=Species.NOT_APPLICABLE)
STANDS = judged(WHITER, SOUND, question=Question.REGULATION)
FAILS = judged(FIRST)
RESEARCH = {"question": Question.RESEARCH_STATE, "statement": EXPERIMENTAL}
LIMIT = judged("It is experimental.", SOUND, **RESEARCH)
RISK = judged("It may hurt the gums.", question=Question.HARM, category="safety")
APPROVAL = judged("No agency approved it.", question=Question.REGULATION)


@pytest.mark.parametrize(
    ("claims", "opening"),
    [
        ([LIMIT], "No claim is made in the headline and first paragraph; "),
        ([STANDS], "Every claim in the headline and first paragraph can stand; "),
        ([STANDS, FAILS], "1 of 2 claims in the headline and first paragraph cannot stand; "),
    ],
)
def test_the_sentence_opens_with_what_the_headline_comes_to(claims, opening):
    assert impression(PASTE, claims, []).sentence.startswith(opening)


@pytest.mark.parametrize(
    ("blocked", "words"),
    [
        (0, "; 0 claims on the page carry a flag that blocks publication; "),
        (1, "; 1 claim on the page carries a flag that blocks publication; "),
        (2, "; 2 claims on the page carry a flag that blocks publication; "),
    ],
)
def test_the_sentence_counts_the_claims_that_are_blocked(blocked, words):
    flags = [[hit(BLOCKING, 0, 6)] * (number < blocked) for number in range(2)]
    claims = [judged(WHITER, flags=flags[0]), judged(FIRST, flags=flags[1])]
    found = impression(PASTE, claims, [])
    assert found.blocked == tuple(claims[:blocked])
    assert words in found.sentence


def test_the_sentence_ends_with_what_the_page_discloses_or_leaves_out():
    at = APPROVAL.claim
    denial = hit(DENIED_APPROVAL, at.start, at.end)
    every = impression(PASTE, [LIMIT, RISK, APPROVAL], [denial])
    assert every.sentence.endswith("; the page discloses limits, risks and status.")
    assert impression(PASTE, [LIMIT, RISK], []).sentence.endswith(
        "; the page says nothing of regulatory status."
    )


@pytest.mark.parametrize(
    ("words", "found", "changed", "is_limit"),
    [
        pytest.param(EXPERIMENTAL, [SOUND], {}, True, id="experimental"),
        pytest.param("More research is needed.", [SOUND], {}, True, id="more research"),
        pytest.param(WORKS, [SOUND], {}, False, id="a result"),
        pytest.param(WORKS, [], {"polarity": "denies"}, True, id="it denies that it is established"),
        pytest.param(EXPERIMENTAL, [], {}, False, id="nothing confirms it"),
        pytest.param(EXPERIMENTAL, [SOUND], {"question": Question.REGULATION}, False, id="no research"),
    ],
)
def test_what_states_a_limit_of_the_evidence(words, found, changed, is_limit):
    claim = judged("It is experimental.", *found, **{**RESEARCH, "statement": words, **changed})
    assert impression(PASTE, [claim], []).disclosures[LIMITS] == (claim.claim.claim,) * is_limit


@pytest.mark.parametrize(
    ("before", "after", "is_status"),
    [
        pytest.param(0, 0, True, id="the words of the claim"),
        pytest.param(-5, -21, True, id="its first letter"),
        pytest.param(21, 5, True, id="its last letter"),
        pytest.param(-5, -22, False, id="what ends where the claim begins"),
        pytest.param(22, 5, False, id="what begins where the claim ends"),
    ],
)
def test_a_denied_approval_within_a_claim_discloses_the_status(before, after, is_status):
    at = APPROVAL.claim
    assert at.end - at.start == 22
    denial = hit(DENIED_APPROVAL, at.start + before, at.end + after)
    found = impression(PASTE, [APPROVAL], [denial])
    assert found.disclosures[STATUS] == (at.claim,) * is_status
    other = hit(BLOCKING, at.start, at.end)
    assert impression(PASTE, [APPROVAL], [other]).disclosures[STATUS] == ()


@pytest.mark.parametrize(
    ("line", "is_paragraph"),
    [
        (FIRST, True),
        (FIRST.replace(".", "!"), True),
        (FIRST.replace(".", "…"), True),
        (f"“{FIRST}”", True),
        (f"{FIRST}  ", True),
        (FIRST.replace(".", "?"), False),
        (FIRST.replace(".", ""), False),
    ],
)
def test_a_first_paragraph_makes_a_statement(line, is_paragraph):
    text = f"{line}\n{WHITER}\n"
    at = text.index(WHITER)
    moved = STANDS.claim.model_copy(update={"start": at, "end": at + len(WHITER)})
    claim = verdict_of(moved, STANDS.standing, PLAIN)
    assert impression(text, [claim], []).headline == (() if is_paragraph else (claim,))
