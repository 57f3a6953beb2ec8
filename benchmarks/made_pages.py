"""Pages made by varying the sentences of the real ones, as many as wanted, the same for the same seed.

They measure speed and memory, never how well claims are found: no clinic wrote them. A site has texts
that stand on all its pages, texts that many sites took from the same maker, and texts of its own; in
these, numbers, products and common words are replaced at random, sentence by sentence.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from random import Random

from review.language.claims.segments import segments
from review.language.sentences import sentences

SEED = 20260117
SHARED_TEXTS = 300
PAGES_OF_SITE = (1, 24)
LINES_OF_PAGE = (6, 30)
SWAPPED = 0.4
"""The share of a site's own lines in which a word gives way to another."""

_NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?![\w.,]\d)")
_WORDS = (
    (
        "exosomes",
        "PRP",
        "growth factors",
        "peptides",
        "stem cells",
        "plasma",
        "microneedling",
        "minoxidil",
    ),
    ("exosome", "PRP", "peptide", "growth factor", "plasma"),
    ("treatment", "therapy", "procedure", "course", "programme"),
    ("treatments", "therapies", "procedures", "courses"),
    ("patients", "clients", "people", "men", "women", "our clients"),
    ("hair", "scalp hair", "body hair", "facial hair", "eyebrows"),
    ("clinic", "practice", "centre", "studio"),
    ("results", "improvements", "changes", "benefits", "effects"),
    ("effective", "successful", "helpful", "useful", "powerful"),
    ("doctor", "specialist", "surgeon", "practitioner", "provider"),
    ("cells", "follicles", "tissues", "roots"),
    ("months", "weeks", "years"),
    ("also", "often", "usually", "sometimes", "generally"),
    ("help", "support", "assist", "aid"),
    ("new", "modern", "recent", "innovative", "advanced"),
    ("many", "most", "some", "several", "numerous"),
    ("can", "may", "will", "could"),
)
_OTHERS = {word: words for words in reversed(_WORDS) for word in words}
_WORD = re.compile(r"[A-Za-z]+")

Text = list[str]


def made_pages(real: Sequence[str], count: int, seed: int = SEED) -> Iterator[tuple[str, str]]:
    """The address and the text of each of `count` pages, site after site."""
    texts = [text for page in real for text in _texts(page)]
    chance = Random(seed)
    shared = [_varied(chance.choice(texts), chance) for _ in range(SHARED_TEXTS)]
    made = site = 0
    while made < count:
        own = [_varied(chance.choice(texts), chance) for _ in range(2)]
        taken = [shared[min(int(chance.expovariate(0.02)), SHARED_TEXTS - 1)] for _ in range(2)]
        for number in range(min(chance.randint(*PAGES_OF_SITE), count - made)):
            yield f"https://clinic-{site:06d}.example/{number}", _page(texts, own, taken, chance)
            made += 1
        site += 1


def _texts(page: str) -> Iterator[Text]:
    """The lines of a page that stand together under one heading, with the heading."""
    for heading, under in groupby(segments(page), lambda segment: segment.heading):
        lines = [segment.span.of(page) for segment in under]
        for at in range(0, len(lines), 8):
            yield [heading, *lines[at : at + 8]] if heading else lines[at : at + 8]


def _page(texts: Sequence[Text], own: Sequence[Text], taken: Sequence[Text], chance: Random) -> str:
    length = chance.randint(*LINES_OF_PAGE)
    parts = [*own, chance.choice(taken)]
    while sum(map(len, parts)) < length:
        parts.append(_varied(chance.choice(texts), chance))
    chance.shuffle(parts)
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _varied(text: Text, chance: Random) -> Text:
    """The same text in other words; in some lines one word, whichever, gives way to one of another."""

    def word(match: re.Match[str]) -> str:
        others = _OTHERS.get(match[0])
        return chance.choice(others) if others and chance.random() < 0.7 else match[0]

    def number(match: re.Match[str]) -> str:
        return str(max(1, round(int(match[0]) * chance.uniform(0.5, 2))))

    lines = [_NUMBER.sub(number, _WORD.sub(word, line)) for line in text]
    return [_swapped(line, lines, chance) if chance.random() < SWAPPED else line for line in lines]


def _swapped(line: str, lines: Sequence[str], chance: Random) -> str:
    words, others = line.split(), chance.choice(lines).split()
    words[chance.randrange(len(words))] = chance.choice(others)
    return " ".join(words)


def counted(pages: Sequence[str]) -> tuple[float, float]:
    """How many sentences a page has on average, and which part of all sentences is like no other."""
    every = [sentence for page in pages for sentence in sentences(page)]
    return len(every) / len(pages), len(set(every)) / len(every)
