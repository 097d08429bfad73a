"""Prints what is made from the program: `cli.md` from every --help, `codes.md` from the meanings of the codes,
`crosswalks.md` from the rules, what the commands in `record.md` answer, and the excerpt of output in the README.

`make docs` runs it. A test holds the pages to what it prints; the excerpt changes with the weights and is not tested.
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from click.testing import CliRunner

from contested import open_record
from contested.cli import main
from contested.errors import ModelError
from contested.lexicon import load
from contested.statement import Report

HERE = Path(__file__).resolve().parent
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


def crosswalks() -> str:
    """What each rule of the crosswalks gives and means."""
    from contested.record.crosswalk import NAMES, Facts
    from contested.record.crosswalk import load as rules_of

    facts = " ".join(line.strip() for line in (Facts.__doc__ or "").partition("\n")[2].strip().splitlines())
    parts = [f"""# Crosswalks

{NOTE}
What other coding schemes would call an incident, by rules that are data (`contested/lexicon/crosswalk`). The first rule
that fits decides; where nothing can be said, the reason stands there. Nothing is taken from those data sets, and the
types are only as good as what reports tell and what was read from them: they help to find and compare, and replace no
coder. `contested incidents` shows them, and its JSON has them as `acled`, `ucdp` and `airwars`, each with the `rule`
that decided and the `reason` where there is nothing to say.

A rule looks at facts of the accounts at hand: their modality, the incident's `type` and `mode`, and these. {facts}
"""]  # fmt: skip
    for name in NAMES:
        one = rules_of(name)
        parts.append(f"\n## {name}\n\n{one.version}. {one.meaning}\n\n")
        parts.append("| rule | if | gives | meaning |\n| --- | --- | --- | --- |\n")
        for rule in one.rules:
            when = "; ".join(f"{k}: {', '.join(_plain(v) for v in vs)}" for k, vs in rule.when.items()) or "all else"
            gives = (
                " / ".join(f"{value}" for value in dict.fromkeys(rule.gives))
                if rule.gives
                else f"nothing: {rule.reason}"
            )
            parts.append(f"| `{rule.id}` | {when} | {gives} | {rule.meaning} |\n")
    return "".join(parts)


def _plain(value: object) -> str:
    return (
        {True: "yes", False: "no", None: "none"}.get(value, str(value)) if value in (True, False, None) else str(value)
    )


def record() -> str:
    """`record.md` with what its commands answer now, over the record that its Python makes."""
    page = (HERE / "record.md").read_text("utf-8")
    runner, names = CliRunner(), {"__name__": "record"}
    with TemporaryDirectory() as folder, chdir(folder):
        Path("examples").mkdir()
        Path("examples", "record.jsonl").write_bytes((ROOT / "examples" / "record.jsonl").read_bytes())

        def answered(block: re.Match[str]) -> str:
            language, body = block.groups()
            if language == "python":
                exec(body, names)
                return block.group()
            commands = [line for line in body.splitlines() if line.startswith("$ ")]
            return "```console\n" + "\n".join(f"{one}\n{_answer(runner, one)}" for one in commands) + "```\n"

        return re.sub(r"```(python|console)\n(.*?)```\n", answered, page, flags=re.DOTALL)


def _answer(runner: CliRunner, command: str) -> str:
    """What a command prints. KEY is the id of the first statement of the report that it stands with."""
    words = shlex.split(command.removeprefix("$ "))[1:]
    for n, word in enumerate(words):
        if word.endswith("#KEY"):
            with open_record("oron.db") as kept:
                words[n] = next(s.key for s in kept.statements() if s.key.startswith(word.removesuffix("KEY")))
    done = runner.invoke(main, words, env={"COLUMNS": "120"}, catch_exceptions=False)
    if done.exit_code:
        raise SystemExit(f"{command}: {done.output}")
    return re.sub(r"#[0-9a-f]{16}", "#KEY", done.output)


#: File → what makes it.
PAGES = {"cli.md": cli, "codes.md": codes, "crosswalks.md": crosswalks, "record.md": record}


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
