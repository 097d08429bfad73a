"""The verbs of a treebank with their roles: an exercise like that of a statement's anchor, which needs no hand-coding.

A verb with its subject, object, place, time and speaker, read off the (enhanced) dependencies, asks of the network what
a statement's anchor with its roles asks: a word is marked; find who does it, to whom, where, when, and who says so.
GUM's coreference turns a pronoun into the mention it stands for, as the codebook asks.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from training.conllu import Document, Sentence

Span = tuple[int, int]

#: The roles that a treebank teaches; the others of a statement are left untaught.
TAUGHT = ("actors", "targets", "places", "when", "source")

#: Verbs whose complement is something said or thought, and whose subject is its source.
SAYING = frozenset(
    "say tell report claim add announce state confirm note warn argue believe think allege declare insist suggest deny "
    "explain write admit acknowledge estimate reveal show find indicate hear know hope fear accuse".split()
)
#: Nouns and adverbs that make an oblique a time.
TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december today yesterday tomorrow day week month year hour minute morning evening "
    "night afternoon decade century weekend spring summer autumn fall winter time period".split()
)
_YEAR = re.compile(r"(1[89]|20)\d\d")
#: Prepositions of an oblique that is a place, if it is a name or an entity of that type.
WHERE = frozenset("in at near inside outside across around throughout into from".split())
#: Dependents that are no part of a mention: further mentions, clauses, prepositions, what stands beside it.
DROPPED = frozenset("acl appos parataxis conj cc punct case mark dep list discourse advcl".split())
#: Pronouns that stand for a mention in the same clause, which the enhanced graph already gives.
RELATIVE = frozenset("who which that".split())
#: Relations by which a verb hangs on another that may tell who says so.
CHAIN = frozenset("conj xcomp ccomp advcl".split())
CHAIN_LENGTH = 4  # links of such a chain that are followed
REACH = 2  # sentences back in which a pronoun's mention is looked for


@dataclass(slots=True)
class Predicate:
    """A verb and its roles, all as character spans of the document's text. `sentence` is its index."""

    start: int
    end: int
    sentence: int
    roles: dict[str, list[Span]]


#: Entity → the sentence and span of its last mention that names or describes it.
Named = dict[str, tuple[int, Span]]


def predicates(document: Document) -> list[Predicate]:
    """The verbs of a document that have at least one role, in the order of the text."""
    found = []
    named: Named = {}
    for n, sentence in enumerate(document.sentences):
        tree = _Tree(sentence, n, named)
        for row, token in enumerate(sentence.tokens):
            if token.upos == "VERB" and any((roles := tree.roles(row)).values()):
                found.append(Predicate(token.start, token.end, n, roles))
        for entity in sentence.entities:
            if not (entity.first == entity.last and sentence.tokens[entity.first].upos == "PRON"):
                named[entity.id] = n, tree.characters(entity.first, entity.last)
    return found


class _Tree:
    """A sentence, asked along its dependencies. Rows are indices of its tokens; spans come out as characters."""

    def __init__(self, sentence: Sentence, number: int, named: Named) -> None:
        self.tokens, self.number, self.named = sentence.tokens, number, named
        self.entities = {(e.first, e.last): e for e in sentence.entities}
        self.children: defaultdict[int, list[int]] = defaultdict(list)
        self.arguments: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)  # in the enhanced graph
        for row, token in enumerate(self.tokens):
            self.children[token.head].append(row)
            for head, relation in token.enhanced:
                self.arguments[head].append((row, relation))

    def characters(self, first: int, last: int) -> Span:
        return self.tokens[first].start, self.tokens[last].end

    def roles(self, verb: int) -> dict[str, list[Span]]:
        """The spans of every role of `TAUGHT`, sorted, each once."""
        found: dict[str, list[Span]] = {role: [] for role in TAUGHT}
        for row, relation in self.arguments[verb]:
            role, spans = self._argument(row, relation)
            if role:
                found[role] += spans
        found["source"] += self._speakers(verb)
        return {role: sorted(set(spans)) for role, spans in found.items()}

    def _argument(self, row: int, relation: str) -> tuple[str | None, list[Span]]:
        """The role that a dependent plays by its (enhanced) relation, and its mentions."""
        token, base = self.tokens[row], relation.split(":")[0]
        if relation.startswith("nsubj:pass") or base == "obj":
            return "targets", self.mentions(row)
        if base in ("nsubj", "csubj") and token.upos != "VERB":
            return "actors", self.mentions(row)
        if base == "obl":
            return self._oblique(row, relation)
        if base == "advmod" and token.lemma in TIMES:
            return "when", [(token.start, token.end)]
        if base == "parataxis" and token.lemma in SAYING:  # "…, officials said"
            return "source", self._subjects(row)
        return None, []

    def _oblique(self, row: int, relation: str) -> tuple[str | None, list[Span]]:
        """An agent, time, place or source; the enhanced relation ends in the preposition."""
        token, preposition, kind = self.tokens[row], relation.split(":")[-1], self._type(row)
        if preposition in ("agent", "by") and kind != "time":
            return "actors", self.mentions(row)
        if token.lemma in TIMES or kind == "time" or _YEAR.fullmatch(token.form):
            first, last = self._extent(row)
            return "when", [self.characters(min([first, *self._children(row, "case")]), last)]  # "on Friday", whole
        if preposition in WHERE and (token.upos == "PROPN" or kind == "place"):
            return "places", self.mentions(row)
        if "according" in relation:
            return "source", self.mentions(row)
        return None, []

    def _speakers(self, verb: int) -> list[Span]:
        """Who says so, where the verb stands in what is said: up the chain to the clause that is said, to its verb."""
        for _ in range(CHAIN_LENGTH):
            token = self.tokens[verb]
            if token.relation not in CHAIN:
                break
            if token.relation == "ccomp" and self.tokens[token.head].lemma in SAYING:
                return self._subjects(token.head)
            verb = token.head
        return []

    def mentions(self, head: int) -> list[Span]:
        """The mention with this head and those joined to it by "and", pronouns turned into what they stand for."""
        found = []
        for row in (head, *self._children(head, "conj")):
            first, last = self._extent(row)
            if self.tokens[row].upos == "PRON":
                if self.tokens[row].lemma in RELATIVE:
                    continue
                entity = self.entities.get((first, last))
                before = self.named.get(entity.id) if entity else None
                if before and self.number - before[0] <= REACH:
                    found.append(before[1])
                    continue
            found.append(self.characters(first, last))
        return found

    def _subjects(self, verb: int) -> list[Span]:
        return [span for row in self._children(verb, "nsubj") for span in self.mentions(row)]

    def _children(self, row: int, relation: str) -> list[int]:
        return [child for child in self.children[row] if self.tokens[child].relation == relation]

    def _type(self, row: int) -> str | None:
        """The type of the entity that this token stands in: of several, the one that closes first."""
        return next((e.type for e in self.entities.values() if e.first <= row <= e.last), None)

    def _extent(self, head: int) -> Span:
        """First and last row of a mention: its head with what hangs on it, but for what `DROPPED` names.

        A possessive keeps its ending, and an inner part its prepositions ("the ministry of the interior").
        """
        rows, todo = [head], [head]
        while todo:
            for child in self.children[todo.pop()]:
                token = self.tokens[child]
                base = token.relation.split(":")[0]
                inner = base in ("case", "punct") and token.head != head
                if base not in DROPPED or inner or token.form in ("'s", "’s"):
                    rows.append(child)
                    todo.append(child)
        first, last = min(rows), max(rows)
        while first < last and self.tokens[first].upos in ("PUNCT", "CCONJ"):
            first += 1
        while last > first and self.tokens[last].upos in ("PUNCT", "CCONJ"):
            last -= 1
        return first, last
