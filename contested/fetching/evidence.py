"""What was fetched, kept as it came: WARC files (ISO 28500) beside the record, with hash and time."""

from __future__ import annotations

import base64
import hashlib
import io
import os
import re
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Self

from contested.errors import WatchError
from contested.fetching.client import LARGEST, Fetched

#: Headers that tell how a body came over the line; it is kept unpacked, so they are kept under another name.
_ON_THE_LINE = ("content-encoding", "transfer-encoding", "content-length")
_NAME = re.compile(r"[0-9]{8}T[0-9]{6}(-[0-9]+)?\.warc\.gz")


def digest(body: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(body).hexdigest()


class Evidence:
    """Writes what was fetched in `folder`: one file a run and day, so that no file is ever written twice."""

    def __init__(self, folder: Path, agent: str) -> None:
        self.folder, self.agent = folder, agent
        self._out: IO[bytes] | None = None
        self._day = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._out is not None:
            self._out.close()

    def keep(self, fetched: Fetched) -> tuple[str, int]:
        """The file (its name in the folder) and the offset at which `fetched` now lies, safe on the disk.

        Raises `WatchError` where it cannot be written.
        """
        from warcio.statusandheaders import StatusAndHeaders
        from warcio.warcwriter import WARCWriter

        headers = [
            (f"X-Contested-{key}" if key.lower() in _ON_THE_LINE else key, value) for key, value in fetched.headers
        ]
        headers.append(("Content-Length", str(len(fetched.body))))
        told = StatusAndHeaders(f"{fetched.status} {fetched.reason}".strip(), headers, protocol="HTTP/1.1")
        try:
            out = self._opened(fetched.at)
            offset = out.tell()
            writer = WARCWriter(out, gzip=True, warc_version="1.1")
            writer.write_record(
                writer.create_warc_record(
                    fetched.final, "response", payload=io.BytesIO(fetched.body), length=len(fetched.body),
                    http_headers=told,
                    warc_headers_dict={
                        "WARC-Date": f"{fetched.at:%Y-%m-%dT%H:%M:%SZ}",
                        "WARC-Payload-Digest": "sha256:" + _base32(fetched.body),
                    },
                )
            )  # fmt: skip
            out.flush()
            os.fsync(out.fileno())
        except OSError as error:
            raise WatchError(str(self.folder), f"what was fetched cannot be kept: {error.strerror or error}") from None
        return Path(out.name).name, offset

    def _opened(self, at: datetime) -> IO[bytes]:
        day = f"{at:%Y%m%d}"
        if self._out is not None and self._day == day:
            return self._out
        if self._out is not None:
            self._out.close()
        from warcio.warcwriter import WARCWriter

        self.folder.mkdir(parents=True, exist_ok=True)
        n = 0
        while True:
            name = f"{at:%Y%m%dT%H%M%S}{f'-{n}' if n else ''}.warc.gz"
            try:
                self._out, self._day = (self.folder / name).open("xb"), day
                break
            except FileExistsError:
                n += 1
        writer = WARCWriter(self._out, gzip=True, warc_version="1.1")
        about = {"software": self.agent, "format": "WARC File Format 1.1", "http-header-user-agent": self.agent}
        writer.write_record(writer.create_warcinfo_record(name, about))
        return self._out


def _base32(body: bytes) -> str:
    return base64.b32encode(hashlib.sha256(body).digest()).decode("ascii")


def stored(folder: Path, evidence: dict[str, Any]) -> bytes:
    """The payload that `evidence` (of a report) points to. Raises `WatchError` where it is not there, or not that."""
    from warcio.archiveiterator import ArchiveIterator

    name, offset = evidence.get("file"), evidence.get("offset")
    if not isinstance(name, str) or not _NAME.fullmatch(name) or not isinstance(offset, int) or offset < 0:
        raise WatchError(str(folder), "no file of evidence was kept for it; --keep keeps what is fetched from then on")
    path = folder / name
    try:
        with path.open("rb") as file:
            file.seek(offset)
            for record in ArchiveIterator(file):
                body: bytes = record.raw_stream.read(LARGEST + 1)
                return body
    except FileNotFoundError:
        raise WatchError(str(path), "is not there: it lies in the folder beside the record, and goes with it") from None
    except Exception as error:  # whatever the reader of archives makes of a damaged one
        raise WatchError(str(path), f"cannot be read at {offset}: {error}") from None
    raise WatchError(str(path), f"has nothing at {offset}: it is shorter than it was")


def proven(folder: Path, evidence: dict[str, Any]) -> bytes:
    """As `stored`, and raises `WatchError` where the payload has not the hash that the report has."""
    body = stored(folder, evidence)
    if (found := digest(body)) != evidence.get("sha256"):
        raise WatchError(
            str(folder / str(evidence["file"])),
            f"what lies at {evidence['offset']} was changed: its SHA-256 is {found}, and was {evidence.get('sha256')}",
        )
    return body
