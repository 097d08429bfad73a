"""The examples: twelve reports of our own, some of them once more as the files that reports come in."""

import json
from pathlib import Path

import pytest

from contested.intake import from_paths
from contested.statement import Report

FOLDER = Path(__file__).parent.parent / "examples"
REPORTS = {report.id: report for report in from_paths([FOLDER / "reports.jsonl"]) if isinstance(report, Report)}


def test_there_are_twelve_of_twelve_outlets_and_each_has_its_facts():
    assert len(REPORTS) == 12
    assert len({report.outlet for report in REPORTS.values()}) == 12
    for report in REPORTS.values():
        assert report.title
        assert report.published
        assert 150 <= len(report.text.split()) <= 350


def test_they_are_in_the_file_format():
    from contested.schema import report, slips

    for line in (FOLDER / "reports.jsonl").read_text("utf-8").splitlines():
        assert list(slips(json.loads(line), report())) == []


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.name)
def test_plain_files_hold_the_same_words(path):
    (report,) = from_paths([path])
    assert report.text == REPORTS[path.stem].text


def test_the_page_tells_who_published_it_and_when_and_its_frame_is_no_text():
    (report,) = from_paths([FOLDER / "kramatorsk-post.html"])
    same = REPORTS["kramatorsk-post"]
    assert (report.title, report.outlet, report.published) == (same.title, same.outlet, same.published)
    assert "Tram fares" not in report.text
    assert "newsletter" not in report.text
    for paragraph in same.text.strip().split("\n\n")[1:]:
        assert paragraph in report.text


def test_the_list_of_examples_names_them_all():
    listed = (FOLDER / "README.md").read_text("utf-8")
    assert all(f"`{name}`" in listed for name in REPORTS)
    assert all(f"`{path.name}`" in listed for path in FOLDER.iterdir() if path.name != "README.md")


@pytest.fixture(scope="module")
def read():
    """All examples as the packaged weights read them."""
    from contested.errors import ModelError
    from contested.reading.pipeline import Reader

    try:
        reader = Reader.load()
    except ModelError as error:
        pytest.skip(str(error))
    return [reader.read(report) for report in REPORTS.values()]


def test_every_example_yields_statements_that_are_slices_of_it(read):
    from contested.schema import misplaced, report, slips

    for one in read:
        assert one.statements, f"nothing was read in {one.id}"
        assert list(slips(json.loads(json.dumps(one.to_json())), report())) == []
        assert [slip for s in one.statements for slip in misplaced(one.text, s)] == []


def test_what_coded_a_field_can_be_explained(read):
    from contested.views.explanation import find

    by = {how for report in read for statement in report.statements for how in statement.by.values()}
    assert [how for how in sorted(by) if not find(how)] == []
