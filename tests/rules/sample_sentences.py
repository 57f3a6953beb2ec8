"""A page about a whitening clinic, and claims that stand in it, judged."""

from dataclasses import replace

from sample_body import claim, screened, sound, standing_on
from sample_lexicon import lexicon

from review.model.vocabulary import Action, Category, Market, Question, Species, Wording
from review.verdicts.pages.sentences import judged_sentences
from review.verdicts.verdict import Judged

PAGE = """Our gel whitens teeth. It may make gums sore.
Teeth stay white for years. Our gel whitens teeth. Parking is free.
"""
WHITENS, SORE, YEARS, FREE = (
    "Our gel whitens teeth.",
    "It may make gums sore.",
    "Teeth stay white for years.",
    "Parking is free.",
)
AMERICAN = lexicon(texts=["exosome injections regrow hair"], markets=[Market.US])
"""The words of a page that is read in the United States."""
HIGH = (sound(1), sound(2))
"""Two trials of which all is certain."""


def made(quote: str, *items, number=1, text=PAGE, nth=0, is_sought=True, **changes) -> Judged:
    """The claim of this quote, at its `nth` place in the text, judged on these findings."""
    start = text.index(quote)
    for _ in range(nth):
        start = text.index(quote, start + 1)
    of_claim = {"wording", "polarity", "category", "checkworthy", "page"}
    words = claim(
        quote,
        start=start,
        claim=f"home-{number:03d}",
        proposition=changes.get("proposition", "regrows"),
        **{key: value for key, value in changes.items() if key in of_claim},
    )
    about = {"statement": "Peroxide gel whitens teeth.", "intervention": "Peroxide gel"}
    about |= {key: value for key, value in changes.items() if key not in of_claim}
    return screened(words, standing_on(*items, is_sought=is_sought, **about), AMERICAN)


def harm(quote: str, *items, **changes) -> Judged:
    """A claim on a harm, which it affirms unless said otherwise."""
    about = {"question": Question.HARM, "category": Category.SAFETY, "wording": Wording.HEDGED}
    statement = {"statement": "Peroxide gel makes gums sore."}
    return made(quote, *items, **{**about, **statement, **changes})


def own(quote: str, *items, **changes) -> Judged:
    """A claim on the clinic's own product."""
    about = {"question": Question.OWN_PRODUCT, "species": Species.NOT_APPLICABLE}
    composition = {"category": Category.COMPOSITION, "statement": "The gel is tested for lead."}
    return made(quote, *items, **{**about, **composition, **changes})


def with_action(judged: Judged, action: Action, wording="", **changes) -> Judged:
    """The same claim asking for something else."""
    return replace(judged, action=action, allowed_wording=wording, **changes)


def sentences(*judged: Judged, text=PAGE):
    return judged_sentences("home", text, judged)
