"""Where the commands write."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click


def to_terminal(output: str | None) -> bool:
    """Whether what is written to `output` is seen on a terminal."""
    return output in (None, "-") and sys.stdout.isatty()


@contextmanager
def sink(output: str | None) -> Iterator[Callable[[bytes], Any]]:
    """Where to write: standard output, or a file that appears whole when all is written, and not at all on an error."""
    path = Path(output) if output not in (None, "-") else None
    if path is None or (path.exists() and not path.is_file()):  # /dev/null, a pipe
        with click.open_file(str(path or "-"), "wb") as stream:
            yield stream.write
            stream.flush()
        return
    import tempfile

    path = path.resolve()
    try:
        stream = tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False)  # noqa: SIM115
    except OSError as error:
        raise click.ClickException(f"{path}: cannot be written: {error.strerror}") from error
    try:
        with stream:
            yield stream.write
        mode = path.stat().st_mode if path.exists() else 0o666 & ~_umask()
        os.chmod(stream.name, mode)
        os.replace(stream.name, path)
    except BaseException:
        os.unlink(stream.name)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
