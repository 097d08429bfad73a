"""Who speaks at a cue: the noun phrase that is its subject, past times, occasions and parentheses.

All positions are token indices of one sentence (half-open ranges). Nothing looks further than the bounds it is given.
"""

from __future__ import annotations

from contested.reading.antecedents import kind_of
from contested.reading.cues import Cue, Line
from contested.reading.phrases import Token, finite, phrase_from, phrase_until, time_from, time_until

Range = tuple[int, int]
#: How far back, in tokens, a parenthesis after the subject can reach, and a document before its author.
PARENTHESIS, DOCUMENT = 30, 14
_PLACED = frozenset({"in", "on", "by", "during", "at"})


def skip_back(line: Line, at: int, floor: int) -> tuple[int, Range | None]:
    """Index after the subject of the verb at `at`, past adverbs, auxiliaries, times and occasions; and the time."""
    k, said = at, None
    while k > floor:
        before = line[k - 1]
        if before.tags & {"adv", "aux"} and "pron" not in before.tags:
            k -= 1
            continue
        back = time_until(line.words, k)
        if floor <= back < k:
            said, k = (back, k), back
            continue
        if "occasion" in before.tags:
            j = phrase_until(line.words, k, floor)
            if floor + 1 < j < k and line[j - 1].low in _PLACED:
                k = j - 1
                continue
        break
    return k, said


def skip_on(line: Line, i: int) -> tuple[int, Range | None]:
    """Index after the times, adverbs and occasions that start at `i` ("on Monday in a statement"); and the time."""
    said: Range | None = None
    stop = min(len(line), i + 40)
    while i < stop:
        forward = time_from(line.words, i)
        if forward > i:
            said, i = said or (i, forward), forward
            continue
        token = line[i]
        if "adv" in token.tags and "prep" not in token.tags:
            i += 1
            continue
        if token.low in _PLACED or token.low in ("via", "from", "through", "to"):
            j = phrase_from(line.words, i + 1, stop) if i + 1 < stop else i
            if j > i + 1 and (token.low == "to" or any("occasion" in t.tags for t in line.words[i + 1 : j])):
                i = j
                continue
        break
    return i, said


def skip_listener(line: Line, cue: Cue) -> tuple[int, Range | None]:
    """Index after who is told ("told Radio Orla"), and who, where it is a name."""
    i = cue.end
    if not cue.manner.listener or i >= len(line):
        return i, None
    j = i + 1 if "pron" in line[i].tags else phrase_from(line.words, i)
    named = j > i and (line[i].cap or line[j - 1].cap)
    return j, (i, j) if named else None


def subject_of(line: Line, cue: Cue, k: int, floor: int, last: Range | None) -> tuple[Range | None, int]:
    """The subject of the cue whose verb group starts at `k` (None: none stands there), and where its clause starts.

    `last` is the subject of the cue before in this sentence, whom "and added" and "adding" go on with.
    """
    if k <= floor:
        return last, k
    before = line[k - 1]
    if "pron" in before.tags and "rel" not in before.tags:
        return (k - 1, k), k - 1
    if cue.participle and last:
        return last, k
    if before.low in ("and", "then") and k - 1 > floor:
        if last:
            return last, k
        start = clause_start(line, k - 1, floor)
        return _range(start, phrase_from(line.words, start, k)), start
    if "rel" in before.tags:
        end = k - 2 if line.text(k - 2) == "," else k - 1
        start = phrase_until(line.words, end, floor)
        return _range(start, end), start if start < end else k
    if before.text in (",", ")", "-", "–", "—"):
        return _past_parenthesis(line, cue, k, floor)
    if not before.word:
        return None, k
    return _in_clause(line, cue, k, floor)


def _in_clause(line: Line, cue: Cue, k: int, floor: int) -> tuple[Range | None, int]:
    """The subject where words of the same clause stand right before the verb."""
    words = line.words
    start = clause_start(line, k, floor)
    relative = next((r for r in range(start + 1, k) if is_relative(line, r)), None)
    if relative is not None and line.verbs(relative, k) and not line.verbs(start, relative):
        head = _first_phrase(line, start, relative)
        return head, head[0] if head else k
    begin = phrase_until(words, k, start)
    if not line.verbs(start, k):
        head = _first_phrase(line, start, k)
        ends = line.text(cue.end) in ("", ".")
        if head and head[1] < k and begin > head[0] and (ends or _renamed(line, head, begin, k)):
            head = None
        if head and (begin >= k or speaks(words[head[0] : head[1]]) or not speaks(words[begin:k])):
            return head, start
    if begin - 2 > start and "prep" in words[begin - 1].tags and "reduced" in words[begin - 2].tags:
        begin = min(begin, phrase_until(words, begin - 2, start))  # "a unit linked to the group"
    first = _first_of_two(line, begin, start)
    if first:
        return first, first[0]
    return _range(begin, k), begin


def _first_of_two(line: Line, begin: int, start: int) -> Range | None:
    """The first speaker of "the monitor and two doctors said", where the second starts at `begin`.

    What stands behind a verb or a preposition is the end of another clause ("… killed nine men and the army said").
    """
    if line.low(begin - 1) != "and" or begin - 1 <= start:
        return None
    first = phrase_until(line.words, begin - 1, start)
    if first >= begin - 1 or not speaks(line.words[first : begin - 1]):
        return None
    before = line[first - 1] if first else None
    if before is not None and before.word and (before.tags & {"prep", "conj"} or finite(line.words, first - 1)):
        return None
    return first, begin - 1


def _range(start: int, end: int) -> Range | None:
    return (start, end) if start < end else None


def clause_start(line: Line, k: int, floor: int) -> int:
    """Index of the first token of the clause that ends before `k`."""
    for j in range(k - 1, floor - 1, -1):
        token = line[j]
        if line.mark(j) or token.text in ",;:—–-" or "contrast" in token.tags:
            return j + 1
        opens = token.low == "that" and not is_relative(line, j)
        if (opens or ("adv" in token.tags and token.cap)) and j + 1 < k:
            return j + 1
    return floor


def is_relative(line: Line, i: int) -> bool:
    """Whether a relative pronoun stands at `i`: "who", "which", or "that" with a verb right after it."""
    return "rel" in line[i].tags or (line[i].low == "that" and i + 1 < len(line) and finite(line.words, i + 1))


def _first_phrase(line: Line, start: int, end: int) -> Range | None:
    """The first noun phrase of a clause; behind an opening prepositional phrase, the one that ends at `end`."""
    words, i = line.words, start
    while i < end and (
        ("adv" in words[i].tags and "det" not in words[i].tags)
        or words[i].text in ",-–—"
        or (words[i].tags & {"conj", "sub"} and not words[i].cap)
    ):
        i += 1
    i = min(max(time_from(words, i), i), end)
    if i < end and (words[i].tags & {"prep", "sub"} or words[i].low.endswith("ing")):
        return _range(phrase_until(words, end, i), end)
    return _range(i, phrase_from(words, i, end))


def _renamed(line: Line, head: Range, begin: int, k: int) -> bool:
    """Whether a description in `head` goes before the speaker's name: "Head of operations in Orla General Tadic"."""
    if not speaks(line.words[begin:k]):
        return False
    first = line[head[0]]
    return line[head[1]].low in ("the", "his", "her", "its") or (
        "det" not in first.tags and bool(first.tags & {"head", "title"}) and line[k - 1].cap
    )


def _past_parenthesis(line: Line, cue: Cue, k: int, floor: int) -> tuple[Range | None, int]:
    """The subject before ", which watches the war," or ", a spokesman for X," or before a mere comma."""
    found = _before_parenthesis(line, k, floor)
    if found[0] or line[k - 1].text != "," or line.low(cue.end) == "the":
        return found
    begin = phrase_until(line.words, k - 1, floor)
    governs = any(t.low == "that" for t in line.words[cue.end : cue.end + 12])
    return ((begin, k - 1), begin) if begin < k - 1 and governs else found


def _before_parenthesis(line: Line, k: int, floor: int) -> tuple[Range | None, int]:
    words, close = line.words, k - 1
    opener = "(" if words[close].text == ")" else words[close].text
    low = max(floor, close - PARENTHESIS)
    m = next((j for j in range(close - 1, low, -1) if line.mark(j) or words[j].text == opener), None)
    if m is None or line.mark(m) or m + 1 == close:
        return None, k
    inside = words[m + 1 : close]
    relative = "rel" in inside[0].tags
    if not relative and opener != "(" and line.verbs(m + 1, close):
        return None, k
    start = phrase_until(words, m, floor)
    if start >= m:
        return None, k
    if all(t.cap and not t.tags & {"det", "head"} for t in inside) and not all(t.cap for t in words[start:m]):
        return (m + 1, close), start  # "a spokesman for the army, Milan Tadic, said"
    # an apposition explains a name or a person; a mere list or place does not
    explains = inside[0].tags & {"det", "title", "head"} or not line.verbs(clause_start(line, m, floor), m)
    if relative or (speaks(words[start:m]) and (opener == "(" or explains)):
        return (start, m), start
    return None, k


def speaks(phrase: list[Token]) -> bool:
    """Whether a noun phrase looks like someone who can say something."""
    kind = kind_of(phrase)
    if kind is not None:
        return kind != "thing"
    return any((t.cap and "det" not in t.tags) or t.tags & {"head", "title"} for t in phrase)


def name_only(line: Line, phrase: Range) -> Range:
    """ "Milan Tadic spokesman for the army" is Milan Tadic; "army spokesman Milan Tadic" stays as it is."""
    words, (start, end) = line.words, phrase
    i = start
    while i < end and words[i].cap and not words[i].tags & {"det", "title", "head", "demonym"}:
        i += 1
    described = i < end and words[i].tags & {"title", "head"} and any("prep" in t.tags for t in words[i:end])
    return (start, i) if described and i - start >= 2 and kind_of(words[start:i]) is None else phrase


def author_of(line: Line, phrase: Range, stop: int) -> Range | None:
    """Who made it, where `phrase` is a document: "a statement issued by the army", "figures from the ministry"."""
    words, (start, end) = line.words, phrase
    if line.low(start - 1) == "by":
        back = range(start - 1, max(-1, start - DOCUMENT), -1)
        made = next((j for j in back if "document" in words[j].tags), None)
        if made is None:
            return None
        start, end, stop = made, made + 1, start
    paper = next((j for j in range(start, end) if "document" in words[j].tags), None)
    if paper is None:
        return None
    for j in range(paper + 1, min(stop + 1, paper + 4, len(words) - 1)):
        if words[j].low in ("by", "from"):
            return _range(j + 1, phrase_from(words, j + 1))
        if not words[j].low.endswith("ed"):
            return None
    return None
