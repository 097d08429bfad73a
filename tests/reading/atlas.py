"""A small atlas to test with: a few real places, and the questions of a gazetteer answered from a list."""

from contested.gazetteer import Place
from contested.spelling import fold


def country(iso, name, lat, lon, people, radius):
    return Place(f"iso:{iso}", name, lat, lon, "country", iso, within=(), population=people, radius_km=radius)


def within(iso, *above):
    return (*above, f"iso:{iso}")


PLACES = (
    country("JO", "Jordan", 31.0, 36.0, 9_956_000, 170),
    country("SY", "Syria", 35.0, 38.0, 16_906_000, 243),
    country("US", "United States", 39.8, -98.6, 327_000_000, 1750),
    country("GE", "Georgia", 42.0, 43.5, 3_700_000, 149),
    country("FR", "France", 46.0, 2.0, 66_987_000, 417),
    country("SS", "South Sudan", 8.0, 30.0, 8_260_000, 450),
    Place("p:TX", "Texas", 31.3, -98.8, "province", "US", within=within("US"), population=22_000_000, radius_km=470),
    Place("p:GA", "Georgia", 32.8, -83.4, "province", "US", within=within("US"), population=9_000_000, radius_km=239),
    Place("p:OH", "Ohio", 40.4, -82.8, "province", "US", within=within("US"), population=11_000_000, radius_km=193),
    Place("p:KA", "Karak", 31.1, 35.8, "province", "JO", within=within("JO"), population=316_000, radius_km=33),
    Place("p:MA", "Mafraq", 32.2, 37.4, "province", "JO", within=within("JO"), population=549_000, radius_km=80),
    Place("p:AM", "Amman", 31.9, 36.2, "province", "JO", within=within("JO"), population=4_000_000, radius_km=45),
    Place("d:TC", "Travis County", 30.3, -97.8, "district", "US", within=within("US", "p:TX"), population=1_200_000),
    Place("c:AM", "Amman", 31.955, 35.945, "city", "JO", 250441, within("JO", "p:AM"), 1_275_857, 12.0),
    Place("c:IR", "Irbid", 32.556, 35.85, "city", "JO", 248946, within("JO"), 569_068, 7.0),
    Place("c:KA", "Karak", 31.185, 35.705, "town", "JO", 250625, within("JO", "p:KA"), 68_800, 2.0),
    Place("c:PF", "Paris", 48.853, 2.349, "city", "FR", 2988507, within("FR"), 2_138_551, 15.0),
    Place("c:PT", "Paris", 33.661, -95.556, "town", "US", 4717560, within("US", "p:TX"), 24_171, 2.0),
    Place("c:DA", "Dallas", 32.783, -96.807, "city", "US", 4684888, within("US", "p:TX"), 1_300_092, 11.0),
    Place("c:AT", "Atlanta", 33.749, -84.388, "city", "US", 4180439, within("US", "p:GA"), 463_878, 7.0),
    Place("c:TB", "Tbilisi", 41.694, 44.834, "city", "GE", 611717, within("GE"), 1_049_498, 10.0),
    Place("w:OR", "Orontes River", 35.5, 36.4, "water", None, radius_km=150),
    Place("m:NE", "Mount Nebo", 31.767, 35.725, "mountain", "JO", within=within("JO"), radius_km=3),
)  # fmt: skip


class Atlas:
    """As much of a gazetteer as the reading asks for."""

    def __init__(self, places=PLACES):
        self.by_id = {place.id: place for place in places}
        self.by_name = {}
        for place in places:
            self.by_name.setdefault(fold(place.name), []).append((place, "name"))

    def exact(self, name):
        return list(self.by_name.get(fold(name), ()))

    def place(self, id):
        return self.by_id.get(id)

    def countries(self):
        return {place.country: place for place in self.by_id.values() if place.kind == "country"}
