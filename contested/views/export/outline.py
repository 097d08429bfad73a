"""Borders of countries under a drawn map: the world-atlas of the front end (Natural Earth, public domain), in a box."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import resources

Point = tuple[float, float]
Put = Callable[[float, float], Point]


def borders(west: float, south: float, east: float, north: float, put: Put) -> str:
    """SVG path data of the borders in a box of degrees, each point put on the plane by `put(lon, lat)`.

    Empty where the front end was not built.
    """
    import shapely

    box = shapely.box(west, south, east, north)
    lines = shapely.clip_by_rect(shapely.multilinestrings([shapely.linestrings(arc) for arc in _arcs()]), *box.bounds)
    return "".join(_path(line, put) for line in _parts(lines))


def _parts(found: object) -> Iterator[Sequence[Point]]:
    import shapely

    for part in shapely.get_parts(found):
        points = [(float(x), float(y)) for x, y in shapely.get_coordinates(part)]
        if len(points) > 1:
            yield points


def _path(points: Sequence[Point], put: Put) -> str:
    placed = [put(lon, lat) for lon, lat in points]
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in placed)


@cache
def _arcs() -> tuple[tuple[Point, ...], ...]:
    """The arcs of the TopoJSON, in degrees: points are kept as whole steps from the one before."""
    file = resources.files("contested.views.web").joinpath("static", "countries.json")
    try:
        world = json.loads(file.read_text("utf-8"))
    except OSError:
        return ()
    (dx, dy), (x0, y0) = world["transform"]["scale"], world["transform"]["translate"]
    arcs = []
    for steps in world["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in steps:
            x, y = x + step_x, y + step_y
            points.append((x * dx + x0, y * dy + y0))
        if len(points) > 1:
            arcs.append(tuple(points))
    return tuple(arcs)
