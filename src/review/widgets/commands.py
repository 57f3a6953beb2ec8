"""The commands that are typed while triaging a page: a letter, and what it needs."""

from collections.abc import Mapping
from dataclasses import dataclass

from review.model.errors import InField, ParameterError
from review.people.entries import Entered


@dataclass(frozen=True, slots=True)
class Command:
    """What a letter does: the name of its button, what may follow it, and what it does, in words."""

    name: str
    more: str
    does: str


COMMANDS: Mapping[str, Command] = {
    "a": Command("Accept", "", "accept as a claim, with what the fields below say"),
    "r": Command("Refuse", "reason", "refuse, with the reason that follows or stands below"),
    "e": Command(
        "Edit the words", "words", "accept the words of the page that follow, or edit them below"
    ),
    "s": Command("Split", "number", "split before that word, or the one chosen below"),
    "m": Command("Merge", "number", "merge with the one of that number, or with the next on the page"),
    "l": Command("Link", "id or words", "accept as a claim of that proposition, or of the one below"),
    "c": Command("Claim more", "words", "claim words that were not suggested, with the fields below"),
    "n": Command("New proposition", "", "write a new proposition; again to record it with the claim"),
    "j": Command("Next", "", "go to the next in the list"),
    "k": Command("Previous", "", "go to the previous in the list"),
    "g": Command("", "number", "go to the one of that number"),
    "h": Command("Help", "", "show these commands"),
}


def parsed(text: str) -> tuple[str, str]:
    """The letter and what follows it. Raises ParameterError where there is no such command."""
    letter, _, rest = text.strip().partition(" ")
    if letter.lower() not in COMMANDS:
        fault, remedy = f"there is no command {letter!r}", "Type h and Enter for all."
        raise ParameterError.at(InField(Entered.COMMAND), fault, remedy=remedy)
    return letter.lower(), rest.strip()


def help_html(commands: Mapping[str, Command] = COMMANDS) -> str:
    """The commands as a list."""
    rows = "".join(
        f"<dt><b>{letter}</b> <i>{command.more}</i></dt><dd>{command.does}</dd>"
        for letter, command in commands.items()
    )
    return f"<dl>{rows}</dl>"
