"""`contested serve`: the record in a browser."""

from __future__ import annotations

import getpass
import re
import secrets
import socket
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from contested import __version__
from contested.cli.reading import load
from contested.cli.record import opened

if TYPE_CHECKING:
    from contested.reading.pipeline import Reader

LOOPBACK = ("127.0.0.1", "::1", "localhost")
#: Every address of this machine.
ALL = ("0.0.0.0", "::")
#: A token of one's own: it stands in an address and in a header.
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,200}")
#: Map tiles of one's own; their origin goes into the policy of every page.
_TILES = re.compile(r"(https?://[A-Za-z0-9.-]+(?::\d+)?)/\S*\{z\}\S*")


@click.command()
@click.argument("record", metavar="FILE|URL", envvar="CONTESTED_RECORD")
@click.option("--port", type=click.IntRange(0, 65535), default=8400, show_default=True, help="0 takes a free one.")
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS",
              help="Any but this machine's own makes reading need the token too.")  # fmt: skip
@click.option("--name", "names", multiple=True, metavar="NAME",
              help="Another name that browsers call this server by, behind a proxy too; "
                   "reading needs the token then.")  # fmt: skip
@click.option("--token", envvar="CONTESTED_TOKEN", metavar="WORDS",
              help="What writing needs; made anew at each start if not given (or CONTESTED_TOKEN).")  # fmt: skip
@click.option("--tiles", metavar="URL", help="Map tiles of your own, with {z}, {x} and {y}; without, none are asked.")
@click.option("--who", default=None, metavar="NAME", help="Who signs judgements made here; your login by default.")
@click.option("--lexicon", type=click.Path(exists=True, file_okay=False, path_type=Path), help="As for `read`.")
@click.option("--open", "browse", is_flag=True, help="Open a browser on it.")
def serve(
    record: str, port: int, host: str, names: tuple[str, ...], token: str | None, tiles: str | None, who: str | None,
    lexicon: Path | None, browse: bool,
) -> None:  # fmt: skip
    """Show a record in a browser on this machine.

    Nothing is fetched from anywhere else. The address told at the start holds a token: with it one may correct and add;
    without it one may read. Ctrl-C ends it.
    """
    import uvicorn

    from contested.views.web.app import application, settle
    from contested.views.web.gate import Gate

    if token is not None and not _TOKEN.fullmatch(token):
        raise click.UsageError("--token is 16 or more letters (A to Z), digits, - or _: it stands in an address")
    origin = _TILES.match(tiles) if tiles else None
    if tiles and not origin:
        raise click.UsageError("--tiles is an http(s) address with {z}, {x} and {y} in it")

    @cache
    def reader() -> Reader:
        return load(lexicon)

    with opened(record) as held, _listening(host, port) as listening:
        port = listening.getsockname()[1]
        shown = _called(host)
        gate = Gate(
            token or secrets.token_urlsafe(24),
            hosts=frozenset({"127.0.0.1", "localhost", "[::1]", shown.lower(), *(name.lower() for name in names)}),
            closed=host not in LOOPBACK or bool(names), tiles=origin[1] if origin else None, cookie=f"contested-{port}",
        )  # fmt: skip
        app = application(
            held, gate=gate, title=Path(record).name if "://" not in record else _plain(record), tiles=tiles,
            reader=reader, who=who or _login(), version=__version__,
        )  # fmt: skip
        address = f"http://{shown}:{port}/situation?token={gate.token}"
        click.echo(f"{record} is at {address}\n(Ctrl-C ends it)", err=True)
        if browse:
            click.launch(address)
        settle()
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False, lifespan="off"))
        server.run(sockets=[listening])


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens, so that a port in use is told before anything else is done."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
    except OSError as error:
        made.close()
        raise click.ClickException(f"{host}:{port}: {error.strerror}; --port takes another, 0 a free one") from None
    return made


def _called(host: str) -> str:
    """What an address has for `host`; every address of this machine goes by the machine's name."""
    if host in ALL:
        return socket.gethostname()
    return f"[{host}]" if ":" in host else host


def _plain(url: str) -> str:
    """A database's name, without who asks and by which password."""
    return urlsplit(url).path.lstrip("/") or "record"


def _login() -> str:
    try:
        return getpass.getuser()
    except OSError:
        return "someone"
