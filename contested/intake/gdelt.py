"""GDELT's list of mentions: a line for each time that a report mentions an event. It has addresses, and no texts."""

from __future__ import annotations

import re

from contested.config import MAX_DOCUMENT
from contested.errors import InputError
from contested.intake.decoding import decode
from contested.intake.given import Given, Input, Taken

#: GlobalEventID, EventTimeDate, MentionTimeDate, MentionType (1 is the web), MentionSourceName, MentionIdentifier.
_MENTION = re.compile(r"\d{1,12}\t\d{8,14}\t\d{8,14}\t([1-6])\t[^\t\n]*\t([^\t\n]+)(?:\t|$)", re.M)


def is_mentions(words: str) -> bool:
    """Whether a text begins with a line of the list."""
    return _MENTION.match(words) is not None


def urls(data: bytes, where: str = "-") -> list[str]:
    """The addresses of reports on the web in a list of mentions, each once, in its order.

    Raises `InputError` where `data` is no such list. Other mentions (of print, of broadcasts) have no address.
    """
    words, _ = decode(data, where)
    found = _MENTION.findall(words)
    if not found:
        raise InputError(where, "no list of GDELT's mentions: a line has 16 columns, parted by tabs")
    return list(dict.fromkeys(url.strip() for kind, url in found if kind == "1" and re.match(r"https?://", url, re.I)))


def read(source: Input, given: Given) -> Taken:
    """No report: what the list has are addresses."""
    found = urls(source.whole(MAX_DOCUMENT, "split the list"), source.where)
    yield InputError(
        source.where,
        f"a list of GDELT's mentions: it has the addresses of {len(found):,} reports and no texts; "
        "`contested add --fetch` fetches them",
    )
