"""The file with feeds: every key is checked, and what is wrong is named."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from contested.errors import WatchError
from contested.fetching import plan
from contested.fetching.plan import EVERY, Feed


def loaded(tmp_path: Path, words: str) -> plan.Plan:
    path = tmp_path / "feeds.toml"
    path.write_text(words, "utf-8")
    return plan.load(path)


def test_a_plan(tmp_path: Path):
    told = loaded(
        tmp_path,
        """
every = "2h"
keep = true
user_agent = "dale-monitor/1.0 (+https://dale.example)"
delay = 2.5
webhook = "http://127.0.0.1:9000/hook"
secret_env = "DALE_SECRET"
atom = "disputes.atom"

[[feed]]
url = "https://dale.example/rss.xml"
every = "15m"
outlet = "Dale Echo"

[[feed]]
url = "https://hill.example/sitemap.xml"
name = "the hill"
since = 2019-03-01
""",
    )
    first, second = told.feeds
    assert first == Feed("https://dale.example/rss.xml", timedelta(minutes=15), outlet="Dale Echo")
    assert (first.called, second.called) == ("Dale Echo", "the hill")
    assert (second.every, second.since) == (timedelta(hours=2), date(2019, 3, 1))
    assert (told.keep, told.delay, told.webhook) == (True, 2.5, "http://127.0.0.1:9000/hook")
    assert told.atom == tmp_path / "disputes.atom", "beside the plan"


def test_the_least(tmp_path: Path):
    told = loaded(tmp_path, '[[feed]]\nurl = "https://dale.example/rss.xml"')
    assert told == plan.Plan((Feed("https://dale.example/rss.xml", EVERY),))
    assert told.feeds[0].called == "https://dale.example/rss.xml"


URL = 'url = "https://dale.example/rss.xml"'


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("", "has no feed"), ("[[feed]]\nurl =", "is no TOML"), ("feed = 1", "feed: write [[feed]]"),
        (f"[feed]\n{URL}", "feed: write [[feed]]"), ("[[feed]]", "feed 1: url: is not there"),
        ('[[feed]]\nurl = "dale.example"', "feed 1: url: "), ('[[feed]]\nurl = "file:///etc/passwd"', "http://"),
        ('[[feed]]\nurl = "https://ada:pass@dale.example/"', "password"), ("[[feed]]\nurl = 1", "feed 1: url: 1"),
        (f'[[feed]]\n{URL}\nevry = "1h"', "feed 1: evry: is not known here: every?"),
        (f'[[feed]]\n{URL}\nevery = "soon"', "feed 1: every: 'soon': write minutes"),
        (f'[[feed]]\n{URL}\nevery = "0m"', "feed 1: every: '0m'"),
        (f"[[feed]]\n{URL}\nevery = 15", "feed 1: every: 15"),
        (f"[[feed]]\n{URL}\n[[feed]]\n{URL}", "feed 2: url: https://dale.example/rss.xml stands there twice"),
        (f'colour = "red"\n[[feed]]\n{URL}', "colour: is not known here; there are every"),
        (f'keep = "yes"\n[[feed]]\n{URL}', "keep: 'yes': write true or false"),
        (f'secret_env = "A"\n[[feed]]\n{URL}', "secret_env: signs what goes to a webhook"),
        (f"delay = -1\n[[feed]]\n{URL}", "delay: -1"), (f"delay = true\n[[feed]]\n{URL}", "delay: True"),
        (f'[[feed]]\n{URL}\nsince = "March"', "feed 1: since: 'March': write a day"),
        (f'user_agent = "a\\nb"\n[[feed]]\n{URL}', "user_agent: "), (f'atom = ""\n[[feed]]\n{URL}', "atom: "),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(tmp_path: Path, words: str, why: str):
    with pytest.raises(WatchError) as told:
        loaded(tmp_path, words)
    assert str(told.value).startswith(f"{tmp_path / 'feeds.toml'}: ")
    assert why in str(told.value)


def test_a_file_that_cannot_be_read(tmp_path: Path):
    with pytest.raises(WatchError, match="cannot be read"):
        plan.load(tmp_path)
    (tmp_path / "a.toml").write_bytes(b"\xff")
    with pytest.raises(WatchError, match="no TOML"):
        plan.load(tmp_path / "a.toml")
