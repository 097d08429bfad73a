"""What an answer carries, unpacked within bounds, and what its header says of it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable

_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)


class Unfit(Exception):
    """A body that cannot be taken: too large, broken, or packed in a way that was not asked for."""


def unpacked(chunks: Iterable[bytes], encoding: str, limit: int, *, cut: bool = False) -> bytes:
    """The bytes that `chunks` carry. Raises `Unfit` where there are more than `limit`, packed or unpacked.

    With `cut` the first `limit` are given instead. Only gzip is unpacked: nothing else is asked for. It is unpacked
    piece by piece, never further than the limit, so that a few bytes cannot become a thousand times as many.
    """
    encoding = encoding.strip().lower()
    if encoding in ("gzip", "x-gzip"):
        unpacking: zlib._Decompress | None = zlib.decompressobj(zlib.MAX_WBITS | 16)
    elif encoding in ("", "identity"):
        unpacking = None
    else:
        raise Unfit(f"is packed as {encoding[:40]!r}, which was not asked for")
    out, packed = bytearray(), 0
    for chunk in chunks:
        packed += len(chunk)
        try:
            while chunk:
                if unpacking is None:
                    out += chunk
                    break
                if unpacking.eof:  # another member follows
                    unpacking = zlib.decompressobj(zlib.MAX_WBITS | 16)
                out += unpacking.decompress(chunk, limit + 1 - len(out))
                if len(out) > limit:
                    break
                chunk = unpacking.unused_data if unpacking.eof else unpacking.unconsumed_tail
        except zlib.error as error:
            raise Unfit(f"is said to be gzip and is not: {error}") from None
        if len(out) > limit or packed > limit:
            if cut:
                return bytes(out[:limit])
            raise Unfit(f"is larger than {limit // 1_000_000} MB")
    if unpacking is not None and packed and not unpacking.eof:
        raise Unfit("breaks off: its gzip has no end")
    return bytes(out)


def charset(content_type: str) -> str | None:
    """The charset that "text/html; charset=utf-8" names."""
    named = _CHARSET.search(content_type)
    return named[1] if named else None


def media_type(content_type: str) -> str:
    """`text/html` of "text/html; charset=utf-8"."""
    return content_type.partition(";")[0].strip().lower()
