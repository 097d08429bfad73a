"""`python -m evaluation.bench`: what a page tells of parts that measure, crash or cannot run. Parts are made up."""

import json
import re
import time

import pytest

from evaluation import costs
from evaluation.bench import PARTS, Part, about, as_gain, as_page, as_said, main, no_database, run
from evaluation.gold import ROOT


def part(title, code, **more):
    return Part(
        title, "A goal.", ("timeit", "-n1", "-r1", f"-s{code}"), ("timeit", "-n1", "-r1", f"-s{code}"), as_said, **more
    )


GOOD = part("Good", "print('well')")
CRASHES = part("Crashes", "raise ValueError('no more')")
ABSENT = part("Absent", "print('never')", missing=lambda url: "there is none here")


@pytest.fixture
def bench(tmp_path):
    def go(parts, *argv):
        return main(argv, parts, tmp_path / "benchmarks.md", tmp_path / "kept")

    go.page = tmp_path / "benchmarks.md"
    go.kept = tmp_path / "kept"
    return go


def test_a_part_that_crashes_loses_no_other(bench):
    assert bench({"crashes": CRASHES, "absent": ABSENT, "good": GOOD}) == 1
    page = bench.page.read_text("utf-8")
    sections = dict(re.findall(r"^## (\w+)$(.*?)(?=^## |\Z)", page, re.M | re.S))
    assert "**Not measured:** it ended with 1: ValueError: no more." in sections["Crashes"]
    assert "**Not measured:** there is none here." in sections["Absent"]
    assert "\nwell\n" in sections["Good"]
    assert "passed" not in page


def test_what_cannot_run_here_is_no_failure(bench):
    assert bench({"absent": ABSENT, "good": GOOD}) == 0


def test_the_page_names_the_machine(bench):
    bench({"good": GOOD})
    head = bench.page.read_text("utf-8").partition("## ")[0]
    for name in ("machine", "memory", "disk", "system", "Python", "SQLite", "onnxruntime", "PostgreSQL"):
        assert re.search(rf"^- {name}: \S", head, re.M), name


def test_only_renews_its_part(bench):
    bench({"good": GOOD, "other": part("Other", "print('before')")})
    assert bench({"good": GOOD, "other": part("Other", "print('after')")}, "--only", "other") == 0
    page = bench.page.read_text("utf-8")
    assert "\nafter\n" in page
    assert "\nbefore\n" not in page
    assert page.index("## Good") < page.index("## Other")
    assert page.count("## Good") == 1


def test_only_what_cannot_run_leaves_what_was_measured(bench):
    bench({"good": GOOD})
    before = bench.page.read_text("utf-8")
    absent = part("Good", "print('never')", missing=lambda url: "there is none here")
    assert bench({"good": absent}, "--only", "good") == 0
    assert bench.page.read_text("utf-8") == before


def test_a_quick_run_leaves_the_page_alone(bench):
    bench({"good": GOOD}, "--quick")
    assert not bench.page.exists()
    assert "well" in (bench.kept / "quick.md").read_text("utf-8")
    assert json.loads((bench.kept / "good-quick.json").read_text("utf-8"))["quick"] is True


def test_what_a_part_said_elsewhere_is_taken(bench, tmp_path):
    bench({"good": GOOD})
    (tmp_path / "said.txt").write_text("for an hour\n", "utf-8")
    assert bench({"good": GOOD}, "--only", "good", "--said", str(tmp_path / "said.txt")) == 0
    page = bench.page.read_text("utf-8")
    assert "\nfor an hour\n" in page
    assert "in a run of its own" in page
    with pytest.raises(SystemExit):
        bench({"good": GOOD}, "--said", str(tmp_path / "said.txt"))


def test_a_part_that_hangs_is_given_up_with_all_that_it_started():
    hangs = part("Hangs", "import subprocess; subprocess.run(['sleep', '60'])", hours=0.5 / 3600)
    began = time.monotonic()
    assert "was not done" in run(hangs, True, None)["reason"]
    assert time.monotonic() - began < 30


def test_a_page_of_a_part_is_one_step_lower():
    assert as_page("# Title\n\ntext\n\n## Adding\n") == ["", "text", "", "### Adding"]


@pytest.mark.parametrize(("ratio", "missed"), [(1.85, False), (1.7, True)])
def test_a_goal_that_is_not_reached_is_missed(ratio, missed):
    gain = {"reports": 48, "turns": 1, "one": 9.0, "two": 9.0 * ratio, "ratio": ratio, "memory_one": 200.0}
    told = "\n".join(as_gain(json.dumps({**gain, "memory_two": None})))
    assert ("**missed**" in told) == missed
    assert "| 2 | " in told
    assert "not measured" in told


def test_without_a_database_the_reason_says_how_to_name_one():
    assert "--postgresql" in no_database(None)
    assert any("PostgreSQL: not measured" in line for line in about(None))


def test_every_part_is_there():
    """Each part is a module that can be run, or a package that can."""
    for one in PARTS.values():
        for words in (one.quick, one.whole):
            at = ROOT / words[0].replace(".", "/")
            assert at.with_suffix(".py").is_file() or (at / "__main__.py").is_file(), words


# ---- the costs, and the page of planning --------------------------------------------------------------------------

COSTS = {"read_ms": 86.4, "worker_mb": 250.0, "add_ms": 5.0, "derive_ms": 30.0, "statements": 15.0,
         "text_bytes": 2000.0, "jsonl_bytes": 16000.0, "jsonl_gz_bytes": 2000.0, "parquet_bytes": 1600.0,
         "record_bytes": 40000.0, "load": 0.0, "reports": 100, "read": 24, "machine": "a machine",
         "date": "2026-01-01"}  # fmt: skip


def test_plans_are_computed_from_costs():
    rows = {row.split("|")[1].strip(): [cell.strip() for cell in row.split("|")[2:-1]] for row in costs.plan(COSTS)}
    assert rows["cores for reading"][3] == "16.7"  # 10 million times 86.4 ms are 10 cores, at 60 %
    assert rows["nodes of 16 cores; of 64"][3] == "2; 1"
    assert rows["records, a day"][3] == "400.0 GB"
    assert rows["text in, a day"][0] == "20.0 MB"


def test_the_page_of_planning_is_fresh():
    if not costs.COSTS.is_file():
        pytest.skip("nothing is measured yet")
    page = costs.PAGE.read_text("utf-8")
    assert costs.renewed(page, json.loads(costs.COSTS.read_text("utf-8"))) == page


def test_planning_keeps_what_was_written_by_hand():
    made = costs.renewed("by hand\n<!-- costs -->\nold\n<!-- /costs -->\nand here\n", COSTS)
    assert made.startswith("by hand\n<!-- costs -->\nMeasured on 2026-01-01")
    assert made.endswith("<!-- /costs -->\nand here\n")
    assert "old" not in made
