"""The report model as HTML and as JSON: text in, text out, the same bytes for the same report."""

import base64
import hashlib
import json
from dataclasses import asdict
from importlib.resources import files

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from review.invisible import visible
from review.report.model import Report


def report_json(report: Report) -> str:
    """The whole report as JSON, keys in the order of the model."""
    return json.dumps(asdict(report), ensure_ascii=False, indent=1) + "\n"


def report_html(report: Report) -> str:
    """The report as one HTML file that makes no request and runs no script.

    All text is escaped; the content policy allows the one style sheet by its digest and nothing else.
    """
    folder = files("review.report") / "templates"
    style = (folder / "report.css").read_text(encoding="utf-8")
    environment = Environment(
        loader=DictLoader({"report": (folder / "report.html.j2").read_text(encoding="utf-8")}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_visible,
    )
    environment.filters["words"] = lambda text: str(text).replace("_", " ").replace("-", " ")
    environment.filters["web"] = lambda url: url if url.startswith(("https://", "http://")) else ""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return environment.get_template("report").render(
        report=report,
        claims={row.claim: row for row in report.claims},
        cited={row.key for row in report.references},
        style=Markup(style),
        style_digest=digest,
    )


def _visible(value: object) -> object:
    if isinstance(value, str) and not isinstance(value, Markup):
        return visible(value)
    return value
