"""Treebanks as an exercise in roles: two sentences of our own, annotated as GUM is."""

import pytest

from training.conllu import Entity, read
from training.treebanks import predicates

#: number, form, lemma, part of speech, head, relation, enhanced, MISC
ROWS = """
# newdoc id = mill
1	Rebels	rebel	NOUN	2	nsubj	2:nsubj	Entity=(1-person)
2	shelled	shell	VERB	0	root	0:root	_
3	the	the	DET	4	det	4:det	Entity=(2-place
4	mill	mill	NOUN	2	obj	2:obj	Entity=2)
5	in	in	ADP	6	case	6:case	_
6	Qasr	Qasr	PROPN	2	obl	2:obl:in	Entity=(3-place)
7	on	on	ADP	8	case	8:case	_
8	Friday	Friday	PROPN	2	obl	2:obl:on	SpaceAfter=No|Entity=(4-time)
9	,	,	PUNCT	11	punct	11:punct	_
10	guards	guard	NOUN	11	nsubj	11:nsubj	_
11	said	say	VERB	2	parataxis	2:parataxis	SpaceAfter=No
12	.	.	PUNCT	2	punct	2:punct	_

1	They	they	PRON	4	nsubj	4:nsubj	Entity=(1-person)
2-3	didn't	_	_	_	_	_	_
2	did	do	AUX	4	aux	4:aux	_
3	n't	not	PART	4	advmod	4:advmod	_
4	burn	burn	VERB	0	root	0:root|4.1:conj	_
4.1	burn	burn	VERB	_	_	0:root	_
5	it	it	PRON	4	obj	4:obj	Entity=(2-place)|SpaceAfter=No
6	.	.	PUNCT	4	punct	4:punct	_

# newdoc id = bread
1	Bread	bread	NOUN	2	nsubj	2:nsubj	_
2	rose	rise	VERB	0	root	0:root	_

"""


def column(row):
    number, form, lemma, upos, head, relation, enhanced, misc = row.split("\t")
    return "\t".join((number, form, lemma, upos, "_", "_", head, relation, enhanced, misc))


@pytest.fixture
def documents(tmp_path):
    lines = [column(line) if "\t" in line else line for line in ROWS.strip("\n").split("\n")]
    at = tmp_path / "own.conllu"
    at.write_text("\n".join(lines) + "\n\n", "utf-8")
    return list(read(at))


def test_a_file_becomes_documents_with_their_text(documents):
    assert [d.text for d in documents] == [
        "Rebels shelled the mill in Qasr on Friday, guards said. They didn't burn it.",
        "Bread rose",
    ]


def test_tokens_and_sentences_are_slices_of_the_text(documents):
    for document in documents:
        for sentence in document.sentences:
            assert sentence.start == sentence.tokens[0].start
            assert sentence.end == sentence.tokens[-1].end
            for token in sentence.tokens:
                assert document.text[token.start : token.end] == token.form


def test_empty_nodes_are_left_out(documents):
    burn = documents[0].sentences[1].tokens[3]
    assert (burn.form, burn.enhanced) == ("burn", [(-1, "root")])
    assert len(documents[0].sentences[1].tokens) == 6


def test_entities_come_from_brackets(documents):
    assert documents[0].sentences[0].entities == [
        Entity("1", 0, 0, "person"), Entity("2", 2, 3, "place"), Entity("3", 5, 5, "place"), Entity("4", 7, 7, "time"),
    ]  # fmt: skip


def test_roles_of_a_verb(documents):
    document = documents[0]
    shelled, *_ = predicates(document)
    told = {role: [document.text[a:b] for a, b in spans] for role, spans in shelled.roles.items()}
    assert document.text[shelled.start : shelled.end] == "shelled"
    assert told == {
        "actors": ["Rebels"], "targets": ["the mill"], "places": ["Qasr"], "when": ["on Friday"], "source": ["guards"],
    }  # fmt: skip


def test_a_pronoun_is_the_mention_it_stands_for(documents):
    document = documents[0]
    burn = predicates(document)[-1]
    assert burn.sentence == 1
    assert [document.text[a:b] for a, b in burn.roles["actors"]] == ["Rebels"]
    assert [document.text[a:b] for a, b in burn.roles["targets"]] == ["the mill"]
