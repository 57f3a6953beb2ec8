"""One word for what pages put in several, so that claims are compared by what they say."""

import re
from functools import lru_cache

# Each pattern is told by the word before it: other spellings, what medicine calls the same and what
# clinics call the same; nothing here is particular to a page.
_SAME = {
    "nonsurgical": r"(?:no|without) surgery(?: (?:and|or) (?:no )?\w+)?|non-?surgical",
    "no pain": r"painless(?:ly)?|pain-?free",
    "adverse effects": r"(?:side[- ]?|adverse |unwanted |ill )(?:effects?|events?|reactions?)",
    "pain": r"hurts?|hurting|painful(?:ly)?|pains|aches?|aching",
    "surgery": r"surg(?:ical|ically|eries)|operations?|transplant(?:ation)?s?",
    "anaesthetic": r"ana?esthe(?:tic|tics|sia|tise|tize)d?",
    "PRP": r"platelet[- ]rich plasma(?: \(PRP\))?|platelets?|PRF",
    "NSAIDs": r"NSAIDS?|aspirin|ibuprofen|naproxen",
    "regrow": r"re-?grow(?:s|n|th|ing)?|grow(?:s|ing)? back|grew back",
    "carry signals": r"(?:carry|carries|transmit|send|deliver)\w* (?:messages|signals)",
    "pregnant": r"pregnanc(?:y|ies)",
    "unsuitable": r"not (?:be )?(?:suitable|appropriate|recommended)",
    "approved": r"approv(?:al|e|es)|cleared|clearance|registered|licen[cs]ed",
    "follicles": r"(?:hair )?(?:roots?|follicles?)",
}
_PATTERNS = [(re.compile(rf"\b(?:{how})\b", re.IGNORECASE), one) for one, how in _SAME.items()]


@lru_cache(maxsize=4096)
def in_one_word(text: str) -> str:
    """`text` with what is said in several ways told in one."""
    for pattern, one in _PATTERNS:
        text = pattern.sub(one, text)
    return text
