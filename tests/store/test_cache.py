"""What is kept between runs: whole or not there, bounded, and never needed."""

import multiprocessing
import os
import stat
from pathlib import Path

import pytest

from review.store.cache import NEWEST, VARIABLE, keep, kept

KEYS = [f"{number:064x}" for number in range(NEWEST + 3)]
KEY = KEYS[0]


@pytest.fixture
def cache(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "deep" / "cache"))
    return tmp_path / "deep" / "cache"


def entry(cache) -> Path:
    (path,) = cache.iterdir()
    return path


@pytest.mark.parametrize("content", [b"", b"\n", b"one\ntwo\n\0\xff"])
def test_what_was_kept_is_there_and_nothing_else(cache, content):
    assert kept(KEY) is None
    keep(KEY, content)
    assert kept(KEY) == content
    assert kept(KEYS[1]) is None
    assert entry(cache).name == f"{KEY}.kept"


def test_only_the_user_can_read_it(cache):
    keep(KEY, b"one")
    assert stat.S_IMODE(cache.stat().st_mode) == 0o700
    assert stat.S_IMODE(entry(cache).stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda content: content[:-1], id="cut off"),
        pytest.param(lambda content: content + b" ", id="longer"),
        pytest.param(lambda content: content.replace(b"one", b"two"), id="changed"),
        pytest.param(lambda content: content.split(b"\n", 1)[1], id="without a digest"),
        pytest.param(lambda _: b"", id="empty"),
        pytest.param(lambda _: b"\x80\x04K\x01.", id="a pickle"),
    ],
)
def test_what_is_not_whole_is_not_there_and_is_kept_anew(cache, spoil):
    keep(KEY, b"one and another")
    path = entry(cache)
    path.write_bytes(spoil(path.read_bytes()))
    assert kept(KEY) is None
    keep(KEY, b"one and another")
    assert kept(KEY) == b"one and another"


def test_a_file_that_is_too_large_is_not_read(cache, monkeypatch):
    keep(KEY, b"one")
    monkeypatch.setattr("review.store.cache.LARGEST", 60)
    assert kept(KEY) is None


def test_the_entries_used_last_stay(cache):
    for number, key in enumerate(KEYS[:NEWEST]):
        keep(key, b"one")
        os.utime(cache / f"{key}.kept", (number, number))
    left = cache / f"{KEYS[1]}abc.kept.new"
    left.write_bytes(b"half")
    os.utime(left, (0, 0))
    assert kept(KEY) == b"one"
    keep(KEYS[-1], b"new")
    assert {path.name for path in cache.iterdir()} == {
        f"{key}.kept" for key in (KEY, *KEYS[2:NEWEST], KEYS[-1])
    }


def test_files_of_others_stay(cache):
    cache.mkdir(parents=True)
    names = ["letter.txt", "notes.kept", f"{KEY}.txt"]
    for name in names:
        (cache / name).write_text("mine", "utf-8")
        os.utime(cache / name, (0, 0))
    for key in KEYS:
        keep(key, b"one")
    assert {path.name for path in cache.iterdir()} >= set(names)


@pytest.mark.parametrize("kind", ["a file", "a folder in its place", "not to be written"])
def test_a_folder_that_cannot_be_used_means_that_nothing_is_kept(cache, kind):
    if kind == "a file":
        cache.parent.mkdir()
        cache.write_text("mine", "utf-8")
    elif kind == "a folder in its place":
        (cache / f"{KEY}.kept").mkdir(parents=True)
    else:
        cache.parent.symlink_to("/proc/none")
    keep(KEY, b"one")
    assert kept(KEY) is None


@pytest.mark.parametrize(
    ("variables", "place"),
    [
        ({VARIABLE: "{}/own"}, "own"),
        ({"XDG_CACHE_HOME": "{}/xdg"}, "xdg/evidence-review"),
        ({"XDG_CACHE_HOME": "not/absolute"}, "home/.cache/evidence-review"),
        ({}, "home/.cache/evidence-review"),
        ({VARIABLE: "", "XDG_CACHE_HOME": "{}/xdg"}, None),
    ],
)
def test_the_folder_follows_the_rule(tmp_path, monkeypatch, variables, place):
    monkeypatch.chdir(tmp_path)
    for name in (VARIABLE, "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name, value in variables.items():
        monkeypatch.setenv(name, value.format(tmp_path))
    keep(KEY, b"one")
    found = [path.parent.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.kept")]
    assert found == ([place] if place else [])
    assert kept(KEY) == (b"one" if place else None)


def _write(number: int) -> None:
    for _ in range(30):
        keep(KEY, b"%d" % (number % 2) * 100_000)


def test_processes_that_keep_the_same_at_once_leave_it_whole(cache):
    whole = {b"0" * 100_000, b"1" * 100_000}
    keep(KEY, b"0" * 100_000)
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=_write, args=(number,)) for number in range(4)]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        assert kept(KEY) in whole
    assert [writer.exitcode for writer in writers] == [0] * 4
    assert entry(cache).name == f"{KEY}.kept"
