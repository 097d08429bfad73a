"""What was fetched is kept as it came, and can be proven."""

from __future__ import annotations

import gzip
import random
from dataclasses import replace
from pathlib import Path

import pytest

from contested.errors import WatchError
from contested.fetching.client import Client
from contested.fetching.evidence import Evidence, digest, proven, stored
from contested.fetching.state import State
from contested.fetching.taking import Taking
from tests.fetching.serving import Answer, FakeClock, Site, drained, page

MILL = "The army shelled the flour mill of Oron on Friday, two guards told the Dale Echo."
PASS = "Rebels closed the pass above Oron on Thursday, a driver said, and let nobody through until the evening."


def test_what_was_fetched_is_kept_and_proven(here: Site, client: Client, state: State, tmp_path: Path):
    body = page(MILL).encode()
    packed = Answer(gzip.compress(body), headers={"Content-Encoding": "gzip", "Content-Type": "text/html"})
    here.puts("/mill", packed)
    here.puts("/pass", page(PASS))
    with Evidence(tmp_path / "kept", "dale-monitor/1.0") as evidence:
        taking = Taking(client, state, evidence)
        reports, _ = drained(taking, taking.take([f"{here.address}/mill", f"{here.address}/pass"]))
    told = [one.extra["evidence"] for one in reports]
    assert {one["file"] for one in told} == {"20190309T120001.warc.gz"}
    assert proven(tmp_path / "kept", told[0]) == body
    assert proven(tmp_path / "kept", told[1]) == page(PASS).encode()
    assert told[0]["sha256"] == digest(body)


def test_the_archive_is_a_right_one(here: Site, client: Client, state: State, tmp_path: Path):
    from warcio.archiveiterator import ArchiveIterator

    url = here.puts("/mill", page(MILL), headers={"Content-Type": "text/html"})
    with Evidence(tmp_path, "dale-monitor/1.0") as evidence:
        drained(taking := Taking(client, state, evidence), taking.take([url]))
    (path,) = tmp_path.glob("*.warc.gz")
    with path.open("rb") as file:
        found = []
        for record in ArchiveIterator(file, check_digests="raise"):
            body = record.content_stream().read()
            found.append((record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), body))
            if record.rec_type == "response":
                assert record.http_headers.get_header("Content-Type") == "text/html"
                assert record.rec_headers.get_header("WARC-Payload-Digest").startswith("sha256:")
    assert [(one[0], one[1]) for one in found] == [("warcinfo", None), ("response", url)]
    assert found[1][2] == page(MILL).encode()


@pytest.mark.parametrize("words", ["Müller", "мельница", "a" * 5000, 'x; filename="..\\..\\a"'])
def test_headers_of_any_kind_are_kept(here: Site, client: Client, tmp_path: Path, words: str):
    fetched = client.get(here.puts("/mill", page(MILL)))
    told = replace(fetched, headers=(("Content-Disposition", words), ("X-Empty", "")))
    with Evidence(tmp_path, "dale-monitor/1.0") as evidence:
        file, offset = evidence.keep(told)
    assert stored(tmp_path, {"file": file, "offset": offset}) == fetched.body


def test_no_file_is_written_twice(here: Site, client: Client, state: State, tmp_path: Path, clock: FakeClock):
    url = here.puts("/mill", page(MILL))
    clock.passed = 60.0
    for _ in range(2):
        with Evidence(tmp_path, "dale-monitor/1.0") as evidence:
            fetched = client.get(url)
            first = evidence.keep(replace(fetched, at=clock.now()))
            clock.passed += 86_400
            second = evidence.keep(replace(fetched, at=clock.now()))
            assert first[0] != second[0], "another day is another file"
            clock.passed -= 86_400
    assert len(list(tmp_path.glob("*.warc.gz"))) == 4


def test_evidence_that_was_changed_or_lost_is_told(here: Site, client: Client, tmp_path: Path):
    fetched = client.get(here.puts("/mill", page(MILL)))
    with Evidence(tmp_path, "dale-monitor/1.0") as evidence:
        file, offset = evidence.keep(fetched)
    told = {"file": file, "offset": offset, "sha256": digest(fetched.body)}
    assert stored(tmp_path, told) == fetched.body
    wrong = {
        "was changed": {**told, "sha256": "0" * 64},
        "no file of evidence": {"sha256": told["sha256"]},
        "is not there": {**told, "file": "20190101T000000.warc.gz"},
        "no file": {**told, "file": "../state.db"},
        "nothing at": {**told, "offset": 10_000_000},
    }
    for why, one in wrong.items():
        with pytest.raises(WatchError, match=why):
            proven(tmp_path, one)
    path = tmp_path / file
    path.write_bytes(path.read_bytes()[: offset + 40])
    with pytest.raises(WatchError):
        proven(tmp_path, told)


def test_an_archive_that_is_damaged_anywhere_is_told(here: Site, client: Client, tmp_path: Path):
    """Whatever the reader of archives makes of it: a right payload, or one error of ours."""
    fetched = client.get(here.puts("/mill", page(MILL)))
    with Evidence(tmp_path, "dale-monitor/1.0") as evidence:
        file, offset = evidence.keep(fetched)
    path, told = tmp_path / file, {"file": file, "offset": offset, "sha256": digest(fetched.body)}
    whole = path.read_bytes()
    chance = random.Random(7)
    failed = 0
    for n in range(300):
        damaged = bytearray(whole)
        if n % 3:
            for _ in range(chance.randrange(1, 4)):
                damaged[chance.randrange(offset, len(whole))] = chance.randrange(256)
        else:
            del damaged[chance.randrange(offset, len(whole)) :]
        path.write_bytes(damaged)
        try:
            assert proven(tmp_path, told) == fetched.body
        except WatchError:
            failed += 1
    assert failed > 200
    path.write_bytes(whole)
    for wrong in range(len(whole)):
        if wrong != offset:
            with pytest.raises(WatchError):
                proven(tmp_path, {**told, "offset": wrong})
