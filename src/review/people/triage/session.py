"""The triage of one page: what is open, and what each action would write."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from review.language.claims.stretches import found_again, trimmed
from review.language.sentences import Span
from review.model.errors import InField, ParameterError, Problem
from review.model.records import Claim, Page, Proposition, Quoted, Refusal
from review.model.vocabulary import Match, YesNo
from review.people.entries import Entered, line_problems, prose_problems
from review.people.triage.entered import built_proposition, field_problems, unclear
from review.people.triage.items import (
    By,
    Change,
    ClaimDraft,
    PageStretch,
    Suggested,
    TriageItem,
    TriageState,
)

_QUOTE = "Quote the page letter by letter."


# Without slots: `cached_property` keeps what it gives in the instance's own dictionary.
@dataclass(frozen=True)
class Session:
    """The triage of one page.

    `suggestions` stay the same throughout. `fixed` gives for each claim that cannot be changed here the
    file it stands in; `decided` are the claims on which a decision was taken: they cannot be taken back.
    """

    page: Page
    suggestions: Sequence[Suggested]
    claims: Mapping[str, Claim]
    refusals: Mapping[str, Refusal]
    propositions: Mapping[str, Proposition]
    fixed: Mapping[str, str] = field(default_factory=dict)
    decided: Collection[str] = ()

    @cached_property
    def items(self) -> tuple[TriageItem, ...]:
        """Everything to be judged or judged already, in reading order."""
        claims, refused = list(self.claims.values()), self._standing_refusals
        every = [TriageItem(c.start, c.end, self._answered(c), claim=c) for c in claims]
        every += [TriageItem(r.start, r.end, self._answered(r), refusal=r) for r in refused]
        every += [
            TriageItem(suggestion.start, suggestion.end, suggestion)
            for suggestion in self.suggestions
            if not any(self._answers(row, suggestion) for row in (*claims, *refused))
        ]
        return tuple(sorted(every, key=lambda item: (item.start, item.end, item.key)))

    @cached_property
    def by_importance(self) -> tuple[TriageItem, ...]:
        """What is open, most important first, then what is done, in reading order."""
        return tuple(sorted(self.items, key=_urgency))

    @property
    def open(self) -> tuple[TriageItem, ...]:
        """What is left to judge, most important first."""
        return tuple(item for item in self.by_importance if item.state is TriageState.OPEN)

    @property
    def progress(self) -> str:
        """How far the page is, in words."""
        states = [item.state for item in self.items]
        matches = [item.suggestion.match for item in self.open if item.suggestion]
        left = ", ".join(f"{matches.count(match)} {match}" for match in Match)
        return (
            f"{len(states) - states.count(TriageState.OPEN)} of {len(states)} handled: "
            f"{states.count(TriageState.CLAIMED)} claims, {states.count(TriageState.REFUSED)} refused. "
            f"{states.count(TriageState.OPEN)} open: {left}."
        )

    @cached_property
    def _standing_refusals(self) -> list[Refusal]:
        """The refusals that hold: of the same words the last, and none whose words are claimed now."""
        last = {(r.start, r.end): r for r in sorted(self.refusals.values(), key=_number)}
        claims = self.claims.values()
        return [r for r in last.values() if not any(self._answers(claim, r) for claim in claims)]

    @cached_property
    def _suggested_places(self) -> frozenset[tuple[int, int]]:
        return frozenset((suggestion.start, suggestion.end) for suggestion in self.suggestions)

    def _answered(self, row: Quoted) -> Suggested | None:
        """The suggestion that a row answers, the one that shares most of its words."""
        answered = [suggestion for suggestion in self.suggestions if self._answers(row, suggestion)]
        return max(answered, key=lambda s: (_shared(row, s), -s.start), default=None)

    def _answers(self, row: Quoted, words: PageStretch) -> bool:
        """Whether a row says what became of `words`: the same, or mended, split or merged from them.

        Those share at least half of the shorter (our convention). Words that are themselves suggested
        say nothing of another suggestion.
        """
        if (row.start, row.end) == (words.start, words.end):
            return True
        if (row.start, row.end) in self._suggested_places:
            return False
        shorter = min(row.end - row.start, words.end - words.start)
        return 2 * _shared(row, words) >= shorter

    def item(self, key: str) -> TriageItem:
        """The item of that key. Raises ParameterError when there is none any more."""
        for item in self.items:
            if item.key == key:
                return item
        fault = f"{key} is no longer what was shown"
        remedy = "Look at the page again, then choose."
        raise ParameterError.at(InField(Entered.SUGGESTION), fault, remedy=remedy)

    def draft(self, key: str) -> ClaimDraft:
        """The claim that the item is, or would be if it were accepted as it stands."""
        item = self.item(key)
        made, suggestion = item.claim, item.suggestion
        if made:
            return ClaimDraft(
                made.start, made.end, made.category, made.wording, made.checkworthy, made.polarity,
                made.proposition,
            )  # fmt: skip
        if suggestion is None:
            return ClaimDraft(item.start, item.end)
        # More likely than not.
        worth = YesNo.YES if suggestion.checkworthy >= 0.5 else YesNo.NO
        return ClaimDraft(
            item.start, item.end, suggestion.category, suggestion.wording, worth, suggestion.polarity,
            suggestion.proposition,
        )  # fmt: skip

    def words(self, draft: ClaimDraft, words: str) -> ClaimDraft:
        """`draft` with the place where `words` stand, closest to where it is now.

        Raises ParameterError when the page does not say so.
        """
        span = found_again(self.page.text, words, draft.start)
        if span is None:
            fault = "the page does not say so" if words.strip() else "no words are left"
            raise ParameterError.at(InField(Entered.WORDS), fault, remedy=_QUOTE)
        return replace(draft, start=span.start, end=span.end)

    def proposition(self, words: str) -> str:
        """The id of the proposition named by its id or by words of its id or statement.

        Raises ParameterError when none has all the words, or several have.
        """
        named = words.strip()
        if named in self.propositions:
            return named
        asked = named.lower().split()
        matches = [
            key
            for key, row in self.propositions.items()
            if asked and all(word in f"{key} {row.statement.lower()}" for word in asked)
        ]
        if len(matches) == 1:
            return matches[0]
        raise ParameterError([unclear(named, matches, self.propositions)])

    def accept(self, key: str, draft: ClaimDraft | None = None) -> Change:
        """The item as a claim, with what `draft` changes of it; a claim keeps its id."""
        item = self.item(key)
        (claim,) = self._claims(item, [draft or self.draft(key)])
        return Change((claim,), messages=(f"{claim.claim} is a claim.", *self._overlaps([claim])))

    def add(self, draft: ClaimDraft) -> Change:
        """One more claim, of words that nothing suggested."""
        (claim,) = self._claims(TriageItem(draft.start, draft.end), [draft])
        return Change((claim,), messages=(f"{claim.claim} is a claim.", *self._overlaps([claim])))

    def edit(self, key: str, start: int, end: int, draft: ClaimDraft | None = None) -> Change:
        """The item as a claim of the words from `start` to `end`."""
        return self.accept(key, replace(draft or self.draft(key), start=start, end=end))

    def link(self, key: str, proposition: str, draft: ClaimDraft | None = None) -> Change:
        """The item as a claim that makes a proposition; see `proposition` for how it is named."""
        named = self.proposition(proposition)
        return self.accept(key, replace(draft or self.draft(key), proposition=named))

    def new_proposition(
        self, key: str, cells: Mapping[str, str], draft: ClaimDraft | None = None
    ) -> Change:
        """The item as a claim that makes a proposition which is written with it."""
        name = cells.get("proposition", "")
        own = replace(draft or self.draft(key), proposition=name)
        made, problems = built_proposition(cells)
        if name in self.propositions:
            fault = f"there is a proposition {name!r} already"
            remedy = "Choose another id, or link to it."
            problems.append(InField(Entered.PROPOSITION).problem(fault, remedy=remedy))
        problems += self._problems(self.item(key), [own], known={*self.propositions, name})
        if made is None or problems:
            raise ParameterError(problems)
        known = replace(self, propositions={**self.propositions, name: made})
        return replace(known.accept(key, own), propositions=(made,))

    def split(self, key: str, at: int, draft: ClaimDraft | None = None) -> Change:
        """The item as two claims, the second from `at` on; the first keeps the id of a claim."""
        whole = draft or self.draft(key)
        if not whole.start < at < whole.end:
            fault = f"character {at} is not within {whole.start}-{whole.end}"
            remedy = "Split before a word of the claim."
            raise ParameterError.at(InField(Entered.SPLIT), fault, remedy=remedy)
        claims = self._claims(self.item(key), [replace(whole, end=at), replace(whole, start=at)])
        message = f"Split into {' and '.join(claim.claim for claim in claims)}."
        return Change(tuple(claims), messages=(message, *self._overlaps(claims)))

    def merge(self, key: str, other: str, by: By, draft: ClaimDraft | None = None) -> Change:
        """Two items side by side as one claim: what is said of it is said of the first named.

        A claim keeps its id; of two claims the first named does, and the other's is retired.
        """
        first, second = self.item(key), self.item(other)
        own = draft or self.draft(key)
        merged = replace(
            own,
            start=min(first.start, second.start),
            end=max(first.end, second.end),
            proposition=own.proposition or self.draft(other).proposition,
        )
        gone = second.claim if first.claim else None
        problems = [*self._fixed(second), *self._apart(first, second)]
        if gone:
            problems += [*self._bound(gone), *line_problems(InField(Entered.REVIEWER), by.reviewer)]
        without = {gone.claim} if gone else set()
        kept = second if second.claim and not gone else first
        (claim,) = self._claims(kept, [merged], problems, without)
        reason = f"Merged into {claim.claim}."
        refusals = (self._refusal(gone, gone.claim, reason, by),) if gone else ()
        messages = (reason, *self._overlaps([claim], without))
        return Change((claim,), refusals=refusals, retired=frozenset(without), messages=messages)

    def refuse(self, key: str, reason: str, by: By) -> Change:
        """The item as no claim, with the reason; a claim's id goes with it and is not used again."""
        item = self.item(key)
        problems = [*self._fixed(item), *self._bound(item.claim)]
        problems += prose_problems(InField(Entered.REASON), reason)
        problems += line_problems(InField(Entered.REVIEWER), by.reviewer)
        if item.state is TriageState.REFUSED:
            fault = f"{key} is refused already"
            problems.append(InField(Entered.SUGGESTION).problem(fault, remedy="Choose another."))
        if problems:
            raise ParameterError(problems)
        number = item.claim.claim if item.claim else self._new_ids(1)[0]
        refusal = self._refusal(item, number, reason, by)
        retired = frozenset([number] if item.claim else [])
        return Change(refusals=(refusal,), retired=retired, messages=(f"{number} is refused.",))

    def after(self, change: Change) -> "Session":
        """The session once the rows of `change` are written."""
        claims = {key: claim for key, claim in self.claims.items() if key not in change.retired}
        return replace(
            self,
            claims={**claims, **{claim.claim: claim for claim in change.claims}},
            refusals={**self.refusals, **{row.claim: row for row in change.refusals}},
            propositions={**self.propositions, **{row.proposition: row for row in change.propositions}},
        )

    def _claims(
        self,
        item: TriageItem,
        drafts: Sequence[ClaimDraft],
        problems: Sequence[Problem] = (),
        without: Collection[str] = (),
    ) -> list[Claim]:
        """The claims that `drafts` ask for, the first under the id of `item` where it is one.

        Raises ParameterError with `problems` and everything else that forbids them.
        """
        faults = [*problems, *self._problems(item, drafts, self.propositions, without)]
        if faults:
            raise ParameterError(list(dict.fromkeys(faults)))
        own = [item.claim.claim] if item.claim else []
        ids = [*own, *self._new_ids(len(drafts) - len(own))]
        return [Claim.model_validate(self._row(*pair)) for pair in zip(ids, drafts, strict=True)]

    def _problems(
        self,
        item: TriageItem,
        drafts: Sequence[ClaimDraft],
        known: Collection[str],
        without: Collection[str] = (),
    ) -> Iterator[Problem]:
        """What is wrong with `drafts` as claims in place of `item`."""
        yield from self._fixed(item)
        for draft in drafts:
            if not 0 <= draft.start < draft.end <= len(self.page.text):
                fault = f"{draft.start}-{draft.end} is no stretch of the page"
                yield InField(Entered.WORDS).problem(fault, remedy=_QUOTE)
                continue
            # Any id serves: the row is made to try its fields.
            row = self._row(f"{self.page.page}-001", draft)
            if not row["quote"].strip():
                yield InField(Entered.WORDS).problem("no words are left", remedy=_QUOTE)
                continue
            if not draft.proposition:
                fault = "it makes no proposition that is known here"
                remedy = "Link it to one, or write a new one."
                yield InField(Entered.PROPOSITION).problem(fault, remedy=remedy)
            elif draft.proposition not in known:
                yield unclear(draft.proposition, [], self.propositions)
            yield from field_problems(Claim, row, but=["proposition"])
            yield from self._repeated(item, row, without)

    def _repeated(
        self, item: TriageItem, row: Mapping[str, Any], without: Collection[str]
    ) -> Iterator[Problem]:
        for key, claim in self.claims.items():
            same = all(getattr(claim, name) == row[name] for name in ("start", "end", "proposition"))
            if same and key != item.key and key not in without:
                fault = f"{key} claims just this already"
                yield InField(Entered.CLAIM).problem(fault, remedy="Keep that one.")

    def _row(self, key: str, draft: ClaimDraft) -> dict[str, Any]:
        span = trimmed(self.page.text, Span(draft.start, draft.end))
        return {
            "claim": key,
            "page": self.page.page,
            "start": span.start,
            "end": span.end,
            "quote": span.of(self.page.text),
            "category": draft.category,
            "wording": draft.wording,
            "checkworthy": draft.checkworthy,
            "proposition": draft.proposition,
            "polarity": draft.polarity,
        }

    def _refusal(self, words: PageStretch, key: str, reason: str, by: By) -> Refusal:
        return Refusal(
            claim=key,
            page=self.page.page,
            start=words.start,
            end=words.end,
            quote=self.page.text[words.start : words.end],
            reason=reason,
            reviewer=by.reviewer,
            date=by.day,
        )

    def _new_ids(self, count: int) -> list[str]:
        """Ids that no claim and no refusal of the page has or ever had."""
        last = max((_number(row) for row in (*self.claims.values(), *self.refusals.values())), default=0)
        return [f"{self.page.page}-{last + more:03d}" for more in range(1, count + 1)]

    def _fixed(self, item: TriageItem) -> Iterator[Problem]:
        if item.key in self.fixed:
            fault = f"{item.key} stands in {self.fixed[item.key]}, not in your own folder"
            yield InField(Entered.CLAIM).problem(fault, remedy="Give that folder last to change it.")

    def _bound(self, claim: Claim | None) -> Iterator[Problem]:
        if claim and claim.claim in self.decided:
            fault = f"a decision was taken on {claim.claim}"
            remedy = "Keep the claim: the decision would lose what it is about."
            yield InField(Entered.CLAIM).problem(fault, remedy=remedy)

    def _apart(self, first: TriageItem, second: TriageItem) -> Iterator[Problem]:
        left, right = sorted((first, second), key=lambda item: (item.start, item.end))
        between = range(left.end, right.start)
        others = [i for i in self.items if i.start in between and i.end <= right.start]
        place, remedy = InField(Entered.MERGE), "Name the one beside it."
        if first.key == second.key:
            yield place.problem("it cannot be merged with itself", remedy=remedy)
        elif others or "\n" in self.page.text[left.end : right.start]:
            yield place.problem("the two are not side by side", remedy=remedy)

    def _overlaps(self, made: Sequence[Claim], without: Collection[str] = ()) -> Iterator[str]:
        """Which other claims share words with those just made: allowed, but to be known."""
        own = {claim.claim for claim in made} | set(without)
        met = sorted(
            k for k, c in self.claims.items() if k not in own and any(_shared(c, m) for m in made)
        )
        if met:
            yield f"It shares words with {', '.join(met)}."


def _urgency(item: TriageItem) -> tuple[bool, float, int]:
    """Orders items: open before done, then by the importance of the suggestion, then by place."""
    done = item.state is not TriageState.OPEN
    importance = item.suggestion.importance if item.suggestion and not done else 0.0
    return (done, -importance, item.start)


def _shared(a: PageStretch, b: PageStretch) -> int:
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def _number(row: Quoted) -> int:
    return int(row.claim.rpartition("-")[2])
