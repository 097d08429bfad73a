"""Any script in lower-case Latin letters: `fold`."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from contested.spelling import letters

_PLAIN = {
    code: chr(code).lower() if chr(code).isalnum() else None if chr(code) in letters.DROPPED else " "
    for code in range(128)
}
_WORDS = re.compile(r"[^\W_]+")
#: Letters whose adjacent sounds a Latin spelling could take for one doubled: parted by the vowel that is not written.
_BEFORE_H = frozenset("cdgkpstz")
_SOUND = {"t": "t", "th": "t", "d": "t", "dh": "t", "k": "k", "kh": "k", "q": "k", "g": "k", "gh": "k", "w": "f"}


def fold(name: str) -> str:
    """`name` in lower-case Latin letters and digits without accents, words parted by one space.

    Apostrophes, hamza and ayn are dropped, every other sign parts words. Arabic and Hebrew are romanised by their
    letters, short vowels being unwritten ("حلب" is "hlb"), with the Arabic article apart ("الرقة" is "al rqa").
    Empty when `name` has no letter or digit. Never raises; folding twice changes nothing.
    """
    if name.isascii():
        return " ".join(name.translate(_PLAIN).split())
    text = unicodedata.normalize("NFKC", name).casefold()
    for letter, sound in letters.HEBREW_GERESH:
        text = text.replace(letter + "'", sound).replace(letter + "׳", sound)
    text = text.translate(_DROP)
    text = "".join(c for c in unicodedata.normalize("NFC", text) if not unicodedata.combining(c))
    ukrainian = any(mark in text for mark in letters.UKRAINIAN_MARKS)
    folded = " ".join(_romanised(word, ukrainian) for word in _WORDS.findall(text))
    return " ".join(folded.split())


_DROP = {ord(c): None for c in letters.DROPPED}


def written_without_vowels(name: str) -> bool:
    """Whether `name` has letters of a script that leaves short vowels out (Arabic, Hebrew, Syriac)."""
    return not name.isascii() and any("\u0590" <= c <= "\u07bf" or "\ufb1d" <= c <= "\ufefc" for c in name)


@lru_cache(maxsize=1 << 14)
def _romanised(word: str, ukrainian: bool) -> str:
    """One word without signs, in whatever script its first letter is."""
    if word.isascii():
        return word
    first = word[0]
    if any("\u05d0" <= c <= "\u05ea" for c in word):
        return _hebrew(word)
    if "\u0600" <= first <= "\u06ff":
        return _arabic(word)
    if "\u0370" <= first <= "\u03ff":
        word = _greek(word)
    if ukrainian:
        word = "".join(letters.UKRAINIAN.get(c, c) for c in word)
    return "".join(map(_letter, word))


@lru_cache(maxsize=1 << 12)
def _letter(letter: str) -> str:
    """One letter on its own, of any script; a space where it is none that sounds."""
    for table in (letters.LATIN, letters.CYRILLIC, letters.GREEK, letters.ARABIC, letters.ARABIC_VOWELS):
        if letter in table:
            return table[letter]
    if letter.isascii():
        return letter if letter.isalnum() else " "
    plain = "".join(c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c))
    if plain != letter and plain:
        return "".join(map(_letter, plain.casefold()))
    from anyascii import anyascii

    return "".join(c if c.isalnum() else " " if c.isspace() else "" for c in anyascii(letter).lower())


def _greek(word: str) -> str:
    # Accents went with the combining marks only where they stood apart.
    word = "".join(unicodedata.normalize("NFD", c)[0] for c in word)
    for pair, sound in letters.GREEK_INITIALS:
        if word.startswith(pair):
            word = sound + word[2:]
    for pair, sound in letters.GREEK_PAIRS:
        word = word.replace(pair, sound)
    return word


def _arabic(word: str) -> str:
    """A word in Arabic script by its letters, the article and a final "الله" as Latin spellings have them."""
    if word.endswith("الله"):
        return (_arabic(word[:-4]) if len(word) > 4 else "") + "allah"
    if word.startswith("ال") and len(word) > 3:
        return "al " + _arabic(word[2:])
    if word[0] == "ع":  # a word begins with ayn and a vowel; which one is not written
        word = "ا" + word[1:]
    if word[-1] == "ع" and len(word) > 2:  # and ends so: جامع is Jami', most others have an a
        word = word[:-1] + ("ي" if word[-3] == "ا" else "ا" if word[-2] in letters.ARABIC else "")
    persian = not letters.PERSIAN_MARKS.isdisjoint(word) and letters.NOT_PERSIAN.isdisjoint(word)
    consonants = letters.ARABIC | letters.PERSIAN if persian else letters.ARABIC
    glides = letters.PERSIAN_GLIDES if persian else letters.ARABIC_GLIDES
    if word[:2] in ("او", "اي", "ای") and len(word) > 2 and word[2] in consonants:
        return ("u" if word[1] == "و" else "i") + _abjad(word[2:], consonants, letters.ARABIC_VOWELS, glides)
    return _abjad(word, consonants, letters.ARABIC_VOWELS, glides)


def _hebrew(word: str) -> str:
    """A word in Hebrew script; begadkefat by the rule of the word's start, since no points are written."""
    if word[0] == "ע":
        word = "א" + word[1:]
    if word[-1] == "ע" and len(word) > 1:  # a vowel a is heard before a last ayn
        word = word[:-1] + "א"
    word = word.replace("וו", "v").replace("יי", "י")
    soft = {"ב": "v", "פ": "f", "כ": "kh"}
    table = letters.ARABIC | letters.HEBREW | {"v": "v"}
    start = _abjad(word[:1], table, letters.HEBREW_VOWELS, {"ו": "v", "י": "y"})
    rest = _abjad(word[1:], table | soft, letters.HEBREW_VOWELS, letters.HEBREW_GLIDES, after=start)
    return start + rest


def _abjad(
    word: str, consonants: dict[str, str], vowels: dict[str, str], glides: dict[str, str], after: str = ""
) -> str:
    """Letters in order, و and ی read as vowels between consonants and as consonants beside a vowel."""
    out = [after] if after else []
    start = len(out)
    for at, letter in enumerate(word):
        if letter in glides:
            sound = glides[letter]
            following = word[at + 1] if at + 1 < len(word) else ""
            if out and out[-1][-1] not in "aeiou" and following not in vowels:
                sound = "i" if sound == "y" else "u"
        elif letter in vowels:
            sound = vowels[letter]
        elif letter in consonants:
            sound = consonants[letter]
            if sound == "h" and at == len(word) - 1 and out and out[-1][-1] not in "aeiou":
                sound = "ah"  # ه for ة, or a short vowel before h
            elif out and _SOUND.get(out[-1], out[-1]) == _SOUND.get(sound, sound):
                sound = "a" + sound  # a doubled letter is never written: a short vowel stands between
            elif sound == "h" and out and out[-1] in _BEFORE_H:
                sound = "ah"  # ته is t and h, most often with a vowel between, and never th
            elif letter == "ת" and at == len(word) - 1 and out and out[-1][-1] not in "aeiou":
                sound = "at"  # the feminine ending before another word
            elif sound in ("s", "z") and out and out[-1] == "t":
                sound = "a" + sound  # تز is t and z, not the tz that stands for ts
        elif letter in "ءعע":  # dropped; ayn between two consonants has a vowel before it or after
            following = word[at + 1] if at + 1 < len(word) else ""
            sound = "a" if letter != "ء" and out and out[-1][-1] not in "aeiou" and following in consonants else ""
        else:
            sound = _letter(letter)
        if sound:
            out.append(sound)
    return "".join(out[start:])
