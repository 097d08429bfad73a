"""The documents hold to the program: pages that are made from it are fresh, and links lead somewhere."""

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
