"""Texts that try to become something else, and an evidence folder that holds them everywhere."""

import hashlib
from html.parser import HTMLParser
from pathlib import Path

ADDRESS = "https://doi.org/'><script>alert(1)</script>"
"""What passes for an address of the web, and is not to become anything else."""

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "</blockquote><iframe src=https://example.org></iframe>",
    '" onmouseover="alert(1)',
    "<style>body{display:none}</style>",
    "<a href='javascript:alert(1)'>x</a>",
    "<meta http-equiv=refresh content='0;url=https://example.org'>",
    "{{ 7 * 7 }}{% for x in y %}",
    "=HYPERLINK(1)",
    "\u202egnorts\u202c",
    "bell\x07and escape\x1b[31m",
    "<form action=https://example.org><input name=a>",
    "data:text/html,<b>x</b>",
    "@import url(https://example.org/x.css)",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!D2",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    '=WEBSERVICE("https://example.org")',
    "{ HYPERLINK https://example.org }",
    "{ DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe }",
    '#eval("1+1") $x^2$ *bold* @ref',
    "${7*7} #{7*7} <%= 7*7 %>",
    "]]><!-- & &amp; &#x3C;script&#x3E;",
    "[x](javascript:alert(1)) ![y](https://example.org/y.png)",
]


class Seen(HTMLParser):
    """The elements and attributes of a page."""

    def __init__(self):
        super().__init__()
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str]] = []

    def handle_starttag(self, tag, attrs):
        self.elements.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


def seen(html: str) -> Seen:
    parser = Seen()
    parser.feed(html)
    return parser


def spoilt(folder: Path) -> Path:
    """The small folder with every payload as a claim, a title, a reference, a reason and a result."""
    text, rows = "", []
    for number, payload in enumerate(PAYLOADS, start=1):
        start = len(text)
        quoted = payload.replace('"', '""')
        rows.append(
            f'home-{number:03d},home,{start},{start + len(payload)},"{quoted}",'
            "efficacy,asserted,yes,regrows,affirms"
        )
        text += f"{payload}\n"
    (folder / "pages" / "home.txt").write_bytes(text.encode())
    joined = " ".join(payload for payload in PAYLOADS if payload.isprintable()).replace('"', '""')
    digest = hashlib.sha256(text.encode()).hexdigest()
    (folder / "pages.csv").write_text(
        "page,title,kind,sha256,captured,url,note\n"
        f'home,"{joined}",other,{digest},not_reported,{ADDRESS},none\n',
        "utf-8",
    )
    head, _, _ = (folder / "claims.csv").read_text("utf-8").partition("\n")
    (folder / "claims.csv").write_text("\n".join([head, *rows, ""]), "utf-8")
    links = (folder / "links.csv").read_text("utf-8")
    (folder / "links.csv").write_text(links.replace("It compared with saline.", f'"{joined}"'), "utf-8")
    study = (folder / "studies" / "trial2025.yml").read_text("utf-8")
    (folder / "studies" / "trial2025.yml").write_text(
        study.replace("Density rose more than with saline.", f"|\n      {joined}"), "utf-8"
    )
    (folder / "references.bib").write_text(
        "@article{trial2025,\n  title = {<script>alert(1)</script> A trial},\n  year = {2025},\n"
        "  url = {" + ADDRESS + "},\n}\n",
        "utf-8",
    )
    return folder


def decided_upon(folder: Path) -> None:
    """Adds a decision whose wording, reason, name and role are hostile."""
    one_line = [payload for payload in PAYLOADS if payload.isprintable()]
    head = "claim,decision,wording,reviewer,role,date,reason,digest\n"
    cells = [payload.replace('"', '""') for payload in (" ".join(one_line), *one_line[:2])]
    row = f'home-001,reword,"{cells[0]}","{cells[1]}","{cells[2]}",2026-11-21,"{cells[0]}",{"0" * 64}\n'
    (folder / "decisions.csv").write_text(head + row, "utf-8")
