import json

from hypothesis import given
from hypothesis import strategies as st

from contested.statement import Report
from contested.views import annotations, jsonl


def test_lines_keep_order_id_and_offsets(report, make_report):
    other = make_report(id="other")
    lines = list(jsonl.lines([other, report]))
    assert [json.loads(line)["id"] for line in lines] == ["other", "qasr-1"]
    assert all(line.endswith("\n") and line.count("\n") == 1 for line in lines)
    for statement in json.loads(lines[1])["statements"]:
        start = statement["quote_start"]
        assert report.text[start : start + len(statement["quote"])] == statement["quote"]
        start = statement["anchor_start"]
        assert report.text[start : start + len(statement["anchor"])] == statement["anchor"]


def test_document_is_an_object_for_one_report_and_an_array_for_several(report):
    assert json.loads("".join(jsonl.document([report]))) == report.to_json()
    assert json.loads("".join(jsonl.document([report] * 3))) == [report.to_json()] * 3
    assert json.loads("".join(jsonl.document([]))) == []


def test_document_holds_one_report_at_a_time(report):
    taken = []

    def reports():
        for n in range(3):
            taken.append(n)
            yield report

    pieces = jsonl.document(reports())
    next(pieces)
    assert taken == [0, 1]


@given(st.text(st.characters(), max_size=40))  # surrogates included
def test_any_text_survives_as_utf8_json(text):
    data = jsonl.encoded(jsonl.line({"text": text}))
    data.decode("utf-8")
    assert data.count(b"\n") == 1
    # Two halves written side by side become the character they mean; nothing else changes.
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    assert json.loads(data)["text"] == whole


def test_annotations(report):
    def annotate(given: Report, layer: str):
        return [{"text": given.text[:5], "start": 0, "end": 5, "layer": layer}]

    mark = annotations.annotator(annotate, "names")
    (line,) = annotations.lines([mark(report)])
    found = [{"text": "Rebel", "start": 0, "end": 5, "layer": "names"}]
    assert json.loads(line) == {"id": "qasr-1", "annotations": found}
