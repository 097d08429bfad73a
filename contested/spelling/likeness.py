"""How alike two spellings are: a weighted edit distance over sounds."""

from __future__ import annotations

from functools import lru_cache

from contested.spelling.keys import bare
from contested.spelling.scripts import fold, written_without_vowels

#: From here on two names with one key count as one name. Set on the pairs in tests/spelling.
THRESHOLD = 0.8

_PAIRS = (
    ("tsch", "C"), ("shch", "S"), ("sch", "S"), ("tch", "C"), ("dsch", "j"), ("dzh", "j"), ("ck", "k"), ("qu", "q"),
    ("x", "ks"), ("kh", "K"), ("gh", "G"), ("sh", "S"), ("ch", "C"), ("zh", "Z"), ("dj", "j"), ("th", "T"),
    ("dh", "D"), ("ph", "f"), ("ce", "se"), ("ci", "si"), ("cy", "si"), ("c", "k"), ("ou", "u"), ("oo", "u"),
    ("ee", "i"), ("nb", "mb"),
)  # fmt: skip
_VOWELS = frozenset("aeiouyw")
#: Sounds that one letter of a source script stands for, or that romanisation systems write for one another.
_NEAR = {
    frozenset(pair): cost
    for pairs, cost in (
        ("kq gq GK kG gG qG kK qK TD tT dD tT dT tD SC jZ fv pb sz", 0.25),
        ("td kg zD dz sT tz zZ hK hg vb vw fw gj SZ sS kC yj", 0.5),
        ("ae ei ou iy ey uw ow", 0.15),
        ("ao ai au eo oe uy", 0.35),
        ("iu io eu wy iw", 0.5),
    )
    for pair in pairs.split()
}  # fmt: skip


@lru_cache(maxsize=1 << 14)
def _sounds(folded: str) -> str:
    text = "".join(bare(folded))
    for pair, sound in _PAIRS:
        text = text.replace(pair, sound)
    return "".join(c for c, before in zip(text, " " + text, strict=False) if c != before)


def _weight(sound: str) -> float:
    return 0.5 if sound in _VOWELS else 0.6 if sound == "h" else 1.0


def _swap(one: str, other: str) -> float:
    if one == other:
        return 0.0
    near = _NEAR.get(frozenset((one, other)))
    return near if near is not None else max(_weight(one), _weight(other)) + 0.2


def alike(one: str, other: str) -> float:
    """From 0 (different names) to 1 (one spelling), whatever the script of each; symmetric, never raises."""
    first, second = fold(one), fold(other)
    if first == second:
        return 1.0
    a, b = _sounds(first), _sounds(second)
    if not a or not b:
        return 0.0
    unwritten = written_without_vowels(one) or written_without_vowels(other)
    light = 0.1 if unwritten else 0.4
    row = [0.0]
    drops_b = [(light if 0 < j < len(b) - 1 else 0.5) if c in _VOWELS else _weight(c) for j, c in enumerate(b)]
    for drop in drops_b:
        row.append(row[-1] + drop)
    for i, c in enumerate(a):
        drop_a = (light if 0 < i < len(a) - 1 else 0.5) if c in _VOWELS else _weight(c)
        new = [row[0] + drop_a]
        for j, d in enumerate(b):
            new.append(min(row[j] + _swap(c, d), row[j + 1] + drop_a, new[j] + drops_b[j]))
        row = new
    mass = (sum(map(_weight, a)) + sum(map(_weight, b))) / 2
    return max(0.0, min(0.99, 1 - row[-1] / mass))
