"""What stands between the words of a question and the network: a person, or --send."""

import sys
from collections.abc import Callable, Iterable

import click

from review.model.errors import InOption, ParameterError

send_option = click.option(
    "--send", is_flag=True, help="Send without asking; else a person in a terminal is asked."
)

contact_option = click.option(
    "--contact",
    default="",
    metavar="MAIL",
    help="Your address, for services that ask for one; none is sent unless it is given.",
)


def will_be_sent(hosts: Iterable[str], contact: str) -> list[str]:
    """What leaves the machine, in lines: the words shown, and what every request says besides."""
    from review.literature.services.wire import contact_of, replay_of

    address, replay = contact_of(contact), replay_of("")
    whom = f"the replay server {replay}" if replay else f"{', '.join(hosts)} over https"
    besides = f"your address {address}" if address else "no address of yours"
    return [
        f"Sent to {whom}: these words, and nothing of a page.",
        f"Every request says besides: the name of this program, {besides}.",
    ]


def agreed(send: bool, edit: Callable[[], None] | None = None) -> bool:
    """Whether the words that were shown may be sent: `--send` says so, or a person in a terminal.

    `edit` lets the person change them and shows them again. Raises ParameterError where there is nobody
    to ask: what is not agreed to is never sent.
    """
    if send:
        return True
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        fault = "nothing was sent: the words were shown, and there is no terminal to ask in"
        raise ParameterError.at(InOption("--send"), fault, remedy="Give --send if they are right.")
    ways = "send, edit or stop" if edit else "send or stop"
    while True:
        answer = click.prompt(f"These words: {ways}?", default="stop", err=True).strip().lower()
        if answer in ("send", "stop"):
            return bool(answer == "send")
        if answer == "edit" and edit:
            edit()
