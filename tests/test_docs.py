"""The documents hold to the program: pages that are made from it are fresh, and links lead somewhere."""

import json
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from contested.cli import main

ROOT = Path(__file__).parent.parent
PAGES = runpy.run_path(str(ROOT / "docs" / "generate.py"))["PAGES"]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").glob("*.md")])


@pytest.mark.parametrize("name", PAGES)
def test_made_pages_are_fresh(name):
    assert (ROOT / "docs" / name).read_text("utf-8") == PAGES[name](), "run `make docs`"


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_is_documented(command):
    assert f"## contested {command}\n" in (ROOT / "docs" / "cli.md").read_text("utf-8")
    assert main.commands[command].help


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path):
    for link in re.findall(r"\]\((?!https?://|#|mailto:)([^)#\s]+)", path.read_text("utf-8")):
        assert (path.parent / link).exists(), f"{path.name} links to {link}"


def test_the_readme_tells_no_command_that_is_not_there():
    readme = (ROOT / "README.md").read_text("utf-8")
    targets = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert {"demo", "test"} <= set(re.findall(r"make ([a-z]+)", readme)) <= set(targets)
    assert set(re.findall(r"^contested ([a-z]+)", readme, re.MULTILINE)) <= set(main.commands)


def test_the_site_is_built_and_has_every_page(tmp_path):
    """Strict: a docstring that cannot be rendered, or a page that is not there, fails."""
    build = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "contested.open_record" in (tmp_path / "api.html").read_text("utf-8")
    menu = re.findall(r"[\w./-]+\.md", (ROOT / "mkdocs.yml").read_text("utf-8").split("nav:")[1])
    pages = {str(path.relative_to(ROOT / "docs")) for path in (ROOT / "docs").rglob("*.md")}
    assert pages == set(menu)


def test_every_column_and_format_is_told():
    """docs/export.md names each format, and each column of csv."""
    from contested.record.account import Account
    from contested.statement import Statement
    from contested.views.export import FORMATS, flat
    from contested.views.export.losses import Losses

    page = (ROOT / "docs" / "export.md").read_text("utf-8")
    said = Statement("event", "ASSAULT", "shelled", "shelled", 0, 0)
    row = flat.statement(Account("a@1#b", "a", "1", said), {"title": None, "url": None}, Losses("csv"))
    assert [name for name in (*row, *(form.name for form in FORMATS)) if f"`{name}`" not in page] == []


@pytest.mark.parametrize("name", ["export.md", "guide.md", "redaction.md"])
def test_commands_of_guides_are_there(name):
    """Every `contested …` line of a page is a command with options that it has."""
    for line in re.findall(r"^contested .*", (ROOT / "docs" / name).read_text("utf-8"), re.MULTILINE):
        words = line.split(" #")[0].split()
        known = {one for param in main.commands[words[1]].params for one in param.opts}
        assert {word for word in words if word.startswith("-")} <= known, line


def test_the_notebook_runs_to_its_map(monkeypatch, tmp_path, capsys):
    """Each cell of docs/guide.ipynb, as a notebook runs them; the last expression of the map's cell draws one."""
    monkeypatch.chdir(ROOT / "docs")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    notebook = json.loads((ROOT / "docs" / "guide.ipynb").read_text("utf-8"))
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert all(not cell.get("outputs") for cell in notebook["cells"]), "cells are kept without what they gave"
    known = {"__name__": "guide"}
    drawn = []
    for source in cells:
        exec(compile(source, "guide.ipynb", "exec"), known)
        if source.endswith("Map(points)"):
            drawn.append(known["Map"](known["points"])._repr_html_())
    assert len(drawn) == 1
    assert drawn[0].count("<circle") > 5
    assert 'd="M' in drawn[0]
    assert "redacted by private" in capsys.readouterr().out
    assert (known["folder"] / "situation.html").is_file()
    assert known["folder"].parent == tmp_path
