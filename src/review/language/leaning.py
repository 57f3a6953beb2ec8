"""Sentences that lean on the one before: what they begin with, and whether they stand without it.

The lists are closed classes of English (pronouns, demonstratives, conjunctions and sentence adverbs);
no subject adds to them, so they stand here and in no pack.
"""

import re
from enum import Enum


class Lean(Enum):
    """How a sentence leans on what stands before it."""

    NOT = "not"
    PERSON = "person"  # it, they: on a thing named before
    POINTING = "pointing"  # this, these, both: on what was said before
    CONSEQUENCE = "consequence"  # therefore: on a reason given before


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


# Without them the sentence says the same; most need a comma, for "however small" joins nothing.
_LINK = _words(
    r"(?:(?:in fact|indeed|however|also|additionally|moreover|furthermore|in addition|besides|instead"
    r"|finally|again|likewise|similarly|in (?:contrast|comparison)|by contrast|on the other hand"
    r"|nevertheless|nonetheless|even so|still|yet|meanwhile|of course|for (?:example|instance)"
    r"|in other words|that (?:said|being said)|even better|better yet|what is more|what[’']s more"
    r"|then|next|afterwards?|basically|first(?:ly)?|second(?:ly)?|third(?:ly)?"
    r"|as (?:mentioned|noted|stated|said)(?: above| before| earlier)?"
    r"|more specifically|specifically|simply put|luckily|fortunately|unfortunately"
    r"|for the time being|in the meantime|for now|as yet|though"
    r"|and yes|yes|no|absolutely|certainly|definitely|of course), +"
    r"|(?:and|but|yet),? +(?=\S)"
    r"|(?:however|additionally|moreover) +(?=(?:it|they|th\w+|we|you|not)\b))"
)
_CONSEQUENCE = _words(
    r"(?:(?:therefore|thus|hence|consequently|accordingly|otherwise|as such),? +"
    r"|as a (?:result|consequence),? +|for (?:this|that|these|those) reasons?,? +"
    r"|because of (?:this|that|these),? +|in (?:this|that|such) (?:way|manner),? +"
    r"|so(?! far\b| called\b|-),? +)"
)
_WHY = _words(r"(?:this|that|which) (?:is|was) (?:exactly )?(?:why|because|how)\b")
_PREPOSITION = (
    r"(?:for|with|by|in|because of|due to|after|before|from|to|on|at|as|like|given|all|unlike) "
)
_POINTING = _words(
    rf"(?:{_PREPOSITION}(?:all )?)?(?:this|these|those|that|such|said|thereby)\b"
    r"|(?:from|after|before|until) (?:there|then|here)\b"
    r"|(?:the|an)?other(?:s)?\b(?! than)"
    r"|the (?:first|second|third|former|latter|same|above|following day|resulting)\b"
    r"|(?:each|some|most|many|all|none|both|one|few|neither|either|several|any)"
    r"(?: of (?:these|those|them|the above|which)\b|,|(?: of the)? (?:two|above)\b"
    r"| (?:are|is|was|were|have|has|had|can|may|might"
    r"|will|would|do|does|acts?|also|include|contain)\b)"
    r"|near(?:ly)? all,|here\b|which\b|meaning,? |results?,? (?:though|however|,|favou?r|show|suggest)"
)
# What points back from within a sentence; "this treatment" names what the whole page is about.
_WITHIN = _words(
    # "Combining these fillers ..."; "that" joins and "this" names too often to tell.
    r"^(?:\w+ ){1,3}(?:these|those|such|said)\b(?! as| who| with| that)"
    r"|\b(?:to|of|in|for|with|by|from|on|as|through|via|all) (?:this|these|those)\b(?! who| with"
    r"| (?:[\w-]+ )?(?:treatments?|therap\w+|procedures?|products?|page|article|clinic|guide|post"
    r"|time|point|day|year|stage)\b)"
    r"|\b(?:say|know|do|claim|prove|confirm|tell|see)(?: \w+)? (?:that|this|so)\b(?= for\b|[.,;!]|$)"
)
_PERSON = _words(
    r"(?:it|they|its|their|he|she|his|her|hers|theirs|itself|themselves)\b"
    r"|(?:when|if|while|as|because|since|once|after|before|although|though) (?:it|they)\b"
    r"|the (?:fact|truth|point|reason|problem|good news|bad news|result) is(?: that)? (?:it|they)\b"
)
# "It is important to ..." names nothing.
_EMPTY_IT = _words(
    r"it(?:[’']s| is| was| has been| may be| might be| can be| could be| will be| would be| seems"
    r"| appears)(?: \w+ly| also| not| still| very| always| most| more| even| quite| too)*"
    r" (?:important|possible|impossible|known|unknown|likely|unlikely|recommended|advis\w+|ideal|best"
    r"|better|worth|essential|clear|unclear|hard|difficult|easy|early|said|believed|thought|estimated"
    r"|true|common|normal|necessary|crucial|vital|natural|good|wise|no (?:secret|wonder)|certain|safe"
    r"|our|a (?:good|great) idea)\b(?:\W+\w+){0,3}?\W+(?:to|that|whether|if|how|why|when|who|what)\b"
    r"|it (?:has|is) not (?:been )?(?:known|clear|confirmed|shown)\b|it is not (?:known|the case)\b"
)
_LINK_WITHIN = _words(
    r"(?:[^\s,;:.]+ ){0,4}[^\s,;:.]+(?P<link>, (?:though|however|on the other hand|in contrast"
    r"|by contrast|instead|therefore|then), )"
    r"(?P<verb>(?:is|are|was|were|has|have|had|can|may|might|will|would|do|does|did|could|should|must)\b)?"
)
_FRAME = _words(
    r"(?:for|in|on|at|with|by|as|when|if|while|after|before|during|among|outside|unlike|different|to"
    r"|from|over|under|because|since)\b"
)
_NEAR_BEGINNING = _words(
    r"(?:\S+ ){0,5}(?:it|its|they|their|them|this|these|those|such)\b(?! as| who| that)"
)
_ASIDE = _words(r"^\([^()]*\)\W+")
_BARE_ANSWER = _words(
    r"\W*(?:yes|no|absolutely|certainly|definitely|of course|sure|not at all|never|maybe|perhaps"
    r"|exactly|indeed|unfortunately not|yes and no|it depends)(?:,? (?:indeed|absolutely|of course))?\W*"
)


def lean_of(sentence: str) -> Lean:
    """How a sentence leans on what stands before it, linking words and a remark before it aside."""
    bare = _ASIDE.sub("", sentence)
    words = bare[links(bare) :]
    if _WHY.match(words) or _CONSEQUENCE.match(words):
        return Lean.CONSEQUENCE
    # What ends with a colon points at what comes.
    if _POINTING.match(words) or (_WITHIN.search(words) and not words.endswith(":")):
        return Lean.POINTING
    if _PERSON.match(words) and not _EMPTY_IT.match(words):
        return Lean.PERSON
    return Lean.NOT


def links(sentence: str) -> int:
    """How many characters of linking words a sentence begins with: "However, " has nine."""
    at = 0
    while link := _LINK.match(sentence, at):
        at = link.end()
    return at if at < len(sentence) else 0


def links_and_reasons(sentence: str) -> int:
    """The same, and with words such as "Therefore, ", which say that a reason was given before."""
    at = links(sentence)
    if not _WHY.match(sentence, at) and (link := _CONSEQUENCE.match(sentence, at)):
        at = link.end()
    return at if at < len(sentence) else 0


def may_lean(sentence: str) -> bool:
    """Whether a sentence has a word near its beginning that may stand for something named before."""
    return _NEAR_BEGINNING.match(sentence) is not None and not _EMPTY_IT.match(sentence)


def link_within(sentence: str) -> tuple[int, int, str] | None:
    """Where linking words stand within a sentence, and what joins it without them.

    "Gels, however, are old" is joined by a blank, "For some, however, gels are old" by a comma.
    """
    link = _LINK_WITHIN.match(sentence)
    if link is None:
        return None
    is_framed = link["verb"] is None and _FRAME.match(sentence) is not None
    return link.start("link"), link.end("link"), ", " if is_framed else " "


def is_bare_answer(sentence: str) -> bool:
    """Whether a sentence is nothing but a yes or a no."""
    return _BARE_ANSWER.fullmatch(sentence) is not None
