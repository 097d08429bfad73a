import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from contested import __version__, cli
from contested.cli import main
from contested.errors import ModelError

EXAMPLES = Path(__file__).parent.parent / "examples"


@pytest.fixture(autouse=True)
def reader(monkeypatch, make_report):
    """A reader that needs no weights: it finds the statements of the sample in any text that carries them."""

    class Reader:
        threads = 2
        version = "hand"

        def read(self, report):
            if "unreadable" in report.text:
                raise RuntimeError("no such luck")
            return replace(report, statements=make_report(report.text).statements)

        def annotate(self, report, layer):
            start = report.text.index("Qasr")
            return [{"text": "Qasr", "start": start, "end": start + 4, "layer": layer}]

    monkeypatch.setattr(cli.reading, "load", lambda lexicon=None, workers=None: Reader())
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def run():
    def invoke(*words, **given):
        return CliRunner().invoke(main, [str(word) for word in words], **given)

    return invoke


@pytest.fixture
def mill(tmp_path, report):
    path = tmp_path / "mill.txt"
    path.write_text(report.text, "utf-8")
    return path


def test_read_prints_a_table(run, mill):
    done = run("read", mill, "--published", "2016-12-02", "--outlet", "Qasr Mail", "--title", "Mill shelled")
    assert done.exit_code == 0
    assert done.stdout.startswith("Mill shelled\nQasr Mail · 2016-12-02 · ")
    assert "heavy-weapons" in done.stdout
    assert done.stderr == "1 report read, 7 statements\n"
    assert "\x1b" not in done.stdout


def test_colour_on_demand_only(run, mill, monkeypatch):
    assert "\x1b[" in run("read", mill, "--color").stdout
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in run("read", mill).stdout
    assert "\x1b[" not in run("read", mill, "--no-color").stdout


def test_jsonl_keeps_order_and_ids_and_passes_over_what_is_broken(run, tmp_path, report):
    path = tmp_path / "all.jsonl"
    rows = [json.dumps({"id": n, "text": report.text}) for n in (3, 1, 2)]
    path.write_text("\n".join([rows[0], '{"text": ', rows[1], json.dumps({"text": "unreadable"}), rows[2]]), "utf-8")
    done = run("read", path, "-f", "jsonl")
    assert done.exit_code == 0
    read = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["id"] for one in read] == ["3", "1", "2"]
    assert all(
        {"quote_start", "anchor_start", "id"} <= statement.keys() for one in read for statement in one["statements"]
    )
    assert f"{path}:2: " in done.stderr
    assert f"{path}:4: reading failed: RuntimeError: no such luck" in done.stderr
    assert done.stderr.endswith("3 reports read, 21 statements, 2 failed\n")


def test_json_is_one_object_or_an_array(run, mill):
    assert json.loads(run("read", mill, "-f", "json").stdout)["text"].startswith("Rebel gunners")
    assert len(json.loads(run("read", mill, mill, "-f", "json").stdout)) == 2


def test_standard_input(run, report):
    done = run("read", "-", "-f", "jsonl", input=report.text)
    assert json.loads(done.stdout)["text"] == report.text


def test_columns_of_a_csv_file(run, tmp_path):
    path = tmp_path / "some.csv"
    path.write_text('Datum,Wortlaut\n2016-12-02,"Bread is short in Qasr, he said."\n', "utf-8")
    done = run("read", path, "--columns", "text=Wortlaut, published=Datum", "-f", "json")
    read = json.loads(done.stdout)
    assert (read["text"], read["published"]) == ("Bread is short in Qasr, he said.", "2016-12-02")


@pytest.mark.parametrize(
    ("words", "tells"),
    [
        (("--columns", "nonsense=a"), "nonsense"),
        (("--columns", "text"), "'text'"),
        (("--published", "Friday"), "YYYY-MM-DD"),
        (("--format", "xml"), "xml"),
        ((), None),
    ],
)
def test_wrong_options_are_told_before_anything_is_read(run, words, tells):
    done = run("read", *words, *(["a.txt"] if words else []))
    assert done.exit_code == 2
    assert done.stdout == ""
    assert (tells or "PATH") in done.stderr


def test_nothing_read_is_an_error(run, tmp_path):
    empty = tmp_path / "empty.txt"
    empty.touch()
    out = tmp_path / "out.json"
    done = run("read", empty, tmp_path / "absent.txt", "-o", out)
    assert done.exit_code == 1
    assert done.stdout == ""
    assert str(empty) in done.stderr
    assert "absent.txt: no such file" in done.stderr
    assert not out.exists()


@pytest.mark.parametrize("ending", ["json", "jsonl", "html", "txt"])
def test_output_takes_its_format_from_the_name_and_leaves_nothing_beside(run, mill, tmp_path, ending):
    out = tmp_path / "made" / f"out.{ending}"
    out.parent.mkdir()
    done = run("read", mill, "-o", out)
    assert (done.exit_code, done.stdout) == (0, "")
    starts = {"json": "{\n", "jsonl": "{", "html": "<!doctype html>", "txt": ""}
    content = out.read_text("utf-8")
    assert content.startswith(starts[ending])
    assert "shelled" in content
    assert list(out.parent.iterdir()) == [out]
    assert out.stat().st_mode & 0o777 == 0o666 & ~cli.output._umask()


def test_output_is_whole_or_not_at_all(run, mill, tmp_path, monkeypatch):
    out = tmp_path / "made" / "out.jsonl"
    out.parent.mkdir()
    out.write_text("before")

    def lines(reports):
        yield "half a "
        raise KeyboardInterrupt

    monkeypatch.setattr("contested.views.jsonl.lines", lines)
    done = run("read", mill, "-o", out)
    assert done.exit_code != 0
    assert out.read_text() == "before"
    assert list(out.parent.iterdir()) == [out]


def test_a_file_can_be_read_into_itself(run, tmp_path, report):
    path = tmp_path / "all.jsonl"
    path.write_text(json.dumps({"id": "a", "text": report.text}) + "\n", "utf-8")
    path.chmod(0o640)
    assert run("read", path, "-o", path).exit_code == 0
    assert len(json.loads(path.read_text("utf-8"))["statements"]) == 7
    assert path.stat().st_mode & 0o777 == 0o640


def test_output_to_nowhere(run, mill):
    done = run("read", mill, "-o", "/no/such/folder/out.json")
    assert done.exit_code == 1
    assert "/no/such/folder/out.json: cannot be written" in done.stderr
    assert run("read", mill, "-o", os.devnull).exit_code == 0


def test_half_characters_come_out_as_json_can_hold_them(run, tmp_path):
    path = tmp_path / "half.jsonl"
    path.write_text('{"id": "half", "text": "Bread is short in Qasr \\ud83d"}\n', "utf-8")
    for format_ in ("jsonl", "json", "table", "html"):
        done = run("read", path, "-f", format_)
        assert done.exit_code == 0
        done.stdout_bytes.decode("utf-8")


def test_annotate(run, mill):
    done = run("annotate", mill, mill, "--layer", "places")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(rows) == 2
    assert rows[0].keys() == {"id", "annotations"}
    assert rows[0]["annotations"][0]["text"] == "Qasr"
    assert done.stderr == "2 reports read\n"
    assert run("annotate", mill).exit_code == 2
    assert run("annotate", mill, "--layer", "verbs").exit_code == 2


def test_explain(run):
    done = run("explain", "ASSAULT")
    assert done.exit_code == 0
    assert done.stdout.startswith("ASSAULT: type of event\n")
    assert "RETREAT.withdraw" in run("explain").stdout
    done = run("explain", "assualt")
    assert done.exit_code == 1
    assert "did you mean ASSAULT" in done.stderr
    assert "lists all codes" in run("explain", "zzzz").stderr


def test_check_tells_what_does_not_work(run, monkeypatch):
    from contested import checks

    monkeypatch.setattr(checks, "_reader", lambda: iter([checks.Check("reader", True, "hand")]))
    done = run("check")
    assert done.exit_code == 0
    assert f"ok    contested                    {__version__}" in done.stdout
    assert "ok    lexicon en/codes" in done.stdout
    monkeypatch.setattr(checks, "NEEDS", ("no-such-package",))
    done = run("check")
    assert done.exit_code == 1
    assert "FAIL  no-such-package              not installed: pip install no-such-package" in done.stdout
    assert "1 of these does not work" in done.stderr


def test_check_looks_at_all_that_the_package_needs():
    import tomllib

    from contested.checks import NEEDS

    project = tomllib.loads((EXAMPLES.parent / "pyproject.toml").read_text("utf-8"))["project"]
    assert sorted(need.split(">=")[0] for need in project["dependencies"]) == sorted(NEEDS)


def test_absent_weights_are_a_message_not_a_traceback(run, mill, monkeypatch):
    def load(lexicon=None, workers=None):
        raise ModelError("model.onnx: not there")

    monkeypatch.setattr(cli.reading, "load", load)
    done = run("read", mill)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == "Error: model.onnx: not there\n"


def test_version(run):
    assert run("--version").stdout == f"contested, version {__version__}\n"


def test_a_reader_that_stops_listening_is_no_traceback():
    done = subprocess.run(
        f"{sys.executable} -c 'from contested.cli import main; main()' explain | head -n 1",
        shell=True, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout == "kind\n"
    assert "Traceback" not in done.stderr


def test_the_examples_are_read_in_order(run):
    done = run("read", EXAMPLES / "reports.jsonl", "-f", "jsonl")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    given = [json.loads(line) for line in (EXAMPLES / "reports.jsonl").read_text("utf-8").splitlines()]
    assert [row["id"] for row in rows] == [row["id"] for row in given]
    assert len(rows) == 12
    assert all(row["text"] == one["text"] for row, one in zip(rows, given, strict=True))
    assert len({row["outlet"] for row in rows}) == 12
    assert done.stderr == "12 reports read, 0 statements\n"


def test_dates_written_another_way(run, tmp_path, report):
    path = tmp_path / "all.jsonl"
    path.write_text(json.dumps({"text": report.text, "published": "02/12/2016"}), "utf-8")
    done = run("read", path, "-f", "jsonl", "--date-format", "%d/%m/%Y")
    assert json.loads(done.stdout)["published"] == "2016-12-02"
    other = run("annotate", path, "--layer", "places", "--date-format", "%d %B %Y")
    assert "is not written as %d %B %Y" in other.stderr
