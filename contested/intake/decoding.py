"""Bytes to text: UTF-8, what a byte order mark says, else Windows-1252 where that is plausible, and no guess beyond."""

from __future__ import annotations

import codecs
import unicodedata

from contested.errors import InputError

#: Byte order marks, longest first: UTF-32's begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

#: First bytes of what is met in folders of reports and is no text → what it is and what to do.
_MAGIC = (
    (b"%PDF-", "a PDF: save it as text or HTML first"),
    (b"PK\x03\x04", "a ZIP archive or an office document: unpack it, or save it as text, first"),
    (b"\x1f\x8b", "compressed with gzip: unpack it first"),
    (b"BZh", "compressed with bzip2: unpack it first"),
    (b"\xfd7zXZ", "compressed with xz: unpack it first"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd: unpack it first"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"{\\rtf", "an RTF document: save it as text first"),
    (b"SQLite format 3\0", "an SQLite database"),
)

#: At most this part of a text in Windows-1252 is beyond ASCII: French has some 5 in 100, Cyrillic in a wrong code page
#: nearly all of its letters.
_MOST_BEYOND_ASCII = 0.15
_PLAUSIBLE = frozenset("“”‘’„‚«»‹›–—…•·°§©®™€£¥¢½¼¾²³¹ª º±×÷¿¡¨´¸¯¬¶\xa0\xad")


def encoding_of(head: bytes) -> str | None:
    """The encoding that a byte order mark at the start of `head` names, or None."""
    return next((name for mark, name in _MARKS if head.startswith(mark)), None)


def refuse_binary(head: bytes, where: str) -> None:
    """Raises `InputError` where the first bytes of an input show that it is no text."""
    for magic, what in _MAGIC:
        if head.startswith(magic):
            raise InputError(where, f"not text but {what}")
    if encoding_of(head) is None and b"\0" in head:
        raise InputError(where, f"binary, not text: byte {head.index(0)} is NUL")


def decode(data: bytes, where: str, line: int | None = None, declared: str | None = None) -> tuple[str, str]:
    """Text and the name of its encoding. `declared` is what the input itself says it is in (a page's `charset`).

    Raises `InputError` where no encoding is certain or plausible, naming the first byte that does not fit.
    """
    marked = encoding_of(data) if line is None or line == 1 else None
    if marked:
        try:
            return data.decode(marked), marked.removesuffix("-sig")
        except UnicodeDecodeError as error:
            raise InputError(where, f"begins as {marked} but byte {error.start} breaks it", line) from None
    if b"\0" in data:
        raise InputError(where, f"binary, not text: byte {data.index(0)} is NUL", line)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        at = error.start
    if declared:
        try:
            return data.decode(declared), codecs.lookup(declared).name
        except (UnicodeError, LookupError):  # "undefined" is the name of an encoding, and breaks whatever comes
            pass
    text = as_windows_1252(data)
    if text is None:
        raise InputError(where, f"neither UTF-8 (byte {at} breaks it) nor Windows-1252: save it as UTF-8", line)
    return text, "cp1252"


def as_windows_1252(data: bytes) -> str | None:
    """`data` read as Windows-1252, where that gives plausible Western text; else None.

    Plausible is: no UTF-8 in it (then it is broken UTF-8), no control characters, and beyond ASCII only letters and
    the marks of print, and few of them.
    """
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    if any("\x7f" < c < "\udc80" or c > "\udcff" for c in data.decode("utf-8", "surrogateescape")):
        return None
    beyond = [c for c in text if c > "\x7f"]
    if len(beyond) > max(2, _MOST_BEYOND_ASCII * len(text)):
        return None
    if any(c not in _PLAUSIBLE and unicodedata.category(c) not in ("Lu", "Ll") for c in beyond):
        return None
    if any(c < " " and c not in "\t\n\r\f" for c in text):
        return None
    return text
