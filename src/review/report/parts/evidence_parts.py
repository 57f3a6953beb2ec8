"""The parts of a report that show the evidence: at a glance, by proposition, in pairs, by reference."""

from collections.abc import Iterator, Mapping

from review.model.vocabulary import NOT_APPLICABLE, Direction, Raters, spoken
from review.model.witness_words import Witness
from review.report.counted import counted
from review.report.model import (
    FindingRow,
    LineageRow,
    Profile,
    ReferenceRow,
    Report,
    SideRow,
    WitnessRow,
    WordingRow,
)
from review.report.parts.claim_table import claim_links
from review.report.parts.document import (
    Block,
    Bullets,
    Column,
    Inline,
    Kind,
    Paragraph,
    Part,
    Row,
    Run,
    Section,
    Table,
    table_row,
)
from review.report.pictures import (
    bias_blocks,
    evidence_map_blocks,
    forest_blocks,
    over_time_blocks,
    search_flow_blocks,
)
from review.report.raters import count_of_raters, judgements_by, told_of_raters
from review.verdicts.standing import Basis

_POINTS = {
    Direction.SUPPORTS: "; the evidence supports the statement",
    Direction.CONTRADICTS: "; the evidence speaks against the statement",
    Direction.MIXED: "; the evidence is divided",
    Direction.NONE: "",
}


def overview_part(report: Report) -> Part:
    """The evidence at a glance: map, risk of bias, certainty over time, and what could be pooled."""
    return Part(
        "The evidence at a glance",
        "overview",
        (
            Section("What was searched, and what came of it", "search-flow", search_flow_blocks(report)),
            Section("Which studies stand behind which statement", "map", evidence_map_blocks(report)),
            Section("Risk of bias and quality of the studies", "bias", bias_blocks(report)),
            Section("Certainty over time", "over-time", over_time_blocks(report)),
            Section("Who made the judgements of certainty", "raters", _rater_blocks(report)),
            Section("Pooled results", "pooled", forest_blocks(report)),
        ),
        landscape=True,
    )


def _rater_blocks(report: Report) -> tuple[Block, ...]:
    """Of each graded statement which judgements two people made, which one person, which nobody yet."""
    profiles = [profile for profile in report.profiles if profile.judgements]
    columns = (
        Column("statement", "Statement", 34),
        Column("standing", "Certainty", 12),
        *(Column(str(raters), spoken(raters).capitalize(), 22) for raters in Raters),
    )
    rows = tuple(
        table_row(
            (Run(profile.statement, link=f"#evidence-{profile.proposition}"),),
            profile.standing,
            *(judgements_by(_people(profile), raters) or "none" for raters in Raters),
        )
        for profile in profiles
    )
    counts = count_of_raters(map(_people, profiles))
    caption = f"{counted(counts.total(), 'judgement')} of certainty: {told_of_raters(counts)}."
    note = (
        "Two people: who rated it apart, without seeing each other's rating or what was recorded, "
        "whether they gave one value or somebody adjudicated. One person: who signed the judgement; "
        "whoever checked it saw it first and is no second rater. Nobody: a draft, or what a rule "
        "suggests."
    )
    return _or_none(Table("table-raters", caption, columns, rows, note))


def _people(profile: Profile) -> Mapping[str, tuple[str, ...]]:
    """The people behind each judgement of a profile."""
    return {row.name: row.people for row in profile.judgements}


def evidence_part(report: Report) -> Part:
    """One profile a proposition with its findings; a table of those to which nothing is linked."""
    intro = (
        "A proposition is the statement that one or more claims make, on whichever page. Every step of "
        "its grade is shown, also the findings that do not count, with why they do not. What is known "
        "against a study stands with its reference."
    )
    linked = [profile for profile in report.profiles if profile.findings]
    bare = [profile for profile in report.profiles if not profile.findings]
    cited = {row.key for row in report.references}
    return Part(
        "The evidence behind each proposition",
        "evidence",
        (
            Paragraph((Run(intro),)),
            *(
                Section(p.statement, f"evidence-{p.proposition}", tuple(_profile(p, cited)), folded=True)
                for p in linked
            ),
            *(_nothing_linked(bare) if bare else ()),
        ),
        landscape=True,
    )


def _nothing_linked(profiles: list[Profile]) -> Iterator[Block]:
    columns = (
        Column("statement", "Statement", 30),
        Column("question", "Question", 12),
        Column("standing", "Standing", 14),
        Column("search", "Looked for, and what came of it", 40),
        Column("claims", "Claims", 16),
    )
    rows = tuple(
        table_row(
            profile.statement,
            profile.question.spoken,
            profile.standing,
            _search(profile) or "no search recorded",
            claim_links(profile.claims),
            anchor=f"evidence-{profile.proposition}",
        )
        for profile in profiles
    )
    caption = f"{counted(len(rows), 'statement')} to which no finding is linked."
    table = Table("table-nothing-linked", caption, columns, rows)
    yield Section("Statements without any finding", "nothing-linked", (table,))


def _profile(profile: Profile, cited: set[str]) -> Iterator[Block]:
    yield Paragraph(
        (
            Run(f"{profile.standing[:1].upper()}{profile.standing[1:]}", strong=True),
            Run(f"{_POINTS[profile.direction]}. "),
            Run(_basis(profile), soft=True),
        )
    )
    yield Paragraph((Run("Claims: "), *claim_links(profile.claims)), Kind.SOFT)
    yield Bullets(
        tuple(_step(step.name, step.change, step.reason) for step in profile.steps), ordered=True
    )
    if profile.would_change:
        yield Paragraph((Run("What would change it: ", strong=True), Run(profile.would_change)))
    if profile.disagreements:
        yield Paragraph((Run("The rules would suggest otherwise in:", strong=True),))
        yield Bullets(tuple((Run(line),) for line in profile.disagreements))
    yield _findings(profile, cited)
    if profile.searches:
        yield Paragraph((Run("Looked for: ", strong=True), Run(_search(profile))))


def _search(profile: Profile) -> str:
    """What was looked for and what came of it; empty if no search is recorded."""
    return " ".join(search.sentence for search in profile.searches)


def _basis(profile: Profile) -> str:
    stale = (
        " A judgement is recorded, but on other studies than those that count here; it is not used."
        if profile.stale
        else ""
    )
    sort = f"SORT {profile.sort}. " if profile.sort else ""
    return (
        f"{profile.question.spoken.capitalize()} question. OCEBM {profile.level} "
        f"({profile.level_reason}). {sort}{_judged(profile)}. "
        f"{profile.method[:1].upper()}{profile.method[1:]}.{stale}{_next_review(profile)}"
    )


def _next_review(profile: Profile) -> str:
    """When the recorded judgement is to be made anew, and that this is due; empty where none is."""
    if not profile.next_review:
        return ""
    day = f"to be made anew by {profile.next_review}"
    return f" The recorded judgement was {day}: it is due." if profile.is_due else f" It is {day}."


def _judged(profile: Profile) -> str:
    if profile.basis is Basis.RULE:
        return f"Derived by {profile.basis}"
    counts = count_of_raters([_people(profile)])
    raters = f"; of its judgements {told_of_raters(counts)}" if counts else ""
    return f"{profile.basis.capitalize()}; judged by {profile.judged_by}{raters}"


def _step(name: str, change: int, reason: str) -> Inline:
    moved = f" {change:+d}" if change else ""
    return (Run(f"{spoken(name)}{moved}: ", strong=True), Run(reason))


def _findings(profile: Profile, cited: set[str]) -> Table:
    columns = (
        Column("study", "Study", 22),
        Column("bias", "Risk of bias", 14),
        Column("stance", "Says", 10),
        Column("result", "Result", 34),
        Column("directness", "Directness", 16),
        Column("checked", "Read", 9),
        Column("counts", "Counts", 12),
    )
    rows = tuple(
        table_row(
            (
                Run(row.citation, link=f"#ref-{row.study}" if row.study in cited else ""),
                Run(f"\n{_kind(row)}", soft=True),
            ),
            row.bias,
            row.stance,
            (Run(row.result), Run(f"\n{row.reason}", soft=True)),
            row.directness,
            row.checked.spoken,
            row.counts,
            muted=not row.does_count,
        )
        for row in profile.findings
    )
    # In the caption, because a note below the last row may fall on the next page and stand alone.
    grey = "; grey rows do not count" if any(row.muted for row in rows) else ""
    caption = f"Findings linked to “{profile.statement.removesuffix('.')}”{grey}."
    return Table(f"table-findings-{profile.proposition}", caption, columns, rows)


def _kind(row: FindingRow) -> str:
    words = (row.design.spoken, row.species.spoken, f"n {row.n}")
    return ", ".join(word for word in dict.fromkeys(words) if spoken(NOT_APPLICABLE) not in word)


def contradiction_part(report: Report) -> Part:
    """The facts that are told in two ways, each once, with the claims on both sides."""
    # A claim of another page contradicts one of this page, and has no row to lead to.
    rows_of = {row.claim for row in report.claims}
    columns = (
        Column("topic", "Topic", 10),
        Column("a", "One side", 32),
        Column("b", "The other", 32),
        Column("where", "Where", 10),
        Column("why", "Why", 20),
    )
    rows = tuple(
        table_row(
            spoken(group.topic),
            _side(group.a, rows_of),
            _side(group.b, rows_of),
            f"on one page: {', '.join(group.within)}" if group.within else "on different pages",
            group.why,
        )
        for group in report.contradictions
    )
    pairs = sum(group.pairs for group in report.contradictions)
    caption = (
        f"{counted(len(rows), 'fact')} told in two ways, in {counted(pairs, 'pair')} of claims; "
        "at most one side can be true."
    )
    table = Table("table-contradictions", caption, columns, rows)
    return Part("Claims that contradict each other", "contradictions", _or_none(table))


def _side(sides: tuple[SideRow, ...], rows_of: set[str]) -> Inline:
    runs = [run for side in sides for run in _statement(side, rows_of)]
    return tuple(runs[:-1])  # without the last line feed


def _statement(side: SideRow, rows_of: set[str]) -> Iterator[Run]:
    """What a side affirms or denies, and the quotes that do, each with the ids of its claims."""
    yield Run(f"{side.polarity.spoken.capitalize()}: ", strong=True)
    yield Run(f"{side.statement}\n")
    for said in side.quotes:
        yield Run(said.quote, quoted=True)
        for place, claim in enumerate(said.claims):
            yield Run(", " if place else " ")
            yield Run(claim.claim, link=f"#{claim.claim}" if claim.claim in rows_of else "")
        yield Run("\n")


def lineage_part(report: Report) -> Part:
    """Passages that stand on several pages, each once from its first sentence to its last."""
    columns = (
        Column("kind", "Kind", 10),
        Column("parts", "Parts", 6, is_number=True),
        Column("similarity", "Similarity", 8, is_number=True),
        Column("a", "Passage", 38),
        Column("b", "Passage", 38),
    )
    rows = tuple(
        table_row(
            shared.kind,
            shared.parts,
            f"{shared.similarity:.2f}",
            _wording(shared.wordings[0]),
            _other_wording(shared),
        )
        for shared in report.lineage
    )
    caption = f"{counted(len(rows), 'passage')} found on two pages or more."
    note = (
        "Alike words are quoted once, with every page on which they stand. A page of which four in five "
        "clauses stand on another one is laid beside that page, and beside others for what is its own. "
        "Verbatim: the same words. Reworded: most words are the same. Paraphrased: the same statements "
        "in the same order, in other words. Parts are the sentences or clauses that agree; similarity "
        "is that of all words of the passage. Who came first is left open."
    )
    table = Table("table-lineage", caption, columns, rows, note)
    return Part("Passages shared between pages", "lineage", _or_none(table))


def _wording(wording: WordingRow) -> Inline:
    return (Run(wording.quote, quoted=True), Run(f"\n{', '.join(wording.pages)}", soft=True))


def _other_wording(shared: LineageRow) -> Inline:
    """The passage as the others have it, where they have it in other letters."""
    return _wording(shared.wordings[1]) if len(shared.wordings) > 1 else (Run("the same", soft=True),)


def _or_none(table: Table) -> tuple[Block, ...]:
    return (table,) if table.rows else (Paragraph((Run("None found."),)),)


def reference_part(report: Report) -> Part:
    """The references with what was read of each, and what is known against it."""
    intro = (
        f"{report.retraction_notice} A reference shows only what was confirmed; what is missing was not."
    )
    if any(row.witness == Witness.RETRACTION_WATCH.full_name and row.newest for row in report.witnesses):
        intro += " Of concerns and corrections Retraction Watch holds only some."
    columns = (
        Column("number", "No.", 5, is_number=True),
        Column("reference", "Reference", 36),
        Column("identifiers", "Identifiers", 18),
        Column("checked", "Read", 9),
        Column("appraisal", "Appraisal, notices and cautions", 37),
    )
    rows = tuple(_reference(number, row) for number, row in enumerate(report.references, start=1))
    table = Table("table-references", f"{counted(len(rows), 'reference')}.", columns, rows)
    asked = Section("Who was asked about them", "witnesses", (witness_table(report),))
    blocks = (Paragraph((Run(intro),)), asked, table)
    return Part("References and their check state", "references", blocks, True)


def witness_table(report: Report) -> Table:
    """Who was asked about the references, and who was not: not asked says nothing of a reference."""
    columns = (
        Column("witness", "Asked", 18),
        Column("found", "Has it", 8, is_number=True),
        Column("not_found", "Has it not", 9, is_number=True),
        Column("not_asked", "Not asked", 9, is_number=True),
        Column("why", "Why not", 36),
        Column("days", "Answers of", 20),
    )
    rows = tuple(
        table_row(row.witness, row.found, row.not_found, row.not_asked, row.whys, _days(row))
        for row in report.witnesses
    )
    note = (
        "Of what was not asked nothing is known. Retraction Watch and Crossref's notices have notices "
        "about a reference, the others the reference itself. OpenAlex repeats what Retraction Watch "
        "says, and is no witness of its own to retractions."
    )
    return Table(
        "table-witnesses", f"{counted(len(rows), 'witness', 'witnesses')}.", columns, rows, note
    )


def _days(row: WitnessRow) -> str:
    """The days of the answers of a witness, from the oldest to the newest."""
    if not row.oldest:
        return "none"
    return row.oldest if row.oldest == row.newest else f"{row.oldest} to {row.newest}"


def _reference(number: int, row: ReferenceRow) -> Row:
    identifiers: list[Run] = []
    if row.doi:
        identifiers.append(Run(f"doi:{row.doi}\n", link=f"https://doi.org/{row.doi}"))
    if row.pmid:
        address = f"https://pubmed.ncbi.nlm.nih.gov/{row.pmid}/"
        identifiers.append(Run(f"PubMed {row.pmid}\n", link=address))
    if row.url.startswith("https://"):
        identifiers.append(Run("address read\n", link=row.url))
    identifiers.append(Run(row.identifiers, soft=True))
    summary = f". {row.appraisal_summary}" if row.appraisal_summary else ""
    cautions = "".join(f"\n• {caution}" for caution in row.warnings)
    differing = "".join(f"\n• {difference}" for difference in row.differences)
    return table_row(
        number,
        (Run(row.citation), Run(f"\n{row.key}, {row.design.spoken}", soft=True)),
        tuple(identifiers),
        row.checked.spoken,
        (
            Run(row.appraisal, strong=True),
            Run(f"{summary}\n{row.notices}"),
            Run(f"\n{row.asked}", soft=True),
            Run(f"{cautions}{differing}"),
        ),
        anchor=f"ref-{row.key}",
    )
