"""YAML files of parties → plain rows, each with where it stands; a parsed file is kept for the next start."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

from contested.errors import LexiconError

#: Goes up when `rows` gives something else for the same file, so that what was kept is not used.
FORM = 1
#: Files of the package's folder that are no lists of parties.
OTHER = ("countries.yaml", "organs.yaml", "words.yaml")


def builtin() -> Path:
    """The folder of the package's own files."""
    return Path(str(resources.files("contested.lexicon") / "parties"))


def party_files(folder: Path) -> Iterator[Path]:
    """Every file of parties in `folder`, in the order of their names. Raises `LexiconError` where it is no folder."""
    if not folder.is_dir():
        raise LexiconError(f"{folder}: no such folder; name one that holds YAML files of parties")
    yield from sorted(
        path for path in (*folder.glob("*.yaml"), *folder.glob("*.yml"))
        if folder != builtin() or path.name not in OTHER
    )  # fmt: skip


def rows(path: Path) -> Any:
    """What `path` holds, with every scalar as the string it is written as (or null): `NO` is Norway, `2012` a year.

    Raises `LexiconError` naming the file, and the line where YAML breaks off.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise LexiconError(f"{path}: cannot be read: {error.strerror}") from error
    kept = _kept(content)
    if kept is not None and kept.is_file():
        try:
            return json.loads(kept.read_bytes())
        except (OSError, ValueError):
            pass  # a damaged copy is made again
    parsed = _parse(path, content)
    if kept is not None:
        _keep(kept, parsed)
    return parsed


def _parse(path: Path, content: bytes) -> Any:
    import yaml

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    null = [
        (first, [pair for pair in known if pair[0].endswith(":null")])
        for first, known in base.yaml_implicit_resolvers.items()
    ]

    class Plain(base):  # type: ignore[misc]
        """No scalar but null is resolved: a country's code is not a truth value, a year not a number."""

        yaml_implicit_resolvers = dict(null)  # noqa: RUF012

    try:
        return yaml.load(content.decode("utf-8"), Loader=Plain)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise LexiconError(f"{path}:{line}: no YAML: {error.problem}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path}: no YAML in UTF-8: {error}") from error


def _kept(content: bytes) -> Path | None:
    """Where the parsed form of such content is kept. YAML takes a second to parse what JSON takes 20 ms for."""
    from platformdirs import user_cache_path

    if os.environ.get("CONTESTED_NO_CACHE"):
        return None
    return user_cache_path("contested") / f"parties-{FORM}-{hashlib.sha256(content).hexdigest()[:24]}.json"


def _keep(path: Path, parsed: Any) -> None:
    """Whole or not at all, also when two processes do so at once; a disk that cannot be written to is no error."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
            json.dump(parsed, file, ensure_ascii=False)
        os.replace(file.name, path)
    except OSError:
        pass
