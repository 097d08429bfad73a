"""`python -m evaluation.fuzz [--inputs N] [--seed N] [--minutes M]`: takes in and reads inputs that nobody would send.

An input is a file of some kind, changed (`mutations.py`), or a text that nobody would write (`grammar.py`). Of each:
only reports and `InputError`s come out; the layout and every word of a statement stand where they are said to stand;
JSON gives the report again; nothing raises, hangs or takes more than five seconds; memory stays flat. The words of a
statement are marked at random (`backend.py`), so that all rules meet what no network would hand them; the network
itself reads one input in fifty. Some are shown, and kept in a record.

What fails is saved to build/fuzz, with its number; `--again N` runs it once more. `--linear` measures time by length.
What came of it is printed, and kept in build/fuzz.json. Ctrl-C ends a run with what was done until then.
"""

from __future__ import annotations

import argparse
import sys
import time
from contextlib import suppress
from dataclasses import asdict

from evaluation.fuzz import linear, running


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m evaluation.fuzz", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("--inputs", type=int, default=100_000, metavar="N", help="how many inputs")
    parser.add_argument("--first", type=int, default=0, metavar="N", help="number of the first")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="what the inputs are made from")
    parser.add_argument("--minutes", type=float, default=600, metavar="M", help="at most so long")
    parser.add_argument("--processes", type=int, default=2, metavar="N", help="how many at a time")
    parser.add_argument("--no-network", action="store_true", help="only the rules")
    parser.add_argument("--again", type=int, nargs="+", metavar="N", help="run these inputs once more, and tell all")
    parser.add_argument("--linear", type=int, nargs="?", const=1_000_000, metavar="N",
                        help="measure texts of up to N characters")  # fmt: skip
    parser.add_argument("--work", type=int, nargs=5, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.work:
        seed, first, last, step, network = args.work
        running.work(seed, range(first, last, step), bool(network), sys.stdout)
        return 0
    if args.linear:
        times: list[linear.Time] = []
        for line in linear.lines(linear.kept(linear.measured(args.linear), times)):
            print(line, flush=True)
        running.tell(linear=[asdict(one) for one in times])
        return 0
    if args.again:
        wrong = 0
        for number, slips in running.again(args.seed, args.again):
            for group, full in slips:
                print(f"{number}: {group}\n{full}")
            wrong += bool(slips)
        print(f"{wrong} of {len(args.again)} fail")
        return int(wrong > 0)
    begun = time.monotonic()

    def progress(result: running.Result, done: int) -> None:
        if done % 1_000 == 0:
            minutes = (time.monotonic() - begun) / 60
            running.tell(run=result.to_json() | {"minutes": round(minutes, 1)})
            print(
                f"{done:,} inputs in {minutes:.1f} minutes, {len(result.defects)} defects", file=sys.stderr, flush=True
            )

    result = running.Result(args.seed)
    with suppress(KeyboardInterrupt):
        running.run(result, range(args.first, args.first + args.inputs), args.processes, on_progress=progress,
                    until=begun + args.minutes * 60, network=not args.no_network)  # fmt: skip
    running.tell(run=result.to_json() | {"minutes": round((time.monotonic() - begun) / 60, 1)})
    print("\n".join(lines(result, time.monotonic() - begun)))
    return int(bool(result.defects))


def lines(result: running.Result, seconds: float) -> list[str]:
    """What a run came to, in words."""
    total = sum(result.inputs.values())
    out = [
        f"{total:,} inputs of seed {result.seed} in {seconds / 60:.1f} minutes: {result.reports:,} reports, "
        f"{result.refused:,} refusals, {result.statements:,} statements",
        "by kind: " + ", ".join(f"{kind} {n:,}" for kind, n in sorted(result.inputs.items())),
        "most CPU seconds: " + ", ".join(f"{step} {s:.2f} (case {n})" for step, (s, n) in sorted(result.worst.items())),
        "CPU seconds in all: " + ", ".join(f"{step} {s:.0f}" for step, s in result.spent.most_common()),
    ]
    for process, (first, last, grown) in result.growth().items():
        out.append(f"memory of process {process}: {first / 1e6:.0f} MB after warming up, {last / 1e6:.0f} at the end "
                   f"({100 * grown:+.1f} %)")  # fmt: skip
    for group, found in sorted(result.defects.items(), key=lambda one: -one[1].count):
        out.append(f"DEFECT, {found.count:,} times: {group}; cases {', '.join(map(str, found.cases))}")
    out.append(f"{len(result.defects)} defects" + (f"; inputs in {running.FOLDER}" if result.defects else ""))
    return out


if __name__ == "__main__":
    sys.exit(main())
