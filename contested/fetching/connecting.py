"""Connections that go to checked addresses only, and end when their time is up."""

from __future__ import annotations

import ssl
from collections.abc import Iterable, Iterator
from typing import Any

import httpcore
import httpx

from contested.fetching.addresses import Resolve, addresses, public
from contested.fetching.clock import Clock


class Forbidden(Exception):
    """A host is, by one of its addresses at least, no machine of the open internet."""


class Guarded(httpcore.NetworkBackend):
    """Resolves a host, looks at all of its addresses, and connects to one of these: no name is asked twice, so none
    can mean another machine the second time. `deadline` (of the clock) is when the request at hand has to be done.
    """

    def __init__(self, *, private: bool, clock: Clock, resolve: Resolve | None = None) -> None:
        self.private, self.clock, self.resolve = private, clock, resolve
        self.deadline = float("inf")
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:  # fmt: skip
        try:
            found = addresses(host, port, self.resolve)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"{host} is not known here") from error
        barred = [] if self.private else [address for address in found if not public(address)]
        if barred:
            raise Forbidden(f"{host} is {barred[0]}, no address of the open internet")
        failed: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in found:
            try:
                stream = self._plain.connect_tcp(address, port, self.left(timeout), local_address, socket_options)
                return _Timed(stream, self)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise failed

    def left(self, timeout: float | None) -> float:
        """Seconds that may pass: `timeout`, or less where the deadline is nearer. Raises `ReadTimeout` past it."""
        left = self.deadline - self.clock.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("took too long altogether")
        return left if timeout is None else min(timeout, left)


class _Timed(httpcore.NetworkStream):
    """A stream whose every step ends by the deadline, so that a byte now and then keeps nobody waiting for ever."""

    def __init__(self, stream: httpcore.NetworkStream, guard: Guarded) -> None:
        self._stream, self._guard = stream, guard

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._guard.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._guard.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, self._guard.left(timeout)), self._guard)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class Transport(httpx.BaseTransport):
    """What httpx sends requests with: each by a connection of its own, through the guard. Raises httpcore's errors."""

    def __init__(self, guard: Guarded) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False), network_backend=guard, max_keepalive_connections=0
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = httpcore.URL(
            scheme=request.url.raw_scheme, host=request.url.raw_host, port=request.url.port, target=request.url.raw_path
        )
        assert isinstance(request.stream, httpx.SyncByteStream)
        answer = self._pool.handle_request(
            httpcore.Request(
                request.method, url, headers=request.headers.raw, content=request.stream, extensions=request.extensions
            )
        )
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Body(answer.stream), extensions=answer.extensions
        )

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def close(self) -> None:
        self._stream.close()
