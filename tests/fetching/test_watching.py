"""Feeds are polled in their own time, into a record, and what is newly disputed is told."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import signal
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest
from click.testing import CliRunner, Result

from contested.cli import main
from contested.errors import WatchError
from contested.fetching.client import Client
from contested.fetching.plan import Feed, Plan
from contested.fetching.state import State
from contested.fetching.taking import Taking
from contested.fetching.watching import Watcher, alone
from contested.record.record import open_record
from contested.statement import Report, Statement
from tests.fetching.serving import START, Answer, FakeClock, Site, item, page, rss

EXAMPLES = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "examples" / "record.jsonl").read_text("utf-8").splitlines()
]
TEXTS = {one["id"]: one["text"] for one in EXAMPLES}


# ---- the schedule ----------------------------------------------------------------------------------------------------


@pytest.fixture
def watcher(client: Client, state: State, here: Site) -> Callable[..., tuple[Watcher, list[str]]]:
    """A watcher of these feeds that keeps whatever comes, and stops after so many polls."""

    def made(*feeds: Feed, polls: int = 0) -> tuple[Watcher, list[str]]:
        told: list[str] = []

        def keep(taken: Any, taking: Taking) -> Counter[str]:
            out = Counter[str]()
            for one in taken:
                out["new" if isinstance(one, Report) else "failed"] += 1
                if isinstance(one, Report):
                    taking.kept(one)
            return out

        def tell(line: str) -> None:
            told.append(line)
            if len(told) == polls:
                client.clock.stop()

        return Watcher(Plan(feeds), client, state, keep, tell, lambda: None), told

    return made


def test_each_feed_has_its_own_time(here: Site, watcher: Any, clock: FakeClock):
    slow = Feed(here.puts("/slow", rss(item("/1", "One"))), timedelta(hours=1), "slow")
    fast = Feed(here.puts("/fast", rss(item("/1", "One"))), timedelta(minutes=20), "fast")
    here.puts("/1", page("The mill of Oron stands still, two of its guards told the Dale Echo on Friday morning."))
    watch, told = watcher(slow, fast, polls=6)
    watch.run()
    assert [line.split()[2].rstrip(":") for line in told] == ["slow", "fast", "fast", "fast", "slow", "fast"]
    assert told[0] == "2019-03-09 12:00 slow: 1 new; next 2019-03-09 13:00"
    assert told[1] == "2019-03-09 12:00 fast: 1 as before; next 2019-03-09 12:20"


def test_a_feed_that_fails_is_let_alone_longer_each_time(here: Site, watcher: Any, clock: FakeClock):
    feed = Feed(here.puts("/feed", Answer(status=404)), timedelta(minutes=30))
    watch, told = watcher(feed, polls=8)
    watch.run()
    waits = [wait for wait in clock.waits if wait > 100]
    assert [round(wait / 1800) for wait in waits] == [2, 4, 8, 16, 32, 48, 48], "at most a day"
    assert told[2].endswith("failed 3 times")
    here.puts("/feed", rss(item("/1", "One")))
    here.puts("/1", page("The mill of Oron stands still, two of its guards told the Dale Echo on Friday morning."))


def test_a_feed_that_is_back_is_polled_as_before(here: Site, watcher: Any, state: State):
    url = here.puts("/feed", Answer(status=404), Answer(rss(item("/1", "One")).encode()))
    watch, _ = watcher(Feed(url), polls=2)
    watch.run()
    assert state.failures(url) == 0


def test_a_feed_that_wants_time_gets_it(here: Site, watcher: Any, clock: FakeClock):
    url = here.puts("/feed", Answer(status=503, headers={"Retry-After": "20000"}))
    watch, _ = watcher(Feed(url), polls=1)
    watch.run()
    assert watch.state.due(url) >= START + timedelta(seconds=20000)


def test_going_on_keeps_the_times(here: Site, watcher: Any, clock: FakeClock):
    feed = Feed(here.puts("/feed", rss(item("/1", "One"))), timedelta(hours=1))
    watch, _ = watcher(feed, polls=1)
    watch.run()
    here.asked.clear()
    clock._stopped.clear()
    watch, _ = watcher(feed, polls=1)
    watch.run()
    assert sum(clock.waits) >= 3600
    watch.run(once=True)
    assert here.paths().count("/feed") == 1, "stopped: nothing is polled"
    clock._stopped.clear()
    watch.run(once=True)
    assert here.paths().count("/feed") == 2, "once is now"


def test_one_watches_at_a_time(tmp_path: Path):
    with alone(tmp_path, "war.db"), pytest.raises(WatchError, match="being watched"), alone(tmp_path, "war.db"):
        pass
    with alone(tmp_path, "war.db"):
        pass


# ---- into a record ---------------------------------------------------------------------------------------------------


class Coder:
    """Reads the example reports as they were coded by hand, and no others."""

    threads, version, knowledge = 1, "by hand", None

    def read(self, report: Report) -> Report:
        for one in EXAMPLES:
            if one["text"] == report.text:
                return report.with_statements(Statement.from_json(said, report.text) for said in one["statements"])
        return report


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    from contested.cli import record
    from contested.cli import watching as command
    from contested.fetching import clock

    monkeypatch.setattr(record, "load", lambda lexicon=None, workers=None: Coder())
    monkeypatch.setattr(command, "load", lambda lexicon=None, workers=None: Coder())
    monkeypatch.setattr(clock, "Clock", FakeClock)
    monkeypatch.setenv("CONTESTED_RECORD", str(tmp_path / "war.db"))
    monkeypatch.chdir(tmp_path)

    def invoke(*words: str) -> Result:
        return CliRunner().invoke(main, words)

    return invoke


def contents(path: Path) -> Any:
    """All that a record says, whenever it was added."""
    with open_record(path) as record:
        return (
            sorted((one.key, one.quote) for one in record.statements()), record.size(),
            sorted(one["id"] for one in record.disputes().to_json()),
        )  # fmt: skip


@pytest.fixture
def war(here: Site, tmp_path: Path) -> Callable[..., Path]:
    """Writes a plan for a feed of these example reports; `more` goes above."""

    def made(*names: str, more: str = "") -> Path:
        for name in names:
            here.puts(f"/{name}", page(TEXTS[name]))
        here.puts("/feed", Answer(rss(*(item(f"/{name}", name) for name in names)).encode()))
        path = tmp_path / "feeds.toml"
        path.write_text(f'delay = 0\n{more}\n[[feed]]\nurl = "{here.address}/feed"\nname = "the feed"\n', "utf-8")
        return path

    return made


def watched(run: Callable[..., Result], plan: Path, *words: str) -> Result:
    done = run("watch", str(plan), "--once", "--allow-private", *words)
    assert done.exit_code == 0, done.output
    return done


def test_a_feed_fills_a_record_and_twice_is_once(run: Any, war: Any, here: Site, tmp_path: Path):
    plan = war("hill-2", "dale-1")
    assert "the feed: 2 new; next" in watched(run, plan).stderr
    first = contents(tmp_path / "war.db")
    assert (first[1]["reports"], len(first[2])) == (2, first[1]["disputes"])
    assert first[1]["disputes"] > 0
    assert "the feed: 2 as before; next" in watched(run, plan).stderr
    assert contents(tmp_path / "war.db") == first


def test_a_changed_report_is_another_version(run: Any, war: Any, here: Site, tmp_path: Path):
    plan = war("hill-2")
    watched(run, plan)
    here.puts("/hill-2", page(TEXTS["hill-2"].replace("nine", "ten")))
    here.puts("/feed", rss(item("/hill-2", "hill-2: corrected")))
    assert "1 changed" in watched(run, plan).stderr


def test_going_on_after_a_kill_gives_the_same_record(
    run: Any, war: Any, here: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    plan = war("hill-1", "hill-2", "dale-1")
    reading = Coder.read

    def killed(self: Coder, report: Report) -> Report:
        if "14 civilians" in report.text:
            raise KeyboardInterrupt
        return reading(self, report)

    with monkeypatch.context() as patched:
        patched.setattr(Coder, "read", killed)
        assert run("watch", str(plan), "--once", "--allow-private").exit_code != 0
    here.asked.clear()
    assert "1 new, 2 as before" in watched(run, plan).stderr
    assert [path for path in here.paths() if path != "/robots.txt"] == ["/feed", "/dale-1"]
    once = contents(tmp_path / "war.db")
    (tmp_path / "war.db").rename(tmp_path / "killed.db")
    for left in tmp_path.glob("war.db-*"):
        left.unlink()
    watched(run, plan)
    assert contents(tmp_path / "war.db") == once, "a record that is new has fetched nothing"


def test_a_signal_ends_after_the_report_at_hand(run: Any, war: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    plan = war("hill-1", "hill-2", "dale-1")
    reading = Coder.read

    def signalled(self: Coder, report: Report) -> Report:
        os.kill(os.getpid(), signal.SIGTERM)
        return reading(self, report)

    before = signal.getsignal(signal.SIGTERM)
    with monkeypatch.context() as patched:
        patched.setattr(Coder, "read", signalled)
        done = run("watch", str(plan), "--allow-private")
    assert done.exit_code == 0, done.output
    assert "stopping after the report at hand" in done.stderr
    assert "the feed: 1 new; stopped, and goes on here" in done.stderr
    assert signal.getsignal(signal.SIGTERM) == before
    assert contents(tmp_path / "war.db")[1]["reports"] == 1
    assert "2 new, 1 as before" in watched(run, plan).stderr


def test_two_watchers_are_one_too_many(run: Any, war: Any, tmp_path: Path):
    plan = war("hill-1")
    with alone(tmp_path / "war.db.fetched", "war.db"):
        done = run("watch", str(plan), "--once", "--allow-private")
    assert (done.exit_code, "being watched for already" in done.output) == (1, True)


def test_private_addresses_are_asked_where_it_is_said(run: Any, war: Any, here: Site):
    done = run("watch", str(war("hill-1")), "--once")
    assert done.exit_code == 0
    assert "no address of the open internet: --allow-private" in done.stderr
    assert "1 failed; next" in done.stderr
    assert here.asked == []


# ---- news ------------------------------------------------------------------------------------------------------------


def test_new_disputes_are_posted_signed_and_once(
    run: Any, war: Any, here: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setenv("ORON_SECRET", "a word")
    hook = here.puts("/hook", Answer(status=503), Answer(status=204))
    more = f'webhook = "{hook}"\nsecret_env = "ORON_SECRET"\natom = "disputes.atom"'
    watched(run, war("hill-2", more=more))
    assert "/hook" not in here.paths(), "nothing is disputed yet"
    done = watched(run, war("hill-2", "dale-1", more=more))
    assert "new disputes posted" in done.stderr
    first, second = (one for one in here.asked if one.path == "/hook")
    assert first.body == second.body, "tried again"
    assert second.headers["content-type"] == "application/json"
    expected = hmac.new(b"a word", second.body, hashlib.sha256).hexdigest()
    assert second.headers["x-contested-signature"] == f"sha256={expected}"
    body = json.loads(second.body)
    assert body["record"] == "war.db"
    (count,) = [one for one in body["disputes"] if one["type"] == "count"]
    assert {one["value"] for one in count["accounts"]} == {9, 14}
    assert {one["url"] for one in count["reports"]} == {f"{here.address}/hill-2", f"{here.address}/dale-1"}
    assert not any(one["update"] for one in body["disputes"])
    here.asked.clear()
    watched(run, war("hill-2", "dale-1", more=more))
    assert "/hook" not in here.paths()
    feed = feedparser.parse((tmp_path / "disputes.atom").read_bytes())
    assert not feed.bozo
    assert {one.title for one in feed.entries} == {one["sentence"] for one in body["disputes"]}
    assert feed.entries[0].link.startswith(here.address)


def test_what_cannot_be_posted_waits(run: Any, war: Any, here: Site):
    hook = here.puts("/hook", Answer(status=500))
    more = f'webhook = "{hook}"'
    watched(run, war("hill-2", more=more))
    done = watched(run, war("hill-2", "dale-1", more=more))
    assert "new disputes wait to be posted" in done.stderr
    assert "answers 500" in done.stderr
    here.puts("/hook", Answer(status=200))
    assert "new disputes posted" in watched(run, war("hill-2", "dale-1", more=more)).stderr


def test_what_was_disputed_before_is_no_news(run: Any, war: Any, here: Site, tmp_path: Path):
    watched(run, war("hill-2", "dale-1"))
    (tmp_path / "war.db.fetched" / "state.db").rename(tmp_path / "old")
    hook = here.puts("/hook", Answer(status=200))
    watched(run, war("hill-2", "dale-1", more=f'webhook = "{hook}"'))
    assert "/hook" not in here.paths()


def test_a_secret_that_is_not_there_is_told(run: Any, war: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("ORON_SECRET", raising=False)
    plan = war("hill-2", more='webhook = "http://127.0.0.1:1/"\nsecret_env = "ORON_SECRET"')
    done = run("watch", str(plan), "--once")
    assert (done.exit_code, "secret_env: the environment has no ORON_SECRET" in done.output) == (1, True)


# ---- add, evidence ---------------------------------------------------------------------------------------------------


def test_addresses_are_added(run: Any, here: Site, tmp_path: Path):
    url = here.puts("/hill-2", Answer(page(TEXTS["hill-2"]).encode(), etag='"1"'))
    (tmp_path / "urls.txt").write_text(here.puts("/dale-1", page(TEXTS["dale-1"])))
    asked = ("add", "--fetch", url, "--urls", "urls.txt", "--allow-private", "--delay", "0")
    done = run(*asked)
    assert done.exit_code == 0, done.output
    assert "2 reports: 2 new" in done.stderr
    assert "addresses: 2 fetched" in done.stderr
    again = run(*asked)
    assert again.exit_code == 0, "nothing new is nothing wrong"
    assert "addresses: 1 unchanged there, 1 known already" in again.stderr


def test_nothing_is_fetched_unless_it_is_said(run: Any, here: Site):
    url = here.puts("/hill-2", page(TEXTS["hill-2"]))
    assert "--fetch" in run("add", url).output
    assert run("add").exit_code == 2
    assert run("add", "a.txt", "--keep").exit_code == 2
    assert run("add", "--fetch", url, "--user-agent", "a\nb").exit_code == 2
    assert here.asked == []


def test_evidence_is_kept_and_proven(run: Any, here: Site, tmp_path: Path):
    url = here.puts("/hill-2", page(TEXTS["hill-2"]))
    assert run("add", "--fetch", url, "--allow-private", "--keep").exit_code == 0
    with open_record(tmp_path / "war.db") as record:
        (key,) = {one.report for one in record.statements()}
    done = run("evidence", key, "-o", "page.html")
    assert done.exit_code == 0, done.output
    assert (tmp_path / "page.html").read_text() == page(TEXTS["hill-2"])
    assert hashlib.sha256(page(TEXTS["hill-2"]).encode()).hexdigest() in done.stderr
    (warc,) = (tmp_path / "war.db.fetched").glob("*.warc.gz")
    warc.unlink()
    gone = run("evidence", key)
    assert (gone.exit_code, "is not there" in gone.output) == (1, True)
    assert "has no report" in run("evidence", "nobody").output


def test_evidence_of_what_was_not_kept(run: Any, here: Site, tmp_path: Path):
    url = here.puts("/hill-2", page(TEXTS["hill-2"]))
    run("add", "--fetch", url, "--allow-private")
    (tmp_path / "a.txt").write_text(TEXTS["dale-1"])
    run("add", "a.txt")
    with open_record(tmp_path / "war.db") as record:
        reports = {one.quote[:9]: one.report for one in record.statements()}
    assert "no file of evidence was kept" in run("evidence", reports["Army guns"]).output
    assert "was added from a file" in run("evidence", reports["The army "]).output
