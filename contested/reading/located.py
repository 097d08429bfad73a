"""`Located`: what the words of a place mean on the map, how sure and how precise that is, and on what grounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from contested.gazetteer import Place

#: How precise a point is, from the finest: a settlement, neighbourhood or site itself; near or inside one; a district;
#: a first-level division; a country or wider.
PRECISIONS = ("exact", "area", "district", "province", "country")
_OF_KIND = {
    "continent": "country", "region": "country", "country": "country", "province": "province",
    "district": "district", "subdistrict": "district", "water": "area", "mountain": "area", "road": "area",
}  # fmt: skip

#: A region's precision by the radius (km) up to which it is one.
_OF_SIZE = (("area", 15.0), ("district", 60.0), ("province", 200.0))


@dataclass(frozen=True, slots=True)
class Located:
    """Where some words mean; `place` None and `why` where that cannot be told.

    `lat`, `lon` are degrees (WGS 84), `radius_km` that of the circle the place is somewhere in, `sure` a probability
    from 0 to 1. `basis` says how the place was found: `name`, `alias`, `script`, `spelling` (how the name is the
    place's), `demonym`, `capital` ("the Syrian capital"), `container` (only what holds it is known), `context` ("the
    city"), `relative` (reckoned from another place). `relation` keeps what a relative place is told by:
    `{"direction": "S", "distance_km": 45, "of": id}`, `{"part": "NE", "of": id}`, `{"near": id}`,
    `{"between": [id, id]}`, `{"border": [id, id]}`. For those, `place` is the place it is told by, if there is one.
    """

    place: Place | None = None
    lat: float | None = None
    lon: float | None = None
    precision: str | None = None
    radius_km: float | None = None
    sure: float = 0.0
    basis: str | None = None
    relation: Mapping[str, Any] | None = field(default=None, hash=False)
    why: str | None = None

    def to_json(self) -> dict[str, Any]:
        """All keys always stand; what is not known is null. `why` only where nothing was found."""
        place = self.place
        out: dict[str, Any] = {
            "place": place.id if place else None,
            "geonameid": place.geonameid if place else None,
            "name": place.name if place else None,
            "lat": None if self.lat is None else round(self.lat, 5),
            "lon": None if self.lon is None else round(self.lon, 5),
            "country": place.country if place else None,
            "kind": place.kind if place else None,
            "precision": self.precision,
            "radius_km": None if self.radius_km is None else round(self.radius_km, 2),
            "sure": round(self.sure, 3),
            "basis": self.basis,
            "relation": dict(self.relation) if self.relation else None,
        }
        return out if self.why is None else {**out, "why": self.why}


def at(place: Place, sure: float, basis: str) -> Located:
    """`place` itself."""
    precision = _OF_KIND.get(place.kind, "exact")
    if place.kind == "region":
        precision = next((name for name, km in _OF_SIZE if place.radius_km <= km), "country")
    return Located(place, place.lat, place.lon, precision, place.radius_km, sure, basis)


def nowhere(why: str) -> Located:
    """No place, for this reason."""
    return Located(why=why)
