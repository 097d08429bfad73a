"""The grammar of reporting inside one sentence: a cue, its source, and the words it governs.

Everything here is in token indices of one sentence (half-open ranges); `attribution.py` puts the sentences together.
Each cue looks at no more than `REACH` tokens around it, so that work is linear in the length of the sentence.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from contested.reading.antecedents import kind_of
from contested.reading.cues import MARKS, OPENING, Cue, Line, cue_at
from contested.reading.phrases import Token, finite, phrase_from, phrase_until, time_from
from contested.reading.speaker import (
    Range,
    author_of,
    clause_start,
    name_only,
    skip_back,
    skip_listener,
    skip_on,
    speaks,
    subject_of,
)

#: How far, in tokens, a cue looks for its subject and what it governs.
REACH = 60
#: How far an accusation's "of" can stand behind its verb.
ACCUSED = 25


@dataclass(slots=True)
class Found:
    """An attribution of one sentence: `follows` where what is said stands behind the cue, `clause` where it starts.

    `colon` marks a cue that ends the sentence with a colon: what is said comes in the next ones.
    """

    cue: Cue
    subject: Range | None
    scopes: list[Range]
    clause: int
    follows: bool
    via: list[Range] = field(default_factory=list)
    said: Range | None = None
    colon: bool = False


def in_sentence(words: list[Token]) -> list[Found]:
    """The attributions of one sentence, in the order of their cues."""
    line = Line(words, [0])
    for i in range(len(words)):
        line.counts.append(line.counts[-1] + finite(words, i))
    found: list[Found] = []
    i = 0
    while i < len(words):
        cue = cue_at(line, i)
        if cue is None:
            i += 1
            continue
        made = _read_cue(line, cue, found[-1] if found else None)
        if made is not None:
            found.append(made)
        i = cue.end
    return _cut(found)


def _read_cue(line: Line, cue: Cue, last: Found | None) -> Found | None:
    if cue.manner.source in ("after", "by"):
        return _source_after(line, cue, last)
    heard = _heard_as_saying(line, cue)
    if heard is not None:
        return heard
    floor = max(0, cue.at - REACH)
    k, said = skip_back(line, cue.at, floor)
    told, listener = skip_listener(line, cue)
    right, said_after = skip_on(line, told)
    subject, clause = subject_of(line, cue, k, floor, last.subject if last else None)
    if subject:
        subject = author_of(line, subject, k) or name_only(line, subject)
    made = Found(cue, subject, [], clause, True, [listener] if listener else [], said or said_after)
    ends = right >= len(line) or line.text(right) in (".", "!", "?") or (line.mark(right) and right + 1 >= len(line))
    if not ends and _invert(line, made, k, right, floor, last):
        return made
    if subject is None and last is None:
        return None
    if subject and ("nobody" in line[subject[0]].tags or _mute(line, subject, right)):
        return None
    left = clause > floor and (line.mark(clause - 1) or bool(line.verbs(floor, clause if subject else k)))
    if cue.manner.takes == "object":
        made.scopes = [_object(line, cue, right)]
    elif ends or (left and (_trails(line, right) or (said_after and _glued(line, clause, right)))):
        if ends and not left and cue.participle:
            return None
        made.follows = False
        begin = _content_start(last)
        made.scopes = [(begin, subject[0] if subject else k), *_resumed(line, right)]
        if not ends and line.low(right).endswith("ing"):
            made.scopes.append((right, len(line)))
    elif line.text(right) == ":":
        made.scopes = [(right, len(line))]
        made.colon = right + 1 >= len(line) or (right + 2 >= len(line) and line.mark(right + 1))
    elif _governs(line, made, right, left):
        made.scopes = [(right, len(line))]
        if clause > 1 and "rel" in line[clause - 1].tags:  # "an attack which the mayor says killed nine"
            made.scopes.append((phrase_until(line.words, clause - 1), clause - 1))
    else:
        return None
    return made


def _invert(line: Line, made: Found, k: int, right: int, floor: int, last: Found | None) -> bool:
    """Whether the speaker follows the verb ("… was burned, said the mayor"); then `made` is filled so."""
    cue = made.cue
    if cue.participle or time_from(line.words, cue.end) > cue.end or line.low(cue.end) in ("that", "to"):
        return False
    limit = _clause_end(line, right)
    end = phrase_from(line.words, cue.end, limit)
    if end <= cue.end or line.verbs(right, limit):
        return False
    marked = k > 0 and (line.mark(k - 1) or line.text(k - 1) == ",")
    bare = cue.manner.inverts and speaks(line.words[cue.end : end])
    if made.subject is not None and not ((marked or bare) and line.verbs(floor, k)):
        return False
    begin = _content_start(last)
    _, said = skip_on(line, end)
    made.subject, made.clause, made.follows = (cue.end, end), begin, False
    made.scopes = [(begin, max(begin, cue.at)), *_resumed(line, end)]
    made.via, made.said = [], made.said or said
    return True


def _object(line: Line, cue: Cue, right: int) -> Range:
    """What a verb with an object governs: the clause from the verb on; for an accusation, from its "of" or "for"."""
    ends = (j for j in range(right, len(line)) if line.text(j) in ",;-–—" or "contrast" in line[j].tags)
    stop = next(ends, len(line))
    if cue.manner.kind != "accuse":
        return cue.at, stop
    reach = range(right, min(len(line), right + ACCUSED))
    of = next((j for j in reach if line.low(j) in ("of", "for", "on")), right)
    return (right if line.low(of) == "on" else of), max(of, stop)  # "blamed the raid on X"


def _governs(line: Line, made: Found, right: int, left: bool) -> bool:
    """Whether a cue in the middle of a clause has what can be said behind it, and someone to say it."""
    cue, after = made.cue, line[right]
    speaker = line.words[made.subject[0] : made.subject[1]] if made.subject else []
    if cue.manner.subjects and not any(t.low in cue.manner.subjects for t in speaker):
        return False
    if cue.manner.takes == "either":
        if after.low != "that" and not speaks(speaker):
            return False
        if not left and after.low in ("in", "by", "at", "as", "for"):
            return False  # "announced in the capital"
    if cue.manner.strict and not line.verbs(right, _clause_end(line, right)):
        return after.low == "that" or after.text in MARKS or bool(after.tags & {"pron", "sub"})
    return not (cue.rule == "add" and after.low in ("to", "into"))


def _mute(line: Line, subject: Range, right: int) -> bool:
    """Whether the subject is a thing that says nothing ("the raid claimed"), with no "that" behind the verb."""
    return line.low(right) != "that" and kind_of(line.words[subject[0] : subject[1]]) == "thing"


def _trails(line: Line, i: int) -> bool:
    """Whether what stands at `i` only trails behind "… the group said": a comma, a participle, a preposition."""
    token = line[i]
    after = line[i + 1].tags if i + 1 < len(line) else frozenset()
    if token.text == "," or "ing" in token.tags or (token.low.endswith("ing") and after & {"det", "prep", "sub"}):
        return True
    return "prep" in token.tags and "det" not in token.tags and token.low not in ("at", "about", "over", "more", "per")


def _glued(line: Line, clause: int, right: int) -> bool:
    """Whether the subject stands right behind what is said, and a mere apposition behind the verb."""
    before = line[clause - 1]
    return before.word and not before.tags & {"conj", "sub"} and line.low(right) in ("a", "an")


def _content_start(last: Found | None) -> int:
    """Where what stands before a cue begins: after the last cue that reached back, else the sentence's start."""
    if last is None or last.follows:
        return 0
    return max(last.cue.end, last.subject[1] if last.subject else 0)


def _clause_end(line: Line, i: int) -> int:
    """Index of the comma, quotation mark, relative or end that closes the clause at `i`."""
    stop = min(len(line), i + REACH)
    closing = (j for j in range(i, stop) if line.text(j) in ",;:.()" or line.mark(j) or line[j].tags & _CLOSING)
    return next(closing, max(i, stop))


_CLOSING = frozenset({"rel", "contrast", "ing"})


def _resumed(line: Line, i: int) -> list[Range]:
    """The second part of a quotation that goes on after its speaker."""
    stop = min(len(line), i + REACH)
    opened = next((j for j in range(i, stop) if line.text(j) in OPENING), None)
    return [] if opened is None else [(opened, len(line))]


def _source_after(line: Line, cue: Cue, last: Found | None) -> Found | None:
    """ "according to X", "citing X", "claimed by X", "quoted X as saying"."""
    i = cue.end
    if line.low(i) == "as" and line.low(i + 1) == "saying" and cue.manner.carrier:
        return _quoted_as_saying(line, cue, i + 2)
    end = i + 1 if i < len(line) and "pron" in line[i].tags else phrase_from(line.words, i)
    if end <= i:
        return None
    i, end = author_of(line, (i, end), min(len(line), end + 12)) or (i, end)
    rest = time_from(line.words, end)
    made = Found(cue, (i, end), [], cue.at, False, [], (end, rest) if rest > end else None)
    if cue.manner.carrier:
        return _carried(line, made, rest, last)
    if cue.manner.source == "by":
        made.scopes = [(clause_start(line, cue.at, max(0, cue.at - ACCUSED)), cue.at)]
        return made
    opening = all(not t.word or t.tags & {"conj", "adv"} for t in line.words[max(0, cue.at - 3) : cue.at])
    ahead = [] if opening else [(_part_start(line, cue.at), cue.at)]
    made.scopes = [*ahead, (rest, len(line))]
    return made


def _carried(line: Line, made: Found, rest: int, last: Found | None) -> Found | None:
    """A source that somebody carries: "Sana quoted the army as saying", "Sana reported, citing the army"."""
    cue = made.cue
    if cue.participle:
        carrier = last.subject if last else None
    else:
        begin = phrase_until(line.words, skip_back(line, cue.at, 0)[0])
        carrier = (begin, cue.at) if begin < cue.at else None
    made.via = [carrier] if carrier else []
    if line.low(rest) == "as" and line.low(rest + 1).endswith("ing"):
        made.scopes = [(rest + 2, len(line))]
        if carrier and carrier[0] > 2:
            made.scopes.append((0, carrier[0]))
    elif cue.participle:
        made.scopes = list(last.scopes) if last else [(0, cue.at), (rest, len(line))]
    else:
        return None
    return made


def _heard_as_saying(line: Line, cue: Cue) -> Found | None:
    """ "Sana reported the ministry as saying": the ministry is the source, Sana carries."""
    end = phrase_from(line.words, cue.end)
    if end == cue.end or line.low(end) != "as" or line.low(end + 1) != "saying":
        return None
    k, said = skip_back(line, cue.at, max(0, cue.at - REACH))
    begin = phrase_until(line.words, k)
    scopes = [(0, begin)] if begin > 2 else []
    if end + 3 < len(line):
        scopes.append((end + 2, len(line)))
    return Found(cue, (cue.end, end), scopes, begin, False, [(begin, k)] if begin < k else [], said)


def _quoted_as_saying(line: Line, cue: Cue, i: int) -> Found | None:
    """ "X was quoted as saying by Sana": X is the source, Sana carries."""
    k, said = skip_back(line, cue.at, max(0, cue.at - REACH))
    begin = phrase_until(line.words, k)
    if begin >= k:
        return None
    via: list[Range] = []
    if line.low(i) == "by":
        end = phrase_from(line.words, i + 1)
        via, i = [(i + 1, end)], end
    after = time_from(line.words, i)
    scopes = [(0, begin)] if begin > 1 else []
    if after + 1 < len(line):
        scopes.append((after, len(line)))
    return Found(cue, (begin, k), scopes, begin, False, via, said)


def _part_start(line: Line, at: int) -> int:
    """Where the part of the sentence starts that "according to" at `at` closes."""
    back = range(at - 1, max(-1, at - REACH), -1)
    return next((j + 1 for j in back if line.text(j) == ";" or "contrast" in line[j].tags), 0)


def _cut(found: list[Found]) -> list[Found]:
    """End what a cue governs where "but Y said" starts another speaker's clause."""
    for first, second in pairwise(found):
        if first.follows and second.follows and second.subject and second.subject != first.subject:
            end = second.clause
            first.scopes = [(a, min(b, max(a, end)) if a < end else b) for a, b in first.scopes]
    return found
