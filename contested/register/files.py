"""YAML files of parties → plain rows; what takes long to make is kept for the next start."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from contested.errors import LexiconError

#: Files of the package's folder that are no lists of parties.
OTHER = ("countries.yaml", "organs.yaml", "words.yaml")
#: What was kept so many days ago goes when something new is kept: the files it was made from may have changed since.
_DAYS = 30
_NULL = "tag:yaml.org,2002:null"


def builtin() -> Path:
    """The folder of the package's own files."""
    return Path(str(resources.files("contested.lexicon") / "parties"))


def party_files(folder: Path) -> Iterator[Path]:
    """Every file of parties in `folder`, in the order of their names. Raises `LexiconError` where it is no folder."""
    if not folder.is_dir():
        raise LexiconError(f"{folder}: no such folder; name one that holds YAML files of parties")
    for path in sorted((*folder.glob("*.yaml"), *folder.glob("*.yml"))):
        if folder != builtin() or path.name not in OTHER:
            yield path


def content(path: Path) -> bytes:
    """The bytes of a file. Raises `LexiconError` where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise LexiconError(f"{path}: cannot be read: {error.strerror}") from error


def rows(path: Path) -> Any:
    """What `path` holds, with every scalar as the string it is written as (or null): `NO` is Norway, `2012` a year.

    Raises `LexiconError` naming the file, and the line where YAML breaks off.
    """
    raw = content(path)
    return kept("rows", [raw], lambda: _parse(path, raw))


def kept(name: str, made_from: Iterable[bytes], make: Callable[[], Any]) -> Any:
    """What `make` returns (plain JSON), or what it returned on an earlier start from the same bytes by the same code.

    It is kept in the user's cache folder, whole or not at all, also when two processes do so at once; a disk that
    cannot be written to, or a damaged copy, only costs time. `CONTESTED_NO_CACHE` in the environment turns it off.
    """
    from platformdirs import user_cache_path

    if os.environ.get("CONTESTED_NO_CACHE"):
        return make()
    mark = hashlib.sha256(_code())
    for part in made_from:
        mark.update(hashlib.sha256(part).digest())
    path = user_cache_path("contested") / f"parties-{name}-{mark.hexdigest()[:24]}.json"
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError):
        made = make()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
            file.write(json.dumps(made, ensure_ascii=False))
        os.replace(file.name, path)
        for old in path.parent.glob("parties-*.json"):
            if old.stat().st_mtime < time.time() - _DAYS * 86400:
                old.unlink(missing_ok=True)
    except OSError:
        pass
    return made


@cache
def _code() -> bytes:
    """The modules that make what is kept: when they change, it is made again."""
    import contested.spelling

    folders = (Path(__file__).parent, Path(contested.spelling.__file__).parent)
    return b"".join(path.read_bytes() for folder in folders for path in sorted(folder.rglob("*.py")))


def _parse(path: Path, raw: bytes) -> Any:
    import yaml

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    resolvers = {
        first: [(tag, pattern) for tag, pattern in known if tag == _NULL]
        for first, known in base.yaml_implicit_resolvers.items()
    }
    # No scalar but null is resolved: a country's code is not a truth value, a year not a number.
    plain = type("Plain", (base,), {"yaml_implicit_resolvers": resolvers})
    try:
        return yaml.load(raw.decode("utf-8"), Loader=plain)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise LexiconError(f"{path}:{line}: no YAML: {error.problem}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path}: no YAML in UTF-8: {error}") from error
