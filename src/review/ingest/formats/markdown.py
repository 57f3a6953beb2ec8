"""Markdown to a page: rendered as CommonMark with tables, then walked as HTML."""

from markdown_it import MarkdownIt

from review.ingest.formats.encoding import decoded
from review.ingest.formats.html import on_line_notes, parsed
from review.ingest.formats.one_line import put_on_line
from review.ingest.formats.walk import walk
from review.ingest.reading import Reading, canonical_text, passages
from review.model.errors import InputError, InSource

MAX_DEPTH = 60


def read_markdown(content: bytes, name: str, charset: str = "") -> Reading:
    """The text of a Markdown file as a reader of the page sees it, without the marks.

    A block of settings at the top is set aside. Raises InputError for what is not text, and for
    nesting so deep that a part of it would be passed over.
    """
    source, note = decoded(content, name, charset)
    settings, body = _without_settings(source.replace("\r\n", "\n"))
    tokens = MarkdownIt("commonmark", {"maxNesting": MAX_DEPTH}).enable("table")
    try:
        parts = tokens.parse(body)
        markup = tokens.renderer.render(parts, tokens.options, {})
    except RecursionError:
        raise _too_deep(name) from None
    # The parser leaves out what is nested deeper, and tells nobody.
    if any(token.level >= MAX_DEPTH - 1 for token in parts):
        raise _too_deep(name)
    root = parsed(f"<html><body>{markup}</body></html>", name)
    shifted = put_on_line(root)
    walked = walk(root)
    text, notes = canonical_text(walked.text, name)
    unread = [f"{kind} that were not read: {count}" for kind, count in walked.unread.items()]
    return Reading(
        text,
        "the Markdown as it is shown",
        notes=(note, *notes, *unread, *on_line_notes(shifted)),
        set_aside=passages([*settings, *walked.set_aside]),
    )


def _without_settings(source: str) -> tuple[list[str], str]:
    """The lines between two lines of three hyphens at the very top, and what follows them."""
    if source.startswith("---\n") and "\n---\n" in source[3:]:
        settings, _, body = source[4:].partition("\n---\n")
        return [line.strip() for line in settings.split("\n") if line.strip()], body
    return [], source


def _too_deep(name: str) -> InputError:
    fault = f"lists and quotes are nested deeper than {MAX_DEPTH} levels"
    return InputError.at(InSource(name), fault, remedy="Flatten the text.")
