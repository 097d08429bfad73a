"""The reading, in order. Each step is a file that answers one question; this is the one place where they meet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

from contested.reading import engine
from contested.reading.according_to import read_according_to
from contested.reading.ahead import ahead
from contested.reading.by_means_of import read_means
from contested.reading.carried import read_carried
from contested.reading.did import read_did
from contested.reading.draft import Draft, Words
from contested.reading.encoder import Encoder
from contested.reading.holds import read_holds
from contested.reading.how_many import read_how_many
from contested.reading.knowledge import NOTHING, Knowledge, Resolved
from contested.reading.metonyms import is_metonym
from contested.reading.stance import read_stance
from contested.reading.ties import read_ties
from contested.reading.toponyms import find_toponyms
from contested.reading.war_places import read_war_places
from contested.reading.when import find, read_when
from contested.reading.where import read_where
from contested.reading.who import read_who
from contested.statement import Mention, Report, Source, Statement
from contested.text import Text, prepare

#: What is asked of the drafts, in order: the encoder has marked words, each step turns some of them into values.
STEPS: tuple[Callable[[Text, list[Draft]], None], ...] = (
    read_who,
    read_where,
    read_ties,
    read_according_to,
    read_stance,
    read_when,
    read_how_many,
    read_holds,
    read_means,
    read_did,
    read_carried,
    read_war_places,
)
LAYERS = ("names", "times", "places", "quotes")


class Reader:
    """Reads reports. Loading takes a second or two and about 200 MB; reading is safe to repeat and keeps no state.

    Without `knowledge` mentions stay words: nothing is resolved.
    """

    def __init__(self, encoder: Encoder, threads: int = 1, knowledge: Knowledge | None = None) -> None:
        self.encoder, self.threads, self.knowledge = encoder, threads, knowledge

    @classmethod
    def load(
        cls,
        at: Path | None = None,
        threads: int = 0,
        *,
        lexicon: Path | None = None,
        log: Callable[[str], None] | None = None,
    ) -> Self:
        """With the packaged weights, or those in folder `at`; `threads` 0 takes every core.

        `lexicon` is a folder of parties to add to the register. `log` is told of what takes long: the first reader on
        a machine makes the index of places. Raises `ModelError`, `LexiconError` and `DataError`.
        """
        threads = threads or engine.cores()
        return cls(engine.load(at, threads), threads, Knowledge.load(lexicon, log))

    @property
    def version(self) -> str:
        return self.encoder.settings.version

    def read(self, report: Report) -> Report:
        """The report with its statements, in the order of the text."""
        text = prepare(report)
        drafts = read_drafts(text, self.encoder.read(text))
        resolved = self.knowledge.resolve(text, drafts) if self.knowledge else NOTHING
        return report.with_statements(finish(text, drafts, resolved))

    def read_many(self, reports: Iterable[Report]) -> Iterator[Report]:
        """The reports with their statements, in the same order; as many are read at a time as there are threads.

        What is read of a report does not depend on the others. No more than twice as many reports as threads are taken
        in ahead of what was asked for. Raises what `read` raises, in the report's turn, and then reads no more.
        """
        for _, read in ahead(self.read, reports, self.threads):
            yield read()

    def annotate(self, report: Report, layer: str) -> list[dict[str, Any]]:
        """One layer of words found in the report (`names`, `times`, `places` or `quotes`), in text order.

        Each is `{"text", "start", "end", …}` with what the layer tells besides. Raises `ValueError` for another layer.
        """
        text = prepare(report)
        if layer == "times":
            return [m.to_json() for m in find(text)]
        if layer == "quotes":
            return [
                {
                    "text": text.raw[q.start : q.end],
                    "start": q.start,
                    "end": q.end,
                    "closed": q.closed,
                    "group": q.group,
                }
                for q in text.quotations
            ]
        if layer not in LAYERS:
            raise ValueError(f"no layer {layer!r}; there are {', '.join(LAYERS)}")
        if layer == "places" and self.knowledge:
            return self._places(text, self.knowledge)
        return [
            {"text": text.raw[w.start : w.end], "start": w.start, "end": w.end, "type": label, "sure": w.sure}
            for w, label in self.encoder.names(text)
            if layer == "names" or label == "LOCATION"
        ]

    def _places(self, text: Text, knowledge: Knowledge) -> list[dict[str, Any]]:
        """The toponyms and what they mean. `named` is how sure it is that a place is named, and `how` what spoke most
        for it; `metonym` that it stands for a government or a people; the other keys, `sure` among them, are those of
        `Located.to_json`."""
        found = find_toponyms(text, self.encoder.name_odds(text), knowledge.gazetteer)
        located = knowledge.places(text, [(t.start, t.end) for t in found])
        return [
            {"text": text.raw[t.start : t.end], "start": t.start, "end": t.end, "type": "LOCATION", "named": t.sure,
             "how": t.how, "metonym": is_metonym(text, (t.start, t.end)), **one.to_json()}
            for t, one in zip(found, located, strict=True)
        ]  # fmt: skip


def read_drafts(text: Text, drafts: list[Draft]) -> list[Draft]:
    """Ask every step of the drafts that the encoder found."""
    for step in STEPS:
        step(text, drafts)
    return drafts


def finish(text: Text, drafts: Iterable[Draft], resolved: Resolved = NOTHING) -> list[Statement]:
    """Drafts → statements: every worded part becomes a slice of the report's text, with what it was resolved to."""
    raw = text.raw

    def mentions(words: Iterable[Words], known: Mapping[tuple[int, int], Mapping[str, Any]]) -> tuple[Mention, ...]:
        return tuple(Mention(raw[w.start : w.end], w.start, w.end, known.get((w.start, w.end))) for w in words)

    def source(one: Source | None) -> Source | None:
        if one is None or one.start is None:
            return one
        return replace(one, resolved=resolved.parties.get((one.start, one.start + len(one.text))))

    return [
        Statement(
            kind=d.kind, type=d.type, mode=d.mode, anchor=raw[d.anchor.start : d.anchor.end],
            quote=raw[d.quote.start : d.quote.end], anchor_start=d.anchor.start, quote_start=d.quote.start,
            actors=mentions(d.actors, resolved.parties), targets=mentions(d.targets, resolved.parties),
            places=mentions(d.places, resolved.places), when=d.when, source=source(d.source), said=d.said,
            modality=d.modality, harm=tuple(d.harm), share=d.share,
            by=dict(d.by), sure={field: round(float(p), 3) for field, p in d.sure.items()},
        )
        for d in drafts
    ]  # fmt: skip
