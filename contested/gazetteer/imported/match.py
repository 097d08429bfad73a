"""Whether a place of an imported list is one that is there already.

Simple on purpose: same name (or a spelling of it), same sort of place, same country, and close by. A settlement is
close within 3 km; a division's middle, which lists reckon differently, within a distance that goes with its level.
"""

from __future__ import annotations

from collections.abc import Iterable

from contested.gazetteer.gazetteer import FITS, Gazetteer
from contested.gazetteer.place import Place, distance_km

_SETTLEMENTS = frozenset({"city", "town", "village"})
#: How far apart two middles of one place may lie, in km.
_APART = {"country": 2000.0, "province": 250.0, "district": 60.0, "subdistrict": 40.0, "area": 2.0, "region": 100.0,
          "water": 200.0}  # fmt: skip
_SETTLED_KM = 3.0


def known(gazetteer: Gazetteer, place: Place, names: Iterable[str]) -> Place | None:
    """The place of the gazetteer that `place` is too, or null. The best name decides, then distance."""
    kinds = _SETTLEMENTS if place.kind in _SETTLEMENTS else frozenset({place.kind})
    most = _APART.get(place.kind, _SETTLED_KM)
    found: list[tuple[int, float, str, Place]] = []
    for name in names:
        for other, how in gazetteer.exact(name):
            if other.kind not in kinds or (place.country and other.country and place.country != other.country):
                continue
            away = distance_km(place.lat, place.lon, other.lat, other.lon)
            if away <= most:
                found.append((how == FITS[-1], away, other.id, other))
    return min(found)[-1] if found else None
