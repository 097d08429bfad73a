"""Places by name, offline: an index built once from lists that come with libraries, and from what the user imports."""

from __future__ import annotations

from contested.gazetteer.gazetteer import Gazetteer
from contested.gazetteer.index import open_gazetteer
from contested.gazetteer.place import KINDS, Place, distance_km

__all__ = ["KINDS", "Gazetteer", "Place", "distance_km", "open_gazetteer"]
