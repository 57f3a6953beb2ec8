"""What docs/decisions.md tells to type when a report is signed, typed as it stands there."""

import json
import re
import shlex
import shutil
import subprocess

import pytest
from commands import PROJECT, run_review
from small_folder import write_small_folder
from test_seal_keys import authority_in

from review.workbench import open_review

TEXT = (PROJECT / "docs" / "decisions.md").read_text("utf-8").partition("## Signing a report")[2]
SIGNERS = re.search(r"^(\"reviewer A\" .*) ssh-ed25519 ", TEXT, re.M)[1]
PROGRAMS = [name for name in ("ssh-keygen", "openssl") if not shutil.which(name)]


def lines(heading):
    """The commands below a heading; those of the section itself for the empty one."""
    section = TEXT.partition(f"### {heading}\n")[2] if heading else TEXT
    return "".join(
        re.findall(r"^```sh\n(.*?)^```", section.partition("\n##")[0], re.M | re.S)
    ).splitlines()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    root = tmp_path_factory.mktemp("documented")
    open_review([write_small_folder(root / "evidence")]).report().save(str(root / "build" / "report"))
    return root


@pytest.fixture
def place(made, tmp_path):
    return shutil.copytree(made, tmp_path / "place")


def review(line, place):
    name, *arguments = shlex.split(line)
    assert name == "review"
    done = run_review(*arguments, cwd=place)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_two_sign_and_it_is_verified(place):
    printed = [review(line, place) for line in lines("")]
    assert "signatures: 2 of 2" in printed[-1]
    assert "gives the same report" in printed[-1]


@pytest.mark.skipif("ssh-keygen" in PROGRAMS, reason="OpenSSH is not installed")
def test_with_a_key(place):
    make, signing, verifying, alone = lines("With a key")
    subprocess.run([*shlex.split(make), "-q", "-N", ""], cwd=place, check=True)
    review(signing, place)
    (place / "signers").write_text(f"{SIGNERS} {(place / 'reviewer-a.pub').read_text()}")
    assert "which signers lists for that name" in review(verifying, place)
    (own,) = json.loads((place / "build/report/signature.json").read_text())["signatures"]
    (place / "KEY").write_text(own["key"] + "\n")
    command = alone.replace("DIGEST", own["digest"])
    subprocess.run(command, shell=True, cwd=place, check=True, capture_output=True)


@pytest.mark.skipif("openssl" in PROGRAMS, reason="OpenSSL is not installed")
def test_with_a_time_stamp(place, tmp_path):
    asking, sending, putting, verifying = lines("With a time stamp")
    review(lines("With a key")[1].partition(" --key")[0], place)
    review(asking, place)
    assert sending.startswith("curl ")
    answer = authority_in(tmp_path)
    (place / "answer.tsr").write_bytes(answer((place / "question.tsq").read_bytes()))
    shutil.copy(tmp_path / "root.pem", place / "authority.pem")
    review(putting, place)
    assert "by the authority of authority.pem" in review(verifying, place)
