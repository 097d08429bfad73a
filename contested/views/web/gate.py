"""Who may ask, who may write, and what a browser may do with an answer.

Reports are hostile input: nothing of theirs runs (the policy below allows scripts and styles of this server alone), and
nothing they name is fetched. A page of another site can reach a server on this machine too, so every request must name
the server as its host (no DNS rebinding), and one that writes must come from a page of this server itself and carry the
token. On an address other machines can reach, reading needs the token as well.
"""

from __future__ import annotations

import hmac
from collections.abc import MutableMapping
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: No request is longer (bytes): a pasted report of 2 million characters fits.
LONGEST = 8_000_000
TOO_LONG = f"a request is at most {LONGEST:,} bytes"
#: Methods that change nothing.
READING = ("GET", "HEAD", "OPTIONS")
#: Parts of the server that say nothing of the record.
OPEN = ("/static/",)


@dataclass(frozen=True, slots=True)
class Gate:
    """The rules. `hosts` are the names a request may call the server by, `closed` whether reading needs the token too.

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
        return token is not None and hmac.compare_digest(token.encode(), self.token.encode())


class Guarded:
    """An application behind a gate: `scope["state"]["writes"]` tells pages whether the one who asks may write."""

    def __init__(self, app: ASGIApp, gate: Gate) -> None:
        self.app, self.gate = app, gate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._refusal(scope, headers)
        if refusal is not None:
            await refusal(scope, receive, self._sending(send))
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

        await self.app(scope, bounded, self._sending(send))

    def _sending(self, send: Send) -> Send:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=_raw(message)).update(self.gate.headers())
            await send(message)

        return with_headers

    def _refusal(self, scope: Scope, headers: Headers) -> Any:
        """The answer to a request that is not let in; None for one that is."""
        gate, method = self.gate, scope["method"]
        host = headers.get("host", "")
        if _name(host) not in gate.hosts:
            return PlainTextResponse("this server is not called that", 421)
        if int(headers.get("content-length") or 0) > LONGEST:
            return PlainTextResponse(TOO_LONG, 413)
        asked = dict(parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True))
        if method == "GET" and gate.knows(asked.get("token")):
            rest = [(k, v) for k, v in parse_qsl(scope["query_string"].decode("latin-1")) if k != "token"]
            path = "/" + scope["path"].lstrip("/")  # one slash, so that it names no other host
            answer = RedirectResponse(path + (f"?{urlencode(rest)}" if rest else ""), 303)
            answer.set_cookie(gate.cookie, gate.token, httponly=True, samesite="strict", max_age=30 * 86400)
            return answer
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

    def _held(self, headers: Headers) -> bool:
        return self._bearer(headers) or self.gate.knows(_cookie(headers, self.gate.cookie))

    def _bearer(self, headers: Headers) -> bool:
        scheme, _, token = headers.get("authorization", "").partition(" ")
        return scheme.lower() == "bearer" and self.gate.knows(token.strip())


def _same_site(headers: Headers, host: str) -> bool:
    """Whether a browser says that a page of this very server sent it."""
    if headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return False
    return urlsplit(headers.get("origin", "")).netloc == host


def _cookie(headers: Headers, name: str) -> str | None:
    jar = SimpleCookie()
    try:
        jar.load(headers.get("cookie", ""))
    except CookieError:
        return None
    return jar[name].value if name in jar else None


def _name(host: str) -> str:
    """A host without its port: `127.0.0.1:8000` is `127.0.0.1`."""
    return host[: host.index("]") + 1] if host.startswith("[") and "]" in host else host.partition(":")[0]


def _raw(message: Message) -> MutableMapping[str, Any]:
    message.setdefault("headers", [])
    return message
