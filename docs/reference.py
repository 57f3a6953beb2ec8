"""Writes docs/reference.md, every command and what a notebook works with, from their own words."""

import inspect
import re
from collections.abc import Iterator
from enum import Enum
from functools import cached_property
from pathlib import Path

import click

import review
from review.commands.group import app
from review.commands.names import ABOUT, GROUPS
from review.workbench import Review, WrittenReport

TARGET = Path(__file__).with_name("reference.md")
WIDTH = 100
HEAD = f"""# Reference

Written by `make reference` from the commands and docstrings themselves; a test holds it to them.

## The command

{ABOUT}
"""
NOTEBOOK = """
## In a notebook

After `import review`:
"""
_MODULE = re.compile(r"\b(?:\w+\.)+(?=[A-Z]|date\b)")
_AHEAD = re.compile(r"(?<=[>:] )'(\w+)'")
"""A type named before it is there, which Python shows in quotation marks."""


def reference() -> str:
    """The text of docs/reference.md."""
    top = click.Context(app, info_name="review", **app.context_settings)
    parts = [HEAD]
    for heading, names in GROUPS.items():
        parts.append(f"### {heading}\n")
        for name in names:
            parts += _command(top, name, app.get_command(top, name))
    parts.append(NOTEBOOK.lstrip())
    parts += [_entry(f"review.{name}", getattr(review, name)) for name in review.__all__[1:]]
    for kind in (Review, WrittenReport):
        parts.append(f"### `{kind.__name__}`\n\n{_first_paragraph(kind)}\n")
        parts += [_entry(name, member) for name, member in _members(kind)]
    return "\n".join(parts)


def _command(above: click.Context, name: str, command: click.Command) -> Iterator[str]:
    # As a user sees it, with the options that a command takes over from the one above it.
    context = click.Context(command, parent=above, info_name=name, terminal_width=WIDTH)
    yield f"#### `{context.command_path}`\n\n```text\n{command.get_help(context)}\n```\n"
    if isinstance(command, click.Group):
        for below, its in command.commands.items():
            yield from _command(context, below, its)


def _members(kind: type) -> Iterator[tuple[str, object]]:
    """The public methods and properties of a class and of those that it extends, theirs first."""
    for part in reversed(kind.__mro__):
        for name, member in vars(part).items():
            described = callable(member) or isinstance(member, (property, cached_property))
            if described and not name.startswith("_"):
                yield name, member


def _entry(name: str, member: object) -> str:
    if isinstance(member, (property, cached_property)):
        function = member.func if isinstance(member, cached_property) else member.fget
        given = _typed(f" -> {inspect.formatannotation(function.__annotations__['return'])}")
    else:
        given = _typed(str(_spoken(inspect.signature(member))))
    return f"#### `{name}{given}`\n\n{_first_paragraph(member)}\n"


def _spoken(signature: inspect.Signature) -> inspect.Signature:
    """The signature without `self`, with words in place of the enumerations that they belong to."""
    kept = [its for name, its in signature.parameters.items() if name != "self"]
    spoken = [
        its.replace(default=its.default.value) if isinstance(its.default, Enum) else its for its in kept
    ]
    return signature.replace(parameters=spoken)


def _typed(text: str) -> str:
    return _AHEAD.sub(r"\1", _MODULE.sub("", text))


def _first_paragraph(described: object) -> str:
    return " ".join((inspect.getdoc(described) or "").split("\n\n")[0].split())


if __name__ == "__main__":
    TARGET.write_text(reference(), "utf-8")
