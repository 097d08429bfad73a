"""`contested places`, as it is typed."""

import json

import pytest
from click.testing import CliRunner

from contested.cli import main

from .test_import import PCODES, written


@pytest.fixture
def run(folder):
    def asked(*words):
        result = CliRunner().invoke(main, ["places", *map(str, words)])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return asked


def test_find(run):
    result = run("find", "Aleppo")
    assert result.exit_code == 0
    head, city, province = result.stdout.splitlines()
    assert head.split() == ["name", "kind", "in", "lat", "lon", "people", "how", "id"]
    assert city.split() == ["Aleppo", "city", "SY", "36.2012", "37.1612", "2,098,210", "name", "geonames:170063"]
    assert province.split()[-1] == "geonames-admin1:SY.09"
    assert "making the index of places" in result.stderr
    assert "making the index" not in run("find", "Aleppo").stderr


def test_find_in_a_country_as_json(run):
    found = json.loads(run("find", "Georgia", "--country", "us", "--format", "json").stdout)
    assert [(one["id"], one["how"]) for one in found] == [("geonames-admin1:US.GA", "name")]
    assert set(found[0]) >= {"name", "lat", "lon", "kind", "country", "geonameid", "within", "radius_km"}


def test_find_nothing(run):
    result = run("find", "Atlantis", "--country", "GR")
    assert result.exit_code == 1
    assert "no place is known as 'Atlantis' in GR" in result.stderr
    nothing = run("find", "Atlantis", "--format", "json")
    assert (nothing.exit_code, json.loads(nothing.stdout)) == (1, [])


def test_import_list_remove(run, tmp_path):
    file = written(tmp_path / "p-codes 2016.json", PCODES)
    assert "it would add 'p-codes-2016': 6 places" in run("import", "--dry-run", file).stdout
    assert "p-codes-2016" not in run("list").stdout
    assert "added 'p-codes-2016': 6 places (2 village, " in run("import", file).stdout
    assert "it is already in" in run("import", file).stdout
    built_in, own = run("list").stdout.splitlines()
    assert built_in.split()[:2] == ["built-in", "16"]
    assert own.split()[:2] == ["p-codes-2016", "6"]
    assert "OCHA" in own
    assert run("find", "Bustan al-Mill").exit_code == 0
    assert run("remove", "p-codes-2016").stdout == "p-codes-2016: removed\n"
    assert run("find", "Bustan al-Mill").exit_code == 1


def test_a_damaged_file_is_a_message(run, tmp_path):
    file = tmp_path / "SY.txt"
    file.write_text("one\ttwo\n")
    result = run("import", file)
    assert result.exit_code == 1
    assert f"{file}:1: has 2 columns" in result.stderr
    assert "Traceback" not in result.output


def test_files_before_a_damaged_one_stay(run, tmp_path):
    good, bad = written(tmp_path / "good.json", PCODES), tmp_path / "bad.json"
    bad.write_text("{")
    result = run("import", good, bad)
    assert result.exit_code == 1
    assert "added 'good'" in result.stdout
    assert len(run("list").stdout.splitlines()) == 2
