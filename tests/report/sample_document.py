"""A small report with one of everything, and texts that try to be more than text."""

from io import BytesIO

from PIL import Image

from review.model.visible import visible
from review.report.parts.document import (
    AnnotatedText,
    Bullets,
    Column,
    Document,
    Kind,
    Mark,
    Paragraph,
    Part,
    Picture,
    Row,
    Run,
    Section,
    Stretch,
    Table,
    plain_text,
)

HOSTILE = [
    "=HYPERLINK(1)",
    " +1",
    "-1+2",
    "@SUM(A1)",
    "＝1",
    "\t=1",
    "'=1",
    "''+1",
    "'quoted'",
    "-",
    "bell\x07, escape\x1b, carriage\rreturn",
    "\u202egnorts\u202c",
    "half \ud800 and none \uffff",
    "<w:t>markup</w:t> & ]]>",
    "{ HYPERLINK https://example.org } { DDEAUTO c:\\\\x }",
    "{{ 7 * 7 }}{% raw %}",
    "_x0041_ and &#65;",
    "two\nlines\n",
    "  spaces  and\ttab ",
    'commas, "quotes"; and;',
    "007",
    "https://example.org",
    "",
]
VERDICTS = [
    "substantiated",
    "overstated",
    "unsupported",
    "contradicted",
    "not-an-evidence-question",
]


def png(width: int = 300, height: int = 100) -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, height), "#8a4b00").save(out, "PNG")
    return out.getvalue()


def text(words: str) -> tuple[Run, ...]:
    return (Run(words),)


def claims(count: int = 5) -> Table:
    columns = (
        Column("claim", "Claim", 12),
        Column("quote", "Quote", 40),
        Column("verdict", "Verdict", 15),
        Column("score", "Score", 8, is_number=True),
        Column("why", "Why", 25),
    )
    scores = ["0.50", "-3", "12", "not known", "-0.0", "1234567890123456", "007"]
    rows = tuple(
        Row(
            (
                text(f"home-{n:03d}"),
                (Run(HOSTILE[n % len(HOSTILE)], quoted=n % 3 == 0),),
                (Run(f"✓ {VERDICTS[n % 5]}", strong=True),),
                text(scores[n % len(scores)]),
                (Run("See ", soft=True), Run("the method", link="#methods"), Run(f"\nline {n}")),
            ),
            anchor=f"home-{n:03d}",
            verdict=VERDICTS[n % 5],
            muted=n % 4 == 3,
        )
        for n in range(count)
    )
    return Table("table-claims", "Claims of the page.", columns, rows, "Grey rows do not count.")


def hostile_table() -> Table:
    columns = (Column("text", "Text & <b>title</b>"), Column("again", "=Again"))
    rows = tuple(Row((text(payload), (Run(payload, quoted=True),))) for payload in HOSTILE)
    return Table("table-Claims", "=1+1 is a caption", columns, rows, "@note")


def page_text() -> AnnotatedText:
    marks = (Mark("home-001", "001", "▲", "overstated", "It is firmer than the evidence. " * 20),)
    return AnnotatedText(
        "home",
        (
            Stretch("Welcome.\n\n", False, "", ()),
            Stretch("It works.\nAlways.", True, "overstated", marks),
            Stretch(" \tBye.", False, "", ()),
            Stretch("Hidden", True, "", (Mark("gone-001", "001", "", "", "Not shown."),)),
        ),
    )


def sample(rows: int = 5) -> Document:
    links = (
        Run("A study", link="https://doi.org/10.1000/(SICI)1<2::A>3 4"),
        Run(", a claim", link="#home-002"),
        Run(", nowhere", link="#not-there"),
        *(Run(f" {link}", link=link) for link in UNSAFE),
    )
    long_name = "a-very-long-anchor-that-word-would-not-take-as-it-is"
    return Document(
        title="Review of <claims>",
        subtitle="Clinic & page",
        running_head="Home · SHA-256 0123456789ab",
        date="2026-11-21",
        parts=(
            Part(
                "The answer",
                "answer",
                (
                    Paragraph(text("Two claims stand."), Kind.LEAD),
                    Paragraph((Run("Strong", strong=True), Run(" soft", soft=True))),
                    Bullets((text("one"), text("two")), ordered=True),
                    Bullets((text("dot"),)),
                    Bullets((text("one again"),), ordered=True),
                    Paragraph(links, Kind.SOFT),
                    Picture("picture-map", "A map.", "Two dots & a line.", png(), 400),
                    Picture("picture-tower", "A tower.", "Tall.", png(100, 900)),
                ),
            ),
            Part("The claims", "claims", (claims(rows),), landscape=True),
            Part("More claims", "more", (hostile_table(),), landscape=True),
            Part(
                "The page",
                "pages",
                (
                    Section(
                        "Home",
                        long_name + "-1",
                        (
                            page_text(),
                            Section(
                                "Inner",
                                long_name + "-2",
                                (Section("Deep", "1st", (Section("Deeper", "1ST", ()),)),),
                            ),
                        ),
                    ),
                ),
            ),
            Part("Methods", "methods", (Paragraph(text("By rule.")),)),
        ),
    )


UNSAFE = (
    "http://example.org",
    "javascript:alert(1)",
    "file:///etc/passwd",
    "https://[bad",
    "https://",
    "\\\\host\\share",
    "https://example.org/\u202ex",
)


def words_of(table: Table) -> list[list[str]]:
    """What every format must show of a table, the column titles first."""
    titles = [visible(column.title) for column in table.columns]
    return [titles, *([visible(plain_text(cell)) for cell in row.cells] for row in table.rows)]
