"""A folder: the files in it and in its folders, in sorted order, each as its kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from contested.errors import InputError, PassedOver


def walk(folder: Path, suffixes: tuple[str, ...]) -> Iterator[Path | InputError]:
    """Files under `folder` whose names end in one of `suffixes`, and last a `PassedOver` that counts the others.

    Hidden files and folders (`.git`) and what is no plain file are left alone; links to folders are not followed.
    """
    others: Counter[str] = Counter()
    found = False
    for entry in _files(folder):
        if isinstance(entry, InputError):
            yield entry
        elif entry.name.lower().endswith(suffixes):
            found = True
            yield entry
        else:
            others[entry.suffix.lower() or "no suffix"] += 1
    if others:
        kinds = ", ".join(f"{suffix} {n}" for suffix, n in others.most_common(8))
        yield PassedOver(
            shown(folder),
            f"{others.total()} file{'s' * (others.total() > 1)} passed over, of no kind read here: {kinds}",
            others.total(),
        )
    if not found:
        yield InputError(
            shown(folder), f"no reports in this folder: files in it are read that end in {' '.join(suffixes)}"
        )


def _files(folder: Path) -> Iterator[Path | InputError]:
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        yield InputError(shown(folder), f"cannot be opened: {error.strerror}")
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            if not entry.is_symlink():
                yield from _files(entry)
        elif entry.is_file() or entry.is_symlink():
            yield entry


def shown(path: Path) -> str:
    """A path as it can be written into any output: bytes that are no UTF-8 are replaced."""
    return str(path).encode("utf-8", "replace").decode("utf-8")
