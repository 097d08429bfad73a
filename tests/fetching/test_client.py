"""How other machines are asked: slowly, within bounds, and never this network's own."""

from __future__ import annotations

import gzip
import socket
import tracemalloc
import zlib
from datetime import timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from contested.errors import FetchError
from contested.fetching import client as clients
from contested.fetching import robots
from contested.fetching.addresses import public
from contested.fetching.bodies import Unfit, unpacked
from contested.fetching.client import Client
from contested.fetching.clock import Stopped
from contested.fetching.connecting import Guarded
from tests.fetching.serving import START, Answer, FakeClock, Site


def refused(client: Client, url: str) -> FetchError:
    with pytest.raises(FetchError) as told:
        client.get(url)
    return told.value


def test_a_page_is_asked_for_by_name_and_once(here: Site, client: Client):
    got = client.get(here.puts("/a", "words"))
    assert (got.status, got.body, got.final, got.at) == (
        200,
        b"words",
        f"{here.address}/a",
        START + timedelta(seconds=1),
    )
    assert here.paths() == ["/robots.txt", "/a"]
    assert here.asked[1].headers["user-agent"] == "dale-monitor/1.0"
    assert here.asked[1].headers["accept-encoding"] == "gzip"
    assert "cookie" not in here.asked[1].headers


def test_a_name_of_its_own_says_the_version():
    assert clients.user_agent_of("0.9").startswith("contested/0.9")


# ---- robots.txt ------------------------------------------------------------------------------------------------------


def test_robots_are_asked_once_and_obeyed(here: Site, client: Client):
    here.puts("/robots.txt", "User-agent: *\nDisallow: /private/\nDisallow: /*?print=\nAllow: /private/open\n")
    for path in ("/a", "/private/open"):
        assert client.get(here.puts(path, "x")).body == b"x"
    for path in ("/private/b", "/a?print=1"):
        error = refused(client, here.puts(path, "x"))
        assert "robots.txt does not allow it" in str(error)
        assert error.wait is None
    assert here.paths() == ["/robots.txt", "/a", "/private/open"]


def test_rules_for_us_go_before_rules_for_all(here: Site, client: Client):
    here.puts("/robots.txt", "User-agent: *\nDisallow:\n\nUser-agent: dale-monitor\nDisallow: /\n")
    assert "robots.txt" in refused(client, here.puts("/a", "x")).reason


def test_robots_are_asked_again_after_a_day(here: Site, client: Client, clock: FakeClock):
    url = here.puts("/a", "x")
    client.get(url)
    clock.passed += robots.KEPT + 1
    here.puts("/robots.txt", "User-agent: *\nDisallow: /\n")
    assert "robots.txt" in refused(client, url).reason


@pytest.mark.parametrize("status", [404, 403, 410])
def test_without_robots_all_is_allowed(here: Site, client: Client, status: int):
    here.puts("/robots.txt", Answer(status=status))
    assert client.get(here.puts("/a", "x")).body == b"x"


@pytest.mark.parametrize("status", [500, 503, 429])
def test_robots_that_cannot_be_had_mean_wait(here: Site, client: Client, clock: FakeClock, status: int):
    here.puts("/robots.txt", Answer(status=status))
    url = here.puts("/a", "x")
    error = refused(client, url)
    assert f"robots.txt cannot be had, and without it nothing is fetched: the server answers {status}" in error.reason
    assert error.wait is not None
    assert error.wait >= robots.AGAIN
    tried = here.paths().count("/robots.txt")
    refused(client, url)
    assert here.paths().count("/robots.txt") == tried, "not asked again at once"
    assert "/a" not in here.paths()
    here.puts("/robots.txt", Answer(status=404))
    clock.passed += robots.AGAIN + 1
    assert client.get(url).body == b"x"


def test_a_robots_txt_without_end_is_read_as_far_as_the_standard_wants(here: Site, client: Client):
    here.puts("/robots.txt", "User-agent: *\nDisallow: /b\n" + "# so much more\n" * 100_000 + "Disallow: /a\n")
    assert client.get(here.puts("/a", "x")).body == b"x"
    assert refused(client, here.puts("/b", "x")).wait is None


# ---- slowly ----------------------------------------------------------------------------------------------------------


def test_a_host_is_asked_once_a_second(here: Site, client: Client, clock: FakeClock):
    for n in range(3):
        client.get(here.puts(f"/{n}", "x"))
    assert clock.waits == [1.0, 1.0, 1.0], "before each but the first, which was for robots.txt"


def test_the_delay_that_a_host_wants_is_kept(here: Site, client: Client, clock: FakeClock):
    here.puts("/robots.txt", "User-agent: *\nCrawl-delay: 7\n")
    for n in range(3):
        client.get(here.puts(f"/{n}", "x"))
    assert clock.waits == [1.0, 7.0, 7.0]


def test_nobody_waits_for_minutes(here: Site, client: Client):
    here.puts("/robots.txt", "User-agent: *\nCrawl-delay: 900\n")
    assert "wants 900 seconds" in refused(client, here.puts("/a", "x")).reason


def test_a_stop_ends_a_wait(here: Site, client: Client, clock: FakeClock):
    client.get(here.puts("/a", "x"))
    clock.stop()
    with pytest.raises(Stopped):
        client.get(here.puts("/b", "x"))
    assert "/b" not in here.paths()


# ---- again -----------------------------------------------------------------------------------------------------------


def test_what_fails_for_now_is_asked_again(here: Site, client: Client, clock: FakeClock):
    url = here.puts("/a", Answer(status=429, headers={"Retry-After": "9"}), Answer(status=503), Answer(b"x"))
    assert client.get(url).body == b"x"
    assert clock.waits[1] == 9.0
    assert 2.0 <= clock.waits[2] <= 3.0, "twice as long as the first time, and a bit"


def test_a_moment_to_come_again_is_kept(here: Site, client: Client, clock: FakeClock):
    at = format_datetime(START + timedelta(seconds=31), usegmt=True)
    url = here.puts("/a", Answer(status=503, headers={"Retry-After": at}), Answer(b"x"))
    client.get(url)
    assert clock.waits[1] == 30.0, "a second has passed since robots.txt"


def test_who_wants_to_be_left_alone_for_long_is_left_alone(here: Site, client: Client):
    error = refused(client, here.puts("/a", Answer(status=429, headers={"Retry-After": "3600"})))
    assert error.wait == 3600
    assert here.paths().count("/a") == 1


def test_what_goes_on_failing_is_told(here: Site, client: Client):
    error = refused(client, here.puts("/a", Answer(status=502)))
    assert error.reason == "the server answers 502"
    assert error.wait is not None
    assert here.paths().count("/a") == clients.TRIES


def test_what_is_not_there_is_asked_for_once(here: Site, client: Client):
    error = refused(client, here.puts("/a", Answer(status=404)))
    assert (error.reason, error.wait) == ("the server answers 404 Not Found", None)
    assert here.paths().count("/a") == 1


@pytest.mark.parametrize("retry", ["soon", "-5", "9" * 400, "\u0663", "Sat, 99 Mar 2019 99:00:00 GMT"])
def test_nonsense_of_when_to_come_again_is_passed_over(client: Client, retry: str):
    assert client._retry_after(retry) is None


def test_what_has_not_changed_costs_nothing(here: Site, client: Client):
    url = here.puts("/a", Answer(b"x", etag='"1"'))
    known = client.get(url).known
    assert known.etag == '"1"'
    again = client.get(url, known)
    assert (again.status, again.body) == (304, b"")
    here.puts("/a", Answer(b"y", etag='"2"'))
    assert client.get(url, known).body == b"y"


def test_a_tag_is_for_the_page_that_gave_it(here: Site, client: Client):
    old = client.get(here.puts("/old", Answer(b"x", etag='"1"'))).known
    here.puts("/a", Answer(b"y", etag='"1"'))
    assert client.get(here.puts("/moved", Answer(status=302, headers={"Location": "/a"})), old).body == b"y"


# ---- bounds ----------------------------------------------------------------------------------------------------------


def test_a_large_body_is_let_be(here: Site, client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(clients, "LARGEST", 1_000_000)
    error = refused(client, here.puts("/a", b"x" * 1_000_001))
    assert (error.reason, error.wait) == ("is larger than 1 MB", None)
    assert here.paths().count("/a") == 1


def test_a_bomb_is_not_unpacked(here: Site, client: Client):
    bomb = gzip.compress(bytes(200_000_000), 9)
    assert len(bomb) < 250_000
    error = refused(client, here.puts("/a", Answer(bomb, headers={"Content-Encoding": "gzip"})))
    assert error.reason == "is larger than 20 MB"


def test_gzip_is_unpacked_in_pieces_and_members():
    data = gzip.compress(b"one ") + gzip.compress(b"two")
    assert unpacked((data[n : n + 3] for n in range(0, len(data), 3)), "gzip", 100) == b"one two"
    assert unpacked([data], "GZIP ", 5, cut=True) == b"one t"
    assert unpacked([], "gzip", 5) == b""
    for wrong, encoding in (
        (data[:-4], "gzip"),
        (b"plain", "gzip"),
        (zlib.compress(b"x"), "gzip"),
        (b"x", "br"),
        (b"x", "gzip, gzip"),
    ):
        with pytest.raises(Unfit):
            unpacked([wrong], encoding, 100)


def test_no_more_is_unpacked_than_may_be():
    bomb = gzip.compress(bytes(50_000_000), 9)
    tracemalloc.start()
    try:
        with pytest.raises(Unfit):
            unpacked([bomb], "gzip", 1000)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


def test_brotli_is_not_asked_for_and_not_unpacked(here: Site, client: Client):
    error = refused(client, here.puts("/a", Answer(b"x", headers={"Content-Encoding": "br"})))
    assert "'br', which was not asked for" in error.reason


def test_half_a_body_is_none(here: Site, client: Client):
    error = refused(client, here.puts("/a", Answer(b"half", length=8)))
    assert "connection failed" in error.reason
    assert error.wait is not None
    here.puts("/b", Answer(b"half", length=8), Answer(b"all of it"))
    assert client.get(f"{here.address}/b").body == b"all of it"


def test_what_follows_the_length_is_not_read(here: Site, client: Client):
    assert client.get(here.puts("/a", Answer(b"words and more", length=5))).body == b"words"


def test_a_slow_body_ends_by_the_deadline(here: Site, client: Client, clock: FakeClock):
    """Each byte comes in time, and all of them would not: the server moves the clock."""

    def drip(out: Any) -> None:
        clock.passed += clients.WHOLE_S + 1
        out.write(b"x")

    error = refused(client, here.puts("/a", Answer(length=100, drip=drip)))
    assert "took too long altogether" in error.reason
    assert here.paths().count("/a") == clients.TRIES


def test_a_name_that_nobody_knows(client: Client):
    client._guard.resolve = _names({})
    error = refused(client, "http://nowhere.example/a")
    assert "nowhere.example is not known here" in error.reason
    assert error.wait is not None


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("file:///etc/passwd", "http://"), ("ftp://dale.example/a", "http://"), ("dale.example/a", "http://"),
        ("http://ada:secret@dale.example/", "password"), ("http://", "http://"), ("http://[::1", "address"),
        ("http://0177.0.0.1/", "address"),
        ("https://dale.example/" + "x" * 3000, "characters"),
    ],
)  # fmt: skip
def test_what_is_no_address_is_told(client: Client, url: str, why: str):
    assert why in str(refused(client, url))


# ---- this network ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0",
        "fc00::1", "fd12::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "2002:c0a8:101::",
        "64:ff9b::7f00:1", "64:ff9b::a00:1", "::7f00:1", "2001:db8::1", "2001:0:0:0:0:0:80ff:fefe", "fec0::1",
    ],
)  # fmt: skip
def test_addresses_that_are_not_of_the_open_internet(address: str):
    assert not public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_addresses_of_the_open_internet(address: str):
    assert public(address)


def _names(names: dict[str, list[str]]) -> Any:
    """A resolver that knows these names alone."""

    def resolve(host: str, port: int, **_: Any) -> list[Any]:
        if host not in names:
            raise socket.gaierror("no such name")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in names[host]]

    return resolve


def _guarded(clock: FakeClock, names: dict[str, list[str]] | None = None) -> Client:
    return Client("dale-monitor/1.0", clock=clock, resolve=_names(names) if names is not None else None)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "127.1", "0", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_this_machine_is_not_asked_however_it_is_written(here: Site, clock: FakeClock, host: str):
    here.puts("/a", "x")
    with _guarded(clock) as client:
        error = refused(client, f"http://{host}:{here.port}/a")
    assert "no address of the open internet: --allow-private" in error.reason
    assert error.wait is None
    assert here.asked == []


def test_one_private_address_among_others_is_enough(here: Site, clock: FakeClock):
    with _guarded(clock, {"two.example": ["93.184.216.34", "127.0.0.1"]}) as client:
        assert "two.example is 127.0.0.1" in refused(client, f"http://two.example:{here.port}/a").reason
    assert here.asked == []


def test_a_redirect_into_this_network_is_not_followed(here: Site, clock: FakeClock, monkeypatch: pytest.MonkeyPatch):
    """The first host counts as public for this test; where it leads to does not."""
    from contested.fetching import connecting

    monkeypatch.setattr(connecting, "public", lambda address: address == "127.0.0.1")
    names = {"dale.example": ["127.0.0.1"], "inside.example": ["10.0.0.1"]}
    with _guarded(clock, names) as client:
        there = f"http://inside.example:{here.port}/secret"
        here.puts("/a", Answer(status=302, headers={"Location": there}))
        error = refused(client, f"http://dale.example:{here.port}/a")
    assert "inside.example is 10.0.0.1" in error.reason
    assert error.where.endswith("/a")


def test_a_name_is_asked_once_for_a_connection(here: Site, clock: FakeClock, monkeypatch: pytest.MonkeyPatch):
    """A name that means another machine the second time it is asked: the machine that was checked is connected to."""
    from contested.fetching import connecting

    asked: list[str] = []

    def resolve(host: str, port: int, **_: Any) -> list[Any]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    checked: list[str] = []
    monkeypatch.setattr(connecting, "public", lambda address: checked.append(address) or True)
    here.puts("/a", "x")
    with Client("dale-monitor/1.0", clock=clock, resolve=resolve) as client:
        assert client.get(f"http://turning.example:{here.port}/a").body == b"x"
    assert asked == ["turning.example"] * 2, "once for robots.txt, once for the page"
    assert checked == ["127.0.0.1"] * 2
    assert here.asked[1].headers["host"] == f"turning.example:{here.port}"


def test_the_guard_is_what_connects(clock: FakeClock):
    with pytest.raises(Exception, match=r"is 192\.168\.0\.9"):
        Guarded(private=False, clock=clock, resolve=_names({"a.example": ["192.168.0.9"]})).connect_tcp("a.example", 80)


# ---- redirects -------------------------------------------------------------------------------------------------------


def test_redirects_are_followed_five_times(here: Site, client: Client):
    for n in range(7):
        here.puts(f"/{n}", Answer(status=301, headers={"Location": f"/{n + 1}"}))
    here.puts("/7", "x")
    assert client.get(f"{here.address}/2").final == f"{here.address}/7"
    assert "more than 5 times" in refused(client, f"{here.address}/0").reason


def test_robots_are_obeyed_on_the_way(here: Site, client: Client):
    here.puts("/robots.txt", "User-agent: *\nDisallow: /b\n")
    here.puts("/b", "x")
    assert "robots.txt" in refused(client, here.puts("/a", Answer(status=302, headers={"Location": "/b"}))).reason
    assert "/b" not in here.paths()


@pytest.mark.parametrize("target", ["file:///etc/passwd", "javascript:alert(1)", "http://a:b@dale.example/"])
def test_a_redirect_to_what_is_no_page(here: Site, client: Client, target: str):
    assert refused(client, here.puts("/a", Answer(status=302, headers={"Location": target}))).wait is None
