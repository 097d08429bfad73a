"""A case: an input made from a number, and what comes of it when it is taken in, read, shown and kept."""

from __future__ import annotations

import random
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from contested.config import MAX_TEXT
from contested.errors import InputError, RecordError
from contested.intake import from_path
from contested.reading import engine
from contested.reading.encoder import Encoder
from contested.reading.knowledge import Knowledge
from contested.reading.pipeline import LAYERS, Reader
from contested.record.record import Record, open_record
from contested.statement import Report
from contested.text import prepare
from evaluation.fuzz import checks, grammar, mutations, seeds
from evaluation.fuzz.backend import Random

#: This part of the cases are files of some kind, the others texts.
FILES = 0.6
#: One case in so many is read by the network too, its layers marked, shown in the views, and kept in a record.
NETWORK, MARKED, SHOWN, KEPT = 50, 40, 40, 25
#: So many reports are kept before a record is derived and thrown away.
DERIVED = 60
#: Of the reports of one input, so many are looked at and so many are read.
LOOKED_AT, READ = 20, 1
#: CPU seconds that one input may take. A text of more than `FULL` characters may take more, in proportion.
LIMIT, FULL = 5.0, 100_000


@dataclass(frozen=True, slots=True)
class Case:
    """An input: the bytes of a file called `name`, of a `kind`; texts are of the kind `words`."""

    number: int
    kind: str
    name: str
    data: bytes


@dataclass(slots=True)
class Outcome:
    """What came of a case: how many reports and errors, CPU seconds by step, and what is wrong, as (group, in full)."""

    reports: int = 0
    refused: int = 0
    statements: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    wrong: list[tuple[str, str]] = field(default_factory=list)


class Hung(BaseException):
    """The time for one step is over. No handler of the package may take it for a broken input."""


def case(seed: int, number: int, kind: str | None = None) -> Case:
    """The case of a number; of one `kind` where it is named."""
    chance = random.Random(f"{seed}:{number}")
    if kind == "words" or (kind is None and chance.random() > FILES):
        return Case(number, "words", "x.txt", _words(chance).encode("utf-8", "surrogatepass"))
    known = seeds.seeds()
    kinds = sorted({one.kind for one in known}) if kind is None else [kind]
    picked = chance.choice(kinds)
    start = chance.choice([one for one in known if one.kind == picked])
    others = [one.data for one in known if not seeds.is_packed(one)]
    if picked == "text" or (start.data.isascii() and chance.random() < 0.1):  # the words themselves are odd
        spot = seeds.BODY[2].encode()
        odd = _words(chance).encode("utf-8", "surrogatepass")
        start = replace(start, data=start.data.replace(spot, odd))
    if seeds.is_packed(start) and chance.random() < 0.6:
        change = lambda data: mutations.changed(chance, data, others)  # noqa: E731
        data = seeds.inside(start, change, chance.choice)
    else:
        data = mutations.changed(chance, start.data, others)
    name = start.name if chance.random() < 0.8 else chance.choice(["x", *(one.name for one in known)])
    return Case(number, picked, name, data)


def _words(chance: random.Random) -> str:
    made = chance.random()
    size = chance.randint(20, 500)
    if made < 0.04:
        size = chance.randint(500, 6_000)
    elif made < 0.0415:
        size = chance.randint(20_000, 100_000)
    text = grammar.endless(chance, size) if chance.random() < 0.12 else grammar.story(chance, size)
    while chance.random() < 0.5:
        at = chance.randrange(len(text) + 1)
        change = chance.randrange(7)
        if change == 0:
            text = text[:at] + chance.choice(grammar.ODD) + text[at:]
        elif change == 1:
            text = text[:at] + text[at + chance.randint(1, 20) :]
        elif change == 2:
            text = text.upper() if chance.random() < 0.5 else text.title()
        elif change == 3:
            text = text[:at] + text[at : at + 80].swapcase() + text[at + 80 :]
        elif change == 4:
            text = text[:at] + text[at : at + 60] * chance.randint(2, 5) + text[at:]
        elif change == 5:
            old, new = chance.choice(
                ((" ", "\xa0"), (" ", "\n"), (".", "…"), ("'", "’"), ("-", "–"), (" ", "  "), ("\n", ""))
            )
            text = text.replace(old, new)
        else:
            text = text[:at]
    return text


class Runner:
    """Runs cases. `folder` takes files and records; what is marked by chance depends on the case alone."""

    def __init__(self, folder: Path, seed: int, *, network: bool = True) -> None:
        self.folder, self.seed = folder, seed
        knowledge = Knowledge.load()
        real = engine.load(threads=1)
        self.random = Random(real.settings)
        self.reader = Reader(Encoder(self.random, real.tokenizer, real.settings), 1, knowledge)
        self.network = Reader(real, 1, knowledge) if network else None
        self.record: Record | None = None
        self.kept = 0

    def run(self, one: Case, *, everything: bool = False) -> Outcome:
        """What comes of a case; with `everything`, all that is otherwise done with one case in many."""
        out = Outcome()
        if one.kind == "words":
            taken = [_report(one, random.Random(one.number))]
        else:
            taken = self._step(out, "intake", lambda: self._taken(one)) or []
        out.refused = sum(isinstance(what, InputError) for what in taken)
        reports = [what for what in taken if isinstance(what, Report)]
        out.reports = len(reports)
        for n, report in enumerate(reports[:LOOKED_AT]):
            if one.kind != "words":  # a text of half characters is refused before it is a report
                self._look(out, "report", lambda report=report: checks.of_report(report))
            self._step(out, "prepare", lambda report=report: self._prepared(out, report), report)
            if n < READ:
                self._read(out, one, report, everything)
        return out

    def _taken(self, one: Case) -> list[Report | InputError]:
        file = self.folder / one.name
        file.write_bytes(one.data)
        found = list(islice(from_path(file), 10_000))
        if not found:
            raise AssertionError("neither a report nor an error came of it")
        if strange := [what for what in found if not isinstance(what, Report | InputError)]:
            raise AssertionError(f"{strange[0]!r} came of it")
        return found

    def _prepared(self, out: Outcome, report: Report) -> None:
        text = prepare(report)
        self._look(out, "layout", lambda: checks.of_layout(text))

    def _read(self, out: Outcome, one: Case, report: Report, everything: bool) -> None:
        chance = random.Random(f"{self.seed}:{one.number}:done")
        often = {"network": NETWORK, "marked": MARKED, "shown": SHOWN, "kept": KEPT}
        due = {name: everything or chance.random() < 1 / many for name, many in often.items()}
        self.random.begin(one.number)
        done = self._step(out, "rules", lambda: self.reader.read(report), report)
        if due["network"] and self.network is not None:
            network = self.network
            self._checked(out, self._step(out, "network", lambda: network.read(report)))
        if due["marked"]:
            for layer in LAYERS:
                self._step(out, "marking", lambda layer=layer: self._marked(report, layer), report)
        if done is None:
            return
        self._checked(out, done)
        if due["shown"]:
            self._step(out, "showing", lambda: _shown(done), report)
        if due["kept"]:
            self._step(out, "keeping", lambda: self._keep(done), report)

    def _checked(self, out: Outcome, done: Report | None) -> None:
        if done is not None:
            out.statements += len(done.statements)
            self._look(out, "reading", lambda: checks.of_reading(done))
            if not any("\ud800" <= c <= "\udfff" for c in done.text):
                self._look(out, "report", lambda: checks.of_report(done))

    def _marked(self, report: Report, layer: str) -> None:
        for mark in self.reader.annotate(report, layer):
            if report.text[mark["start"] : mark["end"]] != mark["text"]:
                raise AssertionError(f"{layer}: {mark} does not stand there")

    def _keep(self, report: Report) -> None:
        """Add a report to a record, derive the record now and then, and begin another."""
        if self.record is None:
            for file in self.folder.glob("kept.db*"):
                file.unlink()
            self.record, self.kept = open_record(self.folder / "kept.db", create=True), 0
        try:
            list(self.record.add([report], reader="fuzz"))
        except RecordError as error:
            if "character" not in str(error):
                raise
        self.kept += 1
        if self.kept >= DERIVED:
            record, self.record = self.record, None
            with record:
                record.derive()
                record.situation()

    def _look(self, out: Outcome, what: str, look: Callable[[], Iterator[str]]) -> None:
        try:
            for slip in islice(look(), 3):
                out.wrong.append((f"{what}: {_kind_of(slip)}", slip))
        except Exception as error:
            out.wrong.append(_group(what, error))

    def _step(self, out: Outcome, name: str, do: Callable[[], object], report: Report | None = None):  # type: ignore[no-untyped-def]
        begun = time.process_time()
        try:
            return do()
        except (Exception, Hung) as error:
            out.wrong.append(_group(name, error))
        finally:
            took = time.process_time() - begun
            out.seconds[name] = max(took, out.seconds.get(name, 0.0))
            allowed = LIMIT * max(1.0, (len(report.text) if report else 0) / FULL)
            if took > allowed and name != "keeping":
                out.wrong.append((f"{name}: slow", f"{took:.1f} s"))
        return None


def _report(one: Case, chance: random.Random) -> Report:
    text = one.data.decode("utf-8", "surrogatepass")[:MAX_TEXT]
    published = chance.choice(("2016-12-02", None, "0001-01-01", "9999-12-31", "2016-02-29"))
    return Report(text, id=f"case-{one.number}", published=published, outlet=chance.choice((None, "Dale Echo", "AFP")),
                  title=chance.choice((None, text[:60], "Army in Oron")))  # fmt: skip


def _shown(report: Report) -> None:
    from contested.views import html, jsonl, table

    table.render(report, width=100, color=True).encode("utf-8", "replace")
    html.page([report], version="x").encode("utf-8", "replace")
    if not any("\ud800" <= c <= "\udfff" for c in report.text):
        b"".join(map(jsonl.encoded, jsonl.lines([report])))


def _kind_of(slip: str) -> str:
    """A slip without its words and numbers, so that one defect is told once."""
    slip = slip.rpartition(": ")[2] if ": " in slip else slip
    return " ".join(word for word in slip.split() if word.isalpha())[:60]


def _group(step: str, error: BaseException) -> tuple[str, str]:
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f for f in frames if "/contested/" in f.filename] or list(frames)
    at = f"{ours[-1].filename.rpartition('/contested/')[2]}:{ours[-1].name}" if ours else "?"
    return f"{step}: {type(error).__name__} in {at}", "".join(traceback.format_exception(error))[-6_000:]


def runner(seed: int, *, network: bool = True) -> tuple[Runner, tempfile.TemporaryDirectory[str]]:
    """A runner with a folder of its own, which goes with the folder."""
    shm = Path("/dev/shm")
    folder = tempfile.TemporaryDirectory(prefix="contested-fuzz-", dir=shm if shm.is_dir() else None)
    return Runner(Path(folder.name), seed, network=network), folder
