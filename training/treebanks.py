"""Universal Dependencies → what the network is warmed up with: parts of speech, relations, and marked predicates.

A predicate of a treebank, with its subject, object, place, time and speaker read off the (enhanced) dependencies, is
the same exercise as a statement's anchor with its roles: mark a word, find who does it, to whom, where, when, and who
says so.
GUM's coreference turns a pronoun into the mention it stands for, as the codebook asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SAYING = frozenset(
    "say tell report claim add announce state confirm note warn argue believe think allege declare insist suggest deny "
    "explain write admit acknowledge estimate reveal show find indicate hear know hope fear accuse".split()
)
TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december today yesterday tomorrow day week month year hour minute morning evening night "
    "afternoon decade century weekend spring summer autumn fall winter time period".split()
)
WHERE = frozenset("in at near inside outside across around throughout into from".split())
PRONOUNS = frozenset("he she it they him her them who which that i we you".split())
DROPPED = ("acl", "appos", "parataxis", "conj", "cc", "punct", "case", "mark", "dep", "list", "discourse", "advcl")


@dataclass(slots=True)
class Token:
    form: str
    lemma: str
    upos: str
    head: int  # 0-based, -1 the root
    relation: str
    enhanced: list[tuple[int, str]]
    start: int = 0
    end: int = 0


@dataclass(slots=True)
class Parsed:
    """A sentence: its tokens (0-based) and its character span in the document's text."""

    tokens: list[Token]
    start: int = 0
    end: int = 0
    entities: list[tuple[str, int, int, str]] = field(default_factory=list)  # id, first, last (inclusive), type


@dataclass(slots=True)
class Document:
    text: str
    sentences: list[Parsed]


@dataclass(slots=True)
class Predicate:
    """A marked word and its roles, all as character spans of the document's text."""

    start: int
    end: int
    sentence: int
    roles: dict[str, list[tuple[int, int]]]


def read(path: Path) -> Iterator[Document]:
    """The documents of a CoNLL-U file, text joined sentence by sentence with one space."""
    sentences: list[Parsed] = []
    tokens: list[Token] = []
    entities: list[tuple[str, int, int, str]] = []
    open_: list[tuple[str, int, str]] = []
    spaces: list[bool] = []
    skip_to = 0
    skip_space = True

    def document() -> Document:
        parts, at = [], 0
        for s in sentences:
            s.start = at
            for t in s.tokens:
                t.start += at
                t.end += at
            at += s.tokens[-1].end - s.start + 1
            s.end = at - 1
            parts.append("".join(_surface(s)))
        return Document(" ".join(parts), sentences)

    for line in path.open(encoding="utf8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc"):
            if sentences:
                yield document()
            sentences, open_ = [], []
        elif not line:
            if tokens:
                at = 0
                for t, space in zip(tokens, spaces, strict=True):
                    t.start, t.end = at, at + len(t.form)
                    at = t.end + space
                sentences.append(Parsed(tokens, entities=entities))
            tokens, entities, spaces, open_, skip_to = [], [], [], [], 0
        elif not line.startswith("#"):
            c = line.split("\t")
            if "." in c[0]:
                continue
            if "-" in c[0]:
                skip_to, skip_space = int(c[0].split("-")[1]), "SpaceAfter=No" not in c[9]
                continue
            n = int(c[0])
            space = "SpaceAfter=No" not in c[9]
            if n < skip_to:
                space = False
            elif n == skip_to:
                space = skip_space
            enhanced = []
            for e in c[8].split("|"):
                h, _, r = e.partition(":")
                if h.isdigit():
                    enhanced.append((int(h) - 1, r))
            tokens.append(Token(c[1], c[2].lower(), c[3], int(c[6]) - 1, c[7], enhanced))
            spaces.append(space)
            found = re.search(r"Entity=([^|]*)", c[9])
            if found:
                for m in re.finditer(r"\((\d+)-(\w+)[^()]*(\))?|(\d+)\)", found[1]):
                    if m[4]:
                        for k in range(len(open_) - 1, -1, -1):
                            if open_[k][0] == m[4]:
                                entities.append((m[4], open_[k][1], n - 1, open_[k][2]))
                                del open_[k]
                                break
                    elif m[3]:
                        entities.append((m[1], n - 1, n - 1, m[2]))
                    else:
                        open_.append((m[1], n - 1, m[2]))
    if sentences:
        yield document()


def _surface(s: Parsed) -> Iterator[str]:
    at = s.start
    for t in s.tokens:
        yield " " * (t.start - at) + t.form
        at = t.end


def predicates(document: Document) -> list[Predicate]:
    """The verbs of a document with their roles: actors, targets, places, when, source."""
    found = []
    last_of: dict[str, tuple[int, int, int]] = {}  # entity → sentence and span of its last naming mention
    for n, s in enumerate(document.sentences):
        by_span = {(a, b): (e, kind) for e, a, b, kind in s.entities}
        children: dict[int, list[int]] = {}
        for i, t in enumerate(s.tokens):
            children.setdefault(t.head, []).append(i)
        enhanced: dict[int, list[tuple[int, str]]] = {}
        for i, t in enumerate(s.tokens):
            for h, r in t.enhanced:
                enhanced.setdefault(h, []).append((i, r))

        def span(head: int, s: Parsed = s, children: dict[int, list[int]] = children) -> tuple[int, int]:
            rows, todo = [head], [head]
            while todo:
                for c in children.get(todo.pop(), ()):
                    child = s.tokens[c]
                    relation = child.relation.split(":")[0]
                    inner = relation in ("case", "punct") and child.head != head
                    if relation in DROPPED and child.form not in ("'s", "’s") and not inner:
                        continue
                    rows.append(c)
                    todo.append(c)
            first, last = min(rows), max(rows)
            while first < last and s.tokens[first].upos in ("PUNCT", "CCONJ"):
                first += 1
            while last > first and s.tokens[last].upos in ("PUNCT", "CCONJ"):
                last -= 1
            return first, last

        def mention(
            head: int, s: Parsed = s, children: dict[int, list[int]] = children, by_span: dict = by_span, n: int = n
        ) -> list[tuple[int, int]]:
            out = []
            for h in [head, *(c for c in children.get(head, ()) if s.tokens[c].relation == "conj")]:
                a, b = span(h)
                if s.tokens[h].upos == "PRON":
                    if s.tokens[h].lemma in ("who", "which", "that"):
                        continue
                    entity = by_span.get((a, b), (None,))[0]
                    before = last_of.get(entity) if entity else None
                    if before and n - before[0] <= 2:
                        out.append(before[1:])
                        continue
                out.append((s.tokens[a].start, s.tokens[b].end))
            return out

        here = []
        for i, t in enumerate(s.tokens):
            if t.upos != "VERB":
                continue
            roles: dict[str, list[tuple[int, int]]] = {k: [] for k in ("actors", "targets", "places", "when", "source")}
            for c, r in enhanced.get(i, ()):
                arg = s.tokens[c]
                base, case = r.split(":")[0], r.split(":")[-1]
                if r.startswith("nsubj:pass") or base == "obj":
                    roles["targets"] += mention(c)
                elif base in ("nsubj", "csubj") and arg.upos != "VERB":
                    roles["actors"] += mention(c)
                elif base == "obl":
                    a, b = span(c)
                    kind = next((k for (x, y), (_, k) in by_span.items() if x <= c <= y), None)
                    if case in ("agent", "by") and kind != "time":
                        roles["actors"] += mention(c)
                    elif arg.lemma in TIMES or kind == "time" or re.fullmatch(r"(1[89]|20)\d\d", arg.form):
                        first = min([a, *(x for x in children.get(c, ()) if s.tokens[x].relation == "case")])
                        roles["when"].append((s.tokens[first].start, s.tokens[b].end))
                    elif case in WHERE and (arg.upos == "PROPN" or kind == "place"):
                        roles["places"] += mention(c)
                    elif "according" in r:
                        roles["source"] += mention(c)
                elif base == "advmod" and arg.lemma in TIMES:
                    roles["when"].append((arg.start, arg.end))
                elif base == "parataxis" and arg.lemma in SAYING:
                    roles["source"] += [
                        m for x in children.get(c, ()) if s.tokens[x].relation == "nsubj" for m in mention(x)
                    ]
            up, steps = i, 0
            while up >= 0 and steps < 4 and s.tokens[up].relation in ("conj", "xcomp", "ccomp", "advcl"):
                if s.tokens[up].relation == "ccomp" and s.tokens[s.tokens[up].head].lemma in SAYING:
                    said = s.tokens[up].head
                    roles["source"] += [
                        m for x in children.get(said, ()) if s.tokens[x].relation == "nsubj" for m in mention(x)
                    ]
                    break
                up, steps = s.tokens[up].head, steps + 1
            if any(roles.values()):
                roles = {k: sorted(set(v)) for k, v in roles.items()}
                here.append(Predicate(t.start, t.end, n, roles))
        found += here
        for e, a, b, _ in s.entities:
            if not (a == b and s.tokens[a].upos == "PRON"):
                last_of[e] = (n, s.tokens[a].start, s.tokens[b].end)
    return found
