"""What an evidence folder may hold: the files, the records in them, and their columns and keys."""

from collections.abc import Sequence
from dataclasses import dataclass

from review.model.citing import Citation, FidelityJudgement
from review.model.knowledge.packs import (
    CuePack,
    FlagPack,
    RegisterPack,
    SensePack,
    TermPack,
    TriggerPack,
    UnitPack,
    WordPack,
)
from review.model.knowledge.subject import Name, Synonym, Topic
from review.model.knowledge.tools import Tool
from review.model.record import Record
from review.model.records import (
    Appraisal,
    BaselineRisk,
    Capture,
    CertaintyRecord,
    Claim,
    Decision,
    EffectThresholds,
    Link,
    Page,
    Proposition,
    Refusal,
    Relation,
    Search,
    Study,
)
from review.model.vocabulary import PageFormat


@dataclass(frozen=True, slots=True)
class EvidenceTable:
    """A CSV file of an evidence folder: its name, its record, and the column that identifies a row.

    `identified` is false for tables that keep a history, where an id may come again. `other_kind` is
    the word by which the records are known where it is not the key.
    """

    file: str
    record: type[Record]
    key: str
    identified: bool = True
    other_kind: str = ""

    @property
    def kind(self) -> str:
        """The word by which the records are known."""
        return self.other_kind or self.key

    @property
    def columns(self) -> Sequence[str]:
        """The columns of the file, in order: the fields of the record that are not read elsewhere."""
        return [name for name in self.record.model_fields if name != "text"]

    @property
    def optional(self) -> Sequence[str]:
        """The columns that a file of an earlier form lacks; an empty cell gives what holds then."""
        fields = self.record.model_fields
        return [name for name in self.columns if not fields[name].is_required()]


SUBJECT = "subject"
TABLES = (
    EvidenceTable(f"{SUBJECT}/topics.csv", Topic, "topic"),
    EvidenceTable(f"{SUBJECT}/names.csv", Name, "name"),
    EvidenceTable(f"{SUBJECT}/synonyms.csv", Synonym, "word", other_kind="synonym"),
    EvidenceTable("pages.csv", Page, "page"),
    EvidenceTable("claims.csv", Claim, "claim"),
    EvidenceTable("citations.csv", Citation, "citation"),
    EvidenceTable("fidelity.csv", FidelityJudgement, "citation", False, other_kind="fidelity judgement"),
    EvidenceTable("propositions.csv", Proposition, "proposition"),
    EvidenceTable("links.csv", Link, "link"),
    EvidenceTable("relations.csv", Relation, "relation"),
    EvidenceTable("searches.csv", Search, "proposition", identified=False, other_kind="search"),
    EvidenceTable("baseline_risks.csv", BaselineRisk, "proposition", other_kind="baseline risk"),
    EvidenceTable("thresholds.csv", EffectThresholds, "proposition", other_kind="thresholds"),
    EvidenceTable("decisions.csv", Decision, "claim", identified=False, other_kind="decision"),
    EvidenceTable("refusals.csv", Refusal, "claim", other_kind="refusal"),
)


@dataclass(frozen=True, slots=True)
class Shelf:
    """A subfolder that holds one YAML file per record; the file's name is the record's id.

    `key` is the field that the name gives, `kind` the word by which the records are known.
    """

    folder: str
    record: type[Record]
    key: str
    kind: str


PACKS = "packs"
PACK_SHELVES = (
    Shelf(f"{PACKS}/flags", FlagPack, "pack", "flag pack"),
    Shelf(f"{PACKS}/triggers", TriggerPack, "pack", "trigger pack"),
    Shelf(f"{PACKS}/terms", TermPack, "pack", "term pack"),
    Shelf(f"{PACKS}/cues", CuePack, "pack", "cue pack"),
    Shelf(f"{PACKS}/units", UnitPack, "pack", "unit pack"),
    Shelf(f"{PACKS}/senses", SensePack, "pack", "sense pack"),
    Shelf(f"{PACKS}/words", WordPack, "pack", "word pack"),
    Shelf(f"{PACKS}/registers", RegisterPack, "pack", "register pack"),
    Shelf(f"{PACKS}/tools", Tool, "pack", "bias tool"),
)
"""Knowledge of the trade, which the package brings and a folder may add to or replace, file by file."""

CAPTURES = "captures"
SHELVES = (
    Shelf("studies", Study, "study", "study"),
    Shelf("certainty", CertaintyRecord, "proposition", "certainty"),
    Shelf("appraisals", Appraisal, "study", "appraisal"),
    Shelf(CAPTURES, Capture, "page", "capture"),
)

CORRECTIONS = "corrections.yml"
PAGES = "pages"
ORIGINALS = "originals"
ORIGINAL_SUFFIX = {
    PageFormat.HTML: ".html",
    PageFormat.PDF: ".pdf",
    PageFormat.DOCX: ".docx",
    PageFormat.MARKDOWN: ".md",
    PageFormat.TEXT: ".txt",
}
"""How the name of an original ends, by its format; it begins with the id of its page."""
README = "README.md"
BIBLIOGRAPHY = "references.bib"
