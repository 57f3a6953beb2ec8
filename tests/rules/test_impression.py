"""What a page leaves a reader with, on the five pages and on a page made for the purpose."""

from hashlib import sha256

import pytest
from sample_body import claim, document, standing_on
from sample_lexicon import PLAIN, lexicon, name

from review.language.flags.screen import Hit
from review.model.knowledge.packs import Flag
from review.model.vocabulary import Ground, Question, Severity, Species
from review.verdicts.pages.impression import LIMITS, RISKS, STATUS, impression
from review.verdicts.verdict import verdict_of
from review.workbench import open_review


@pytest.mark.parametrize(
    ("page", "made"),
    [
        # Read on the pages: only the patient guide says that it is experimental and not approved. That
        # an area may be tender for a day is no account of the risks.
        ("clinic-brochure", set()),
        ("clinic-faq", set()),
        ("patient-guide", {LIMITS, RISKS, STATUS}),
        ("referral-blog", set()),
        ("surgeon-blog", {LIMITS}),
    ],
)
def test_the_three_disclosures(review, page, made):
    found = review.impression(page)
    assert {kind for kind, claims in found.disclosures.items() if claims} == made
    assert set(found.left_out) == {LIMITS, RISKS, STATUS} - made


def test_the_headline_is_the_beginning_of_what_is_worth_checking(review):
    for page in review.page_ids:
        found = review.impression(page)
        weighty = [
            j
            for j in review.judged
            if j.claim.page == page
            and j.claim.checkworthy == "yes"
            and j.verdict != "not-an-evidence-question"
        ]
        assert found.headline == tuple(weighty[: len(found.headline)])


@pytest.mark.parametrize(
    ("page", "last"),
    [
        # The first paragraph of each page, as a reader sees it under its title.
        ("clinic-brochure", "bypassing the need to use the stem cells themselves."),
        ("clinic-faq", "rather than the stem cells themselves."),
        ("referral-blog", "by the age of 50."),
    ],
)
def test_the_headline_ends_with_the_first_paragraph(review, page, last):
    assert review.impression(page).headline[-1].claim.quote.endswith(last)


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
    assert "2 of 2 in the headline" in found.sentence


WHITER = "Whiter teeth"
"""A page about a toothpaste: a title, a first paragraph, and more."""
FIRST = "Our paste makes your teeth whiter within two weeks."
PASTE = f"{WHITER}\n{FIRST}\nIt is experimental. It may hurt the gums. No agency approved it.\n"
EXPERIMENTAL = "The paste is experimental."
WORKS = "The paste works."
DENIED_APPROVAL = Flag.model_construct(flag="D9", ground=Ground.DISCLOSURE, severity=Severity.INFORM)
BLOCKING = Flag.model_construct(flag="F99", ground=Ground.SAFETY, severity=Severity.BLOCK)


def met(flag: Flag, start: int, end: int) -> Hit:
    return Hit(flag, None, start, end, PASTE[start:end])


def judged(
    quote: str,
    *items,
    question=Question.BENEFIT,
    statement=WORKS,
    polarity="affirms",
    category="efficacy",
    flags=(),
    checkworthy="yes",
    lexicon=PLAIN,
    **changes,
):
    start = PASTE.index(quote)
    words = claim(
        quote,
        "hedged",
        polarity,
        category,
        start,
        claim=f"paste-{start:03d}",
        page="paste",
        checkworthy=checkworthy,
        proposition=changes.get("proposition", "regrows"),
    )
    species = Species.HUMAN if question.is_graded else Species.NOT_APPLICABLE
    found = standing_on(
        *items, question=question, species=species, statement=statement, is_sought=True, **changes
    )
    return verdict_of(words, found, lexicon, flags)


SOUND = document()
STANDS = judged(WHITER, SOUND, question=Question.REGULATION)
FAILS = judged(FIRST)
IN_THE_BACKGROUND = judged(WHITER, SOUND, question=Question.REGULATION, checkworthy="no")
PRICE = judged(WHITER, question=Question.LOGISTICS, category="cost")
RESEARCH = {"question": Question.RESEARCH_STATE, "statement": EXPERIMENTAL}
LIMIT = judged("It is experimental.", SOUND, **RESEARCH)
HARM = {"question": Question.HARM, "category": "safety"}
RISK = judged("It may hurt the gums.", **HARM)
OTHER_RISK = judged("hurt the gums", **HARM, proposition="stains")
APPROVAL = judged("No agency approved it.", question=Question.REGULATION)


@pytest.mark.parametrize(
    ("claims", "opening"),
    [
        ([LIMIT], "0 of 1 claims on the page are not confirmed as worded; "),
        ([IN_THE_BACKGROUND], "0 of 1 claims on the page are not confirmed as worded; "),
        ([STANDS, STANDS], "0 of 2 claims on the page are not confirmed as worded; "),
        (
            [STANDS, FAILS],
            "1 of 2 claims on the page are not confirmed as worded, and 1 of 2 in the headline and "
            "first paragraph cannot stand; ",
        ),
        (
            [PRICE, FAILS],
            "1 of 2 claims on the page are not confirmed as worded, and 1 of 1 in the headline and "
            "first paragraph cannot stand; ",
        ),
        (
            [IN_THE_BACKGROUND, FAILS],
            "1 of 2 claims on the page are not confirmed as worded, and 1 of 1 in the headline and "
            "first paragraph cannot stand; ",
        ),
    ],
)
def test_the_sentence_opens_with_what_is_open(claims, opening):
    """A headline that stands, is background or is set aside reassures nobody."""
    assert impression(PASTE, claims, []).sentence.startswith(opening)


PASTES = [name("our paste", "product", own="yes"), name("Bleach", "product")]


@pytest.mark.parametrize(
    ("claims", "is_told"),
    [
        pytest.param([RISK, OTHER_RISK], True, id="two different harms"),
        pytest.param(
            [
                RISK,
                judged("experimental", **{**HARM, "category": "contraindication"}, proposition="dims"),
            ],
            True, id="a harm and a reason against",
        ),
        pytest.param(
            [RISK, judged("It may hurt the gums.", category="safety", proposition="dims")],
            False, id="one is no harm",
        ),
        pytest.param([RISK], False, id="one is no account of the risks"),
        pytest.param([RISK, RISK], False, id="the same one twice"),
        pytest.param(
            [RISK, judged("It may hurt the gums.", **HARM, proposition="stains", polarity="denies")],
            False, id="one is denied",
        ),
        pytest.param(
            [RISK, judged("experimental", **{**HARM, "category": "care"}, proposition="dims")],
            False, id="one is told for the sake of the effect",
        ),
        pytest.param(
            [
                RISK,
                judged(
                    "It may hurt the gums.", **HARM, proposition="burns", intervention="Bleach",
                    statement="Bleach hurts the gums.", lexicon=lexicon(*PASTES),
                ),
            ],
            False, id="one is of what others offer",
        ),
        pytest.param(
            [
                RISK,
                judged(
                    "It may hurt the gums.", **HARM, proposition="burns", intervention="Our paste",
                    lexicon=lexicon(*PASTES),
                ),
            ],
            True, id="both are of what is offered",
        ),
    ],
)  # fmt: skip
def test_risks_are_told_by_two_different_ones_of_what_is_offered(claims, is_told):
    assert bool(impression(PASTE, claims, []).disclosures[RISKS]) is is_told


@pytest.mark.parametrize(
    ("blocked", "words"),
    [
        (0, "; 0 claims on the page carry a flag that blocks publication; "),
        (1, "; 1 claim on the page carries a flag that blocks publication; "),
        (2, "; 2 claims on the page carry a flag that blocks publication; "),
    ],
)
def test_the_sentence_counts_the_claims_that_are_blocked(blocked, words):
    flags = [[met(BLOCKING, 0, 6)] * (number < blocked) for number in range(2)]
    claims = [judged(WHITER, flags=flags[0]), judged(FIRST, flags=flags[1])]
    found = impression(PASTE, claims, [])
    assert found.blocked == tuple(claims[:blocked])
    assert words in found.sentence


def test_the_sentence_ends_with_what_the_page_discloses_or_leaves_out():
    at = APPROVAL.claim
    denial = met(DENIED_APPROVAL, at.start, at.end)
    risks = [RISK, OTHER_RISK]
    every = impression(PASTE, [LIMIT, *risks, APPROVAL], [denial])
    assert every.sentence.endswith("; the page discloses limits, risks and status.")
    assert impression(PASTE, [LIMIT, *risks], []).sentence.endswith(
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
    limit = judged("It is experimental.", *found, **{**RESEARCH, "statement": words, **changed})
    assert impression(PASTE, [limit], []).disclosures[LIMITS] == (limit.claim.claim,) * is_limit


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
    denial = met(DENIED_APPROVAL, at.start + before, at.end + after)
    found = impression(PASTE, [APPROVAL], [denial])
    assert found.disclosures[STATUS] == (at.claim,) * is_status
    other = met(BLOCKING, at.start, at.end)
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
    below = verdict_of(moved, STANDS.standing, PLAIN)
    assert impression(text, [below], []).headline == (() if is_paragraph else (below,))
