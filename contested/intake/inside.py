"""What stands in another input: a page in an archive, a PDF in a message. It is read as an input of its own."""

from __future__ import annotations

import io
from typing import IO

from contested.config import MAX_DEPTH
from contested.errors import InputError
from contested.intake.given import Given, Input, Taken


def read_inside(
    source: Input,
    name: str,
    content: bytes | IO[bytes],
    given: Given,
    *,
    kind: str | None = None,
    url: str | None = None,
    charset: str | None = None,
) -> Taken:
    """The reports in a part of `source` that is called `name`: as `kind` (a name in `KINDS`), or as it looks.

    Messages name the part as `FILE > NAME`. A part that stands too deep is told of, and not read.
    """
    from contested.intake import KINDS, read_input

    where = f"{source.where} > {' '.join(name.split())[:300]}"
    if source.depth >= MAX_DEPTH:
        yield InputError(where, f"stands in more than {MAX_DEPTH} others: unpack it first")
        return
    stream = io.BytesIO(content) if isinstance(content, bytes) else content
    part = Input.of(where, stream, depth=source.depth + 1, url=url, charset=charset)
    yield from read_input(part, next((one for one in KINDS if one.name == kind), None), given)
