"""What somebody put into a folder that a command writes is named and kept, by every command."""

import json
import re

import pytest
from click.testing import CliRunner

from review.commands.group import app
from review.model.errors import InFile, InOption, InPart, InRevision, OutputError, ReviewError
from review.scan.folder import PLAN, ScanFolder, check_scan_folder
from review.store.canonical import canonical_files


def refused(*arguments):
    done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert isinstance(done.exception, ReviewError), done.output
    return done.exception


@pytest.fixture
def app_of_mine(tmp_path):
    """A folder with a manifest that has nothing to do with reports."""
    out = tmp_path / "app"
    (out / "src").mkdir(parents=True)
    (out / "manifest.json").write_text(json.dumps({"name": "an app", "icons": []}), "utf-8")
    (out / "src" / "main.js").write_text("//", "utf-8")
    return out


def test_no_command_writes_over_a_folder_of_something_else(project, app_of_mine, tmp_path):
    (tmp_path / "handed-in").mkdir()
    corpus = tmp_path / "pages.jsonl"
    corpus.write_text('{"url": "https://site.example/", "text": "Peels fade scars."}\n', "utf-8")
    evidence = ("--evidence", project / "evidence")
    for arguments in (
        ("report", "--out", app_of_mine),
        ("suggest", "clinic-faq", "--report", app_of_mine),
        ("lesson", "mark", tmp_path / "handed-in", "--out", app_of_mine),
        ("scan", corpus, "--out", app_of_mine),
        ("batch", tmp_path / "runs.csv", "--out", app_of_mine),
    ):
        error = refused(*arguments, *evidence)
        assert isinstance(error, OutputError), arguments
        assert str(app_of_mine) in str(error)
    files = sorted(path.name for path in app_of_mine.rglob("*"))
    assert files == ["main.js", "manifest.json", "src"]


def test_a_scan_keeps_what_is_none_of_its_parts(tmp_path):
    folder = ScanFolder(tmp_path / "scan", ())
    with folder.taken():
        mine = [
            folder.path / "claims" / name for name in ("notes.txt", "mine.parquet", ".hidden.new.txt")
        ]
        for path in (*mine, folder.path / "claims" / "part-00007.parquet"):
            path.write_text("x", "utf-8")
        (folder.path / "pages" / "part-00007").mkdir()
        folder.remove_others([])
    assert sorted((folder.path / "claims").iterdir()) == sorted(mine)
    assert (folder.path / "pages" / "part-00007").is_dir()
    check_scan_folder(folder.path)
    (folder.path / PLAN).write_text('{"name": "my scanner"}', "utf-8")
    with pytest.raises(OutputError, match="something that is not a scan"):
        check_scan_folder(folder.path)


def test_format_writes_whole_through_a_link_and_keeps_the_mode(folder):
    claims = folder / "claims.csv"
    (folder / "shared").mkdir()
    shared = claims.rename(folder / "shared" / "claims.csv")
    claims.symlink_to(shared)
    head, *rows = shared.read_text("utf-8").splitlines()
    shared.write_text("\n".join([head, *reversed(rows), ""]), "utf-8")
    shared.chmod(0o640)
    done = CliRunner().invoke(app, ["format", "--evidence", str(folder)])
    assert "formatted" in done.output
    assert claims.is_symlink()
    assert shared.stat().st_mode & 0o777 == 0o640
    assert all(path.read_bytes() == text.encode() for path, _, text in canonical_files(folder))
    assert not list(folder.glob(".*"))


# Names


@pytest.mark.parametrize("name", ["two\nlines.csv", "tab\tin.csv", "\r\x1b[2J.csv", "no\udcfftext.csv"])
def test_a_name_is_told_on_one_line(name):
    places = (
        InFile(name, 3),
        InPart("run", name, name),
        InRevision("HEAD", name),
        InOption("--out", name),
    )
    for place in places:
        line = str(place.problem("it is missing", remedy="Restore it."))
        assert line.isprintable(), line
        assert re.search(r"\[U\+[0-9A-F]{4}\]", line)


def test_check_tells_a_file_with_two_lines_in_its_name_in_one(folder):
    (folder / "two\nlines.csv").write_text("x", "utf-8")
    head, line = str(refused("check", "--evidence", folder)).splitlines()
    assert head == "1 problem"
    assert "two[U+000A]lines.csv" in line
