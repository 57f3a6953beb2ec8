"""Commands for the signing of a report: sign, stamp, verify."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from review.report.seal.record import Seal, Signature
    from review.report.seal.report_files import Rebuilt
    from review.report.seal.verifying import Proof

# Those of `Meaning`, written out so that --help loads no rules; a test holds the two equal.
MEANINGS = "review, approval, responsibility, authorship or objection"

LONGEST_REPLY = 1_000_000
"""How many bytes the answer of an authority may have; one is some thousands."""
_FILE = click.Path(path_type=Path, dir_okay=False)
_folder = click.argument("folder", type=click.Path(path_type=Path))
_evidence = click.option(
    "--evidence",
    "folders",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Make the report anew from this evidence folder, and compare; again to add another.",
)
_own_files = click.option(
    "-p",
    "--parameter",
    "own_files",
    type=(click.Choice(("citation_style", "word_template")), str),
    multiple=True,
    metavar="NAME FILE",
    help="With --evidence: a file of one's own that the report was made with.",
)


@click.command()
@_folder
@click.option("--reviewer", default="", metavar="NAME", help="Who signs: the printed name.")
@click.option("--role", default="", metavar="ROLE", help="In what role.")
@click.option("--meaning", default="", metavar="WORD", help=f"What it means: {MEANINGS}.")
@click.option("--statement", default="", metavar="TEXT", help="What is signed for, in your words.")
@click.option("--of", "of", type=int, metavar="N", help="How many are to sign in all.")
@click.option("--key", type=_FILE, help="Sign with this OpenSSH key, or the half that an agent holds.")
@_evidence
@_own_files
def sign(
    folder: Path,
    reviewer: str,
    role: str,
    meaning: str,
    statement: str,
    of: int | None,
    key: Path | None,
    folders: tuple[Path, ...],
    own_files: tuple[tuple[str, str], ...],
) -> None:
    """Seal the report in FOLDER against change; a second signer adds a signature.

    It writes signature.json: the digest of every file, who signs, when (in UTC), with what meaning.
    With --evidence, only what the evidence gives is signed. This is a seal against change, not a
    qualified electronic signature; `docs/decisions.md` says what it proves.
    """
    from review.report.seal.signing import Signer, check_signing
    from review.report.seal.signing import sign as seal_report
    from review.store.clock import utc_now

    signer = Signer(reviewer, role, meaning, statement, of, key)
    # Making a report anew takes a while: whatever else forbids to sign is told before.
    check_signing(folder, signer, utc_now())
    rebuilt = _rebuilt(folder, folders, own_files)
    seal = seal_report(folder, signer, utc_now(), rebuilt)
    click.echo(f"{len(seal.files)} files are sealed")
    _print_signature(seal.signatures[-1])
    _print_count(seal)
    click.echo("Note the digest elsewhere: review verify --digest holds the seal against it.")


@click.command()
@_folder
@click.option("--request", type=_FILE, help="Write the question for an authority to this file.")
@click.option("--reply", type=_FILE, help="The answer of the authority, to be put on the signature.")
@click.option("--tsa", type=_FILE, help="With --reply: the certificates that are trusted, as PEM.")
def stamp(folder: Path, request: Path | None, reply: Path | None, tsa: Path | None) -> None:
    """Put a time stamp (RFC 3161) on the last signature of the report in FOLDER.

    First --request writes the question, which holds a digest and nothing else; send it to an authority
    of your choice, as `docs/decisions.md` shows. Then --reply puts the answer on the signature.
    """
    from review.model.errors import InCommand, ParameterError
    from review.model.fields import utc_text
    from review.report.seal.signing import stamp as stamp_seal
    from review.report.seal.signing import stamp_request
    from review.store.clock import utc_now
    from review.store.files.plain_file import read_plain
    from review.store.files.whole_file import write_whole

    if request and not reply and not tsa:
        write_whole(request, stamp_request(folder, utc_now()))
        click.echo(f"{request.as_posix()}: send it to an authority, then give the answer with --reply")
    elif reply and tsa and not request:
        shown = stamp_seal(folder, read_plain(reply, LONGEST_REPLY), tsa, utc_now())
        click.echo(f"the last signature was there on {utc_text(shown)}, by the authority of {tsa.name}")
    else:
        fault, remedy = (
            "nothing says what to do",
            "Give --request FILE, or --reply FILE with --tsa FILE.",
        )
        raise ParameterError.at(InCommand("review stamp"), fault, remedy=remedy)


@click.command()
@_folder
@click.option(
    "--digest", "digests", multiple=True, metavar="SHA256", help="A digest noted at a signing."
)
@click.option("--signers", type=_FILE, help="Who signs with which key: OpenSSH's allowed signers.")
@click.option(
    "--tsa", type=_FILE, help="The certificates of the authority that stamped the time, as PEM."
)
@_evidence
@_own_files
def verify(
    folder: Path,
    digests: tuple[str, ...],
    signers: Path | None,
    tsa: Path | None,
    folders: tuple[Path, ...],
    own_files: tuple[tuple[str, str], ...],
) -> None:
    """Say whether anything in FOLDER changed since it was signed; the exit code is 0 if nothing did.

    What is not given is not asked: each signature says what was not checked.
    """
    from review.report.seal.verifying import Expected, check_rebuilt
    from review.report.seal.verifying import verify as verified
    from review.store.clock import utc_now

    result = verified(folder, utc_now(), Expected(digests, signers, tsa))
    if rebuilt := _rebuilt(folder, folders, own_files):
        check_rebuilt(folder, result, rebuilt)
        click.echo(f"the evidence {rebuilt.evidence} gives the same report")
    click.echo(f"{len(result.seal.files)} files are as they were signed")
    if result.files.open_to_all:
        click.echo(f"everybody on this computer can change {len(result.files.open_to_all)} of them")
    for proof in result.proofs:
        _print_signature(proof.signature)
        for line in _proof_lines(proof, signers, tsa):
            click.echo(f"  {line}")
    _print_count(result.seal)
    click.echo(result.seal.notice)


def _rebuilt(
    folder: Path, folders: tuple[Path, ...], own_files: tuple[tuple[str, str], ...]
) -> "Rebuilt | None":
    """The report made anew, where evidence is given."""
    if not folders:
        return None
    from review.runs.rebuild import rebuilt

    click.echo("Making the report anew from the evidence")
    return rebuilt(folder, folders, dict(own_files), Path.cwd())


def _print_signature(signature: "Signature") -> None:
    from review.model.visible import visible

    statement = f": {signature.statement}" if signature.statement else ""
    means = f"{signature.meaning}, " if signature.meaning else "meaning not stated, "
    who = f"{signature.date} {signature.reviewer}, {signature.role}"
    click.echo(visible(f"{who}: {means}{signature.open_claims} claims open{statement}"))
    click.echo(f"  digest {signature.digest}")
    if signature.evidence:
        click.echo(f"  when signed, the report was what the evidence {signature.evidence} gives")
    else:
        click.echo("  when signed, the report was not held against its evidence")


def _proof_lines(proof: "Proof", signers: Path | None, tsa: Path | None) -> Iterator[str]:
    """What shows who signed and when, and what was not asked."""
    from review.model.fields import utc_text

    if not proof.key:
        yield "no key: the name is as it was typed"
    elif signers:
        yield f"by the key {proof.key}, which {signers.name} lists for that name"
    else:
        yield f"by the key {proof.key}; whose it is was not checked: give --signers"
    if proof.stamped and tsa:
        yield f"time stamp {utc_text(proof.stamped)}, by the authority of {tsa.name}"
    elif proof.signature.time_stamp:
        yield "there is a time stamp, and it was not checked: give --tsa"
    else:
        yield "no time stamp: the time is that of the signer's computer"


def _print_count(seal: "Seal") -> None:
    present = len(seal.signatures)
    if seal.announced:
        click.echo(f"signatures: {present} of {seal.announced}")
    elif seal.count is None:
        click.echo(f"signatures: {present}, of an earlier form: one taken off at the end is not told")
    else:
        click.echo(f"signatures: {present}; how many there are to be was not announced (--of)")
