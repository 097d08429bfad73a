"""A mention taken to pieces: names of parties, nouns that carry it, words whose side they name, words that tie.

"Several Jordanian officers of the border guard" is a nation (Jordan), a head (officers) and, tied by "of", a rest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from contested.reading.party_context import Around
from contested.reading.party_words import Sense, hyphened, longest
from contested.reading.phrases import Token
from contested.register import Match, Party

_MARKS = frozenset(",;:–—")
_AND = frozenset({"and", "or", "&"})
_HEADS = ("back", "head", "label", "office")


@dataclass(frozen=True, slots=True)
class Piece:
    """One or more words that belong together: a name (`matches`), words of the lexicon (`roles`), or neither.

    A name that a noun ends ("the Jordanian army") has that noun's roles too. `countries` are ISO codes of which it is
    the name, the adjective or the capital. `beside` is the name in "Jordan-backed", `way` how it is tied. `stop` is a
    mark or an "and" that parts the mention.
    """

    words: tuple[Token, ...]
    matches: tuple[Match, ...] = ()
    roles: Mapping[str, Sense] = field(default_factory=dict)
    countries: tuple[str, ...] = ()
    beside: tuple[Match, ...] = ()
    way: str | None = None
    stop: str = ""

    @property
    def low(self) -> str:
        return " ".join(word.low for word in self.words)

    @property
    def quiet(self) -> bool:
        """Whether it tells nothing of the party: an article, a number, "several", "its"."""
        return not self.matches and (
            self.words[0].number or (bool(self.roles) and self.roles.keys() <= {"quiet", "own"})
        )

    @property
    def unknown(self) -> bool:
        """Whether nothing is known of its word, which may be part of a name."""
        return not (self.matches or self.roles or self.stop or self.way or self.words[0].number)

    @property
    def head(self) -> Sense | None:
        """What it tells as the noun that ends a mention."""
        return next((self.roles[role] for role in _HEADS if role in self.roles), None)


@dataclass(frozen=True, slots=True)
class Shape:
    """A mention's pieces by what they do: `lead` up to the first word that ties, that word's sense, and the `rest`.

    `definite` tells whether "the" or "this" stands before, `own` whether "its", "their" does.
    """

    lead: tuple[Piece, ...]
    tie: Sense | None
    rest: tuple[Piece, ...]
    definite: bool
    own: bool


def pieces(ctx: Around, words: Sequence[Token]) -> list[Piece]:
    """The pieces of a mention, in order: names first, the longest of them, then the lexicon's longest words."""
    lows = [word.low for word in words]
    out: list[Piece] = []
    i = 0
    while i < len(words):
        word = words[i]
        if word.text == "(":  # what stands in brackets names the same again
            close = next((k for k in range(i, len(words)) if words[k].text == ")"), i)
            i = max(close, i) + 1
            continue
        if word.text in _MARKS or word.low in _AND:
            out.append(Piece((word,), stop="and" if word.low in _AND else word.text))
            i += 1
            continue
        if not word.word:
            i += 1
            continue
        end, matches = ctx.name_at(words, i)
        if matches and out and out[-1].countries and _elsewhere(matches[0].party, out[-1].countries):
            end, matches = i, ()
        known, roles = longest(lows, i, len(words))
        if "ending" in roles and out and out[-1].matches and end == i and not _prepositional(words, known):
            last = out.pop()  # "London based"
            whose = Piece((*last.words, *words[i:known]), countries=last.countries, beside=last.matches,
                          roles={"ending": roles["ending"]}, way=roles["ending"].way)  # fmt: skip
            out.append(whose)
            end = known
        elif matches and end >= known:
            out.append(_named(ctx, words[i:end], matches))
        elif not roles and (tied := hyphened(word.text)):
            end = i + 1
            out.append(Piece((word,), countries=tuple(ctx.register.countries(tied[0])), beside=ctx.find(tied[0]),
                             roles={tied[1].role: tied[1]}, way=tied[1].way))  # fmt: skip
        elif not roles and (two := _two(ctx, word)):
            end = i + 1
            out += two
        else:
            end = max(known, i + 1)
            out.append(Piece(tuple(words[i:end]), roles=roles))
        i = end
    return out


def _two(ctx: Around, word: Token) -> list[Piece]:
    """The pieces of two parties that a dash joins: "Jordanian-Iraqi" patrols are of both; empty for other words."""
    first, mark, last = word.text.partition("-")
    if not (mark and first[:1].isupper() and last):
        return []
    halves = (
        word._replace(end=word.start + len(first), text=first, low=first.lower()),
        word._replace(start=word.end - len(last), text=last, low=last.lower(), number=last[0].isdigit()),
    )
    found = []
    for half in halves:
        matches = ctx.find(half.text)
        countries = tuple(ctx.register.countries(half.text))
        if not countries and not (matches and matches[0].party.kind in ("bloc", "igo", "armed-group")):
            return []
        found.append(Piece((half,), matches, {}, countries))
    return [found[0], Piece((word,), stop="and"), found[1]]


def _elsewhere(party: Party, countries: tuple[str, ...]) -> bool:
    """Whether a party is an organ of another state: "the Jordanian reconciliation ministry" is not Syria's."""
    return party.kind == "organ" and party.country not in countries


def _prepositional(words: Sequence[Token], i: int) -> bool:
    return i >= len(words) or "prep" in words[i].tags


def _named(ctx: Around, words: Sequence[Token], matches: tuple[Match, ...]) -> Piece:
    roles: Mapping[str, Sense] = {}
    if matches[0].how in ("organ",):
        lows = [word.low for word in words]
        for k in range(1, len(words)):
            end, roles = longest(lows, k, len(lows))
            if end == len(lows):
                break
    whole = ctx.text.raw[words[0].start : words[-1].end]
    return Piece(tuple(words), matches, roles, tuple(ctx.register.countries(whole)))


def shape(found: Sequence[Piece]) -> Shape:
    """Which piece of a mention does what. Counts and partitives ("dozens of", "one of the") are left out."""
    found = list(found)
    definite = own = False
    at = 0
    while at < len(found):
        piece = found[at]
        tie = piece.roles.get("tie")
        if piece.quiet:
            definite = definite or piece.low in ("the", "this", "that", "these", "those")
            own = own or "own" in piece.roles
        elif not (at and tie and tie.way == "of" and piece.low == "of"):
            break
        at += 1
    end = at
    while end < len(found) and not found[end].stop and not (_ties(found[end]) and _told(found[at:end])):
        end += 1
    own = own or any("own" in piece.roles for piece in found[at:end])
    lead = tuple(piece for piece in found[at:end] if not piece.quiet)
    if end == len(found):
        return Shape(lead, None, (), definite, own)
    return Shape(lead, found[end].roles.get("tie"), tuple(found[end + 1 :]), definite, own)


def _told(found: Sequence[Piece]) -> bool:
    """Whether there is something to tie to: "injured" ties in "men injured in the raid", not in "injured men"."""
    return any(piece.matches or piece.head or piece.unknown for piece in found) and not all(
        piece.unknown and piece.words[0].text.islower() for piece in found
    )


def _ties(piece: Piece) -> bool:
    first = piece.words[0].text
    return "tie" in piece.roles and not piece.matches and (first.islower() or first.isupper())


def sides(found: Sequence[Piece]) -> list[list[Piece]]:
    """The parts of a coordination. What shares a head gets it: "Iraqi and Jordanian jets" are Iraqi jets too."""
    parts: list[list[Piece]] = [[]]
    for n, piece in enumerate(found):
        if piece.stop == "and" or (piece.stop == "," and any(p.stop == "and" for p in found[n:])):
            if parts[-1]:
                parts.append([])
        elif piece.stop:
            parts[-1].append(piece)
        else:
            parts[-1].append(piece)
    parts = [part for part in parts if part]
    if len(parts) == 2 and shape(parts[0]).tie is not None and all(p.countries or p.quiet for p in parts[1]):
        parts = [[*parts[0], *parts[1]]]  # "militias from Lebanon and Iraq" are one party
    if len(parts) < 2:
        return parts
    last = shape(parts[-1])
    head = next((piece for piece in reversed(last.lead) if piece.head), None)
    for part in parts[:-1]:
        lead = shape(part).lead
        if lead and head is not None and _shares(lead[-1], last):
            part.append(_without_name(head))
    return parts


def _shares(piece: Piece, last: Shape) -> bool:
    """Whether a noun after "and" is this piece's too: "Iraqi and …", "government and rebel fighters"."""
    if piece.head is None and piece.countries:
        return True
    modified = len(last.lead) > 1 and ("side" in last.lead[-2].roles or bool(last.lead[-2].countries))
    return "side" in piece.roles and not piece.matches and (piece.head is None or modified)


def _without_name(head: Piece) -> Piece:
    """The head noun of "Jordanian jets" alone."""
    if not head.matches:
        return head
    size = len(head.words)
    k = next((k for k in range(1, size) if longest([w.low for w in head.words], k, size)[0] == size), size - 1)
    return Piece(head.words[k:], roles=head.roles)
