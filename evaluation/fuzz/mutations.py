"""Changes to inputs: flips, cuts, splices, repeated and nested parts, huge numbers, odd characters, charsets."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

from evaluation.fuzz.grammar import NAMES, ODD

CHARSETS = (
    "utf-8", "utf-16", "utf-16-le", "utf-32", "latin-1", "cp1252", "cp1251", "shift_jis", "gb18030", "big5", "koi8-r",
    "utf-7", "cp037", "mac-roman", "iso2022_jp", "hz", "utf-8-sig",
)  # fmt: skip
#: What is told of an encoding, true or not, or none at all.
_DECLARED = (*CHARSETS, "utf-99", "none", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "base64", "zip",
             "rot13", "undefined", "", "\0", "../../etc", "utf-8" * 50, "x-user-defined", "oem")  # fmt: skip
_HUGE = (
    b"0", b"-1", b"2147483648", b"4294967296", b"9223372036854775808", b"-99999999999999999999", b"1e400", b"-0.0",
    b"9" * 30, b"9" * 5_000, b"NaN", b"Infinity", b"0x10", b"\xd9\xa3", b"1_000", b"00", b"1e-400",
)  # fmt: skip
_CHARSET = re.compile(rb"""(charset|encoding)(\s*=\s*["']?)([\w-]+)""", re.I)
_NUMBER = re.compile(rb"\d+")
_PARTS = re.compile(rb"<[^<>]{1,200}>[^<>]{0,200}|[{\[][^{}\[\]]{0,300}[}\]]|[^\r\n]{1,300}\r?\n|\w{1,40}")
_DATE = re.compile(rb"\d{4}-\d\d-\d\d(?:T[\d:]+Z?)?|\d{1,2} \w{3} \d{4}")
_DATES = (
    b"0000-00-00", b"9999-12-31T23:59:60Z", b"2016-02-30", b"10000-01-01", b"-0001-01-01", b"1 Jan 99999", b"2016-W54",
    b"0001-01-01T00:00:00+14:00", b"31 Feb 2016", b"1e9", b"99999999999999", b"00 Mar 2019",
    b"2019-03-08T10:00:00+99:99",
    b"Fri, 8 Mar 2019 25:61:61 +9999", b"\xd9\xa2\xd9\xa0\xd9\xa1\xd9\xa6-01-01", b"yesterday", b"0", b"-",
)  # fmt: skip

Change = Callable[[random.Random, bytes, Sequence[bytes]], bytes]


def _flip(chance: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 30))):
        out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    return bytes(out)


def _bytes(chance: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.randbytes(chance.choice((1, 2, 4, 16, 100))) + data[at + chance.choice((0, 0, 1, 8)) :]


def _cut(chance: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] if chance.random() < 0.7 else data[at:]


def _without(chance: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    a, b = sorted(chance.randrange(len(data) + 1) for _ in "ab")
    return data[:a] + data[min(b, a + chance.choice((1, 10, 200, 10_000))) :]


def _splice(chance: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    other = chance.choice(others)
    a, b = chance.randrange(len(data) + 1), chance.randrange(len(other) + 1)
    return data[:a] + other[b : b + chance.choice((5, 50, 500, 50_000))] + data[a:][chance.choice((0, 0, 50)) :]


def _part(chance: random.Random, data: bytes) -> tuple[int, int]:
    found = [match.span() for match in _PARTS.finditer(data[:200_000])]
    return chance.choice(found) if found else (0, len(data))


def _repeat(chance: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    a, b = _part(chance, data)
    times = min(chance.choice((2, 2, 5, 50, 1_000)), 1 + 60_000 // max(1, b - a))
    return data[:b] + data[a:b] * times + data[b:]


def _swap(chance: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    (a, b), (c, d) = sorted((_part(chance, data), _part(chance, data)))
    return data if c < b else data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def _nest(chance: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    opened, closed = chance.choice(
        ((b"<div>", b"</div>"), (b"[", b"]"), (b'{"a":', b"}"), (b"<p>", b""), (b"(", b")"), (b'"', b'"'),
         (b"<item>", b"</item>"), (b"> ", b""), (b"<!--", b"-->"), (b"<![CDATA[", b"]]>"), (b"<b><i>", b"</b></i>"))
    )  # fmt: skip
    times = chance.choice((3, 20, 200, 2_000))
    a, b = _part(chance, data)
    return data[:a] + opened * times + data[a:b] + closed * chance.choice((times, 0, times // 2)) + data[b:]


def _number(chance: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    return _replaced(chance, data, _NUMBER, chance.choice(_HUGE))


def _date(chance: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    return _replaced(chance, data, _DATE, chance.choice(_DATES))


def _replaced(chance: random.Random, data: bytes, what: re.Pattern[bytes], new: bytes) -> bytes:
    found = [match.span() for match in what.finditer(data)]
    if not found:
        return data
    a, b = chance.choice(found)
    return data[:a] + new + data[b:]


def _declare(chance: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    said = chance.choice(_DECLARED).encode()
    return _CHARSET.sub(lambda found: found[1] + found[2] + said, data)


def _recode(chance: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    return data.decode("utf-8", "replace").encode(chance.choice(CHARSETS), "replace")


def _odd(chance: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    words = data.decode("utf-8", "surrogateescape")
    for _ in range(chance.choice((1, 3, 20))):
        at = chance.randrange(len(words) + 1)
        words = words[:at] + chance.choice((*ODD, *NAMES)) + words[at:]
    return words.encode("utf-8", "surrogatepass" if chance.random() < 0.5 else "replace")


def _escape(chance: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    odd = chance.choice(
        (b"\\ud800", b"\\u0000", b"\\udc00\\ud800", b"&#0;", b"&#xd800;", b"&#1114112;", b"&#99999999999;",
         b"&lt;p&gt;", b"&bogus;", b"=00", b"=ED=A0=80", b"%00", b"\\", b'\\"', b"\\x", b"=?x?B?/?=", b"=?x?Q?=F?=")
    )  # fmt: skip
    at = chance.randrange(len(data) + 1)
    return data[:at] + odd * chance.choice((1, 1, 50)) + data[at:]


def _lines(chance: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    return data.replace(b"\n", chance.choice((b"\r\n", b"\r", b"", b"\n\n", b"\0", b"\x0b", b"\xe2\x80\xa8", b" ")))


CHANGES: tuple[Change, ...] = (
    _flip, _bytes, _cut, _without, _splice, _repeat, _swap, _nest, _number, _date, _declare, _recode, _odd, _escape,
    _lines,
)  # fmt: skip


def changed(chance: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """`data` with one change or several; `others` are inputs of its kind and of others to take pieces from."""
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 6))):
        if not data:
            break
        data = chance.choice(CHANGES)(chance, data, others)[:2_000_000]
    return data
