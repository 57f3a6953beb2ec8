"""Every command of `review`: where it is, and what it does in a few words.

Nothing is loaded for this, so that asking what there is takes no longer than starting Python.
"""

ABOUT = "Check the marketing claims of clinic pages against the literature, by published rules."

GROUPS = {
    "Review pages": {
        "report": ("runs.report.report", "Write the report of pages, in every format."),
        "batch": ("runs.batch.batch", "Write many reports, side by side or on a cluster."),
        "scan": ("pages.scan.scan", "Count claims and verdicts by site in a large corpus."),
        "explain": ("evidence.explain", "Tell how a claim came to its verdict, step by step."),
        "contradictions": (
            "evidence.contradictions",
            "List facts told in two ways.",
        ),
        "lineage": ("evidence.lineage", "List the passages that pages share."),
        "diff": ("diff.diff", "Tell what changed between two reviews, and why."),
    },
    "Decide and sign": {
        "decide": ("people.decide.decide", "Record what a person decides on a claim."),
        "decisions": ("people.decide.decisions", "List the decisions taken."),
        "sign": ("people.seal.sign", "Seal a report against change."),
        "stamp": ("people.seal.stamp", "Put an authority's time stamp on a signature."),
        "verify": ("people.seal.verify", "Say whether a signed report has changed."),
    },
    "Bring in a page": {
        "init": ("runs.init.init", "Begin a project of your own in a new folder."),
        "ingest": ("pages.ingest.ingest", "Bring a page in, from an address or a file."),
        "suggest": ("pages.suggest.suggest", "Find the claims of a page and match them."),
        "search": ("pages.search.search", "Rank studies or papers for a claim."),
    },
    "Keep the evidence": {
        "check": ("evidence.check", "Check every evidence file, and count what is there."),
        "searches": ("searches.searches", "Show what was searched, as a PRISMA 2020 flow."),
        "format": ("evidence.format_files", "Write every evidence file in its canonical form."),
        "import": (
            "people.imports.import_judgements",
            "Bring in the judgements of an evidence profile.",
        ),
        "grade": ("rules.grade", "Add up the judgements of GRADE cases."),
        "pool": ("rules.pool", "Pool effects or counts of studies."),
        "refresh": ("runs.report.refresh", "Run the notebooks and store their outputs."),
    },
    "Rate and teach": {
        "rate": ("people.agree.rate", "Write a blank sheet for a reviewer to rate blind."),
        "agree": ("people.agree.agree", "Tell how far two blind reviewers agree."),
        "adjudicate": ("people.agree.adjudicate", "Record what was settled between two ratings."),
        "lesson": ("lessons.lesson.lesson", "Make exercises, and mark what learners hand in."),
    },
}
"""The commands by purpose, each with its function in a module of this package, and what it does."""

PLACES = {name: place for group in GROUPS.values() for name, (place, _) in group.items()}
"""Where each command is: the module and the function, with a point between."""


def help_page() -> str:
    """What `review --help` shows."""
    width = max(map(len, PLACES)) + 2
    lines = ["Usage: review COMMAND [OPTIONS]", "", ABOUT]
    for heading, commands in GROUPS.items():
        lines += ["", f"{heading}:"]
        lines += [f"  {name:{width}}{does}" for name, (_, does) in commands.items()]
    lines += [
        "",
        "`review COMMAND --help` tells more of a command, `review --version` shows the version.",
    ]
    return "\n".join(lines) + "\n"
