"""Where the middle of a group of places is, and how far it reaches."""

from __future__ import annotations

from collections.abc import Iterable
from math import asin, atan2, cos, degrees, hypot, pi, radians, sin, sqrt

from contested.gazetteer.place import distance_km

#: People a square kilometre of a settlement, a round figure between suburbs (1,500) and old cities (10,000).
DENSITY = 3000.0
#: A settlement reaches at least and at most so far, in km.
SETTLEMENT_KM = (0.8, 30.0)


def settlement_km(population: int) -> float:
    """Radius of a settlement: that of a circle on which `population` people live at `DENSITY`, within bounds."""
    low, high = SETTLEMENT_KM
    return min(high, max(low, sqrt(population / (pi * DENSITY))))


def circle_km(area: float) -> float:
    """Radius of a circle of `area` km²."""
    return sqrt(max(area, 1.0) / pi)


def middle(points: Iterable[tuple[float, float, float]]) -> tuple[float, float]:
    """The middle of weighted points `(lat, lon, weight)` on the globe, across the date line too."""
    x = y = z = 0.0
    for lat, lon, weight in points:
        a, b = radians(lat), radians(lon)
        x, y, z = x + weight * cos(a) * cos(b), y + weight * cos(a) * sin(b), z + weight * sin(a)
    size = hypot(x, y, z)
    return (degrees(asin(z / size)), degrees(atan2(y, x))) if size else (0.0, 0.0)


def spread_out(points: list[tuple[float, float]], step: float = 0.25) -> list[tuple[float, float, float]]:
    """Points weighted so that each square of `step` degrees counts once: crowded valleys do not outweigh the rest."""
    squares: dict[tuple[int, int], int] = {}
    at = [(round(lat / step), round(lon / step)) for lat, lon in points]
    for square in at:
        squares[square] = squares.get(square, 0) + 1
    return [(lat, lon, 1.0 / squares[square]) for (lat, lon), square in zip(points, at, strict=True)]


def reach_km(lat: float, lon: float, points: list[tuple[float, float, float]]) -> float:
    """Radius of the disc whose points lie, on average, as far from the middle as these: root mean square times √2."""
    total = sum(weight for *_, weight in points)
    square = sum(weight * distance_km(lat, lon, a, b) ** 2 for a, b, weight in points)
    return sqrt(2 * square / total) if total else 0.0
