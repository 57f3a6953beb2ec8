"""How strongly a sentence ties cause to effect, and whether a page says more than its source.

The scale of four levels is that of Yu and others (2019), as Wright and Augenstein (2021) used it on the
press releases of Sumner and others (2014). The cues, their weights and the reach of a hedge are ours.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from review.language.sentences import Span, sentence_spans


class Strength(IntEnum):
    """What a sentence says of two things: the higher, the closer to plain cause and effect."""

    NONE = 0
    CORRELATIONAL = 1
    CONDITIONAL = 2
    DIRECT = 3


class Exaggeration(StrEnum):
    """How a page's sentence stands to the sentence it draws on."""

    DOWNPLAYS = "downplays"
    SAME = "same"
    EXAGGERATES = "exaggerates"


@dataclass(frozen=True, slots=True)
class StrengthCue:
    """A verb or construction that speaks for one level, and how much it weighs."""

    name: str
    strength: Strength
    weight: int
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Fired:
    """A cue met in a sentence: its words, with any hedge or denial before them, and its vote."""

    cue: StrengthCue
    start: int
    words: str
    strength: Strength


@dataclass(frozen=True, slots=True)
class Explained:
    """A strength and every cue met in the sentence that decided it, in reading order."""

    strength: Strength
    fired: tuple[Fired, ...]

    @property
    def deciding(self) -> tuple[str, ...]:
        """The words that spoke for the level given; none where no cue was met."""
        return tuple(fired.words for fired in self.fired if fired.strength is self.strength)


# Stems by the way they are inflected. A participle after an article or preposition ("an increased
# risk") says that things go together, not that one changes the other.
_STEMS_IN_E = (
    "accelerat activat aggravat alleviat ameliorat attenuat chang compromis decreas "
    "deregulat devastat doubl downregulat driv eas elevat eliminat enabl encourag enhanc exacerbat "
    "facilitat generat halv improv increas induc influenc interfer mediat minimi[sz] modulat optimi[sz] "
    "produc promot provok rais reduc regulat reliev rescu restor revers sav shap stimulat trebl "
    "tripl undermin uncoupl upregulat"
)
_STEMS = (
    "abolish affect alter benefit block boost confer curb delay destroy diminish disrupt "
    "extend fight halt harm heal help hinder impact impair inhibit kill lengthen prevent "
    "prolong protect repair repress restrict shorten slash slow spark spur strengthen suppress "
    "trigger weaken worsen"
)
# A look-behind of `re` must have one length, so each word has its own.
_NOT_A_NOUN = "(?<!^)" + "".join(rf"(?<!\b{word} )" for word in "a an the of with at for no".split())
_CHANGES = (
    rf"{_NOT_A_NOUN}(?:(?:{'|'.join(_STEMS_IN_E.split())})(?:es?|ed|ing)"
    rf"|(?:{'|'.join(_STEMS.split())})(?:e?s|e?d|ing)?|lower(?:s|ed|ing)|cuts?|cutting|stops?|stopped"
    r"|(?:wards?|warding) off)(?! in\b)"
)


def _cue(name: str, strength: Strength, weight: int, pattern: str) -> StrengthCue:
    return StrengthCue(name, strength, weight, re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE))


CUES = (
    _cue(
        "names a cause",
        Strength.DIRECT,
        3,
        r"caus(?:es?|ed|ing)|(?:leads?|led|leading) to|results? in|resulted in|resulting in"
        r"|gives? rise to|due to|because of|thanks to|responsible for|brings? about|cures?|key to"
        r"|makes? (?:\w+ ){1,3}|contribut(?:es?|ed|ing) to|pos(?:es?|ed|ing)|fuel(?:s|l?ed|l?ing)?",
    ),
    _cue("says that one thing changes another", Strength.DIRECT, 2, _CHANGES),
    _cue(
        "speaks of an effect",
        Strength.DIRECT,
        2,
        r"(?:effects?|impact|influence|benefits?|consequences?) (?:of|on|in|for|from)"
        r"|(?:beneficial|adverse) effects?|protective|(?:cost-)?effective(?:ly|ness)?|successful(?:ly)?"
        r"|efficacious|efficacy|(?:play|ha)\w+ an? (?:\w+ )?role",
    ),
    _cue(
        "explains by a mechanism",
        Strength.DIRECT,
        2,
        r"mechanisms?|(?:are|is|was|were) (?:required|necessary|essential|crucial) for|via"
        r"|role (?:of|for|in)|pathways?|involve(?:d in|ment of)|determin(?:es?|ed|ing)"
        r"|depend(?:s|ent|ed) (?:up)?on|how an?|why",
    ),
    _cue(
        "says that things go together",
        Strength.CORRELATIONAL,
        4,
        r"associat(?:ed|ions?|es?) (?:with|between|of)|(?:is|are|was|were|been|be) associated"
        r"|link(?:s|ed|ing)? (?:to|with|between)|(?:tied|connected|related) to|correlat\w+"
        r"|relation(?:ship)?s? (?:between|of|with)|connections? between|risk (?:factors?|markers?)"
        r"|markers? (?:of|for)",
    ),
    _cue("predicts", Strength.CORRELATIONAL, 2, r"predict(?:s|ed|ors?|ive)?"),
    _cue(
        "compares likelihoods",
        Strength.CORRELATIONAL,
        3,
        r"(?:more|less|as|times|most|least) (?:\w+ )?likely|likelihood"
        r"|(?:more|less) (?:common|frequent|prone)(?:ly)?|odds|tend(?:s|ed)? to|at (?:\w+ )?risk"
        r"|(?:increased|higher|lower|reduced|greater|elevated|heightened|decreased|raised|excess)"
        r" (?:\w+ ){0,2}"
        r"(?:risks?|rates?|mortality|incidence|prevalence|levels?|odds|likelihood|chances?)",
    ),
    _cue(
        "compares groups",
        Strength.CORRELATIONAL,
        2,
        r"(?:higher|lower|greater|fewer|more|less|better|worse|poorer|weaker|stronger|larger|smaller|older"
        r"|longer|shorter|faster|slower)\b[^.;]{0,60}\bthan|compared (?:with|to)|relative to"
        r"|differences? (?:between|in)|different(?:ly)?|differ(?:s|ed)?|varies|varied|variations?",
    ),
    _cue(
        "hedges",
        Strength.CONDITIONAL,
        3,
        r"(?:may|might|could|can|possibl[ey]|perhaps|probabl[ey])(?! not\b)",
    ),
    _cue(
        "holds out a promise",
        Strength.CONDITIONAL,
        2,
        r"appear(?:s|ed)? to|seem(?:s|ed)? to|potential(?:ly)?|promis(?:e|ing)|(?:is|are) likely to"
        r"|hopes?",
    ),
    _cue(
        "finds nothing",
        Strength.NONE,
        4,
        r"(?:no|little|lack of|insufficient|limited) (?:\w+ ){0,2}(?:evidence|effects?|differences?"
        r"|associations?|relation(?:ship)?s?|links?|benefits?|impact|change|influence|correlations?"
        r"|increases?|reductions?)"
        r"|un(?:related|likely|associated)|ineffective|similar|(?:not|non-?) ?significant(?:ly)?",
    ),
)

# Both are looked for in the words before a cue and must reach up to it: a denial over three words
# between them, a hedge over six.
_DENIAL = re.compile(
    r"(?:\b(?:no|nor|neither|never|cannot|without|lack(?:s|ed|ing)?|fail(?:s|ed|ing)?(?: to)?"
    r"|(?:is|are|was|were|do|does|did|has|have|had|will|would|could|may|might|should) not)"
    r"|n[’']t)(?! only\b)(?: [\w-]+){0,3} $",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"\b(?:may|might|could|can|potential(?:ly)?(?: to| for)?|appears? to|seems? to|possibly|probably)"
    r"(?: [\w-]+,?){0,6} $",
    re.IGNORECASE,
)


def strength(sentence: str) -> Strength:
    """The level of the scale on which a sentence puts its claim."""
    return explained(sentence).strength


def explained(sentence: str) -> Explained:
    """The level with the words that decided.

    Each cue votes once, with its weight, for its level; the heaviest level wins, the stronger of equals.
    Of several sentences the first with a cue decides: a finding is told before its outlook (ours). Where
    nothing was met, nothing is tied to anything.
    """
    for span in sentence_spans(sentence):
        fired = tuple(sorted(_fired(sentence, span), key=lambda vote: (vote.start, vote.cue.name)))
        if fired:
            votes = _votes(fired)
            return Explained(max(Strength, key=lambda level: (votes[level], level)), fired)
    return Explained(Strength.NONE, ())


def exaggeration(claim: Strength, source: Strength) -> Exaggeration:
    """The sign of the difference in strength between page and source (Wright and Augenstein 2021)."""
    if claim > source:
        return Exaggeration.EXAGGERATES
    return Exaggeration.SAME if claim == source else Exaggeration.DOWNPLAYS


def _fired(text: str, span: Span) -> Iterator[Fired]:
    sentence = span.of(text)
    for cue in CUES:
        for match in cue.pattern.finditer(sentence):
            start, voted = _read_in_context(cue, sentence[: match.start()])
            yield Fired(cue, span.start + start, sentence[start : match.end()], voted)


def _read_in_context(cue: StrengthCue, before: str) -> tuple[int, Strength]:
    """Where a cue's words begin and what they vote for, given the words before it.

    A denial turns any vote to none; a hedge turns plain cause into conditional cause.
    """
    denial = _DENIAL.search(before)
    if denial and cue.strength is not Strength.NONE:
        return denial.start(), Strength.NONE
    hedge = _HEDGE.search(before)
    if hedge and cue.strength is Strength.DIRECT:
        return hedge.start(), Strength.CONDITIONAL
    return len(before), cue.strength


def _votes(fired: Sequence[Fired]) -> dict[Strength, int]:
    """The weight for each level, each cue counted once for a level."""
    weights = {(vote.cue.name, vote.strength): vote.cue.weight for vote in fired}
    return {
        level: sum(weight for (_, voted), weight in weights.items() if voted is level)
        for level in Strength
    }
