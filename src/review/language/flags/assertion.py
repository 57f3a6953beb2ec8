"""What a page does with words that a rule met: says so, denies it, bounds it, warns, reports or asks.

A negation must govern the words that it takes back. "It is not a cure" denies a cure; "not just any
clinic: ours is approved" denies nothing of the approval, nor does "no pain, and it cures".
"""

import re
from collections.abc import Iterator

from review.language.senses import SenseHit
from review.language.sentences import Span
from review.language.wording.clauses import AUXILIARY
from review.model.vocabulary import Assertion, Sense


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_QUESTION = _words(r"\?[\"'”’)]*\s*$")
# A question that sells: it takes its answer for granted.
_INVITES = _words(
    r"^\W*(?:but |and )?(?:did you (?:also )?know|are you aware)\b"
    r"|^\W*(?:(?:do|would|are|have) you\s+)?(?:want|wanna|ready|looking|tired|fed up|sick of"
    r"|suffer(?:ing)?|struggling|need|dream\w*|why not|wish|longing|hoping|worried|bothered"
    r"|like to|experiencing|living with|hate|ashamed|unhappy|embarrassed|curious|love)\b"
    r"|^\W*(?:who|why) (?:wouldn|would|should)"
    # Two or three words that ask nothing: "Saggy cheeks?"
    r"|^\W*(?!(?:is|are|was|do|does|did|can|could|will|would|should|has|have|how|what|when|where|which|who"
    r"|why|whose|any|side|cost|price)\b)[\w’'-]+(?:\s+[\w’'-]+){0,3}\?"
)
# An answer right after a question says what the question asked.
_YES = _words(
    r"\s*(?:yes|yep|absolutely|of course|certainly|definitely|indeed|you (?:bet|can)|we (?:can|do))\b"
)
_NO_DENIAL = _words(
    r"(?:not|n[’']t) (?:only|just|merely|simply|least|to mention|un\w+|without)\b|never without"
    r"|why (?:not|don[’']t|wouldn[’']t)|whether or not|nothing short of|nothing (?:works|beats|compares)"
    r"|no (?:doubt|question|wonder|matter|later|fewer|less|sooner|longer|surprise|secret|coincidence"
    r"|such thing as)|no better"
    r"|no other(?= (?:\w+ ){1,3}(?:has|have|can|does|was)\b)|can(?:no|[’'])t wait"
    r"|never (?:been )?(?:easier|better|before|forget|again|looked?|felt)"
    r"|(?:don[’']t|do not|never|not) (?:let|miss|wait|forget|hesitate|settle|delay|worry|have to"
    r"|need(?! to be\b| an? cure\b| an?$))"
    r"|(?:not|n[’']t) believe (?:how|what|your)|without (?:a )?doubt"
    r"|not a (?:secret|coincidence|surprise)|neither\b(?=.*\bnor)"
)
_NEGATES_A_VERB = _words(
    r"\b(?:not|never|cannot|nor|neither|none|nobody|nothing|no one|hardly|yet to|unlikely to|unable to"
    r"|fail(?:s|ed)? to|far from|instead of|rather than|refus\w+ to|(?:does|do) little to)\b|n[’']t\b"
)
_NEGATES_A_NOUN = _words(
    r"\b(?:no(?!\.? ?\d)|without|zero|free (?:of|from)|lack(?:s|ing)?(?: of)?|absence of|avoids?)\b"
)
_UNPROVEN = _words(
    r"\b(?:no|little|scant|weak|insufficient|poor) (?:\w+\s+){0,3}?(?:evidence|proof|guarantees?"
    r"|promises?|certainty|stud(?:y|ies)|trials?|data|research|treatments?|approach\w*|cures?|claims?"
    r"|known|way|one|regulator|authority|product\w*)\b"
)
_CUT = _words(r"\b(?:but|because|until|so that|yet|although|though|whereas|while|which)\b|;")
_WHEN = _words(r"\b(?:when|once)\b")
_SUBJECT = _words(
    r"\s*(?:and\s+|so\s+)?(?:ours?|theirs|mine|yours|we|i|it|they|he|she|you|the|this|these|that|those|your|its|their|all"
    r"|every|each|[a-z]+s?\s+(?=is|are|can|will|has|have))\b"
)
_PERSON = _words(r"\b(?:our|we|i|it|they|this|these|you)\b")
_FINITE = _words(
    rf"\b{AUXILIARY}|\b(?:cures|treats|heals|reverses|relieves|prevents|fights|helps|works)\b"
)
_THIRD_PERSON = _words(r"[a-z]+(?:es|s)\b")
_DENIED_AFTER = _words(
    r"(?:-free\b|\s+free(?=\s*(?:[.,;!)]|$)))"
    r"|\s+(?:(?!and\b|or\b|but\b|which\b|that\b)[\w’'-]+\s+){0,3}?"
    r"(?:(?:is|are|was|were|do|does|did|will|would|has|have|had|can|could|should|may|might)"
    r"(?:\s+(?:not|never)|n[’']t)"
    r"|cannot|can[’']t|not(?= (?:been|be|yet)))"
    r"\s+(?:yet\s+|be\s+|been\s+|fully\s+|currently\s+|always\s+|a\s+){0,3}"
    r"(?:occur\w*|happen\w*|expect\w*|felt|seen|report\w*|found|observ\w+|experienc\w+|necessary|needed"
    r"|require\w*|likely|problem|concern|worry|approv\w+|clear\w*|licen[cs]\w+|authori[sz]\w+|regist\w+"
    r"|review\w*|evaluat\w*|assess\w*|look\w*|show\w*|prov\w+|demonstrat\w+|establish\w*|confirm\w*"
    r"|guarantee\w*|promis\w+|possible|given|granted|support\w*|stud\w+|test\w*|known|intend\w*|offer\w*"
    r"|claim\w*|cure\w*|treat\w*|endors\w+|recommend\w*|available|exist\w*|mean\w*|covered?|permanent|denot\w+|substitute\w*|proof\b|evidence\b|impl(?:y|ies)|constitut\w+|amount\w*)"
    r"|\s+(?:with |of |by )?(?:[\w’'-]+\s+){0,3}?(?:is|are) no\b"
    r"|\s+(?:[\w’'-]+\s+){0,8}?none (?:exists?|is known|has been found)\b"
    r"|\s+(?:is|are) (?:unnecessary|unheard of|ruled out|absent|impossible|unproven|unknown|uncertain"
    r"|rare)\b"
)
# What there is no evidence for is denied to the end of the sentence, whatever clauses it has.
_NO_EVIDENCE = _words(
    r"\b(?:no|not enough|little|insufficient|lack of) (?:\w+\s+){0,3}?(?:evidence|proof)"
    r" (?:that|to|for)\b"
    r"(?!.*\bbut\b)"
)
# "Nothing works like it" says that it works.
_COMPARED = _words(
    r"\b(?:like|than|as (?:well|fast|good|quickly|effectively) as|so (?:well|fast|quickly))\b"
)
_OF_NOBODY = _words(r"^\W*(?:nothing|nobody|no one|none|no other|neither\b.*\bnor|nor|never)\b")
# "No operation is free of risk": what nobody and nothing is without, everything has.
_OF_NOTHING = _words(
    r"^\W*(?:no|none|nothing|nobody|not (?:every|all|any))\b[^,;]*"
    # What stands between its commas names some of them: "No drug, even a herbal one, is free of …"
    r"(?:,\s*(?:even|however|whether|whatever|including|natural|not even)\b[^,;]*,[^,;]*)?"
    rf"\b(?:{AUXILIARY}|comes|goes|works)"
)
_OTHERS = _words(
    r"\b(?:unlike|others?|competitors?|rivals?|elsewhere|most (?:clinics|creams|products|sellers))\b"
)
_AND = _words(r"\band\s*$")
# A quantity left open, with a verb left open: "some of these may help some people".
_SOME_MAY = _words(r"(?:^\W*|\bthat )(?:some|certain|a few|not all)\b[^.;:]*\b(?:may|might|can|could)\b")
_BOUNDING = frozenset({Sense.LIMIT})
_WARNING = frozenset({Sense.PRECAUTION})
NEGATOR = _words(rf"{_NEGATES_A_VERB.pattern}|{_NEGATES_A_NOUN.pattern}")
"""Words that deny."""
_REACH = 12
"""How many words before others a negation may stand to govern them (our convention)."""


def assertion(
    text: str, sentence: Span, clause: Span, hit: Span, senses: tuple[SenseHit, ...], *, denies: bool
) -> Assertion:
    """What the page does with the words of `hit`, which stand in this sentence and clause.

    `senses` are what the words of the text do. `denies` tells that the words deny something by
    themselves ("no side effects"), so that a negation within them takes nothing back.
    """
    before, after = text[clause.start : hit.start], text[hit.end : max(clause.end, hit.end)]
    whole = sentence.of(text)
    if _QUESTION.search(whole) and not (_INVITES.search(whole) or _YES.match(text, sentence.end)):
        return Assertion.ASKED
    has_no_evidence = _NO_EVIDENCE.search(text[sentence.start : hit.start])
    if has_no_evidence or is_negated(before, hit.of(text), after, denies=denies):
        # What a page denies of others is no word on its own.
        is_of_others = _OTHERS.search(text, sentence.start, hit.start)
        return Assertion.ATTRIBUTED if is_of_others else Assertion.DENIED
    if any(s.sense is Sense.ATTRIBUTION and sentence.start <= s.start <= hit.start for s in senses):
        return Assertion.ATTRIBUTED
    beside = {each.sense for each in _beside(senses, clause, hit)}
    if beside & _BOUNDING or _SOME_MAY.search(clause.of(text)):
        return Assertion.LIMITED
    return Assertion.WARNED if beside & _WARNING else Assertion.ASSERTED


def _beside(senses: tuple[SenseHit, ...], clause: Span, hit: Span) -> Iterator[SenseHit]:
    """What other words of the clause do."""
    for each in senses:
        is_within = clause.start <= each.start < clause.end
        # What frames the words on both sides bounds them; what only overlaps is part of them.
        frames = each.start < hit.start and hit.end < each.end
        if is_within and (frames or not (each.start < hit.end and hit.start < each.end)):
            yield each


def is_negated(before: str, words: str, after: str, *, denies: bool) -> bool:
    """Whether a negation governs `words`, of which the rest of the clause stands before and after."""
    if _DENIED_AFTER.match(after):
        return True
    if not denies and _NEGATES_A_VERB.search(_NO_DENIAL.sub("", words)):
        return True
    near = _NO_DENIAL.sub("", " ".join(before.split()[-_REACH:]))
    if _COMPARED.search(after) and _OF_NOBODY.search(near):
        return False
    negated = [*_NEGATES_A_VERB.finditer(near), *_UNPROVEN.finditer(near)]
    if any(_governs_verb(near[m.end() :], words) for m in negated):
        return True
    # "No needles, no risk" denies twice: what denies by itself is no noun that another "no" takes back.
    denies_itself = denies and NEGATOR.match(words)
    if denies_itself and _OF_NOTHING.search(f"{near} {words}"):
        return True
    nouns = () if denies_itself else _NEGATES_A_NOUN.finditer(near)
    return any(_governs_noun(near, match, words) for match in nouns)


def _governs_verb(between: str, words: str) -> bool:
    """Whether a negated verb or noun still holds after the words `between`."""
    is_another = _AND.search(between) and _THIRD_PERSON.match(words)
    # "It is not dear and cures": a verb of its own begins another predicate.
    if _CUT.search(between) or is_another:
        return False
    *_, last = between.split(",")
    # After a comma another subject with its verb begins a statement of its own.
    return "," not in between or not (_SUBJECT.match(last) and _FINITE.search(f"{last} {words}"))


def _governs_noun(near: str, negator: re.Match[str], words: str) -> bool:
    """Whether "no" or "without" takes back `words`, and not just the noun beside it."""
    between = near[negator.end() :]
    if _CUT.search(between) or _WHEN.search(between) or _PERSON.search(between):
        return False
    if _THIRD_PERSON.match(words) or _FINITE.search(between):
        # "No cream cures" denies, and so does "no cream was ever found to cure";
        # "no surgery, cures" and "without surgery it cures" do not.
        is_subject = negator.start() == 0 and negator[0].lower() == "no"
        return is_subject and "," not in between
    if len(between.split()) > 6:
        return False
    # "No sensitivity and permanent results": "and" begins what is not denied.
    if _AND.search(between):
        return False
    # "No pills, surgery or cure" is a list; "no surgery, our cure" is none.
    return "," not in between or not _SUBJECT.match(between.rsplit(",", 1)[-1])
