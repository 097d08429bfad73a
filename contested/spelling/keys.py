"""The key under which spellings of one name meet: its consonants, by classes, with how it begins and ends."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from contested.spelling.scripts import fold

#: Raised whenever a key changes: an index built with other keys has to be built again.
KEYS = 2

_ARTICLES = frozenset("al el ul il l ar er ur as es us ash esh ush ad ed ud at et ut az ez uz an en un".split())
#: Letters in two that are one sound, longest first, each with its class.
_PAIRS = (
    ("x", "ks"), ("tsch", "x"), ("shch", "x"), ("sch", "x"), ("tch", "x"), ("dsch", "j"), ("dzh", "j"), ("ck", "k"),
    ("qu", "k"), ("kh", "k"), ("gh", "k"), ("sh", "x"), ("ch", "x"), ("zh", "j"), ("dj", "j"),
    ("ts", "s"), ("tz", "s"), ("th", "t"), ("dh", "t"), ("ph", "f"), ("ce", "se"), ("ci", "si"), ("cy", "si"),
)  # fmt: skip
_CLASSES = str.maketrans("qgcdvp", "kkktfb")
_ABDUL = frozenset("abdul abdel abdal abdol abdoul abdil".split())
#: "Abdulrahman": the servant of, with the article in one word.
_SERVANT = re.compile(r"^abd(?:[aeiou]|ou)l(?=[a-z]{3})")
_VOWELS = "aeiouyw"
_VOWELS_HEARD = frozenset("aei")
_NO_VOWELS = str.maketrans("", "", _VOWELS)
#: "Tal Elhawa", "Deir Ezzor": an article written to its word, which is told from the name itself only within a name.
_WRITTEN_TO = re.compile(r"^(?:[ae]l(?=[^aeiou][a-z]{2})|el(?=a[a-z]{3})|[aeu]([zstdrn])(?=\1[a-z]))")
_DOUBLED = re.compile(r"([^aeiouyw0-9])\1+")


def _is_article(word: str, following: str) -> bool:
    """Whether `word` is the Arabic article before `following`: a sun letter takes the l's place only before itself."""
    return word in _ARTICLES and (word[-1] == "l" or following.startswith(word[1:]))


@lru_cache(maxsize=1 << 16)
def skeleton(word: str) -> tuple[str, str, str]:
    """How a folded word begins ("a" for any vowel), its consonants by classes, and how it ends (a, i, u or "")."""
    for pair, sound in _PAIRS:
        if pair in word:
            word = word.replace(pair, sound)
    if word.endswith("ij"):
        word = word[:-1]  # -skij
    if word[0] == "w":
        word = "v" + word[1:]
    elif word[:2] == "ou" and word[2:3] in _VOWELS_HEARD:
        word = "v" + word[2:]  # Ouarzazate
    word = _DOUBLED.sub(r"\1", word.translate(_CLASSES))
    ends = ""
    if word[-1] == "h" and len(word) > 1:
        word, ends = word[:-1], "a"
    elif word[-1] in _VOWELS:
        ends = "i" if word[-1] in "iy" or word.endswith("ee") else "u" if word[-1] in "ouw" else "a"
    begins = "a" if word[0] in _VOWELS else ""
    return begins, word.translate(_NO_VOWELS), ends


def bare(folded: str) -> list[str]:
    """The words of a folded name without Arabic articles, "Abdul Aziz" as "abd aziz", -at before a word as -a."""
    words = folded.split()
    if len(words) < 2:
        return [_SERVANT.sub("abd", words[0])] if words else []
    kept = []
    for word, following in pairwise(words):
        if word in _ABDUL:
            kept.append("abd")
        elif not _is_article(word, following):
            kept.append(word[:-1] if len(word) > 3 and word.endswith(("at", "et")) else word)
    kept.append(words[-1])
    return [_SERVANT.sub("abd", word) if at == 0 else _WRITTEN_TO.sub("", word) for at, word in enumerate(kept)]


def key(name: str) -> str:
    """The key under which spellings of one name meet ("Qadhafi", "Gaddafi", "القذافي": ktfi), whatever the script.

    What transliterations agree on is the consonants, and how a name begins and ends: short vowels are not written in
    Arabic or Hebrew and heard differently. So a key has the consonants, each as the class of those that romanisations
    of one letter differ by (BGN/PCGN, ALA-LC, DIN 31635; French, German and Turkish use), doubled ones once; an "a"
    before them for any vowel, and after them "a", "i" or "u" for a last vowel. Arabic articles and word breaks are left
    out. Empty only where `fold` is; never raises.

    It is loose, for finding candidates: among the 235,000 cities of GeoNames with all their names, the key of a town of
    conflict brings 22 on average (median 7), of which `alike` with `THRESHOLD` leaves 3.5 (2). An index built with keys
    carries `KEYS` in its file's name: the number is raised whenever a key changes.
    """
    words = bare(fold(name))
    if not words:
        return ""
    if len(words) == 1:
        return "".join(skeleton(words[0])).replace("nb", "mb")
    parts = [skeleton(word) for word in words]
    out = parts[0][0] + parts[0][1]
    for (_, _, before), (begins, middle, _) in pairwise(parts):
        glued = middle[1:] if middle and not before and not begins and out.endswith(middle[0]) else middle
        out += glued
    return out.replace("nb", "mb") + parts[-1][2]
