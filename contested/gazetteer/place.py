"""`Place`: somewhere on the map, as a gazetteer has it."""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

#: What a place is, from the widest to the narrowest. `province` is a first-level division, `district` one below it,
#: `area` a part of a settlement or a stretch without borders of its own, `site` a building, base, camp, crossing.
KINDS: tuple[str, ...] = (
    "continent", "region", "country", "province", "district", "subdistrict", "city", "town", "village", "area",
    "water", "mountain", "road", "site",
)  # fmt: skip
EARTH_KM = 6371.0088  # mean radius, IUGG


@dataclass(frozen=True, slots=True)
class Place:
    """One place. `lat`, `lon` are degrees (WGS 84); `radius_km` is that of a circle about as large as the place.

    `id` is the gazetteer's own: `geonames:170063`, `ocha:C1007`, `iso:SY`, `iso:SY-HL`, `file:<name>:<n>`. `geonameid`
    is null where GeoNames' number is not known. `country` is ISO 3166-1 alpha-2. `within` lists the ids of places that
    hold it, nearest first (sub-district, district, province, country). `population` is 0 where it is not known.
    `source` names the list it stands in.
    """

    id: str
    name: str
    lat: float
    lon: float
    kind: str
    country: str | None = None
    geonameid: int | None = None
    within: tuple[str, ...] = ()
    population: int = 0
    radius_km: float = 1.0
    source: str = ""


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance in km (haversine)."""
    a, b = radians(lat1), radians(lat2)
    h = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(h)))
