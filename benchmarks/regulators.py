"""How many claims that regulators named as unlawful are met, and how many clean sentences.

Reads `../shared/bench/regulators` and `../shared/bench/clinic_pages` beside the project, or a folder
with `quotes.jsonl` and `clean.jsonl` of the same form that is given on the command line. What is met is
held to the market of its regulator; a clean sentence is held to every market in which it is said to be
clean. No subject is known: what a clinic sells, and what is approved, is not looked at.
"""

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from review.language.flags.screen import Hit
from review.language.lexicon import Lexicon
from review.model.knowledge.subject import Subject
from review.model.vocabulary import Market
from review.store.read import packaged_packs

BENCH = Path(__file__).resolve().parents[2] / "shared" / "bench"
MARKETS = {market.full_name: market for market in Market}
TUNED_ON = "the given part of regulators and fda_warning_claims, and 20 clinic pages"


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a file with one JSON object a line."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def against(lexicon: Lexicon, text: str, markets: Iterable[Market]) -> list[Hit]:
    """The flags of severity review or block that hold in any of these markets, or everywhere."""
    held = {None, *markets}
    return [h for h in lexicon.screen.hits(text) if h.market in held and h.speaks_of_a_rule]


def blocks(hits: Iterable[Hit]) -> bool:
    """Whether one of the flags blocks."""
    return any(hit.flag.is_blocking for hit in hits)


def recall(lexicon: Lexicon, quotes: Iterable[dict[str, str]]) -> Iterator[str]:
    """A table of what is met of the quotes, over all and by ground, regulator and market."""
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for quote in quotes:
        hits = against(lexicon, quote["quote"], [MARKETS[quote["jurisdiction"]]])
        by = (("ground", "ground"), ("regulator", "regulator"), ("market", "jurisdiction"))
        for key in (("all", "all"), *((name, quote[column]) for name, column in by)):
            met = counts[key]
            met[0] += 1
            met[1] += bool(hits)
            met[2] += blocks(hits)
    yield "| by | which | n | any | blocked |\n| --- | --- | --- | --- | --- |"
    for (name, which), (number, any_flag, blocked) in counts.items():
        share = f" ({any_flag / number:.2f}, {blocked / number:.2f})" if number >= 10 else ""
        yield f"| {name} | {which}{share} | {number} | {any_flag} | {blocked} |"


def alarms(lexicon: Lexicon, clean: Iterable[dict[str, str]]) -> Iterator[str]:
    """How many clean sentences are flagged and blocked, and by which rules."""
    number = flagged = blocked = 0
    rules: Counter[str] = Counter()
    for row in clean:
        us_only = row["clean_in"] == "United States"
        hits = against(lexicon, row["text"], [Market.US] if us_only else Market)
        number += 1
        flagged += bool(hits)
        blocked += blocks(hits)
        rules.update({hit.flag.title for hit in hits})
    yield f"clean sentences {number}: flagged {flagged}, blocked {blocked}; {dict(rules)}"


def pages(lexicon: Lexicon, folder: Path) -> Iterator[str]:
    """Flags a page on whole pages of clinics, by rule, as they are read in the United States."""
    counts: Counter[tuple[str, str]] = Counter()
    texts = [path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))]
    for text in texts:
        hits = against(lexicon, text, [Market.US])
        counts.update((hit.flag.flag, hit.flag.title) for hit in hits)
    yield f"{len(texts)} pages, {sum(counts.values()) / len(texts):.1f} flags a page"
    yield from (f"{number:5d} {flag} {title}" for (flag, title), number in sorted(counts.items()))


def main(arguments: list[str]) -> None:
    """Print the tables, of the folder that is given or of the data beside the project."""
    folder = Path(arguments[0]) if arguments else BENCH / "regulators"
    if not folder.is_dir():
        print(f"There is no {folder.name}: the data lie beside the project and are not part of it.")
        return
    lexicon = Lexicon(Subject(), packaged_packs())
    print(f"Tuned on {TUNED_ON}.\n")
    print("\n".join(recall(lexicon, rows(folder / "quotes.jsonl"))))
    print("\n".join(alarms(lexicon, rows(folder / "clean.jsonl"))))
    if folder.parent == BENCH:
        print("\n".join(pages(lexicon, BENCH / "clinic_pages" / "pages")))


if __name__ == "__main__":
    main(sys.argv[1:])
