"""Letters of other scripts in Latin ones, as data.

Arabic and Persian follow the BGN/PCGN systems (1956 for Arabic, 1958 for Persian) without their marks; letters of
Kurdish, Pashto and Urdu follow the BGN/PCGN tables for these. Russian follows BGN/PCGN 1947, Ukrainian the national
system of 2010, Greek ELOT 743 and Hebrew the Academy's system of 2006, all without marks. Scripts that are not here are
left to `anyascii`.

The tables give what a letter is on its own; `scripts` says what it is beside others.
"""

from __future__ import annotations

#: Consonants of the Arabic script. ع and hamza are not here: they are dropped, as news does.
ARABIC = {
    "ب": "b", "پ": "p", "ت": "t", "ٹ": "t", "ټ": "t", "ث": "th", "ج": "j", "چ": "ch", "ح": "h", "خ": "kh",
    "څ": "ts", "ځ": "dz", "د": "d", "ڈ": "d", "ډ": "d", "ذ": "dh", "ر": "r", "ڑ": "r", "ړ": "r", "ڕ": "r",
    "ز": "z", "ژ": "zh", "ږ": "zh", "س": "s", "ش": "sh", "ښ": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z",
    "غ": "gh", "ف": "f", "ڤ": "v", "ڥ": "v", "ق": "q", "ك": "k", "ک": "k", "ګ": "g", "گ": "g", "ڭ": "ng",
    "ل": "l", "ڵ": "l", "م": "m", "ن": "n", "ں": "n", "ڼ": "n", "ه": "h", "ھ": "h", "ہ": "h", "ۀ": "h",
}  # fmt: skip

#: Vowels that the Arabic script writes. و and ی are glides: vowel or consonant by what stands beside them.
ARABIC_VOWELS = {
    "ا": "a", "آ": "a", "أ": "a", "إ": "i", "ٱ": "a", "ى": "a", "ة": "a", "ۃ": "a", "ە": "e", "ۆ": "o", "ۇ": "u",
    "ۈ": "u", "ئ": "i", "ؤ": "u", "ې": "e", "ێ": "e", "ے": "e", "ۍ": "ay",
}  # fmt: skip
ARABIC_GLIDES = {"و": "w", "ۋ": "w", "ي": "y", "ی": "y", "ۊ": "w"}

#: What is otherwise in Persian, what tells it from Arabic, and what from Kurdish and Urdu.
PERSIAN = {"ث": "s", "ذ": "z", "ض": "z"}
PERSIAN_GLIDES = {**ARABIC_GLIDES, "و": "v"}
PERSIAN_MARKS, NOT_PERSIAN = frozenset("پچژگکی"), frozenset("ەێۆڕڵڤٹڈڑںےھہۃ")

#: A geresh makes another sound of a letter, one that Arabic has a letter for.
HEBREW_GERESH = (("ג", "ج"), ("צ", "چ"), ("ץ", "چ"), ("ז", "ژ"), ("ת", "ث"), ("ד", "ذ"), ("ח", "خ"))
HEBREW = {
    "ב": "b", "ג": "g", "ד": "d", "ה": "h", "ז": "z", "ח": "h", "ט": "t", "כ": "k", "ך": "kh", "ל": "l", "מ": "m",
    "ם": "m", "נ": "n", "ן": "n", "ס": "s", "פ": "p", "ף": "f", "צ": "ts", "ץ": "ts", "ק": "k", "ר": "r", "ש": "sh",
    "ת": "t",
}  # fmt: skip
HEBREW_VOWELS = {"א": "a"}
HEBREW_GLIDES = {"ו": "w", "י": "y"}

CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "ғ": "gh", "д": "d", "е": "e", "ё": "yo", "є": "ye", "ж": "zh",
    "з": "z", "и": "i", "і": "i", "ї": "yi", "й": "y", "ј": "j", "к": "k", "қ": "q", "л": "l", "љ": "l", "м": "m",
    "н": "n", "њ": "n", "ң": "ng", "о": "o", "ө": "o", "п": "p", "р": "r", "с": "s", "т": "t", "ћ": "c", "ђ": "dj",
    "у": "u", "ў": "w", "ү": "u", "ұ": "u", "ф": "f", "х": "kh", "ҳ": "h", "һ": "h", "ц": "ts", "ч": "ch", "ҷ": "j",
    "џ": "dzh", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", "ә": "a",
}  # fmt: skip
#: What is otherwise in Ukrainian, and what tells that a name is Ukrainian.
UKRAINIAN = {"г": "h", "и": "y", "щ": "shch"}
UKRAINIAN_MARKS = ("і", "ї", "є", "ґ", "ськ", "цьк")

GREEK = {
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k", "λ": "l",
    "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t", "υ": "y", "φ": "f",
    "χ": "ch", "ψ": "ps", "ω": "o",
}  # fmt: skip
#: Two Greek letters that are one sound; the first two pairs of `GREEK_INITIALS` only at the start of a word.
GREEK_PAIRS = (("ου", "ou"), ("γγ", "ng"), ("γκ", "gk"), ("γχ", "nch"), ("αυ", "av"), ("ευ", "ev"))
GREEK_INITIALS = (("μπ", "b"), ("ντ", "d"), ("γκ", "g"))

#: Latin letters that no accent explains.
LATIN = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "dh", "þ": "th", "ł": "l", "ħ": "h", "ı": "i", "ŋ": "ng",
    "ə": "a", "ɛ": "e", "ɔ": "o", "ŧ": "t", "ƒ": "f", "ɣ": "gh", "ʃ": "sh",
}  # fmt: skip

#: Marks that stand for hamza, ayn or a soft sign, and are dropped, where other signs part words.
DROPPED = "'`´‘’‛ʻʼʽʾʿˈˌʹʺ′″ʹ͵՚׳״ـ\u200d\u200e\u200f\u00ad"
