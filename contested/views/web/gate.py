"""Who may ask, who may write, and what a browser may do with an answer.

Reports are hostile input: nothing of theirs runs (the policy below allows scripts and styles of this server alone), and
nothing they name is fetched. A page of another site can reach a server on this machine too, so every request must name
the server as its host (no DNS rebinding), another site may lead here but load nothing from here, and a request that
writes must come from a page of this server itself and carry the token. On an address other machines can reach, reading
needs the token as well.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import MutableMapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: No request is longer (bytes): a pasted report of 2 million characters fits.
LONGEST = 8_000_000
TOO_LONG = f"a request is at most {LONGEST:,} bytes"
#: Methods that change nothing.
READING = ("GET", "HEAD", "OPTIONS")
#: Parts of the server that say nothing of the record.
OPEN = ("/static/",)
#: A host with its port, if it tells one: `127.0.0.1:8000`, `[::1]`, `war.example`.
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Gate:
    """The rules. `hosts` are the names a request may call the server by, `closed` whether reading needs the token too.

    A closed server may also be called by any number of an address: a name can be made to lead here, a number cannot.
    `tiles` is the origin of map tiles from elsewhere, where the one who started the server named one.
    """

    token: str
    hosts: frozenset[str] = field(default_factory=lambda: frozenset({"127.0.0.1", "localhost", "[::1]"}))
    closed: bool = False
    tiles: str | None = None
    cookie: str = "contested"

    def policy(self) -> str:
        tiles = f" {self.tiles}" if self.tiles else ""
        return (
            "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
            f"img-src 'self' data: blob:{tiles}; connect-src 'self'{tiles}; worker-src 'self' blob:; "
            "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
        )

    def headers(self) -> dict[str, str]:
        """What every answer carries."""
        return {
            "content-security-policy": self.policy(),
            "x-content-type-options": "nosniff",
            "referrer-policy": "same-origin",
            "cross-origin-opener-policy": "same-origin",
            "cross-origin-resource-policy": "same-origin",
            "permissions-policy": "camera=(), geolocation=(), microphone=()",
        }

    def knows(self, token: str | None) -> bool:
        return token is not None and hmac.compare_digest(token.encode("utf-8", "replace"), self.token.encode())

    def called(self, host: str) -> bool:
        """Whether `host`, as a request gives it, is this server."""
        parts = _HOST.fullmatch(host)
        name = parts[1].lower() if parts else ""
        return name in self.hosts or (self.closed and _numeric(name))


class Guarded:
    """An application behind a gate: `scope["state"]["writes"]` tells pages whether the one who asks may write."""

    def __init__(self, app: ASGIApp, gate: Gate) -> None:
        self.app, self.gate = app, gate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        sending = self._sending(send, scope)
        refusal = self._refusal(scope, headers)
        if refusal is not None:
            await refusal(scope, receive, sending)
            return
        scope.setdefault("state", {})["writes"] = self._held(headers)
        received = 0

        async def bounded() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > LONGEST:
                raise HTTPException(413, TOO_LONG)
            return message

        method = "GET" if scope["method"] == "HEAD" else scope["method"]  # every page has its head
        await self.app({**scope, "method": method}, bounded, sending)

    def _sending(self, send: Send, scope: Scope) -> Send:
        headless = scope["method"] == "HEAD"

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=_raw(message))
                headers.update(self.gate.headers())
                headers["cache-control"] = _caching(scope, message["status"])
            elif headless and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        return with_headers

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        """The answer to a request that is not let in; None for one that is."""
        gate, method = self.gate, scope["method"]
        host = headers.get("host", "")
        if not gate.called(host):
            return PlainTextResponse("this server is not called that", 421)
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()):
            return PlainTextResponse("the length of the request is no number", 400)
        if len(length) > 15 or int(length) > LONGEST:
            return PlainTextResponse(TOO_LONG, 413)
        if not _led(headers):
            return PlainTextResponse("a page of another site may lead here, but load nothing from here", 403)
        asked = parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
        token = dict(asked).get("token")
        if token is not None and method in READING:
            return self._taken(scope["path"], token, [(key, value) for key, value in asked if key != "token"])
        held = self._held(headers)
        if gate.closed and not held and not scope["path"].startswith(OPEN):
            return PlainTextResponse("reading this record needs its token: open the address with ?token=…", 401)
        if method in READING:
            return None
        if not held:
            return PlainTextResponse("writing needs the token: open the address that `contested serve` told", 403)
        if not self._bearer(headers) and not _same_site(headers, host):
            return PlainTextResponse("writing is for pages of this server alone", 403)
        return None

    def _taken(self, path: str, token: str, rest: list[tuple[str, str]]) -> Response:
        """A token leaves the address at once, so that it stands in no history, bookmark or link: it becomes a cookie.

        `Lax`, so that a link in a mail or a feed reads; that a request writes is told by its origin, not by a cookie.
        """
        if not self.gate.knows(token):
            return PlainTextResponse(
                "that is not the token of this server, which has a new one at each start unless it was given one: "
                "open the address that `contested serve` told", 403,
            )  # fmt: skip
        path = "/" + path.lstrip("/\\")  # one slash, so that it names no other host
        answer = RedirectResponse(path.replace("?", "%3F") + (f"?{urlencode(rest)}" if rest else ""), 303)
        answer.set_cookie(self.gate.cookie, self.gate.token, httponly=True, samesite="lax", max_age=30 * 86400)
        return answer

    def _held(self, headers: Headers) -> bool:
        return self._bearer(headers) or self.gate.knows(cookie_parser(headers.get("cookie", "")).get(self.gate.cookie))

    def _bearer(self, headers: Headers) -> bool:
        scheme, _, token = headers.get("authorization", "").partition(" ")
        return scheme.lower() == "bearer" and self.gate.knows(token.strip())


def _same_site(headers: Headers, host: str) -> bool:
    """Whether a browser says that a page of this very server sent it."""
    if headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return False
    return headers.get("origin", "") in (f"http://{host}", f"https://{host}")


def _led(headers: Headers) -> bool:
    """Whether the request comes from here, from no page at all, or by a link from elsewhere to a page of its own."""
    if headers.get("sec-fetch-site", "none") in ("same-origin", "none"):
        return True
    return headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest", "document") == "document"


def _caching(scope: Scope, status: int) -> str:
    """Pages are kept nowhere. Built files are, where their address changes with them: by `?BUILD`, or in the name."""
    path = scope["path"]
    if not path.startswith("/static/"):
        return "no-store"
    named = bool(scope.get("query_string")) or path.startswith("/static/shared-")
    return "public, max-age=31536000, immutable" if named and status in (200, 304) else "no-cache"


def _numeric(name: str) -> bool:
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def _raw(message: Message) -> MutableMapping[str, Any]:
    message.setdefault("headers", [])
    return message
