"""The project's own files: dependencies, licence, documents, and what must never stand in them."""

import re
import runpy
import subprocess
import tomllib
from typing import get_args

import pytest
import yaml

from review.model import vocabulary
from review.model.citing import CitedField, Fidelity, Identity, Scope
from review.model.knowledge.tools import Tool
from review.model.record import Record
from review.model.vocabulary import Checked, Measure
from review.people.decisions import basis
from review.store.layout import PACK_SHELVES, SHELVES, TABLES
from review.verdicts.verdict import Code

REQUIREMENT = re.compile(r"([A-Za-z0-9_.-]+)(?:\[([a-z,]+)\])?\s*(>=[0-9.]+)?")


def normal(requirement: str) -> tuple[str, str]:
    name, _, bound = REQUIREMENT.fullmatch(requirement).groups()
    return name.lower().replace("_", "-"), bound or ""


@pytest.fixture(scope="module")
def settings(project) -> dict:
    return tomllib.loads((project / "pyproject.toml").read_text("utf-8"))


def declared(settings, *extras) -> set[tuple[str, str]]:
    """What a report, these extras and the build of the package need, by name and bound."""
    data = settings["project"]
    entries = [*data["dependencies"], *settings["dependency-groups"]["build"]]
    for extra in extras:
        entries += data["optional-dependencies"][extra]
    found = set()
    for entry in entries:
        name, inner, _ = REQUIREMENT.fullmatch(entry).groups()
        found |= declared(settings, *inner.split(",")) if name == data["name"] else {normal(entry)}
    return found


def test_conda_gives_the_same_set(project, settings):
    environment = yaml.safe_load((project / "environment.yml").read_text("utf-8"))
    listed = set()
    for entry in environment["dependencies"]:
        listed |= {normal(e) for e in (entry["pip"] if isinstance(entry, dict) else [entry])}
    assert listed - {("python", ">=3.11"), ("pip", "")} == declared(settings, "dev")


def locked(project, name: str) -> dict[str, dict[str, set[str]]]:
    """The packages of a lock: by name and version, the hashes."""
    found: dict[str, dict[str, set[str]]] = {}
    for entry in re.split(r"\n(?=[a-z0-9])", (project / name).read_text("utf-8")):
        package, version = re.match(r"([a-z0-9.-]+)(?:\[.*?\])?==(\S+)", entry).groups()
        found.setdefault(package, {})[version] = set(re.findall(r"--hash=sha256:(\w{64})\b", entry))
    return found


LOCKS = {
    "requirements.lock": (),
    "requirements-lab.lock": ("lab",),
    "requirements-dev.lock": ("dev", "semantic"),
}


@pytest.mark.parametrize(("name", "extras"), LOCKS.items(), ids=LOCKS)
def test_every_dependency_is_locked_with_hashes(project, settings, name, extras):
    packages = locked(project, name)
    assert {package for package, _ in declared(settings, *extras)} <= set(packages)
    assert all(hashes for versions in packages.values() for hashes in versions.values())
    assert not re.search(r"https?://|index-url", (project / name).read_text("utf-8"))


@pytest.mark.parametrize("more", ["requirements-lab.lock", "requirements-dev.lock"])
def test_a_lock_on_top_of_that_of_a_report_changes_no_version(project, more):
    report, all_of_it = locked(project, "requirements.lock"), locked(project, more)
    assert {name: all_of_it.get(name) for name in report} == report


def test_the_lock_of_a_report_holds_nothing_of_an_extra(project, settings):
    extras = set(settings["project"]["optional-dependencies"]) - {"dev"}
    beyond = declared(settings, *extras) - declared(settings)
    assert not {name for name, _ in beyond} & set(locked(project, "requirements.lock"))


def test_weights_of_a_model_stand_in_a_lock_of_their_own(project, settings):
    (model,) = settings["dependency-groups"]["model"]
    name, _, version = model.partition("==")
    assert set(locked(project, "requirements-model.lock")) == {name}
    assert list(locked(project, "requirements-model.lock")[name]) == [version]
    assert not any(name in locked(project, lock) for lock in LOCKS)


def test_what_one_person_keeps_is_a_direct_dependency_with_what_replaces_it(project, settings):
    text = (project / "docs" / "security.md").read_text("utf-8").split("## Whom we trust")[1]
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| `")]
    direct = {name for name, _ in declared(settings, "lab", "semantic", "cluster", "scan")}
    assert rows
    assert {row[0].strip("`") for row in rows} <= direct
    assert all(len(row) == 4 and all(row) for row in rows)


def tracked(project) -> list[str]:
    done = subprocess.run(
        ["git", "ls-files", "-z"], cwd=project, capture_output=True, text=True, check=True
    )
    return [name for name in done.stdout.split("\0") if name]


def test_no_path_of_a_machine_and_no_registry_stands_in_any_file(project):
    leak = re.compile(
        r"(?<![\w.])/(?:wo" r"rk|ro" r"ot|ho" r"me/\w+)/|pypi\.org|files\.python" r"hosted|registry\.npm"
    )
    for name in tracked(project):
        path = project / name
        if path.suffix != ".png" and path.is_file():
            found = leak.search(path.read_text("utf-8"))
            assert not found, f"{name}: {found}"


@pytest.mark.parametrize(
    "name", ["LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "README.md", "references.bib"]
)
def test_it_is_there_and_not_empty(project, name):
    assert len((project / name).read_text("utf-8")) > 400


def keys_of(record: type[Record]) -> set[str]:
    """The keys of a record, and of the records in its lists that only packs have."""
    keys = set(record.model_fields)
    for field in record.model_fields.values():
        for kind in get_args(field.annotation):
            if isinstance(kind, type) and issubclass(kind, Record):
                keys |= keys_of(kind)
    return keys


def words_in_code(text: str) -> set[str]:
    return set(re.findall(r"`([^`\n]+)`", text))


def test_the_data_dictionary_names_every_file_column_and_key(project):
    text = (project / "evidence" / "README.md").read_text("utf-8")
    named = words_in_code(text)
    for table in TABLES:
        assert table.file in named
        assert set(table.columns) <= named, table.file
    for shelf in (*SHELVES, *PACK_SHELVES):
        assert shelf.folder in {name.rstrip("/") for name in named}
        if shelf.record is not Tool:  # its keys are held to docs/adding.md
            assert keys_of(shelf.record) - {shelf.key} <= named, shelf.folder


@pytest.mark.parametrize("words", [Identity, CitedField, Scope, Fidelity])
def test_the_data_dictionary_holds_exactly_the_words_of_citations(project, words):
    text = (project / "evidence" / "README.md").read_text("utf-8")
    (line,) = [x for x in text.splitlines() if x.startswith(f"| {words.__name__} |")]
    assert words_in_code(line) == {str(word) for word in words}


VOCABULARIES = """
Question NameKind Category Wording Polarity YesNo PageKind PageFormat OutcomeKind Species Design Checked
Identifier Funding Measure
Stance Directness SearchKind RelationKind Certainty Domain Concern Upgrade
Status NoticeKind Severity Ground Market Assertion Reach Sense DecisionKind
"""


@pytest.mark.parametrize("vocabulary_name", VOCABULARIES.split())
def test_the_data_dictionary_holds_exactly_the_allowed_words(project, vocabulary_name):
    text = (project / "evidence" / "README.md").read_text("utf-8")
    (line,) = [x for x in text.splitlines() if x.startswith(f"| {vocabulary_name} |")]
    assert words_in_code(line) == {str(word) for word in getattr(vocabulary, vocabulary_name)}


def test_the_data_dictionary_gives_each_measure_its_value_of_no_effect(project):
    text = (project / "evidence" / "README.md").read_text("utf-8").split("### Measures")[1]
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| `")]
    given = {word.strip("`"): no_effect for word, no_effect, _ in rows}
    assert given == {m: "none" if m.no_effect is None else f"{m.no_effect:g}" for m in Measure}


def test_the_data_dictionary_says_what_a_decision_rests_on(project, review):
    text = (project / "evidence" / "README.md").read_text("utf-8")
    rows = text.split("A decision rests on")[1].split("The digest is that of")[0]
    named = [line.split("`")[1] for line in rows.splitlines() if line.startswith("| `")]
    assert named == list(basis(review.evidence, "clinic-faq-106"))


QUOTED = re.compile(r"“([^”]+)” \(`([a-z-]+-[0-9]{3})`\)")
NO_EXAMPLE = "these pages hold no example"


def test_every_reason_code_is_explained_with_an_example_or_has_none(project, review):
    text = (project / "docs" / "verdicts.md").read_text("utf-8")
    examples = {row.split("`")[1]: row for row in text.splitlines() if row.startswith("| `")}
    given = {str(reason.code) for judged in review.judged for reason in judged.reasons}
    carried = {judged.claim.claim: {str(r.code) for r in judged.reasons} for judged in review.judged}
    for code in Code:
        quoted = [key for _, key in QUOTED.findall(examples[code])]
        assert (code in given) is (NO_EXAMPLE not in examples[code]), code
        assert quoted or code not in given, code
        assert code not in given or all(code in carried[key] for key in quoted), code


def test_examples_in_the_documents_are_quotes_of_the_pages(project, review):
    text = (project / "docs" / "verdicts.md").read_text("utf-8")
    quoted = QUOTED.findall(text)
    assert len(quoted) >= len(Code) - text.count(NO_EXAMPLE)
    for quote, key in quoted:
        assert quote == review.evidence.claims[key].quote, key


def effects_with_spread(evidence):
    """The findings of primary studies that hold an effect and how far it spreads, as read."""
    for key, study in evidence.studies.items():
        for finding in study.findings:
            spread = (
                f"({finding.ci_low} to {finding.ci_high})"
                if finding.ci_low is not None
                else f"(SD {finding.sd})"
            )
            read = finding.checked is not Checked.UNVERIFIED and "review" not in study.design
            if read and finding.estimate is not None and spread != "(SD None)":
                yield key, finding.outcome, finding.measure.spoken, f"{finding.estimate:g} {spread}"


def test_the_document_lists_what_could_be_pooled(project, review):
    text = (project / "docs" / "synthesis.md").read_text("utf-8")
    section = text.split("## What this evidence base allows")[1].split("\n## ")[0]
    rows = [tuple(line.strip("| ").split(" | ")) for line in section.splitlines() if line[:1] == "|"]
    found = list(effects_with_spread(review.evidence))
    assert rows[2:] == found
    alike = [(outcome, measure) for _, outcome, measure, _ in found]
    assert len(set(alike)) == len(alike), "two studies may be alike enough to pool: say so"
    assert set(re.findall(r"`([a-z_]+[0-9]{4})`", section)) <= set(review.evidence.studies)


def commands(text: str) -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", text, re.S)
    lines = [line.split("#")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line]


def test_the_commands_of_the_readme_exist(project):
    text = (project / "README.md").read_text("utf-8")
    makefile = (project / "Makefile").read_text("utf-8")
    found = commands(text)
    assert "make report" in found
    assert "make test" in found
    for command in found:
        first, *rest = command.split()
        if first == "make":
            assert re.search(rf"^{rest[0]}:", makefile, re.M), command


def test_the_reference_says_what_commands_and_docstrings_say_now(project):
    written = (project / "docs" / "reference.md").read_text("utf-8")
    assert written == runpy.run_path(str(project / "docs" / "reference.py"))["reference"]()


def test_continuous_integration_calls_the_command_of_the_readme(project):
    lines = (project / ".ci" / "run").read_text("utf-8").strip().splitlines()
    assert lines[-1] == "make test"
