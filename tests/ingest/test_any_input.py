"""Properties that hold for every input: a text in its one form or a problem, and no word lost."""

import re
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from review.ingest.formats.compare import only_in, words
from review.ingest.formats.html import read_html
from review.ingest.formats.markdown import read_markdown
from review.ingest.formats.text import read_text
from review.ingest.reading import canonical_text
from review.model.errors import InputError
from review.model.records import Capture
from review.store.files.yaml_file import read_yaml, write_yaml

MANY = settings(max_examples=200)

TAGS = (
    "div p span b ul li ol table tr td th h1 h2 h3 nav footer header main article section details "
    "summary button a dl dt dd br img script style form blockquote pre svg noscript template dialog "
    "select option"
).split()
ATTRIBUTES = (
    "hidden",
    'style="display:none"',
    'aria-controls="x"',
    'aria-expanded="false"',
    'id="x"',
    'class="accordion-title"',
    'class="cookie-banner"',
    'class="menu"',
    'class="footer"',
    'role="tabpanel"',
    'role="button"',
)
OPEN = st.builds("<{} {}>".format, st.sampled_from(TAGS), st.sampled_from(("", "", "", *ATTRIBUTES)))
CLOSE = st.builds("</{}>".format, st.sampled_from(TAGS))
PIECE = st.one_of(
    OPEN, CLOSE, st.text(max_size=12), st.sampled_from(("<!--", "-->", "&nbsp;", "&#0;", "<"))
)
SOUP = st.lists(PIECE, max_size=60).map("".join)


def is_canonical(text: str) -> bool:
    return (
        unicodedata.is_normalized("NFC", text)
        and not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u00a0\u202e\u200b\ufeff]| \n|\n\n\n|^\n", text)
        and text.endswith("\n")
        and not text.endswith("\n\n")
    )


def text_of(read, content: bytes) -> str | None:
    """The text that a reader gives, or None where it refuses and says what to do."""
    try:
        return read(content, "a").text
    except InputError as error:
        remedies = [problem.remedy for problem in error.problems]
    return None if all(remedies) else "there is a problem without a remedy"


@MANY
@given(SOUP)
def test_any_html_gives_a_canonical_text_or_a_problem(source):
    text = text_of(read_html, source.encode("utf-8", "ignore"))
    assert text is None or is_canonical(text)


# Blocks of a page, each with a word of its own in place of {}.
BLOCKS = (
    "<p>{}</p>",
    "<h2>{}</h2>",
    "<ul><li>{}<li>{}</ul>",
    "<table><tr><td>{}<td>{}</table>",
    "<table><tr><td><h3>{}</h3><td><table><tr><td>{}</table></table>",
    "<details><summary>{}</summary>{}</details>",
    "<nav>{}</nav>",
    "<div hidden>{}</div>",
    "<button>{}</button>",
    "<button aria-expanded=false aria-controls=p{}>{}</button><div id=p{} hidden>{}</div>",
    "<div class=accordion-title>{}</div><div class=accordion-panel style='display:none'>{}</div>",
    "<footer>{}</footer>",
    "<div class=cookie-banner>{}<button>{}</button></div>",
    "<dl><dt>{}<dd>{}</dl>",
    "<a href=#>{}</a>",
    "{}",
    "<img alt='{}'>",
    "<blockquote>{}<footer>{}</footer></blockquote>",
)
NESTED = ("{}", "<div>{}</div>", "<section><div class=menu>{}</div></section>", "<main>{}</main>")


@MANY
@given(st.lists(st.tuples(st.sampled_from(BLOCKS), st.sampled_from(NESTED)), min_size=1, max_size=12))
def test_no_word_of_any_page_is_lost_in_silence(chosen):
    pieces, count = [], 0
    for block, around in chosen:
        filled = block
        while "{}" in filled:
            filled = filled.replace("{}", f"word{count}x", 1)
            count += 1
        pieces.append(around.replace("{}", filled))
    body = "".join(pieces)
    shown = set(re.findall(r"word\d+x", re.sub(r"(?:aria-controls|id)=\S+?(?=[ >])", "", body)))
    reading = read_html(f"<body><p>First of all.</p>{body}".encode(), "a.html")
    told = " ".join([reading.text, *reading.only_walk, *reading.set_aside])
    assert shown - set(re.findall(r"word\d+x", told)) == set()


MARKS = st.sampled_from(
    (
        "# ",
        "- ",
        "1. ",
        "> ",
        "| a | b |\n",
        "|---|---|\n",
        "**",
        "`",
        "```\n",
        "[a](b)",
        "<b>",
        "\n",
        "---\n",
    )
)


@MANY
@given(st.lists(st.one_of(MARKS, st.text(max_size=10)), max_size=40).map("".join))
def test_any_markdown_gives_a_canonical_text_or_a_problem(source):
    text = text_of(read_markdown, source.encode("utf-8", "ignore"))
    assert text is None or is_canonical(text)


@MANY
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_text_keeps_its_words_and_is_read_again_as_itself(source):
    text = text_of(read_text, source.encode())
    if text is None:
        return
    assert is_canonical(text)
    assert read_text(text.encode(), "a.txt").text == text
    for word in re.findall(r"[A-Za-z0-9]+", source):
        assert word in text


@MANY
@given(st.binary(max_size=200))
def test_any_bytes_give_a_text_or_a_problem(content):
    for read in (read_html, read_markdown, read_text):
        text = text_of(read, content)
        assert text is None or is_canonical(text)


@MANY
@given(st.lists(st.text(min_size=1, max_size=30).filter(str.strip), max_size=5))
def test_any_passage_can_be_kept_in_a_capture(passages):
    try:
        kept = [canonical_text(passage, "a")[0].strip() for passage in passages]
    except InputError:
        return
    file = read_yaml(write_yaml({"set_aside": kept}), "a.yml")
    assert file.problems == []
    assert file.tree == {"set_aside": kept}
    assert "set_aside" in Capture.model_fields


SENTENCES = st.lists(
    st.sampled_from(("It is safe.", "Hair grows back within a year.", "No pain at all, ever.", "Safe.")),
    max_size=6,
)


@given(SENTENCES, SENTENCES)
def test_what_only_one_text_holds_is_what_the_other_does_not(one, other):
    found = only_in(" ".join(one), "\n".join(other))
    assert list(found) == [passage for passage in dict.fromkeys(one) if passage not in other]


def test_a_short_passage_within_another_is_not_taken_for_it():
    assert only_in("Safe.", "It is not safe for everybody.") == ("Safe.",)
    assert words("Non-invasive, SAFE!") == ["non", "invasive", "safe"]
