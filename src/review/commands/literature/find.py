"""The command that asks databases for literature: find."""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import click

from review.commands.literature.found import found_fields, found_lines
from review.commands.literature.sending import agreed, contact_option, send_option, will_be_sent
from review.commands.options import evidence_option, json_option
from review.model.errors import (
    InFile,
    InOption,
    InputError,
    OutputError,
    ParameterError,
    Problem,
    ServiceError,
)
from review.model.extras import require
from review.model.visible import visible

if TYPE_CHECKING:
    from review.literature.asking import Found
    from review.literature.queries.syntax import Database
    from review.model.records import Evidence
    from review.store.additions.searches import SearchesRecorded

FOLDER = Path("build/literature")
"""Where corpus files go if no place is named."""
DATABASES = ("PubMed", "Europe PMC", "ClinicalTrials.gov")
MORE = ("outcome", "comparator")


@dataclass(slots=True)
class _Request:
    """What is asked for as it was typed, and what is wrong with it."""

    words: str
    propositions: tuple[str, ...]
    query_file: Path | None
    who: str
    out: Path | None
    contact: str
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, option: str, fault: str, remedy: str) -> None:
        self.problems.append(InOption(option).problem(fault, remedy=remedy))


@click.command()
@click.argument("words", required=False, default="")
@click.option(
    "--proposition", "propositions", multiple=True, metavar="ID", help="For which; again for more."
)
@click.option(
    "--database",
    "databases",
    multiple=True,
    type=click.Choice(DATABASES, case_sensitive=False),
    help="Which to ask, again for more; if not given, all three.",
)
@click.option(
    "--with",
    "more",
    multiple=True,
    type=click.Choice(MORE),
    help="Ask for this part of the proposition too.",
)
@click.option(
    "--query-file", type=click.Path(path_type=Path), help="Words edited in a file; - reads them."
)
@click.option("--print-query", is_flag=True, help="Show the words and send nothing.")
@send_option
@click.option("--kept", is_flag=True, help="Send nothing: answer from what was answered before.")
@click.option("--by", "who", default="", help="Who searches, by name or role: stands in the record.")
@click.option(
    "--most", type=click.IntRange(1, 10_000), default=1_000, show_default=True, help="Of each."
)
@click.option("--out", type=click.Path(path_type=Path), help="The corpus file, which ends in .json.")
@contact_option
@evidence_option
@json_option
def find(
    words: str,
    propositions: tuple[str, ...],
    databases: tuple[str, ...],
    more: tuple[str, ...],
    query_file: Path | None,
    print_query: bool,
    send: bool,
    kept: bool,
    who: str,
    most: int,
    out: Path | None,
    contact: str,
    folders: tuple[Path, ...],
    as_json: bool,
) -> None:
    """Ask literature databases by the WORDS, or by the words of a proposition, and keep what they give.

    The words for each database are shown first, and can be edited; nothing else is sent. The search is
    recorded for each --proposition in searches.csv, and what was found is written as a corpus file. Ends
    with exit code 10 where a database was not asked, or not everything that it has came.
    """
    require("pages", "review literature find")
    from review.literature.queries.editing import queries_text
    from review.literature.queries.syntax import Database
    from review.store.clock import utc_now
    from review.store.files.made_file import free_path
    from review.store.read import read_evidence

    evidence = read_evidence(folders)
    request = _Request(words.strip(), propositions, query_file, who.strip(), out, contact)
    _check(request, evidence, must_record=not print_query)
    chosen = [database for database in Database if not databases or database in databases]
    queries, remarks = _queries(request, evidence, chosen, more)
    text = queries_text(queries, remarks)
    click.echo(visible(text), nl=False, err=not print_query)
    if print_query:
        return
    if not kept:
        queries = _agreed(text, queries, send)
    found = _asked(queries, most, kept, contact)
    if not any(looked.asked for looked in found.looked):
        raise ServiceError(found.problems)
    about = propositions[0] if propositions else "words"
    path = out or free_path(FOLDER, f"{about}-{utc_now():%Y-%m-%d}", ".json")
    recorded = _kept(found, request, evidence, folders, path)
    if as_json:
        click.echo(json.dumps(found_fields(found, path, recorded), ensure_ascii=False))
    else:
        claim = request.words or _statement(evidence, propositions)
        click.echo(visible("\n".join(found_lines(found, path, recorded, claim))))
    if found.problems:
        raise ServiceError(found.problems)


def _statement(evidence: "Evidence", propositions: Sequence[str]) -> str:
    return evidence.propositions[propositions[0]].statement if propositions else "the claim"


def _check(request: _Request, evidence: "Evidence", *, must_record: bool) -> None:
    """Stop on every problem of what was typed at once."""
    if not (request.words or request.propositions or request.query_file):
        request.wrong(
            "WORDS", "there is nothing to look for", "Give words, or --proposition with an id."
        )
    if request.words and request.query_file:
        request.wrong("--query-file", "there are WORDS too", "Give one of them.")
    if len(request.propositions) > 1 and not (request.words or request.query_file):
        fault = "the words of several propositions are several searches"
        request.wrong(
            "--proposition", fault, "Give WORDS or --query-file, or one proposition at a time."
        )
    for key in request.propositions:
        if key not in evidence.propositions:
            close = get_close_matches(key, evidence.propositions, n=1)
            remedy = f"Did you mean {close[0]!r}?" if close else "See propositions.csv."
            request.wrong("--proposition", f"there is no proposition {key!r}", remedy)
    if must_record and request.propositions and not request.who:
        request.wrong(
            "--by", "a search is recorded with who made it", "Give --by with a name or a role."
        )
    if request.out and request.out.suffix != ".json":
        request.wrong("--out", f"{request.out} does not end in .json", "Give it that ending.")
    if request.problems:
        raise ParameterError(request.problems)
    if request.out and request.out.exists():
        raise OutputError.at(
            InFile(str(request.out)), "it is there already", remedy="Name another file."
        )


def _queries(
    request: _Request, evidence: "Evidence", chosen: "Sequence[Database]", more: Sequence[str]
) -> "tuple[dict[Database, str], list[str]]":
    """The words for each database, and what is to be told of them."""
    from review.literature.asking import SERVICES
    from review.literature.find import worded
    from review.literature.queries.concepts import Part
    from review.literature.services.terms import TERMS

    left_out: tuple[str, ...] = ()
    if request.query_file:
        from review.literature.queries.editing import read_queries

        read = read_queries(_text(request.query_file), str(request.query_file))
        queries = {database: words for database, words in read.items() if database in chosen}
    else:
        first = request.propositions[0] if request.propositions else ""
        built = worded(evidence, request.words, first, chosen, [Part(part) for part in more])
        queries, left_out = dict(built.queries), built.left_out
    if not queries:
        remedy = "Say it in other words."
        raise ParameterError.at(InOption("WORDS"), "no word of it can be looked for", remedy=remedy)
    hosts = [TERMS[SERVICES[database]].host for database in queries]
    remarks = will_be_sent(hosts, request.contact)
    remarks += [f"For {key}: {evidence.propositions[key].statement}" for key in request.propositions]
    remarks += [f"Not asked for, as it can be spelled in too many ways: {phrase}" for phrase in left_out]
    remarks += [f"Not asked: {database}." for database in chosen if database not in queries]
    return queries, remarks


def _text(path: Path) -> str:
    try:
        if str(path) == "-":
            return sys.stdin.read()
        return path.read_text("utf-8")
    except OSError as error:
        fault = f"the file cannot be read: {error.strerror}"
        raise InputError.at(InFile(str(path)), fault, remedy="Correct the path.") from None
    except UnicodeDecodeError:
        remedy = "Save it as UTF-8."
        raise InputError.at(InFile(str(path)), "this is not UTF-8 text", remedy=remedy) from None


def _agreed(text: str, queries: "dict[Database, str]", send: bool) -> "dict[Database, str]":
    """The words that may be sent, as they were shown or as a person edited them; ends where none may."""
    from review.literature.queries.editing import read_queries

    edited = [text]

    def edit() -> None:
        nonlocal queries
        edited.append(click.edit(edited[-1], extension=".txt") or edited[-1])
        try:
            queries = read_queries(edited[-1], "the words as edited")
        except ParameterError as error:
            click.echo(visible(str(error)), err=True)
            return
        click.echo(visible(edited[-1]), nl=False, err=True)

    if not agreed(send, edit):
        click.echo("nothing was sent", err=True)
        raise click.exceptions.Exit(0)
    return queries


def _asked(queries: "dict[Database, str]", most: int, kept: bool, contact: str) -> "Found":
    from review.literature.asking import SERVICES, found
    from review.literature.services.door import Reach, open_door

    services = [SERVICES[database] for database in queries]
    reach = Reach.KEPT if kept else Reach.RENEWED
    with open_door(reach, services=services, contact=contact) as door:
        return found(door, queries, most)


def _kept(
    found: "Found", request: _Request, evidence: "Evidence", folders: Sequence[Path], path: Path
) -> "SearchesRecorded | None":
    """Write the corpus, then the record of the search: a search is recorded only with what it gave."""
    from review.literature.corpus_file import corpus_text
    from review.literature.find import search_records
    from review.store.additions.searches import record_searches
    from review.store.files.made_file import write_made

    if found.hits:
        write_made(path, corpus_text(found.hits).encode())
    if not request.propositions:
        return None
    rows = search_records(found, request.propositions, evidence, request.who)
    return record_searches(folders, rows)
