"""Every kind of change of a signed report: told, or rightly not; by whom, and held against what."""

import json
import os
import re
import shutil
from datetime import UTC, datetime, timedelta

import pytest
from commands import run_review
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from small_folder import write_small_folder

from review.model.digest import digest_of
from review.model.errors import InputError, ParameterError, SealError
from review.report.seal.record import NOTICE, Seal, unsigned
from review.report.seal.signing import Signer, sign
from review.report.seal.verifying import Expected, verify
from review.workbench import open_review

NOW = datetime(2026, 11, 21, 14, 30, tzinfo=UTC)
FIRST = Signer("reviewer A", "medical director", "approval", "I have read it.")
SECOND = Signer("reviewer B", "second reader", "objection", "I do NOT approve.")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A report that two have signed, and its seal as the first of them left it."""
    root = tmp_path_factory.mktemp("sealed")
    report = root / "report"
    open_review([write_small_folder(root / "clinic")]).report().save(str(report))
    (report / "annex").mkdir()
    (report / "annex" / "letter é.txt").write_text("from the director", "utf-8")
    sign(report, FIRST, NOW)
    shutil.copy(report / "signature.json", root / "first.json")
    sign(report, SECOND, NOW + timedelta(hours=1))
    return root


@pytest.fixture
def signed(made, tmp_path):
    shutil.copytree(made / "report", tmp_path / "report")
    shutil.copy(made / "first.json", tmp_path / "first.json")
    return tmp_path / "report"


def found(report, now=NOW + timedelta(hours=2), **expected) -> list[str]:
    """What is told of a report; nothing where it is as it was signed."""
    try:
        verify(report, now, Expected(**expected))
    except SealError as error:
        return [f"{problem.place}: {problem.fault}" for problem in error.problems]
    return []


# The files


def put_back_a_link(report):
    html = report / "report.html"
    html.rename(report.parent / "report.html")
    html.symlink_to(report.parent / "report.html")


def exchange(report):
    one, other = report / "report.html", report / "claims.csv"
    one.rename(report.parent / "kept")
    other.rename(one)
    (report.parent / "kept").rename(other)


def everybody_may_write(report):
    for path in report.iterdir():
        path.chmod(0o777)


CHANGED, ADDED = "it was changed since the report was signed", "it was added since the report was signed"
MISSING = "it is missing since the report was signed"
LINK = "it is a link, or no ordinary file with an ordinary name"
EMPTY = "it is an empty folder, which no seal can hold"
FILES = {
    "nothing but a touch": (lambda f: os.utime(f / "report.html", (0, 0)), []),
    "other rights": (everybody_may_write, []),
    "a byte more": (lambda f: (f / "report.html").open("ab").write(b" "), [f"report.html: {CHANGED}"]),
    "cut off": (lambda f: os.truncate(f / "report.json", 10), [f"report.json: {CHANGED}"]),
    "two exchanged": (exchange, [f"claims.csv: {CHANGED}", f"report.html: {CHANGED}"]),
    "missing": (lambda f: (f / "report.json").unlink(), [f"report.json: {MISSING}"]),
    "added": (lambda f: (f / ".hidden").touch(), [f".hidden: {ADDED}"]),
    "added below": (lambda f: (f / "annex" / "b").touch(), [f"annex/b: {ADDED}"]),
    "renamed": (
        lambda f: (f / "claims.csv").rename(f / "Claims.csv"),
        [f"Claims.csv: {ADDED}", f"claims.csv: {MISSING}"],
    ),
    "an empty folder": (lambda f: (f / "annex" / "new").mkdir(), [f"annex/new: {EMPTY}"]),
    "a link to the same": (put_back_a_link, [f"report.html: {LINK}"]),
    "a link to a folder": (lambda f: (f / "up").symlink_to(f.parent), [f"up: {LINK}"]),
    "a pipe": (lambda f: os.mkfifo(f / "pipe"), [f"pipe: {LINK}"]),
    "a name that turns": (lambda f: (f / "\u202efdp.exe").touch(), [f"[U+202E]fdp.exe: {ADDED}"]),
    "a name of two lines": (lambda f: (f / "a\nb").touch(), [f"a[U+000A]b: {ADDED}"]),
    "a name that is no text": (lambda f: (f / os.fsdecode(b"\xff")).touch(), [f"\\udcff: {LINK}"]),
}  # fmt: skip


@pytest.mark.parametrize(("edit", "expected"), FILES.values(), ids=FILES)
def test_every_change_of_the_files_is_named(signed, edit, expected):
    edit(signed)
    assert found(signed) == expected


def test_that_everybody_may_change_the_files_is_said_and_is_no_change(signed):
    everybody_may_write(signed)
    done = run_review("verify", str(signed))
    assert done.returncode == 0
    assert "everybody on this computer can change" in done.stdout


# The signatures, changed by somebody who writes no seal


def replaced(old, new):
    def edit(text):
        assert old in text
        return text.replace(old, new, 1)

    return edit


def with_signatures(change):
    def edit(text):
        data = json.loads(text)
        data["signatures"] = change(data["signatures"])
        return json.dumps(data, ensure_ascii=False, indent=1) + "\n"

    return edit


def without(*keys):
    def edit(text):
        data = {key: value for key, value in json.loads(text).items() if key not in keys}
        return json.dumps(data, ensure_ascii=False, indent=1) + "\n"

    return edit


def last_off_and_counted(text):
    data = json.loads(text)
    data["signatures"].pop()
    data["count"] = 1
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


ALTERED = "was altered, or what it covers"
BLANKS = "it is not written as a seal is"
SEAL = {
    "another name": (replaced('"reviewer A"', '"reviewer C"'), ALTERED),
    "another role": (replaced('"medical director"', '"nurse"'), ALTERED),
    "another meaning": (replaced('"objection"', '"approval"'), ALTERED),
    "no meaning": (replaced('   "meaning": "objection",\n', ""), ALTERED),
    "another time": (replaced("T14:30:00Z", "T14:30:01Z"), ALTERED),
    "a day instead of a time": (replaced("2026-11-21T15:30:00Z", "2026-11-21"), ALTERED),
    "another statement": (replaced("I do NOT approve.", "I do approve."), ALTERED),
    "fewer open claims": (replaced('"open_claims": 2', '"open_claims": 0'), ALTERED),
    "a number announced": (replaced('"open_claims": 2,', '"open_claims": 2,\n   "of": 2,'), ALTERED),
    "as if it had been rebuilt": (
        replaced('"open_claims": 2,', f'"open_claims": 2,\n   "evidence": "{"0" * 64}",'), ALTERED,
    ),
    "another notice": (replaced("not a qualified", "a qualified"), ALTERED),
    "a key of one's own": (replaced('"role": ', '"rank": "high",\n   "role": '), "not a readable"),
    "the last taken off": (with_signatures(lambda s: s[:-1]), "of its 2 signatures, 1 was taken off"),
    "the last taken off and counted": (last_off_and_counted, "it is not what its last signer left"),
    "the last taken off with count and head": (
        lambda text: without("count", "head")(with_signatures(lambda s: s[:-1])(text)),
        "its count of signatures, or its head, was taken out",
    ),
    "the first taken off": (with_signatures(lambda s: s[1:]), "of its 2 signatures, 1 was taken off"),
    "in another order": (with_signatures(lambda s: s[::-1]), ALTERED),
    "the last twice": (with_signatures(lambda s: [*s, s[-1]]), "closed with 2 signatures, and 3 stand"),
    "the count taken out": (without("count"), "its count of signatures, or its head, was taken out"),
    "another head": (replaced('"head": "', '"head": "0000'), "not a readable"),
    "a file left out": (
        lambda text: re.sub(r'  "claims\.csv": "[0-9a-f]+",\n', "", text), "claims.csv: it was added",
    ),
    "a key twice": (replaced('"role": "medical', '"role": "nurse",\n   "role": "medical'), BLANKS),
    "other blanks": (lambda text: text.replace("\n", "\n\n"), BLANKS),
    "other line ends": (lambda text: text.replace("\n", "\r\n"), BLANKS),
    "something at the end": (lambda text: text + "\n", BLANKS),
    "other spelling": (lambda text: json.dumps(json.loads(text), indent=1) + "\n", BLANKS),
    "keys in another order": (
        lambda text: json.dumps(json.loads(text), ensure_ascii=False, indent=1, sort_keys=True) + "\n",
        BLANKS,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("edit", "told"), SEAL.values(), ids=SEAL)
def test_every_change_of_the_seal_is_told(signed, edit, told):
    path = signed / "signature.json"
    path.write_bytes(edit(path.read_text("utf-8")).encode())
    done = run_review("verify", str(signed)) if told == "not a readable" else None
    assert told in (done.stderr if done else "\n".join(found(signed)))
    if done:
        assert done.returncode == 5
    before = path.read_bytes()
    with pytest.raises(Exception, match=r"signature\.json|claims\.csv"):
        sign(signed, FIRST, NOW + timedelta(hours=3))
    assert path.read_bytes() == before, "nobody signs what is no longer what was signed"


def inner(tree, way=()):
    """The way to every value in a tree of JSON."""
    keys = tree if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ()
    for key in keys:
        yield (*way, key)
        yield from inner(tree[key], (*way, key))


def changed_at(data, way, by):
    """The same data with the value at `way` taken out, or another in its place."""
    *parents, last = way
    within = data
    for key in parents:
        within = within[key]
    if by is None:
        del within[last]
    elif isinstance(within[last], int):
        within[last] += by
    else:
        within[last] = f"{within[last]}"[:-1] + "0123456789abcdef"[by]
    return data


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_value_is_changed_or_taken_out_is_told(made, signed, data):
    original = (made / "report" / "signature.json").read_bytes()
    tree = json.loads(original)
    way = data.draw(st.sampled_from(list(inner(tree))))
    changed = changed_at(tree, way, data.draw(st.none() | st.integers(1, 15)))
    content = (json.dumps(changed, ensure_ascii=False, indent=1) + "\n").encode()
    assume(content != original)
    (signed / "signature.json").write_bytes(content)
    with pytest.raises((SealError, InputError)):
        verify(signed, NOW + timedelta(hours=2))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_byte_of_the_seal_is_changed_is_told(made, signed, data):
    content = bytearray((made / "report" / "signature.json").read_bytes())
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    (signed / "signature.json").write_bytes(content)
    with pytest.raises((SealError, InputError)):
        verify(signed, NOW + timedelta(hours=2))


# A seal written anew by somebody who knows how: nothing in the folder itself can tell


def forged(seal: Seal, keep: int, **changed) -> bytes:
    """A seal of the first `keep` signatures, with the last of them changed, all digests made to fit."""
    fresh = unsigned(seal.files)
    for number, signature in enumerate(seal.signatures[:keep], start=1):
        update = changed if number == keep else {}
        fresh = fresh.with_signature(signature.model_copy(update=update))
    return fresh.content


def test_only_a_digest_noted_elsewhere_tells_a_seal_that_was_written_anew(signed):
    seal = verify(signed, NOW + timedelta(hours=2)).seal
    noted = [signature.digest for signature in seal.signatures]
    assert found(signed, digests=tuple(noted)) == []
    for content in (forged(seal, 1), forged(seal, 2, statement="I do approve.")):
        (signed / "signature.json").write_bytes(content)
        assert found(signed) == [], "so says the notice of every seal, and the documentation"
        assert found(signed, digests=(noted[0],)) == [], "what the first signed is still there"
        (told,) = found(signed, digests=(noted[1].upper(),))
        assert told.startswith(f"--digest {noted[1].upper()}: no signature here has it")
    (signed / "signature.json").write_bytes((signed.parent / "first.json").read_bytes())
    assert len(found(signed, digests=tuple(noted))) == 1, "so is an earlier copy that is put back"


@pytest.fixture
def announced(made, tmp_path):
    """A report of which the first signer said that two sign; and his seal, before the second did."""
    report = tmp_path / "report"
    shutil.copytree(made / "report", report)
    (report / "signature.json").unlink()
    sign(report, Signer("reviewer A", "medical director", "approval", of=2), NOW)
    return report


def test_a_number_that_was_announced_binds_those_who_sign_later(announced):
    (told,) = found(announced)
    assert "1 of 2 signatures are here" in told
    first = (announced / "signature.json").read_bytes()
    sign(announced, SECOND, NOW)
    assert found(announced) == []
    (announced / "signature.json").write_bytes(first)
    assert len(found(announced)) == 1, "the last taken off, by an earlier copy that is put back"


@pytest.mark.parametrize(
    ("of", "fault"),
    [(3, "an earlier signer said that 2 sign"), (1, "an earlier signer said that 2 sign")],
)
def test_another_number_is_refused(announced, of, fault):
    with pytest.raises(ParameterError, match=fault):
        sign(announced, Signer("reviewer B", "second reader", "review", of=of), NOW)


def test_more_than_were_announced_are_refused(announced):
    sign(announced, SECOND, NOW)
    with pytest.raises(ParameterError, match="this would be signature 3 of 2"):
        sign(announced, SECOND, NOW)


def test_a_signature_of_a_time_to_come_is_told(signed):
    early = NOW - timedelta(hours=1)
    assert [told.partition(" is of ")[2] for told in found(signed, early)] == [
        "2026-11-21T14:30:00Z, which is still to come",
        "2026-11-21T15:30:00Z, which is still to come",
    ]
    assert found(signed, NOW + timedelta(minutes=56)) == [], "clocks differ by some minutes"


# A seal of the earlier form: a day, no meaning, no count, no head


def earlier_form(report, *names):
    files = verify(report, NOW + timedelta(hours=2)).seal.files
    data = {"notice": "A seal against change.", "files": dict(files), "signatures": []}
    for name in names:
        own = {"reviewer": name, "role": "medical director", "date": "2026-11-20", "statement": "",
               "open_claims": 2}  # fmt: skip
        data["signatures"].append(own)
        own["digest"] = digest_of(data)
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    (report / "signature.json").write_text(text, "utf-8")


def test_a_seal_of_the_earlier_form_is_read_and_said_to_be_one(signed):
    earlier_form(signed, "reviewer A", "reviewer B")
    done = run_review("verify", str(signed))
    assert done.returncode == 0, done.stderr
    assert "2026-11-20 reviewer B, medical director: meaning not stated, 2 claims open" in done.stdout
    assert "of an earlier form: one taken off at the end is not told" in done.stdout
    (signed / "report.pdf").touch()
    (signed / "claims.csv").write_bytes(b"")
    assert found(signed) == [f"claims.csv: {CHANGED}"]


def test_a_signature_added_to_an_earlier_form_closes_it(signed):
    earlier_form(signed, "reviewer A")
    sign(signed, SECOND, NOW)
    assert found(signed) == []
    path = signed / "signature.json"
    path.write_text(with_signatures(lambda s: s[:-1])(path.read_text("utf-8")), "utf-8")
    assert len(found(signed)) == 1
    assert NOTICE not in path.read_text("utf-8"), "the notice is that of the first signer"
