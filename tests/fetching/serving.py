"""A server on this machine that answers as a test tells it, and a clock that never waits."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from contested.errors import InputError
from contested.fetching.clock import Clock
from contested.fetching.taking import Taking
from contested.statement import Report

START = datetime(2019, 3, 9, 12, tzinfo=UTC)


class FakeClock(Clock):
    """Its time passes only by waiting, and waiting takes none; `waits` are all of more than nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.passed = 0.0
        self.waits: list[float] = []

    def now(self) -> datetime:
        return START + timedelta(seconds=self.passed)

    def monotonic(self) -> float:
        return self.passed

    def sleep(self, seconds: float) -> None:
        super().sleep(0)
        if seconds > 0:
            self.waits.append(seconds)
            self.passed += seconds


@dataclass
class Answer:
    """What the server answers. `close` ends the connection without more; `length` is what it says of the body."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    length: int | None = None
    etag: str | None = None
    drip: Callable[[Any], None] | None = None


@dataclass
class Asked:
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass
class Site:
    """Path → its answers in turn, the last one again and again; a function is called for each. `asked` is what came."""

    address: str
    port: int
    answers: dict[str, Any] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def puts(self, path: str, *answers: Any, **given: Any) -> str:
        """Answer on `path` so; its address."""
        told = [one if isinstance(one, Answer) or callable(one) else Answer(_bytes(one), **given) for one in answers]
        self.answers[path] = told
        return self.address + path

    def paths(self) -> list[str]:
        return [one.path for one in self.asked]


def _bytes(words: str | bytes) -> bytes:
    return words.encode() if isinstance(words, str) else words


@contextmanager
def site() -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            asked = Asked(
                self.command,
                self.path,
                {key.lower(): value for key, value in self.headers.items()},
                self.rfile.read(length),
            )
            here.asked.append(asked)
            told = here.answers.get(self.path)
            answer = Answer(status=404) if told is None else told.pop(0) if len(told) > 1 else told[0]
            if callable(answer):
                answer = answer(asked)
            self.close_connection = True
            if answer.etag and self.headers.get("if-none-match") == answer.etag:
                answer = Answer(status=304, etag=answer.etag)
            self.send_response(answer.status)
            if answer.etag:
                self.send_header("ETag", answer.etag)
            for key, value in answer.headers.items():
                self.send_header(key, value)
            if answer.status != 304:
                self.send_header("Content-Length", str(len(answer.body) if answer.length is None else answer.length))
            self.end_headers()
            try:
                self.wfile.write(answer.body)
                if answer.drip:
                    answer.drip(self.wfile)
            except OSError:
                pass  # the client has had enough

        do_POST = do_GET

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    here = Site(f"http://127.0.0.1:{server.server_port}", server.server_port)
    thread.start()
    try:
        yield here
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def page(words: str, title: str = "A report") -> str:
    """A page whose article is `words`, its paragraphs parted by blank lines."""
    paragraphs = "".join(f"<p>{part}</p>" for part in words.split("\n\n"))
    return (
        f"<!doctype html><html><head><title>{title}</title></head><body><article>{paragraphs}</article></body></html>"
    )


def rss(*items: str, title: str = "Dale Echo") -> str:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{"".join(items)}</channel></rss>'


def item(url: str, title: str, summary: str = "In short.", day: str = "Sat, 09 Mar 2019 08:00:00 GMT") -> str:
    return (
        f"<item><title>{title}</title><link>{url}</link><description>{summary}</description>"
        f"<pubDate>{day}</pubDate></item>"
    )


def drained(taking: Taking, taken: Iterable[Report | InputError]) -> tuple[list[Report], list[InputError]]:
    """The reports, each kept as it comes, and the errors; all of it is dealt with."""
    reports, errors = [], []
    for one in taken:
        if isinstance(one, InputError):
            errors.append(one)
        else:
            reports.append(one)
            taking.kept(one)
    taking.finish()
    return reports, errors
