"""What the tests of the intake share: invented words, and what came of an input."""

from __future__ import annotations

from pathlib import Path

from contested.errors import InputError, PartlyRead, PassedOver
from contested.intake import from_path
from contested.statement import Report

FIRST = (
    "The army said on Friday that it had entered Oron after three days of shelling, and had met no one in the streets."
)
SECOND = "Residents of the town said no soldier had been seen, and that bread was short since the road was closed."
THIRD = "At least nine people were killed in the lower town, a nurse at the clinic told the Dale Echo by telephone."
BODY = f"{FIRST}\n\n{SECOND}\n\n{THIRD}"
MARKUP = "".join(f"<p>{words}</p>" for words in (FIRST, SECOND, THIRD))


class Came:
    """What came of an input: `reports`, and words of what was not `taken`, taken in `part`, or `passed` over."""

    def __init__(self, file: Path | str, **given: str) -> None:
        everything = list(from_path(file, **given))  # type: ignore[arg-type]
        self.reports = [one for one in everything if isinstance(one, Report)]
        self.part = [one.reason for one in everything if isinstance(one, PartlyRead)]
        self.passed = [one.reason for one in everything if isinstance(one, PassedOver)]
        self.failed = [str(one) for one in everything if type(one) is InputError]

    @property
    def report(self) -> Report:
        """The only report, with nothing else told."""
        assert [*self.failed, *self.part, *self.passed] == []
        (one,) = self.reports
        return one

    @property
    def error(self) -> str:
        """The only word that nothing was taken in."""
        assert [*self.reports, *self.part, *self.passed] == []
        (one,) = self.failed
        return one


def came(folder: Path, name: str, data: bytes | str, **given: str) -> Came:
    file = folder / name
    file.write_bytes(data.encode() if isinstance(data, str) else data)
    return Came(file, **given)
