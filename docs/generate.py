"""Prints what is made from the program: `cli.md` from every --help, `codes.md` from the meanings of the codes, and the
excerpt of output in the README.

`make docs` runs it. A test holds the pages to what it prints; the excerpt changes with the weights and is not tested.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click

from contested.cli import main
from contested.errors import ModelError
from contested.lexicon import load
from contested.statement import Report

HERE = Path(__file__).parent
ROOT = HERE.parent
NOTE = "<!-- Made by docs/generate.py: `make docs` prints it again. -->\n"
GROUPS = {"kind": "Kinds", "type": "Types", "mode": "Modes of events", "effect": "Effects of harm",
          "source": "Classes of source", "modality": "Modalities", "by": "What coded a field"}  # fmt: skip
#: The README shows the report that `make demo` shows, and so many of its statements from the top, right or wrong.
SHOWN, FIRST = "kramatorsk-post", 6


def helps(command: click.Command, names: tuple[str, ...]) -> Iterator[str]:
    """A section for `command` and one for each command in it."""
    settings = {**main.context_settings, "terminal_width": 100, "max_content_width": 100}
    with click.Context(command, info_name=" ".join(names), **settings) as context:
        text = command.get_help(context)
    yield f"## {' '.join(names)}\n\n```text\n{text}\n```\n"
    if isinstance(command, click.Group):
        for name, child in sorted(command.commands.items()):
            yield from helps(child, (*names, name))


def cli() -> str:
    head = f"""# The command line

{NOTE}
Results go to standard output or to the file of `-o`, everything else to standard error: each problem with its file and
line, then the counts. A report that does not look like English is read and told of. The exit code is 0 where anything
was read, 1 where nothing could be, 2 for a wrong command line.

"""
    return head + "\n".join(helps(main, ("contested",)))


def codes() -> str:
    parts = [f"""# The codes

{NOTE}
What each code of a statement means, with a sentence that carries it. `contested explain CODE` tells the same.
"""]  # fmt: skip
    for group, title in GROUPS.items():
        parts.append(f"\n## {title}\n\n| code | meaning | example |\n| --- | --- | --- |\n")
        parts += [f"| `{e.id}` | {e.value} | {e.example} |\n" for e in load("codes") if e.more["group"] == group]
    return "".join(parts)


def excerpt() -> str:
    """The first statements of one example, as the table shows them. Raises `ModelError` where there are no weights."""
    from contested.reading.pipeline import Reader
    from contested.views import table

    rows = map(json.loads, (ROOT / "examples" / "reports.jsonl").read_text("utf-8").splitlines())
    report = Reader.load().read(next(Report.from_json(row) for row in rows if row["id"] == SHOWN))
    shown = table.render(replace(report, statements=report.statements[:FIRST])).rstrip()
    return shown.rpartition("\n")[0].rstrip() + f"\n\n  … {len(report.statements) - FIRST} more"


#: File → what makes it.
PAGES = {"cli.md": cli, "codes.md": codes}


if __name__ == "__main__":
    for name, page in PAGES.items():
        (HERE / name).write_text(page(), "utf-8")
    try:
        made = excerpt()
    except (ModelError, ImportError) as error:
        raise SystemExit(f"README.md: excerpt left as it is: {error}") from None
    readme = (ROOT / "README.md").read_text("utf-8")
    marks = re.compile(r"(?<=<!-- excerpt -->\n).*?(?=<!-- /excerpt -->)", re.DOTALL)
    (ROOT / "README.md").write_text(marks.sub(lambda _: f"```text\n{made}\n```\n", readme), "utf-8")
