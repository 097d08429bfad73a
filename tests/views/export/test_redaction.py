"""What is masked is nowhere in any format; what is public stays; and offsets hold."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.errors import LexiconError
from contested.reading.encoder import WordOdds
from contested.record.record import open_record
from contested.statement import Report, Statement
from contested.views import export
from contested.views.export import profile as profiles
from contested.views.export.covering import Coverer
from contested.views.export.losses import Losses
from contested.views.export.masking import Words, cover, merged
from contested.views.export.redaction import Redactor, network

SARMIN = {
    "place": "geonames:164782", "geonameid": 164782, "name": "Sarmīn", "lat": 35.90399, "lon": 36.72501,
    "country": "SY", "kind": "village", "precision": "exact", "radius_km": 1.2, "sure": 1.0, "basis": "name",
    "within": ["geonames-admin1:SY.12", "iso:SY"],
}  # fmt: skip
ASSAD = {"party": "person.bashar-al-assad", "name": "Bashar al-Assad", "kind": "person", "country": "SY", "sure": 1.0,
         "basis": "name"}  # fmt: skip
DETAINED = (
    "Soldiers detained Tarek Haddad (طارق حداد), a baker, in Sarmin on 2 May 2016, Dr. Layla Khoury said. "
    "Haddad's brother wept.\n\n"
    "Bashar al-Assad praised the soldiers.\n\n"
    "The mill of Sarmin was shelled, killing three people, Khoury said."
)
AGAIN = (
    "Soldiers detained Tarek Haddad in Sarmin on 2 May 2016, a monitor said. The mill of Sarmin was shelled, killing "
    "nine people, Tarek Haddad's cousin Nadia Aslan said."
)
SECRET = ("Tarek", "Haddad", "Layla", "Khoury", "Nadia", "Aslan", "Sarmin", "Sarmīn", "طارق", "حداد", "164782",
          "35.90399", "36.72501", "baker@")  # fmt: skip


def mention(text, words, resolved=None):
    start = text.index(words)
    return {"text": words, "start": start, "end": start + len(words), "resolved": resolved}


def detained(text, source):
    return {
        "kind": "event", "type": "COERCE", "mode": "arrest", "anchor": "detained", "quote": text.split(", ")[0],
        "actors": [mention(text, "Soldiers")], "targets": [mention(text, "Tarek Haddad")],
        "places": [mention(text, "Sarmin", SARMIN)],
        "when": {"text": "on 2 May 2016", "start": "2016-05-02", "end": "2016-05-02", "basis": "stated"},
        "source": source, "harm": [{"effect": "detained", "who": "Tarek Haddad", "low": 1, "high": 1}],
    }  # fmt: skip


def shelled(text, killed, source):
    quote = text[text.index("The mill of") : text.index(" people,") + 7]
    return {
        "kind": "event", "type": "ASSAULT", "mode": "heavy-weapons", "anchor": "shelled", "quote": quote,
        "targets": [mention(text, "The mill of Sarmin")], "places": [village(text)],
        "when": {"text": "on 2 May 2016", "start": "2016-05-02", "end": "2016-05-02", "basis": "context"},
        "source": source, "harm": [{"effect": "killed", "who": "people", "low": killed, "high": killed}],
    }  # fmt: skip


def village(text):
    """The last Sarmin of a text."""
    start = text.rindex("Sarmin")
    return {"text": "Sarmin", "start": start, "end": start + 6, "resolved": SARMIN}


def source(text, words, cls, named):
    start = text.rindex(words)
    return {"text": words, "class": cls, "named": named, "start": start}


@pytest.fixture(scope="module")
def private(tmp_path_factory):
    """Two reports of one incident and a dispute, with people whom nobody elected."""
    where = tmp_path_factory.mktemp("redaction") / "war.db"
    praised = {
        "kind": "position", "type": "assessment", "anchor": "praised",
        "quote": "Bashar al-Assad praised the soldiers", "actors": [mention(DETAINED, "Bashar al-Assad", ASSAD)],
        "source": {"text": "Bashar al-Assad", "class": "government", "named": True,
                   "start": DETAINED.index("Bashar"), "resolved": ASSAD},
    }  # fmt: skip
    holds = {
        "kind": "control", "type": "holds", "anchor": "shelled", "quote": "The mill of Sarmin was shelled",
        "actors": [mention(DETAINED, "the soldiers")], "places": [village(DETAINED)],
    }  # fmt: skip
    first = [detained(DETAINED, source(DETAINED, "Dr. Layla Khoury", "medic", True)), praised, holds,
             shelled(DETAINED, 3, source(DETAINED, "Khoury", "medic", True))]  # fmt: skip
    second = [detained(AGAIN, source(AGAIN, "a monitor", "monitor", False)),
              shelled(AGAIN, 9, source(AGAIN, "Tarek Haddad's cousin Nadia Aslan", "witness", True))]  # fmt: skip
    reports = [
        Report(DETAINED, id="tarek-haddad-1", outlet="Orontes Post", title="TAREK HADDAD, baker of Sarmin, detained",
               published="2016-05-03", url="https://news.example/2016/tarek-haddad-detained",
               extra={"keywords": ["Tarek Haddad"]},
               statements=tuple(Statement.from_json(one, DETAINED) for one in first)),
        Report(AGAIN, id="b", outlet="Levant Wire", title="Where is Nadia Aslan's cousin?", published="2016-05-03",
               url="https://wire.example/17", statements=tuple(Statement.from_json(one, AGAIN) for one in second)),
    ]  # fmt: skip
    with open_record(where, create=True) as record:
        list(record.add(reports, reader="by hand"))
        record.derive()
        assert record.incidents()
        assert record.disputes()
    return where


def words_of(path):
    """All words of a file, also of a packed or printed one."""
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            return "\n".join(book.read(name).decode("utf-8") for name in book.namelist())
    if path.suffix == ".pdf":
        return subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True).stdout
    if path.suffix == ".parquet":
        return str(pytest.importorskip("pandas").read_parquet(path).to_dict("records"))
    if path.suffix == ".gpkg":
        frame = pytest.importorskip("geopandas").read_file(path)
        return str(frame.to_dict("records")) + path.read_bytes().decode("latin-1")
    return path.read_text("utf-8")


CASES = [(form.name, rows) for form in export.FORMATS for rows in form.rows or (None,)]


@pytest.mark.parametrize(("form", "rows"), CASES)
def test_not_one_masked_word_is_in_any_format(private, tmp_path, form, rows):
    if form == "pdf" and shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    chosen = export.named(form)
    out = tmp_path / f"out{chosen.suffix}"
    with open_record(private) as record:
        losses = export.write(record, form, out, rows=rows, redact="private")
        plain = export.write(record, form, tmp_path / f"plain{chosen.suffix}", rows=rows)
    assert (losses.redaction, plain.redaction) == ("private", None)
    told = words_of(out) + json.dumps(losses.to_json(), ensure_ascii=False) + losses.words()
    found = [secret for secret in SECRET if re.search(re.escape(secret), told, re.IGNORECASE)]
    assert found == []
    shown = words_of(tmp_path / f"plain{chosen.suffix}")
    assert [secret for secret in SECRET if secret in shown], "the format tells none of it anyway: the test is idle"
    assert losses.written == plain.written
    if form in ("jsonl", "prov", "labelstudio", "html", "pdf", "webannotation") or (form, rows) == (
        "csv",
        "statements",
    ):
        assert "Bashar al-Assad" in told


def test_what_was_masked_and_coarsened_is_counted(private, tmp_path):
    with open_record(private) as record:
        losses = export.write(record, "jsonl", tmp_path / "out.jsonl", redact="private")
    told = {(what, why): n for (what, why), n in losses.dropped.items()}
    assert told["names of persons", "masked by the profile private"] >= 8
    assert told["words in other scripts", "masked by the profile private"] == 1
    assert told["precise places", "told as their province, by the profile private"] == 5
    assert told["keys that reports came with", "nobody knows whom they name"] == 1
    assert "redacted by private" in losses.words()


def test_a_coarsened_place_is_its_division_and_a_masked_mention_is_nobody(private, tmp_path):
    with open_record(private) as record:
        export.write(record, "jsonl", tmp_path / "out.jsonl", redact="private")
    first, _ = (Report.from_json(json.loads(line)) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines())
    place = first.statements[0].places[0]
    assert (place.text, place.resolved["place"], place.resolved["name"]) == (
        "██████", "geonames-admin1:SY.12", "Idlib",
    )  # fmt: skip
    assert place.resolved["precision"] == "province"
    assert place.resolved["radius_km"] > 20
    assert first.text.startswith("Soldiers detained █████ ██████ (████ ████), a baker, in ██████ on 2 May 2016, ")
    assert first.title == "█████ ██████, baker of ██████, detained"
    assert first.url == "https://news.example/"
    assert dict(first.extra) == {}


def test_that_a_report_was_withdrawn_is_still_told(tmp_path):
    with open_record(tmp_path / "war.db", create=True) as record:
        list(record.add([Report("Tarek Haddad wept.", id="a", extra={"withdrawn": "2016-05-04", "by": "Tarek Haddad"})],
                        reader="by hand"))  # fmt: skip
        export.write(record, "jsonl", tmp_path / "out.jsonl", redact="private")
    told = json.loads((tmp_path / "out.jsonl").read_text("utf-8"))
    assert (told["text"], told["withdrawn"], "by" in told) == ("█████ ██████ wept.", "2016-05-04", False)


def test_ids_of_one_export_are_those_of_another(private, tmp_path):
    """Statements can be joined over formats, though no id tells what was masked."""
    with open_record(private) as record:
        export.write(record, "jsonl", tmp_path / "out.jsonl", redact="private")
        export.write(record, "parquet", tmp_path / "out.parquet", redact="private")
    frame = pytest.importorskip("pandas").read_parquet(tmp_path / "out.parquet")
    reports = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert set(frame["key"]) == {f"{one['id']}@1#{said['id']}" for one in reports for said in one["statements"]}


def test_the_page_says_which_profile_and_not_what_was_asked_for(private, tmp_path):
    from contested.record.asking import Filter

    with open_record(private) as record:
        export.write(record, "html", tmp_path / "out.html", redact="strict", asked=Filter(place="Sarmin"))
        page = (tmp_path / "out.html").read_text("utf-8")
        export.write(record, "html", tmp_path / "plain.html")
    assert "Redacted by the profile “strict”" in page
    assert "Sarm" not in page
    assert "Assad" not in page
    assert "Not redacted" in (tmp_path / "plain.html").read_text("utf-8")


# ---- profiles --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def reader():
    from contested.reading.pipeline import Reader

    return Reader.load()


def coverer(which, odds):
    from contested.gazetteer import open_gazetteer
    from contested.register import load_register

    return Coverer(profiles.load(which), odds, load_register(), open_gazetteer())


EXAMPLES = [(name, one) for name in profiles.NAMES for one in profiles.load(name).examples]


@pytest.mark.parametrize(("name", "example"), EXAMPLES, ids=[one["text"][:40] for _, one in EXAMPLES])
def test_every_example_of_a_profile_comes_out_as_it_says(reader, name, example):
    report = reader.read(Report(example["text"], published="2016-12-02"))
    covered = coverer(name, network()).covered(report)
    assert cover(report.text, covered.text) == example["gives"]


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("odds: 0.1", "odds: 3", "persons.odds"),
        ("keep: register", "keep: friends", "persons.keep"),
        ("sources: [witness, medic]", "sources: [wizard]", "`sources`"),
        ("kinds: [village, area, site]", "kinds: [castle]", "places.kinds"),
        ("type: [COERCE]", "type: [COAX]", "`type` of `places.where`"),
        ("scripts: mask", "secrets: mask", "nothing else"),
        ("'(?<![\\w@])@\\w{2,}'", "'(@'", "`patterns`"),
    ],
)
def test_a_faulty_profile_is_told_with_its_file(tmp_path, was, becomes, told):
    text = Path(profiles.__file__).parents[2].joinpath("lexicon/redaction/private.yaml").read_text("utf-8")
    assert was in text
    file = tmp_path / "mine.yaml"
    file.write_text(text.replace(was, becomes), "utf-8")
    with pytest.raises(LexiconError, match=re.escape(told)):
        profiles.load(file)


def test_a_profile_that_is_not_there_is_told():
    with pytest.raises(LexiconError, match="there are private, strict"):
        profiles.load("secret")


# ---- offsets ---------------------------------------------------------------------------------------------------------

PEOPLE = st.sampled_from(["Tarek Haddad", "Haddad", "Layla Khoury", "طارق حداد", "Bashar al-Assad", "Sarmin",
                          "the army", "x@y.example", "said", "\n", "=", "😀", "\ud83d", "Σίσυφος"])  # fmt: skip
TEXT = st.lists(st.one_of(PEOPLE, st.text(max_size=6)), max_size=30).map(" ".join)
NAMES = ("Tarek", "Haddad", "Layla", "Khoury", "Bashar", "al-Assad")


def by_list(text):
    """In place of the network: some names, wherever they stand."""
    return [
        WordOdds(found.start(), found.end(), 0.9, 0.0, 0.0, 0.0)
        for found in re.finditer("|".join(NAMES), text)
    ]  # fmt: skip


@given(TEXT, st.data())
def test_offsets_hold_whatever_is_masked(text, data):
    """Every worded part of a redacted statement is the slice of the redacted text that it was of the text."""
    spans = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)

    def mark(span, resolved=None):
        return {"text": text[slice(*span)], "start": span[0], "end": span[1], "resolved": resolved}

    def statement():
        quote = data.draw(spans)
        return Statement.from_json(
            {"kind": "event", "type": "COERCE", "mode": "arrest", "quote": text[slice(*quote)], "quote_start": quote[0],
             "anchor": text[slice(*quote)], "anchor_start": quote[0], "targets": [mark(data.draw(spans))],
             "places": [mark(data.draw(spans), SARMIN)],
             "source": {"text": text[slice(*(at := data.draw(spans)))], "class": "witness", "named": True,
                        "start": at[0]}},
            text,
        )  # fmt: skip

    report = Report(text, id="a", title=text[:20], statements=tuple(statement() for _ in range(2)))
    redactor = Redactor.__new__(Redactor)
    redactor.coverer, redactor.losses = coverer("private", by_list), Losses("jsonl")
    covered = redactor.coverer.covered(report)
    left = cover(text, covered.text)
    assert len(left) == len(text)
    assert not re.search("|".join(rf"\b{name}\b" for name in ("Tarek", "Haddad", "Khoury")), left)
    for was in report.statements:
        said = redactor._statement(was, text, left, covered)
        assert said.quote == left[said.quote_start : said.quote_start + len(said.quote)]
        assert said.anchor == left[said.anchor_start : said.anchor_start + len(said.anchor)]
        assert all(one.text == left[one.start : one.end] for one in (*said.targets, *said.places))
        assert said.source.text == left[said.source.start : said.source.start + len(said.source.text)]
        again = Statement.from_json(json.loads(json.dumps(said.to_json())), left)
        assert again.id == said.id


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted).map(tuple)))
def test_spans_are_put_together(spans):
    found = list(merged(spans))
    assert found == sorted(found)
    assert all(one[1] < other[0] for one, other in pairwise(found))
    assert {n for a, b in found for n in range(a, b)} == {n for a, b in spans for n in range(a, b)}


@pytest.mark.parametrize(
    ("words", "text", "left"),
    [
        (["Haddad"], "Haddad's son; HADDAD; Haddadin; haddad", "██████'s son; ██████; Haddadin; ██████"),
        (["Said"], "Said said so", "████ said so"),
        (["Tarek Haddad"], "Tarek\n Haddad", "█████\n ██████"),
        (["حداد"], "وحداد هنا", "و████ هنا"),
        (["Sarmīn"], "at Sarmin", "at ██████"),
    ],
)  # fmt: skip
def test_words_are_hidden_where_there_are_no_offsets(words, text, left):
    assert Words(words, {"said", "so"}).hidden(text) == left


def test_standard_output_takes_pieces(private):
    out = io.BytesIO()
    with open_record(private) as record:
        export.write(record, "csv", out.write, redact="private")
    assert b"Idlib" in out.getvalue()


def test_the_command_takes_a_profile_and_refuses_none(private, tmp_path):
    from click.testing import CliRunner

    from contested.cli import main

    given = ["export", "--record", str(private), "--to", "csv", "-o", str(tmp_path / "out.csv"), "--redact"]
    done = CliRunner().invoke(main, [*given, "private"])
    assert done.exit_code == 0, done.output
    assert "redacted by private" in done.stderr
    assert json.loads((tmp_path / "out.csv.losses.json").read_text("utf-8"))["redaction"] == "private"
    done = CliRunner().invoke(main, [*given, "secret"])
    assert done.exit_code == 1
    assert "no such profile" in done.output
