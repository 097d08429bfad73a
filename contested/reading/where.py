"""Where: the places of a statement, as they stand in the report."""

from __future__ import annotations

from dataclasses import replace

from contested.reading.draft import Draft, Words
from contested.reading.phrases import tokens
from contested.reading.spans import distinct, tidy
from contested.reading.whole import Whole
from contested.text import Text


def read_where(text: Text, drafts: list[Draft]) -> None:
    """Turn the words that the model marked as places into the draft's places.

    A place that is the very actor or target of the statement ("Moscow accused …") is a party there, not a place.
    """
    whole = Whole(text, drafts)
    for draft in drafts:
        parties = {(w.start, w.end) for w in (*draft.actors, *draft.targets)}
        full = (whole.complete(w, draft.anchor) for w in tidy(text, draft.roles.get("places", ())))
        marked = _joined(text, [w for w in full if w is not None])
        places = [w for w in distinct(tidy(text, marked)) if (w.start, w.end) not in parties]
        draft.places = places
        if places:
            draft.by["places"] = places[0].by
            draft.sure["places"] = min(w.sure for w in places)


def _joined(text: Text, places: list[Words]) -> list[Words]:
    """Places of which one is told by the other made one: "a farm | south of | Orla"; "a farm in Orla" is two.

    In the gold, mentions with such words inside outnumber pairs with them between by 20 to 1; with "in", 1 to 6.
    """
    out: list[Words] = []
    for w in sorted(places, key=lambda w: w.start):
        if out and out[-1].end < w.start and _lies(text, out[-1].end, w):
            out[-1] = replace(out[-1], end=w.end, sure=min(out[-1].sure, w.sure))
        else:
            out.append(w)
    return out


def _lies(text: Text, start: int, place: Words) -> bool:
    """Whether nothing stands between `start` and the place's name but words such as `near`, and these do."""
    between = tokens(text.raw, start, place.start)
    if not between:
        between = tokens(text.raw, place.start, place.end)[:1]
    return bool(between) and all("lies" in t.tags for t in between) and between[-1].tags >= {"prep"}
