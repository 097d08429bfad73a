"""The built-in list is made once, whole, by one of many processes; lists in step with the spelling."""

import multiprocessing
import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from contested.errors import DataError
from contested.gazetteer import index, lists, open_gazetteer
from contested.gazetteer.store import FORMAT, Store, write

from .conftest import ENTRIES, entry


def test_made_once(folder):
    told = []
    open_gazetteer(log=told.append).close()
    assert any("making the index" in line for line in told)
    told.clear()
    with_it = open_gazetteer(log=told.append)
    assert with_it.place("iso:SY").name == "Syria"
    assert told == []
    with_it.close()


def _build(folder, barrier, made, answers):
    barrier.wait()
    index._everything = lambda log: made.append(os.getpid()) or iter(ENTRIES)
    gazetteer = open_gazetteer(Path(folder))
    answers.append([place.id for place in gazetteer.named("Aleppo")])
    gazetteer.close()


def test_of_several_processes_one_makes_it(tmp_path):
    spawn = multiprocessing.get_context("spawn")
    with spawn.Manager() as manager:
        barrier, made, answers = manager.Barrier(3), manager.list(), manager.list()
        asking = [spawn.Process(target=_build, args=(str(tmp_path), barrier, made, answers)) for _ in range(3)]
        for process in asking:
            process.start()
        for process in asking:
            process.join(60)
        assert [process.exitcode for process in asking] == [0, 0, 0]
        assert len(made) == 1
        assert list(answers) == [["geonames:170063", "geonames-admin1:SY.09"]] * 3
    assert len(list(tmp_path.glob("*.sqlite"))) == 1


def test_a_build_that_fails_leaves_nothing(tmp_path):
    def broken(log):
        yield ENTRIES[0]
        raise ValueError("the library lies")

    with pytest.raises(ValueError, match="lies"):
        index.built_in(tmp_path, print, broken)
    assert not list(tmp_path.glob("*.sqlite"))
    assert not list(tmp_path.glob(".*"))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written(tmp_path):
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    with pytest.raises(DataError, match="CONTESTED_DATA"):
        open_gazetteer(tmp_path / "data")


def test_a_file_where_the_folder_should_be(tmp_path):
    (tmp_path / "data").write_text("no folder")
    with pytest.raises(DataError, match=r"data: cannot be written .*; set CONTESTED_DATA to a folder that can"):
        open_gazetteer(tmp_path / "data")


def test_where_the_users_folder_cannot_be_written_the_index_is_a_temporary_one(tmp_path, monkeypatch):
    (tmp_path / "home").write_text("no folder")
    monkeypatch.delenv("CONTESTED_DATA")
    monkeypatch.setattr(index, "data_folder", lambda: tmp_path / "home" / "contested")
    monkeypatch.setattr(index, "_everything", lambda log: ENTRIES)
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    told = []
    assert open_gazetteer(log=told.append).countries() is not None
    (made,) = tmp_path.glob("contested-*/*.sqlite")
    assert any("cannot be written" in line for line in told)
    assert made.parent.stat().st_mode & 0o077 == 0


def test_the_name_of_the_index_depends_on_what_is_in_it(monkeypatch):
    before = index.index_name()
    assert before == index.index_name()
    monkeypatch.setattr(index.spelling, "KEYS", "of tomorrow", raising=False)
    assert index.index_name() != before


def test_a_damaged_index_is_a_message(folder):
    open_gazetteer().close()
    (path,) = folder.glob("*.sqlite")
    path.write_bytes(b"no database" * 1000)
    with pytest.raises(DataError, match="delete the file and it is made again"):
        open_gazetteer()


def test_a_list_gets_the_keys_of_a_new_spelling(folder, tmp_path):
    path = folder / "places" / "001-mill.sqlite"
    path.parent.mkdir(parents=True)
    mill = entry("file:mill:1", "Tahunat al-Qasr", 35.5, 36.5, "site", "SY", "iso:SY", names=[("طاحونة القصر", 2)])
    meta = {"list": "mill", "keys": "of old", "file": "mill.json", "sha256": "0"}
    write(path, [mill], meta, keep_names=True)
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE name SET key = 'old'")
        db.commit()
    told = []
    gazetteer = open_gazetteer(log=told.append)
    assert "names of mill get new keys" in told
    assert [place.id for place in gazetteer.named("طاحونة القصر")] == ["file:mill:1"]
    assert gazetteer.place("file:mill:1").within[0] == "iso:SY"
    gazetteer.close()
    store = Store(path)
    assert store.meta["keys"] == index.spelling_version()
    assert store.meta["format"] == str(FORMAT)
    assert next(store.entries()).place.name == "Tahunat al-Qasr"
    store.close()


def test_a_list_of_another_format_says_so(folder):
    path = folder / "places" / "001-mill.sqlite"
    path.parent.mkdir(parents=True)
    write(path, ENTRIES[:1], {"list": "mill", "file": "mill.json"}, keep_names=True)
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE meta SET value = '0' WHERE name = 'format'")
        db.commit()
    with pytest.raises(DataError, match=r"import mill\.json again"):
        lists.refresh(folder, print)
