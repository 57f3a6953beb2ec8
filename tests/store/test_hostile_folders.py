"""Evidence folders that somebody sent: what is no plain file, or leads elsewhere, is refused at once."""

import os
import time
from datetime import UTC, datetime

import pytest

from review.model.errors import EvidenceError, InputError
from review.people.decisions import Draft
from review.store.additions.decisions import record_decision
from review.store.canonical import canonical_files
from review.store.files.plain_file import read_plain
from review.store.inputs.cases import read_cases
from review.store.inputs.effects import read_effects
from review.store.read import read_claims, read_tools
from review.store.snapshot import read_evidence

FILES = (
    "claims.csv",
    "links.csv",
    "studies/trial2025.yml",
    "pages/home.txt",
    "references.bib",
    "corrections.yml",
)
KEEP = Draft("home-001", "keep", "One trial shows it.", "reviewer A", "medical director")
file_of = pytest.mark.parametrize("file", FILES)


def pipe(path, _):
    os.mkfifo(path)


def endless(path, _):
    path.symlink_to("/dev/zero")


def terminal(path, _):
    path.symlink_to("/dev/tty")


def elsewhere(path, outside):
    path.symlink_to(outside)


def loop(path, _):
    path.symlink_to(path)


def folder_there(path, _):
    path.mkdir()


def socket_there(path, _):
    os.mknod(path, 0o600 | 0o140000)


KINDS = {
    pipe: "this is no plain file",
    endless: "this is no plain file",
    terminal: "this is no plain file|cannot be read",
    elsewhere: "this is a link to something outside of its folder",
    folder_there: "this is no plain file",
    socket_there: "this is no plain file",
}


def problems(read):
    """What is told, within a second: a pipe would keep a reader waiting for ever."""
    began = time.monotonic()
    with pytest.raises((EvidenceError, InputError)) as caught:
        read()
    assert time.monotonic() - began < 1
    return [str(problem) for problem in caught.value.problems]


@file_of
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_what_is_no_plain_file_of_the_folder_is_refused_by_name(folder, tmp_path, file, kind):
    secret = tmp_path / "secret"
    secret.write_text("a word that nobody may see", "utf-8")
    (folder / file).unlink(missing_ok=True)
    kind(folder / file, secret)
    found = problems(lambda: read_evidence([folder]))
    assert any((file in one and "plain file" in one) or "outside" in one for one in found), found
    assert "nobody may see" not in "".join(found)


def test_a_link_that_leads_in_circles_is_told(folder):
    (folder / "claims.csv").unlink()
    loop(folder / "claims.csv", None)
    with pytest.raises(InputError, match="cannot be read"):
        read_plain(folder / "claims.csv", 100, "claims.csv", folder)


def test_a_folder_of_links_is_refused_file_by_file(folder, tmp_path):
    (folder / "studies").rename(tmp_path / "studies")
    (folder / "studies").symlink_to(tmp_path / "studies")
    (one,) = [one for one in problems(lambda: read_evidence([folder])) if "outside" in one]
    assert "studies/trial2025.yml" in one


def test_a_link_within_the_folder_and_a_link_to_the_folder_are_followed(folder, tmp_path):
    (folder / "studies" / "trial2025.yml").rename(folder / "studies" / ".kept")
    (folder / "studies" / "trial2025.yml").symlink_to(".kept")
    (tmp_path / "linked").symlink_to(folder)
    assert read_evidence([tmp_path / "linked"]).studies["trial2025"].n == 20


def test_whoever_reads_again_refuses_too(folder, tmp_path):
    record_decision([folder], KEEP, datetime(2026, 11, 21, tzinfo=UTC))
    (folder / "decisions.csv").rename(tmp_path / "decisions.csv")
    (folder / "decisions.csv").symlink_to(tmp_path / "decisions.csv")
    before = (tmp_path / "decisions.csv").read_bytes()
    for read in (
        lambda: read_claims([folder]),
        lambda: list(canonical_files(folder)),
        lambda: record_decision([folder], KEEP, datetime(2026, 11, 21, tzinfo=UTC)),
    ):
        assert "outside of its folder" in problems(read)[0]
    assert (tmp_path / "decisions.csv").read_bytes() == before
    (folder / "packs" / "tools").mkdir(parents=True)
    os.mkfifo(folder / "packs" / "tools" / "own.yml")
    assert "no plain file" in problems(lambda: read_tools([folder]))[0]


@pytest.mark.parametrize(
    ("file", "most"), [("links.csv", 20_000_000), ("studies/trial2025.yml", 1_000_000)]
)
def test_no_more_of_a_file_is_read_than_it_may_hold(folder, file, most):
    with (folder / file).open("r+b") as content:
        # No disk is filled by it.
        content.truncate(50_000_000_000)
    (one, *_) = [one for one in problems(lambda: read_evidence([folder])) if "larger" in one]
    assert f"{file}: the file is larger than {most:,} bytes. Split it." in one


def test_a_table_of_wrong_rows_is_told_in_part(folder):
    head = (folder / "links.csv").read_bytes()
    (folder / "links.csv").write_bytes(head + b"x,\n" * 1_500)
    with pytest.raises(EvidenceError, match=r"links\.csv:1003: 1,000 rows are wrong, and"):
        read_evidence([folder])


def test_a_table_without_an_end_of_rows_is_told(folder):
    head = (folder / "links.csv").read_bytes()
    (folder / "links.csv").write_bytes(head + b"x,\n" * 250_000)
    with pytest.raises(EvidenceError, match="there are more than 250,000 rows"):
        read_evidence([folder])


@pytest.mark.parametrize("read", [read_effects, read_cases])
def test_a_file_that_a_command_is_given_is_a_plain_one(tmp_path, read):
    os.mkfifo(tmp_path / "pipe.csv")
    assert "no plain file" in problems(lambda: read(tmp_path / "pipe.csv"))[0]
