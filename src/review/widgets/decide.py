"""The form in JupyterLab on which a named person decides claim by claim."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import ipywidgets as ipw

from review.model.errors import InField, ReviewError
from review.model.fields import utc_text
from review.model.visible import visible
from review.model.vocabulary import NOT_APPLICABLE, DecisionKind
from review.people.decisions import Draft, Taken, basis_digest, history
from review.people.entries import Entered
from review.report.plain import plain_action
from review.store.additions.decisions import record_decision
from review.store.clock import utc_now
from review.verdicts.verdict import Judged
from review.widgets.parts import ENTRY, NAMED, SHORT, WIDE, Form, problems_html, text_html, textarea
from review.workbench import Review, open_review

ALL_PAGES = "all pages"


class DecisionForm(Form):
    """Choose a claim, read what the review says of it, decide, give a reason, record.

    What is recorded, and what is refused, is what `review decide` records and refuses. The controls are
    ordinary ones with labels, in reading order, so that the keyboard and a screen reader reach each.
    """

    def __init__(self, folders: Sequence[str | Path], as_of: str | None = None) -> None:
        self._folders = [Path(folder) for folder in folders]
        self._as_of = as_of
        self._load()
        pages = [ALL_PAGES, *self._review.page_ids]
        self.page = ipw.Dropdown(description="Page", options=pages, layout=WIDE, style=NAMED)
        self.claim = ipw.Select(description="Claim", rows=8, layout=WIDE, style=NAMED)
        self.panel = ipw.HTML()
        kinds = [("choose", ""), *((str(kind), str(kind)) for kind in DecisionKind)]
        self.decision = ipw.Dropdown(description="Decision", options=kinds, style=NAMED)
        self.wording = textarea("New wording", "what the page shall say; only to reword")
        self.take_allowed = ipw.Button(description="Reword as the evidence allows", layout=WIDE)
        self.reason = textarea("Reason", "why, in words a clinician can check")
        self.reviewer = ipw.Text(description="Reviewer", **ENTRY)
        self.role = ipw.Text(description="Role", **ENTRY)
        self.record = ipw.Button(description="Record the decision", button_style="primary", layout=WIDE)
        self.result = ipw.HTML()
        parts = [self.page, self.claim, self.panel, self.decision, self.wording, self.take_allowed]
        parts += [self.reason, self.reviewer, self.role, self.record, self.result]
        self.box = ipw.VBox(parts, layout=ipw.Layout(max_width="60em"))
        self._list_claims()
        self.page.observe(self._on_page, "value")
        self.claim.observe(self._on_claim, "value")
        self.take_allowed.on_click(self._on_take_allowed)
        self.record.on_click(self._on_record)
        self._show()

    def __repr__(self) -> str:
        count = len(self._review.worst)
        return f"A form to decide on {count} claims. It works while this notebook runs in JupyterLab."

    def _load(self) -> None:
        self._review: Review = open_review(self._folders, self._as_of)
        self._judged = {judged.claim.claim: judged for judged in self._review.worst}

    def _list_claims(self) -> None:
        """The claims of the chosen page, those first that need attention first."""
        on_page = [
            judged for judged in self._review.worst if self.page.value in (ALL_PAGES, judged.claim.page)
        ]
        self.claim.options = [(self._label(judged), judged.claim.claim) for judged in on_page]
        if on_page and self.claim.index is None:
            self.claim.index = 0

    def _label(self, judged: Judged) -> str:
        taken = history(self._review.evidence, judged.claim.claim)
        state = f" [{taken[-1].decision.decision}, {taken[-1].state}]" if taken else ""
        quote = visible(" ".join(judged.claim.quote.split()))
        short = quote if len(quote) <= SHORT else f"{quote[: SHORT - 1]}…"
        return f"{judged.claim.claim} {judged.verdict}{state}: {short}"

    def _show(self) -> None:
        """Show the chosen claim, and remember on what it was judged when it was shown."""
        key = self.claim.value
        self._seen = basis_digest(self._review.evidence, key) if key else ""
        lines = _claim_lines(self._review, self._judged[key]) if key else ["There is no claim here."]
        self.panel.value = "".join(f"<div>{line}</div>" for line in lines)
        self.take_allowed.disabled = not key or not self._judged[key].allowed_wording

    def _on_page(self, _: object) -> None:
        self._list_claims()

    def _on_claim(self, _: object) -> None:
        """Another claim: what was entered for the last one must not be recorded for it."""
        self.decision.value, self.wording.value, self.reason.value = "", "", ""
        self.result.value = ""
        self._show()

    def _on_take_allowed(self, _: object) -> None:
        self.decision.value = str(DecisionKind.REWORD)
        self.wording.value = self._judged[self.claim.value].allowed_wording

    def _on_record(self, _: object) -> None:
        draft = Draft(
            claim=self.claim.value or "",
            decision=self.decision.value,
            reason=self.reason.value,
            reviewer=self.reviewer.value,
            role=self.role.value,
            wording=self.wording.value,
            seen=self._seen,
        )
        try:
            taken, path = record_decision(self._folders, draft, utc_now())
        except ReviewError as error:
            if any(problem.place == InField(Entered.CLAIM) for problem in error.problems):
                self._reload()
            self.result.value = problems_html(error.problems)
            return
        self._reload()
        message = f"Recorded in {path.as_posix()}: {taken.claim}, {taken.decision}."
        self.result.value = f'<div role="status">{text_html(message)}</div>'

    def _reload(self) -> None:
        """Show the evidence as it is now, with the same claim and nothing entered for it yet."""
        chosen = self.claim.value
        self._load()
        self._list_claims()
        if chosen in self._judged:
            self.claim.value = chosen
        self._on_claim(None)


def _claim_lines(review: Review, judged: Judged) -> Iterator[str]:
    """What the review says of a claim, as HTML, a line a paragraph."""
    claim = judged.claim
    yield f"<q>{text_html(claim.quote)}</q> ({text_html(review.evidence.pages[claim.page].title)})"
    statement = text_html(judged.standing.proposition.statement)
    yield f"<b>Verdict: {text_html(judged.verdict.spoken)}.</b> Statement: {statement}"
    reasons = "".join(f"<li>{text_html(reason.sentence)}</li>" for reason in judged.reasons)
    yield f"Reasons:<ul>{reasons}</ul>"
    if judged.allowed_wording:
        yield f"The evidence allows: <q>{text_html(judged.allowed_wording)}</q>"
    sentence = next(s for s in review.sentences if judged in s.judged)
    action, to_do = text_html(sentence.action.spoken), text_html(plain_action(sentence))
    yield f"<b>Its sentence: {action}.</b> {to_do}"
    taken = history(review.evidence, claim.claim)
    yield f"Earlier decisions: {'' if taken else 'none'}"
    for earlier in taken:
        yield _taken_line(earlier)


def _taken_line(taken: Taken) -> str:
    decision = taken.decision
    new = "" if decision.wording == NOT_APPLICABLE else f" New wording: “{decision.wording}”"
    recorded = f", recorded {utc_text(decision.recorded)}" if decision.recorded else ""
    return text_html(
        f"{decision.date.isoformat()}{recorded}, {taken.state}: {decision.decision}, "
        f"by {decision.reviewer} ({decision.role}). {decision.reason}{new}"
    )
