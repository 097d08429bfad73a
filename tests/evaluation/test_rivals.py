"""Keyword coding, which stands beside the reader in the table: what it codes, and that its words are the report's."""

import json
import subprocess
import sys

from evaluation.gold import ROOT
from evaluation.readers import Row, held_out_all, table
from evaluation.rivals import by_keywords, coded

TEXT = (
    "The army shelled the mill of Qasr near Orla on Friday, killing two guards, a monitor said.\n\n"
    "Hisham Brigade fighters were attacked by soldiers in Old Orla. Seven people were killed. The weather was fine."
)
REPORT = {"id": "one", "text": TEXT, "published": "2016-12-04"}


def test_a_sentence_with_a_word_of_a_list_is_coded_once_a_type():
    first, second, third = coded(REPORT, by_keywords())
    assert (first["type"], first["mode"], first["anchor"], first["actors"]) == (
        "ASSAULT", "heavy-weapons", "shelled", ["army"],
    )  # fmt: skip
    assert first["places"] == ["Orla"]
    assert first["when"] == {"text": "Friday", "start": "2016-12-02", "end": "2016-12-02"}
    assert second["actors"] == ["soldiers"]  # "by" turns the sides
    assert third["harm"] == [{"effect": "killed", "low": 7, "high": 7}]


def test_every_word_is_the_report_s():
    for one in coded(REPORT, by_keywords()):
        assert TEXT[one["quote_start"] :].startswith(one["quote"])
        assert TEXT[one["anchor_start"] :].startswith(one["anchor"])
        for words in (*one["actors"], *one["targets"], *one["places"]):
            assert words in TEXT


def test_it_runs_where_nothing_is_installed(tmp_path):
    """In an environment of its own it finds only the standard library."""
    (tmp_path / "reports.jsonl").write_text(json.dumps(REPORT) + "\n", "utf-8")
    command = [sys.executable, "-I", "-S", ROOT / "evaluation" / "rivals.py", "keywords", tmp_path / "reports.jsonl"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["statements"] == 3


def test_a_reader_that_was_not_measured_says_why():
    told = table([Row("keyword coding", 400.0, 450.0, 20.0, None), ("spaCy", "no network")], 12)
    assert "| spaCy | not measured | | | | no network |" in told
    assert "| keyword coding | 400.0 | 450.0 | 20 MB | not measured |" in told
    assert "published, not measured here" in told


def test_the_held_out_figure_is_read_from_the_page_of_measures():
    figure = held_out_all()
    assert figure is not None
    assert 0.4 < figure < 0.7
