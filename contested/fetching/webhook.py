"""A webhook: news is posted to an address of the user's own as JSON, signed where there is a secret."""

from __future__ import annotations

import hashlib
import hmac
import json
import random
from collections.abc import Mapping, Sequence
from typing import Any

import httpx

from contested.errors import FetchError
from contested.fetching.client import PASSING, STEP_S, TRIES
from contested.fetching.clock import Clock

#: Header with the HMAC-SHA256 of the body, as hex after `sha256=`.
SIGNATURE = "x-contested-signature"


def body_of(disputes: Sequence[Mapping[str, Any]], *, record: str, at: str) -> bytes:
    """What is posted: `{"record", "sent", "disputes"}`, each dispute in the form of docs/disputes.md."""
    told = {"record": record, "sent": at, "disputes": list(disputes)}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def signature(body: bytes, secret: str) -> str:
    return "sha256=" + hmac.new(secret.encode("utf-8"), body, hashlib.sha256).hexdigest()


def post(url: str, body: bytes, *, agent: str, secret: str | None, clock: Clock) -> None:
    """Post it; tried again where it may succeed then. Raises `FetchError` where it was not taken, and `Stopped`.

    The address is the user's own choice, so that it may be of this network; it is not followed anywhere else.
    """
    headers = {"content-type": "application/json", "user-agent": agent}
    if secret:
        headers[SIGNATURE] = signature(body, secret)
    reason = ""
    with httpx.Client(timeout=STEP_S, trust_env=False, follow_redirects=False) as client:
        for n in range(TRIES):
            if n:
                clock.sleep(2.0**n + random.random())
            try:
                with client.stream("POST", url, content=body, headers=headers) as answer:
                    status = answer.status_code
            except httpx.HTTPError as error:
                reason = f"could not be reached: {error}"
                continue
            if 200 <= status < 300:
                return
            reason = f"answers {status}"
            if status not in PASSING:
                break
    raise FetchError(url, reason)
