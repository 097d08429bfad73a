"""What a resolver makes of the pairs: accuracy, scores by label, confusions; and how many mentions it resolves."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from contested.reading.parties import Identified, compare, resolve_parties
from contested.register import Register, load_register
from contested.statement import Report
from contested.text import prepare
from evaluation.gold import gold_reports
from evaluation.parties.pairs import LABELS, TEST, Mention, Pair, load, misplaced, reports
from evaluation.result import Measured, NotMeasured, Result, Score, corpus_hash, score

Log = Callable[[str], None]
Answers = Sequence[tuple[str, str]]  # label, what the resolver says: of each pair


def pairs(log: Log, path: Path = TEST) -> Result:
    """Accuracy and scores by label on the pairs of `path`; the log tells confusions, and coverage of gold mentions."""
    labelled = load(path)
    found = reports(labelled)
    if not found:
        return NotMeasured("the reports are not present (../shared/gold, ../shared/data/fakes)")
    if wrong := misplaced(labelled, found):
        return NotMeasured(
            f"the reports are not those that were labelled: words of {', '.join(wrong[:5])} stand elsewhere"
        )
    register = load_register()
    said = answers(labelled, found, register)
    for line in table(said):
        log(line)
    for line in coverage(gold_reports(), register):
        log(line)
    hashed = corpus_hash([*((id, report.text) for id, report in found.items()), (path.name, path.read_text("utf-8"))])
    return Measured(scores(said), len(labelled), "pairs", hashed)


def answers(labelled: Sequence[Pair], found: Mapping[str, Report], register: Register) -> Answers:
    """The label of each pair, and what the resolver says the two mentions are to each other."""
    known = resolved((m for pair in labelled for m in (pair.one, pair.other)), found, register)
    return [(pair.label, compare(known[pair.one], known[pair.other], register).value) for pair in labelled]


def resolved(mentions: Iterable[Mention], found: Mapping[str, Report], register: Register) -> dict[Mention, Identified]:
    """The party of each mention; those of one report are resolved together."""
    of_report: dict[str, set[Mention]] = defaultdict(set)
    for mention in mentions:
        of_report[mention.report].add(mention)
    out: dict[Mention, Identified] = {}
    for id, some in of_report.items():
        inorder = sorted(some)
        spans = [(mention.start, mention.end) for mention in inorder]
        out.update(zip(inorder, resolve_parties(prepare(found[id]), spans, register), strict=True))
    return out


def scores(said: Answers) -> dict[str, Score]:
    """`pairs.accuracy` (precision, recall and F1 are all it) and the scores of each label."""
    counts = Counter(said)
    right = {label: counts[label, label] for label in LABELS}
    out = {"pairs.accuracy": score(sum(right.values()), len(said), len(said))}
    for label in LABELS:
        wanted = sum(n for (gold, _), n in counts.items() if gold == label)
        given = sum(n for (_, guess), n in counts.items() if guess == label)
        out[f"pairs.{label}"] = score(right[label], wanted, given)
    return out


def table(said: Answers) -> list[str]:
    """The table of confusions, as lines: a row for each label of the gold, a column for each answer."""
    counts = Counter(said)
    head = f"{'pairs':12s}" + "".join(f"{label:>11s}" for label in LABELS) + "   (answers)"
    return [head, *(f"{gold:12s}" + "".join(f"{counts[gold, guess]:11d}" for guess in LABELS) for gold in LABELS)]


def coverage(read: Iterable[Report], register: Register) -> list[str]:
    """How many actors and targets of the gold have a party, by basis, and why others have none: as lines."""
    basis: Counter[str] = Counter()
    without: Counter[str] = Counter()
    for report in read:
        spans = sorted({
            (mention.start, mention.end)
            for statement in report.statements
            for mention in (*statement.actors, *statement.targets)
            if mention.start is not None and mention.end is not None
        })  # fmt: skip
        for one in resolve_parties(prepare(report), spans, register):
            (basis if one.party else without)[(one.basis if one.party else one.why) or "unsaid"] += 1
    all_of, some = basis.total() + without.total(), basis.total()
    if not all_of:
        return []
    return [
        f"coverage: {some} of {all_of} actors and targets of the gold have a party ({some / all_of:.3f})",
        *(f"  by {name}: {n} ({n / all_of:.3f})" for name, n in basis.most_common()),
        *(f"  none, {why}: {n} ({n / all_of:.3f})" for why, n in without.most_common(12)),
    ]
