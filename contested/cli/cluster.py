"""`--on`: files are read as shards, on this machine or on a Ray cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from contested.cli.progress import Progressing
from contested.cli.stopping import Stopped, Stopping

if TYPE_CHECKING:
    from contested.batch import Counts, Workers
    from contested.batch.here import Reader as Read
    from contested.batch.shards import Done, Shard
    from contested.intake.given import Given
    from contested.reading.pipeline import Reader
    from contested.record.writing import Writer
    from contested.statement import Report

    #: What gives reports that are read elsewhere to a writer; it counts, and tells what went wrong.
    Over = Callable[[Writer, Counts, Progressing], Iterator[Report]]

HERE = "here"


def _where(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    if value is None or value in (HERE, "ray") or (value.startswith("ray://") and len(value) > len("ray://")):
        return value
    raise click.BadParameter(f"{value!r} is none of here, ray, ray://HOST[:PORT]")


ON = click.option("--on", metavar="here|ray|ray://HOST", callback=_where,
                  help="Read files as shards, on this machine or on a Ray cluster (docs/cluster.md).")  # fmt: skip


@dataclass(slots=True)
class Told:
    """How far a run is: shards `done` of `of`, those that were there already, and the counts of all of them."""

    of: int
    counts: Counts
    done: int = 0
    before: int = 0
    issues: int = 0
    seen: set[Shard] = field(default_factory=set)

    @property
    def read(self) -> int:
        return self.counts.read

    def share(self) -> float:
        return self.done / self.of

    def __str__(self) -> str:
        there = f" ({self.before:,} of them before)" if self.before else ""
        return f"{self.done:,} of {self.of:,} shards done{there}, {self.counts}"


def read(
    paths: Sequence[str], on: str, output: str | None, format_: str | None, given: dict[str, Any],
    lexicon: Path | None, reader: Callable[[], Reader], workers: Callable[[], Workers | None],
) -> None:  # fmt: skip
    """Read shards into the folder `output`; exits with 1 where nothing was read. `workers` are those `here`."""
    from contested import __version__
    from contested.batch.counts import Counts
    from contested.batch.shards import Reading, read_shard, refuse_inside
    from contested.batch.stores import absolute
    from contested.intake import given_of
    from contested.record.readings import read_by
    from contested.views import jsonl

    if output in (None, "-"):
        raise click.UsageError("--on writes a file for each shard: say where with -o FOLDER")
    if format_ not in (None, "jsonl"):
        raise click.UsageError("--on writes JSON Lines, and nothing else")
    assert output is not None
    found, options = shards_in(paths), given_of(**given)
    refuse_inside(found, output)
    loaded = reader()
    by, told = read_by(__version__, loaded), Told(len(found), Counts())
    progress = Progressing(False, told.share)
    with Stopping("what is done stays, and reading again goes on from here"):
        try:
            if on == HERE:
                how = Reading(loaded.read, by, options)
                went: Iterable[Done] = (read_shard(one, output, how, jsonl.pieces, workers()) for one in found)
                _finish(went, told, progress)
            else:
                from contested.batch.on_ray import Cluster
                from contested.batch.tasks import ToFile

                with Cluster(on) as cluster:
                    task = ToFile(_load(lexicon), by, options, absolute(output), jsonl.pieces)
                    _finish(cluster.each(task, found), told, progress)
        except Stopped:
            progress.stop()
            click.echo(str(told), err=True)
            raise
        finally:
            progress.stop()
    _missing(found, told, progress)
    click.echo(str(told), err=True)
    if told.issues:
        click.echo(
            f"{told.issues:,} issue{'s' * (told.issues != 1)}, in the files *.issues beside what was written", err=True
        )
    if told.counts.nothing_read:
        raise click.exceptions.Exit(1)


def shards_in(paths: Sequence[str]) -> list[Shard]:
    """The shards in `paths`; what is none is told of. Ends the command where there are none."""
    from contested.batch.shards import shards

    found, errors = shards(paths)
    for error in errors:
        click.echo(str(error), err=True)
    if not found:
        raise click.ClickException("there is nothing to read")
    return found


def _finish(went: Iterable[Done], told: Told, progress: Progressing) -> None:
    for done in went:
        _count(done, told, progress)
        told.counts.add(done.counts)
        progress.show(told)


def _count(done: Done, told: Told, progress: Progressing) -> None:
    from contested.batch.counts import Issue

    told.seen.add(done.shard)
    if done.failed is not None:
        progress.tell(Issue("failed", done.failed, done.shard.address))
        return
    told.done += 1
    told.before += not done.fresh
    told.issues += done.issues


def _missing(found: Sequence[Shard], told: Told, progress: Progressing) -> None:
    """Tell of the shards of which nobody told that they are done."""
    from contested.batch.counts import Issue

    for shard in found:
        if shard not in told.seen:
            progress.tell(Issue("failed", "each process that read it ended before it was done", shard.address))


@contextmanager
def over(
    paths: Sequence[str], on: str, given: dict[str, Any], lexicon: Path | None, reader: Reader
) -> Iterator[tuple[Over, Callable[[], float]]]:
    """What gives the reports of shards as a cluster reads them, in order, and how much of the shards is done."""
    from contested.batch.counts import Counts
    from contested.batch.on_ray import Cluster
    from contested.intake import given_of

    found, options = shards_in(paths), given_of(**given)
    told = Told(len(found), Counts())
    with Cluster(on) as cluster:
        yield partial(_over, cluster, found, told, options, _load(lexicon), reader), told.share


def _over(
    cluster: Any, found: list[Shard], told: Told, given: Given, load: Any, reader: Reader,
    writer: Writer, counts: Counts, progress: Progressing,
) -> Iterator[Report]:  # fmt: skip
    from contested.batch.counts import Issue
    from contested.batch.shards import Done, Unread
    from contested.batch.tasks import Over
    from contested.record.kept import Kept

    by = (writer.reader, writer.knowledge)
    told.counts = counts
    for row in cluster.each(Over(load, by, given, Kept.of(writer.engine, *by)), found, ordered=True):
        if isinstance(row, Issue):
            progress.tell(row)
        elif isinstance(row, Done):
            _count(row, told, progress)
            row.counts.read, row.counts.statements = 0, 0  # counted as they came
            counts.add(row.counts)
            counts.failed += row.failed is not None
        else:
            report = row
            if isinstance(row, Unread):
                report = row.report if writer.has(row.report) else reader.read(row.report)
            counts.read += 1
            counts.statements = (counts.statements or 0) + len(report.statements)
            progress.show(counts)
            yield report
    _missing(found, told, progress)
    counts.failed += len(found) - len(told.seen)


# ---- on the machines of a cluster ------------------------------------------------------------------------------------


def _load(lexicon: Path | None) -> Callable[[], tuple[Read, tuple[str, str]]]:
    """What loads the reader on any machine, with the parties in the folder `lexicon` of this one."""
    if lexicon is None:
        return partial(loaded, ())
    files = sorted(path for path in lexicon.rglob("*") if path.is_file())
    return partial(loaded, tuple((path.relative_to(lexicon).as_posix(), path.read_bytes()) for path in files))


@cache
def loaded(lexicon: tuple[tuple[str, bytes], ...]) -> tuple[Read, tuple[str, str]]:
    """The reader, with one thread and parties from these files, and its versions. Kept for the next shard."""
    import tempfile

    from contested import __version__
    from contested.reading.pipeline import Reader
    from contested.record.readings import read_by

    with tempfile.TemporaryDirectory() as folder:
        for name, data in lexicon:
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        reader = Reader.load(threads=1, lexicon=Path(folder) if lexicon else None)
    return reader.read, read_by(__version__, reader)
