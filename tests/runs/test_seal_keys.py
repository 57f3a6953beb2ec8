"""Signatures by OpenSSH keys and time stamps by an authority: the real programs, and nothing sent."""

import shutil
import subprocess
from datetime import timedelta

import pytest
from commands import run_review
from small_folder import write_small_folder

from review.model.errors import InputError, ParameterError, RunError, SealError
from review.report.seal import program
from review.report.seal.record import unsigned
from review.report.seal.signing import Signer, sign, stamp, stamp_request
from review.report.seal.ssh_key import signed_with
from review.report.seal.verifying import Expected, verify
from review.store.clock import utc_now
from review.workbench import open_review

needs_ssh = pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="OpenSSH is not installed")
needs_openssl = pytest.mark.skipif(not shutil.which("openssl"), reason="OpenSSL is not installed")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A report that nobody has signed."""
    root = tmp_path_factory.mktemp("unsigned")
    open_review([write_small_folder(root / "clinic")]).report().save(str(root / "report"))
    return root / "report"


@pytest.fixture
def report(made, tmp_path):
    return shutil.copytree(made, tmp_path / "report")


def signer(name, key=None, **more):
    return Signer(f"reviewer {name}", "medical director", "approval", key=key, **more)


def faults(report, **expected) -> str:
    try:
        verify(report, utc_now() + timedelta(seconds=1), Expected(**expected))
    except SealError as error:
        return "\n".join(problem.fault for problem in error.problems)
    return ""


# Keys


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    """Keys of two reviewers, and the list of who signs with which."""
    root = tmp_path_factory.mktemp("keys")
    lines = []
    for name in "AB":
        make = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(root / name)]
        subprocess.run(make, check=True)
        lines.append(
            f'"reviewer {name}" namespaces="evidence-review" {(root / f"{name}.pub").read_text()}'
        )
    (root / "signers").write_text("".join(lines))
    return root


@needs_ssh
def test_a_key_shows_who_signed(report, keys):
    for name in "AB":
        sign(report, signer(name, keys / name), utc_now())
    assert faults(report, signers=keys / "signers") == ""
    done = run_review("verify", str(report), "--signers", str(keys / "signers"))
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(", which signers lists for that name") == 2
    told = run_review("verify", str(report)).stdout
    assert told.count("by the key SHA256:") == told.count("whose it is was not checked") == 2


@needs_ssh
def test_ssh_keygen_alone_verifies_what_the_documentation_says(report, keys, tmp_path):
    own = sign(report, signer("A", keys / "A"), utc_now()).signatures[-1]
    (tmp_path / "key.sig").write_text(f"{own.key}\n")
    done = subprocess.run(
        ["ssh-keygen", "-Y", "verify", "-f", str(keys / "signers"), "-I", "reviewer A", "-n",
         "evidence-review", "-s", str(tmp_path / "key.sig")],
        input=f"{own.digest}\n", text=True, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def rewritten(seal, **changed):
    """The seal as somebody without the key writes it anew, with all digests made to fit."""
    last = seal.signatures[-1].model_copy(update=changed)
    return unsigned(seal.files).with_signature(last).content


@needs_ssh
def test_whoever_lacks_the_key_cannot_write_the_seal_anew(report, keys):
    seal = sign(report, signer("A", keys / "A"), utc_now())
    path, listed = report / "signature.json", keys / "signers"
    for changed, told in (
        ({"statement": "I agree with all of it."}, "is not by the key that it names"),
        ({"key": "no signature"}, "is not by the key that it names"),
        ({"key": None}, "was made without a key"),
        ({"reviewer": "reviewer B"}, "is not by the key that it names"),
    ):
        path.write_bytes(rewritten(seal, **changed))
        assert told in faults(report, signers=listed)
    path.write_bytes(rewritten(seal, key=None))
    assert faults(report) == "", "a key that is not asked for can be taken off by who writes it anew"


@needs_ssh
@pytest.mark.parametrize(("name", "key"), [("B", "A"), ("C", "A")])
def test_a_key_is_held_to_the_name_that_it_is_listed_for(report, keys, name, key):
    sign(report, signer(name, keys / key), utc_now())
    assert faults(report) == ""
    assert "which is not listed for that name" in faults(report, signers=keys / "signers")


@needs_ssh
def test_a_key_that_was_valid_when_it_signed_stays_so(report, keys, tmp_path):
    public = (keys / "A.pub").read_text()
    now = utc_now()
    sign(report, signer("A", keys / "A"), now)
    for after, until, fits in (("20200101Z", "20991231Z", True), ("20200101Z", "20250101Z", False)):
        lines = tmp_path / "dated"
        lines.write_text(f'"reviewer A" valid-after="{after}",valid-before="{until}" {public}')
        assert (faults(report, signers=lines) == "") is fits


@needs_ssh
def test_a_signature_for_another_purpose_does_not_pass(report, keys, monkeypatch):
    monkeypatch.setattr("review.report.seal.ssh_key.NAMESPACE", "file")
    sign(report, signer("A", keys / "A"), utc_now())
    monkeypatch.undo()
    assert "is not by the key that it names" in faults(report)


@needs_ssh
def test_the_number_announced_holds_against_who_has_no_key(report, keys):
    """Nobody but the first signer can say that one was enough: the key covers the number."""
    first = sign(report, signer("A", keys / "A", of=2), utc_now())
    sign(report, signer("B", keys / "B"), utc_now())
    path = report / "signature.json"
    path.write_bytes(first.content)
    assert "1 of 2 signatures are here" in faults(report)
    path.write_bytes(rewritten(first, of=None))
    assert "is not by the key that it names" in faults(report)


@needs_ssh
@pytest.mark.parametrize("kind", ["no key", "a public key", "a locked key"])
def test_what_cannot_sign_is_told_and_nothing_is_written(report, keys, tmp_path, kind):
    key = tmp_path / "key"
    if kind == "no key":
        key.write_text("no key\n")
    elif kind == "a public key":
        key.write_text((keys / "A.pub").read_text())
    else:
        make = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "a passphrase", "-f", str(key)]
        subprocess.run(make, check=True)
    with pytest.raises(ParameterError, match="--key key: it cannot sign: "):
        sign(report, signer("A", key), utc_now())
    assert not (report / "signature.json").exists()


def test_a_program_that_is_not_there_is_named(report, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RunError, match="ssh-keygen: it is not installed") as caught:
        sign(report, signer("A", report / "report.html"), utc_now())
    assert caught.value.exit_code == 7
    assert not (report / "signature.json").exists()


@needs_ssh
def test_a_program_that_is_not_there_hides_no_change(report, keys, tmp_path, monkeypatch):
    sign(report, signer("A", keys / "A"), utc_now())
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RunError, match="ssh-keygen: it is not installed"):
        verify(report, utc_now())
    (report / "claims.csv").unlink()
    with pytest.raises(SealError, match=r"claims\.csv: it is missing"):
        verify(report, utc_now())


def test_a_program_that_does_not_end_is_given_up(monkeypatch):
    monkeypatch.setattr(program, "SECONDS", 0.2)
    with pytest.raises(RunError, match=r"sleep: it did not end within 0\.2 seconds"):
        program.run("sleep", "60")


@needs_ssh
def test_a_signer_whose_name_no_list_can_hold_is_listed_for_none(report, keys):
    seal = sign(report, signer("A", keys / "A"), utc_now())
    odd = unsigned(seal.files).with_signature(
        seal.signatures[-1].model_copy(update={"reviewer": "reviewer\0A", "key": None})
    )
    own = odd.signatures[-1]
    own = own.model_copy(update={"key": signed_with(keys / "A", own.signed_bytes)})
    (report / "signature.json").write_bytes(odd.with_last(own).content)
    assert faults(report) == ""
    assert "which is not listed for that name" in faults(report, signers=keys / "signers")


@pytest.mark.parametrize("option", ["--signers", "--tsa"])
def test_a_list_that_is_not_there_is_named(report, option):
    sign(report, signer("A"), utc_now())
    done = run_review("verify", str(report), option, "none")
    assert (done.returncode, f"{option} none: there is no such file" in done.stderr) == (4, True)


# Time stamps


SETTINGS = """
[req]
distinguished_name = name
prompt = no
[name]
CN = an authority made for a test
[root]
basicConstraints = critical, CA:true
[stamping]
basicConstraints = CA:false
extendedKeyUsage = critical, timeStamping
[tsa]
serial = serial
default_policy = 1.2.3.4
digests = sha256
signer_digest = sha256
"""


def openssl(*arguments, cwd):
    subprocess.run(["openssl", *arguments], cwd=cwd, check=True, capture_output=True)


def authority_in(root):
    """A time stamping authority of its own; gives a function that answers a question at once."""
    (root / "cnf").write_text(SETTINGS)
    ec = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-config", "cnf")
    openssl(
        "req", "-x509", *ec, "-extensions", "root", "-keyout", "root.key", "-out", "root.pem", cwd=root
    )
    openssl("req", *ec, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=time stamps", cwd=root)
    openssl(
        "x509", "-req", "-in", "tsa.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial",
        "-extfile", "cnf", "-extensions", "stamping", "-out", "tsa.pem", cwd=root,
    )  # fmt: skip

    def answer(question: bytes) -> bytes:
        (root / "q").write_bytes(question)
        openssl(
            "ts", "-reply", "-config", "cnf", "-section", "tsa", "-queryfile", "q", "-signer", "tsa.pem",
            "-inkey", "tsa.key", "-out", "a", cwd=root,
        )  # fmt: skip
        return (root / "a").read_bytes()

    return answer


@pytest.fixture(scope="module")
def authorities(tmp_path_factory):
    roots = [tmp_path_factory.mktemp("authority") for _ in range(2)]
    return [(authority_in(root), root / "root.pem") for root in roots]


@needs_openssl
def test_a_time_stamp_shows_when_it_was_signed(report, authorities, tmp_path):
    (answer, trusted), (_, another) = authorities
    sign(report, signer("A"), utc_now())
    for arguments, said in (
        (("--request", str(tmp_path / "question")), "send it to an authority"),
        (
            ("--reply", str(tmp_path / "answer"), "--tsa", str(trusted)),
            "the last signature was there on",
        ),
    ):
        done = run_review("stamp", str(report), *arguments)
        assert (done.returncode, said in done.stdout) == (0, True), done.stderr
        (tmp_path / "answer").write_bytes(answer((tmp_path / "question").read_bytes()))
    assert faults(report) == faults(report, authority=trusted) == ""
    assert "is none of this authority for it" in faults(report, authority=another)
    done = run_review("verify", str(report), "--tsa", str(trusted))
    assert "time stamp 20" in done.stdout
    assert "by the authority of root.pem" in done.stdout
    assert "it was not checked: give --tsa" in run_review("verify", str(report)).stdout
    sign(report, signer("B"), utc_now())
    assert "signature 2, of reviewer B, has no time stamp" in faults(report, authority=trusted)


@needs_openssl
def test_a_time_stamp_of_something_else_is_refused(report, authorities):
    (answer, trusted), (_, another) = authorities
    sign(report, signer("A"), utc_now())
    question = stamp_request(report, utc_now())
    before = (report / "signature.json").read_bytes()
    for given, of in ((b"", trusted), (answer(question), another), (answer(question)[:-9], trusted)):
        with pytest.raises(InputError, match="no time stamp of the last signature by this authority"):
            stamp(report, given, of, utc_now())
    assert (report / "signature.json").read_bytes() == before
    sign(report, signer("B"), utc_now())
    with pytest.raises(InputError, match="no time stamp of the last signature"):
        stamp(report, answer(question), trusted, utc_now())


@needs_openssl
def test_a_clock_that_is_ahead_is_told_by_the_time_stamp(report, authorities):
    answer, trusted = authorities[0]
    ahead = utc_now() + timedelta(hours=6)
    sign(report, signer("A"), ahead)
    question = stamp_request(report, ahead)
    with pytest.raises(InputError, match="Set the clock right, and sign anew"):
        stamp(report, answer(question), trusted, ahead)


@needs_openssl
def test_a_time_stamp_cannot_be_moved_to_another_signature(report, authorities):
    answer, trusted = authorities[0]
    seal = sign(report, signer("A"), utc_now())
    stamp(report, answer(stamp_request(report, utc_now())), trusted, utc_now())
    path = report / "signature.json"
    stamped = verify(report, utc_now() + timedelta(seconds=1)).seal.signatures[-1].time_stamp
    other = seal.signatures[-1].model_copy(update={"statement": "I agree.", "time_stamp": stamped})
    path.write_bytes(unsigned(seal.files).with_signature(other).content)
    assert faults(report) == ""
    assert "is none of this authority for it" in faults(report, authority=trusted)
    path.write_bytes(seal.content)
    assert "has no time stamp" in faults(report, authority=trusted), (
        "nor taken off, where it is asked for"
    )


@pytest.mark.parametrize(
    "arguments", [(), ("--reply", "a"), ("--tsa", "a"), ("--request", "a", "--reply", "b", "--tsa", "c")]
)
def test_what_stamp_must_be_told(report, arguments):
    done = run_review("stamp", str(report), *arguments)
    assert (done.returncode, "nothing says what to do" in done.stderr) == (4, True)
