"""`open_gazetteer`: the built-in list, made once and kept in the user's data folder, and the lists they imported."""

from __future__ import annotations

import gc
import hashlib
import os
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

from contested import spelling
from contested.errors import DataError
from contested.gazetteer.entry import Entry
from contested.gazetteer.gazetteer import Gazetteer
from contested.gazetteer.store import FORMAT, Store, write

#: Overrides where the user's data are kept.
ENV = "CONTESTED_DATA"
NAME = "built-in"
NOTE = "GeoNames (CC BY 4.0), Unicode CLDR, countryinfo, contested"
_STALE_S = 30 * 24 * 3600  # indexes of other versions are kept so long: another installation may use them
Log = Callable[[str], None]
Make = Callable[[Log], Iterable[Entry]]


def open_gazetteer(folder: Path | None = None, *, log: Log | None = None) -> Gazetteer:
    """The gazetteer in `folder`, by default the user's. Makes the index of the built-in lists where there is none.

    That takes some twenty seconds, told of through `log`; several processes may try at once, one does it and the others
    wait. Where the user's folder cannot be written and nobody named another, the index is kept among temporary files.
    Raises `DataError` where it cannot be kept.
    """
    log = log or _silent
    if folder is not None or ENV in os.environ:
        return _opened(folder or data_folder(), log)
    try:
        return _opened(data_folder(), log)
    except DataError as error:
        log(f"{error}; until then the index of places is kept in a temporary folder")
        return _opened(_temporary(), log)


def _opened(folder: Path, log: Log) -> Gazetteer:
    folder = folder.resolve()
    if lists := imported(folder):
        from contested.gazetteer.lists import refresh

        refresh(folder, log)
    return Gazetteer([Store(built_in(folder, log)), *map(Store, lists)])


def _temporary() -> Path:
    """A folder of this user's own among the temporary files."""
    user = os.getuid() if hasattr(os, "getuid") else "user"
    folder = Path(tempfile.gettempdir()) / f"contested-{user}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        foreign = hasattr(os, "getuid") and folder.stat().st_uid != os.getuid()
    except OSError as error:
        raise _unwritable(folder, error) from error
    if foreign:
        raise DataError(f"{folder}: belongs to somebody else; set {ENV} to a folder of your own")
    return folder


def data_folder() -> Path:
    """Where the user's data are kept: what the environment says, else the place this system has for it."""
    if given := os.environ.get(ENV):
        return Path(given).expanduser().resolve()
    from platformdirs import user_data_dir

    return Path(user_data_dir("contested", appauthor=False)).resolve()


def imported(folder: Path) -> list[Path]:
    """The lists that the user imported, in the order of their import."""
    return sorted((folder / "places").glob("*.sqlite"))


def built_in(folder: Path, log: Log, make: Make | None = None) -> Path:
    """The file of the built-in list, made where it is absent or was made by other versions. `make` gives its places."""
    path = (folder / index_name()).resolve()
    if path.exists():
        return path
    with locked(folder, log):
        if not path.exists():
            start = time.perf_counter()
            log(f"making the index of places in {folder} (once)")
            with whole(path) as temporary, _no_collection():
                count = write(temporary, (make or _everything)(log), {"list": NAME, "note": NOTE})
            size = path.stat().st_size / 1e6
            log(f"{count:,} places, {size:.0f} MB, in {time.perf_counter() - start:.0f} s")
            _sweep(folder, path)
    return path


def index_name() -> str:
    """The file's name tells all that its content depends on."""
    from contested.gazetteer.built.libraries import versions

    parts = [str(FORMAT), spelling_version(), *(f"{name} {version}" for name, version in versions().items())]
    content = hashlib.sha256(" ".join(parts).encode())
    lexicon = resources.files("contested.lexicon")
    for name in ("places/countries", "places/provinces", "places/regions", "en/place_kinds"):
        content.update((lexicon / f"{name}.yaml").read_bytes())
    return f"places-{FORMAT}-{content.hexdigest()[:12]}.sqlite"


def spelling_version() -> str:
    """The version of the keys under which names are kept."""
    return str(getattr(spelling, "KEYS", 0))


class locked:
    """One process at a time changes the data folder; it is made where it is absent. Raises `DataError`."""

    def __init__(self, folder: Path, log: Log) -> None:
        from filelock import FileLock

        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unwritable(folder, error) from error
        self._folder, self._log, self._lock = folder, log, FileLock(folder / "places.lock")

    def __enter__(self) -> None:
        from filelock import Timeout

        try:
            try:
                self._lock.acquire(timeout=0)
            except Timeout:
                self._log("another process is making the index of places; waiting for it")
                self._lock.acquire()
        except OSError as error:
            raise _unwritable(self._folder, error) from error

    def __exit__(self, *_: object) -> None:
        self._lock.release()


class whole:
    """A file beside `path` that becomes `path` when all went well, and is gone when it did not."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> Path:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._path.parent, prefix=".", suffix=".tmp")
        except OSError as error:
            raise _unwritable(self._path.parent, error) from error
        os.close(handle)
        os.unlink(name)  # SQLite makes it anew, with the user's own permissions
        self._temporary = Path(name)
        return self._temporary

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            os.replace(self._temporary, self._path)
        else:
            self._temporary.unlink(missing_ok=True)


@contextmanager
def _no_collection() -> Iterator[None]:
    """No garbage collection meanwhile: a million names and no circle among them would be looked through in vain."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


def _unwritable(folder: Path, error: OSError) -> DataError:
    why = error.strerror or str(error)
    return DataError(f"{folder}: cannot be written ({why}); set {ENV} to a folder that can")


def _sweep(folder: Path, keep: Path) -> None:
    """Delete indexes of other versions that have not been read for long, and what a killed process left behind."""
    for path in (*folder.glob("places-*.sqlite"), *folder.glob(".*.tmp")):
        try:
            if path != keep and max(path.stat().st_mtime, path.stat().st_atime) < time.time() - _STALE_S:
                path.unlink()
        except OSError:
            continue


def _everything(log: Log) -> Iterable[Entry]:
    from contested.gazetteer.built.everything import entries

    return entries(log)


def _silent(_: str) -> None:
    return None
