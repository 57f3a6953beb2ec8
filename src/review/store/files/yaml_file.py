"""Strict YAML: every scalar is text, every key stands once, nothing is hidden.

A general loader reads `blinding: no` as a truth value, `0123456` as octal, `1:1` as 61 and keeps the
last of two equal keys. Here all values stay text and are converted by the records; duplicate keys,
anchors, aliases, tags, comments and deep nesting are problems with their line. A null, which is a plain
`null`, `~` or nothing at all, is an empty text.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias, Union

import yaml
from yaml.emitter import Emitter
from yaml.representer import SafeRepresenter
from yaml.resolver import BaseResolver
from yaml.serializer import Serializer

from review.model.errors import InFile, Problem

Tree: TypeAlias = Union[str, list["Tree"], dict[str, "Tree"]]  # noqa: UP007 - recursive
Path: TypeAlias = tuple[str | int, ...]

_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
"""Plain scalars that mean no value (https://yaml.org/type/null.html)."""
MAX_BYTES = 1_000_000
MAX_DEPTH = 12

_Loader = yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader
"""libyaml, which comes with most builds of PyYAML, reads the same several times as fast; it refuses
other texts only in corners, such as tabs between a key and its value."""


@dataclass(slots=True)
class YamlFile:
    """The content of a YAML file as text, lists and mappings, with the line of every value."""

    tree: Tree | None = None
    lines: dict[Path, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line_of(self, path: Path) -> int:
        """The line of the value at `path`, or of the nearest value around it."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return 1


def read_yaml(text: str, name: str) -> YamlFile:
    """What `text` holds, or the problems that forbid reading it; `name` stands in the problems."""
    result = YamlFile()
    if len(text.encode()) > MAX_BYTES:
        fault = f"the file is larger than {MAX_BYTES:,} bytes"
        result.problems.append(InFile(name).problem(fault, remedy="Split it."))
        return result
    try:
        result.problems += _hidden_things(text, name)
        if result.problems:
            return result
        node = yaml.compose(text, Loader=_Loader)
        if node is None:
            remedy = "Fill it or remove it."
            result.problems.append(InFile(name, 1).problem("the file is empty", remedy=remedy))
            return result
        result.problems += _comments(text, node, name)
        result.tree = _tree(node, (), name, result)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        fault = f"not readable as YAML: {error.problem}"
        result.problems.append(InFile(name, line).problem(fault, remedy="Correct the syntax."))
    except yaml.YAMLError as error:
        fault = f"not readable as YAML: {error}".splitlines()[0]
        result.problems.append(InFile(name).problem(fault, remedy="Correct the file."))
    return result


_FORBIDDEN = {
    yaml.AnchorToken: "an anchor (&)",
    yaml.AliasToken: "an alias (*)",
    yaml.TagToken: "a tag (!)",
    yaml.DirectiveToken: "a directive (%)",
}


def _hidden_things(text: str, name: str) -> Iterator[Problem]:
    depth = 0
    for token in yaml.scan(text, Loader=_Loader):
        line = token.start_mark.line + 1
        if type(token) in _FORBIDDEN:
            fault = f"{_FORBIDDEN[type(token)]} is used"
            remedy = "Write the value out, in quotes if it is text."
            yield InFile(name, line).problem(fault, remedy=remedy)
        if isinstance(token, yaml.DocumentStartToken) and line > 1:
            remedy = "Keep one document a file."
            yield InFile(name, line).problem("a second document begins", remedy=remedy)
        if type(token).__name__.endswith(("MappingStartToken", "SequenceStartToken")):
            depth += 1
        elif isinstance(
            token, (yaml.BlockEndToken, yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken)
        ):
            depth -= 1
        if depth > MAX_DEPTH:
            yield InFile(name, line).problem("the nesting is too deep", remedy="Flatten the file.")
            return


def _comments(text: str, node: yaml.Node, name: str) -> Iterator[Problem]:
    """Comments are refused because writing the canonical form would lose them."""
    characters = list(text)
    for scalar in _scalars(node):
        start, end = scalar.start_mark.index, scalar.end_mark.index
        # Within a value a # is text.
        characters[start:end] = ["\n" if c == "\n" else "x" for c in characters[start:end]]
    for number, line in enumerate("".join(characters).split("\n"), start=1):
        if "#" in line:
            remedy = "Put it into a reason, a note or a warning."
            yield InFile(name, number).problem("a comment would be lost", remedy=remedy)


def _scalars(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from _scalars(child)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _scalars(key)
            yield from _scalars(value)


def _tree(node: yaml.Node, path: Path, name: str, result: YamlFile) -> Tree:
    result.lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.ScalarNode):
        # A block of text ends with a line feed, which is no part of it.
        return "" if _is_null(node) else str(node.value).strip("\n")
    if isinstance(node, yaml.SequenceNode):
        return [_tree(child, (*path, i), name, result) for i, child in enumerate(node.value)]
    mapping: dict[str, Tree] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            remedy = "Write the key as one word."
            result.problems.append(InFile(name, line).problem("a key is not plain text", remedy=remedy))
            continue
        if key.value in mapping:
            fault = f"the key {key.value!r} stands twice"
            result.problems.append(InFile(name, line).problem(fault, remedy="Keep one of them."))
            continue
        result.lines[(*path, key.value)] = line
        mapping[key.value] = _tree(value, (*path, key.value), name, result)
    return mapping


def _is_null(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and not node.style and node.value in _NULLS


class _CanonicalDumper(Emitter, Serializer, SafeRepresenter, BaseResolver):
    """Writes text only: no value needs quotes for looking like a number, a date or a truth value."""

    def __init__(self, stream: Any, **_: object) -> None:
        # So wide that no line is ever folded.
        Emitter.__init__(self, stream, width=10**6, allow_unicode=True)
        Serializer.__init__(self, explicit_start=False, explicit_end=False)
        SafeRepresenter.__init__(self, default_flow_style=False, sort_keys=False)
        BaseResolver.__init__(self)

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        # What stands twice is written twice: aliases are refused when a file is read.
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        # PyYAML writes the items of a list under a key without indenting them.
        super().increase_indent(flow, indentless=False)


def _represent_text(dumper: _CanonicalDumper, value: str) -> yaml.ScalarNode:
    # A text that would be read as a null stands in quotes.
    style = "|" if "\n" in value else "'" if value in _NULLS else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_CanonicalDumper.add_representer(str, _represent_text)


def write_yaml(tree: Mapping[str, object] | Sequence[object]) -> str:
    """The canonical text of a tree of strings: keys in the given order, LF, long text as blocks."""
    return yaml.dump(tree, Dumper=_CanonicalDumper, sort_keys=False)
