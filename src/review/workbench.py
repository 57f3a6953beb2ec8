"""What a notebook works with: a dossier that can be opened from folders and written as a report."""

from collections.abc import Sequence
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from review.dossier import tables
from review.dossier.change import over_time, sensitivity_table, years_of
from review.dossier.dossier import Dossier
from review.dossier.frame import Table, table
from review.model.days import last_day
from review.model.fields import iso_date
from review.model.version import PACKAGES
from review.model.vocabulary import Audience, Framework
from review.report.build import build_report
from review.report.citations import VANCOUVER, style_title
from review.report.explain import explained
from review.report.folder import MANIFEST, manifest, write_folder
from review.report.formats.exports import CRATE, crate
from review.report.formats.files import Extras, report_files
from review.report.model import Report
from review.report.parts.summary_part import summary_cells
from review.report.pictures.certainty_chart import alt_text, certainty_over_time, svg
from review.store.snapshot import read_evidence


class Review(Dossier):
    """A review of pages: tables of claims, verdicts and evidence, and the report made from them."""

    @property
    def pages_table(self) -> Table:
        """One row a page: title, kind, characters, claims, start of the SHA-256, capture date."""
        return tables.pages_table(self)

    @property
    def claims(self) -> Table:
        """One row a claim, with the columns of `claims.csv`."""
        return tables.claims_table(self)

    def verdicts(self) -> Table:
        """One row a claim: quote, verdict, standing, OCEBM level, reasons, flags, allowed wording."""
        return tables.verdicts_table(self)

    def standings_table(self) -> Table:
        """One row a proposition: question, statement, direction, standing, level, basis, studies."""
        return tables.standings_table(self)

    def steps_table(self, proposition: str) -> Table:
        """Every step of one grade: what was considered, by how much it moved, and why."""
        return tables.steps_table(self, proposition)

    def evidence_table(self, proposition: str) -> Table:
        """One row a linked finding: study, design, n, stance, result, what was read, what counts."""
        return tables.evidence_table(self, proposition)

    @property
    def studies_table(self) -> Table:
        """One row a study known on `as_of`: citation, design, species, n, funding, what was read."""
        return tables.studies_table(self)

    @property
    def warnings_table(self) -> Table:
        """One row a caution recorded with a study known on `as_of`."""
        return tables.warnings_table(self)

    def what_would_change(self, proposition: str) -> Table:
        """One row a judgement: the certainty now, and if that judgement were one level better or worse.

        Raises KeyError for an unknown proposition, ValueError where no domain was rated.
        """
        return sensitivity_table(self, proposition)

    def over_time(self, proposition: str) -> Table:
        """One row a year: where the proposition stood on its last day, on what was known by then."""
        return over_time(self, proposition, years_of(self))

    def certainty_chart(self, proposition: str) -> "Chart":
        """The certainty of a proposition over the years, drawn, with the same in words."""
        statement = self.proposition(proposition).statement
        # The figure and its words are made from one table, so that they say the same.
        years = self.over_time(proposition)
        figure = certainty_over_time(years, statement)
        return Chart(svg(figure), alt_text(years, statement))

    def study_table(self, study: str) -> Table:
        """One row a fact recorded of a study. Raises KeyError for an unknown study."""
        return tables.study_table(self, study)

    def findings_table(self, study: str) -> Table:
        """One row a finding of a study. Raises KeyError for an unknown study."""
        return tables.findings_table(self, study)

    def appraisal_table(self, study: str) -> Table:
        """One row an item of the study's appraisal: question, answer, reason.

        Raises KeyError for a study without a recorded appraisal.
        """
        return tables.appraisal_table(self, study)

    def levels_table(self) -> Table:
        """One row an OCEBM 2011 level: the designs that it holds, by kind of question."""
        return tables.levels_table()

    def explain(self, claim: str) -> "PlainText":
        """How a claim came to its verdict, step by step. Raises KeyError for an unknown claim."""
        return PlainText("\n".join(explained(self, claim)))

    def passage(self, first: str, last: str) -> "PlainText":
        """The words of a page from one claim to another. Raises KeyError for an unknown claim."""
        begin, end = self.evidence.claims[first], self.evidence.claims[last]
        return PlainText(self.evidence.pages[begin.page].text[begin.start : end.end])

    def report(
        self,
        audience: str = "director",
        framework: str = "both",
        reviewer: str = "",
        organisation: str = "",
        citation_style: str = VANCOUVER,
        word_template: str = "",
        suggest_edits: bool = True,
        ro_crate: bool = False,
    ) -> "WrittenReport":
        """The report for one audience, its references in a CSL style: a name, or the path of a file.

        `word_template` is the path of a Word file whose styles to use; without `suggest_edits` the
        edited pages hold decisions and comments only; `ro_crate` adds a description of the folder.
        Raises ValueError for an unknown audience, framework or style.
        """
        template = Path(word_template) if word_template else None
        report = build_report(
            self, Audience(audience), Framework(framework), reviewer, organisation, citation_style
        )
        parameters: dict[str, object] = {
            "pages": list(self.pages),
            "topics": [str(topic) for topic in self.topics],
            "categories": [str(category) for category in self.categories],
            "jurisdictions": [str(market) for market in self.jurisdictions],
            "as_of": self.as_of.isoformat(),
            "audience": audience,
            "framework": framework,
            "start_rule": str(self.settings.start_rule),
            "upgrading": str(self.settings.upgrading),
            "information_size": self.settings.information_size,
            "reviewer": reviewer,
            "organisation": organisation,
            "citation_style": style_title(citation_style),
            "word_template": template.name if template else "",
            "suggest_edits": suggest_edits,
            "ro_crate": ro_crate,
        }
        return WrittenReport(report, parameters, Extras(template, suggest_edits, ro_crate))


class PlainText:
    """A text of several lines that a notebook shows as it is."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


class Chart:
    """A figure as SVG with the text that says the same; a notebook shows the one, a reader the other."""

    def __init__(self, svg: str, alt: str) -> None:
        self.svg = svg
        self.alt = alt

    def __repr__(self) -> str:
        return self.alt

    def _repr_svg_(self) -> str:
        return self.svg


class WrittenReport:
    """A report, ready to be saved in every format."""

    def __init__(self, report: Report, parameters: dict[str, object], extras: Extras) -> None:
        self.report = report
        self.parameters = parameters
        self.extras = extras

    @cached_property
    def files(self) -> dict[str, bytes]:
        """The files of the report by name. Raises InputError for an unusable Word template."""
        return report_files(self.report, self.extras)

    def __repr__(self) -> str:
        return "\n".join(self.report.answer) or "A report without verdicts."

    @property
    def verdicts_by_page(self) -> Table:
        """How many claims of each page have each verdict; empty where verdicts are hidden."""
        rows = [
            {"page": page.page, **{count.verdict: count.count for count in page.counts}}
            for page in self.report.pages
        ]
        return table(rows, "page")

    @property
    def worst(self) -> Table:
        """The claims that need attention first, with what their sentences need and suggested words."""
        return table([self._worst_row(key) for key in self.report.worst], "claim")

    @property
    def summary_of_findings(self) -> Table:
        """The main questions: who was studied, what was found, how sure it is, and in plain words."""
        return table([summary_cells(row) for row in self.report.summary_of_findings.rows], "question")

    def _worst_row(self, claim: str) -> dict[str, object]:
        row, sentence = self.report.claim(claim), self.report.sentence_of(claim)
        return {
            "claim": claim,
            "quote": row.quote,
            "verdict": row.verdict,
            "action": sentence.action,
            "to_do": sentence.plain,
            "wording": sentence.wording,
        }

    def save(self, folder: str) -> list[str]:
        """Write the report to `folder`, whole or not at all; gives the names of the files.

        Raises OutputError when the folder cannot be written or holds something else.
        """
        # Another version of a library may set the same report in other bytes; the manifest tells it.
        versions = {name: version(name) for name in PACKAGES}
        contents = {
            **self.files,
            MANIFEST: manifest(self.report, self.files, self.parameters, versions),
        }
        if self.extras.ro_crate:
            contents[CRATE] = crate(self.report, contents, self.parameters).encode()
        write_folder(Path(folder), contents)
        return sorted(contents)


def open_review(folders: Sequence[str | Path], as_of: str | None = None) -> Review:
    """The review of the evidence in `folders`, later ones adding to earlier ones.

    `as_of` is a date as YYYY-MM-DD; without it the review stands on the latest day that a record
    carries, so that the answer does not change with the clock. Raises InputError or EvidenceError
    with every problem met, also where no record carries a day, and ValueError for what is not a date.
    """
    evidence = read_evidence([Path(folder) for folder in folders])
    return Review(evidence, iso_date(as_of) if as_of else last_day(evidence))
