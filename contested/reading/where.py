"""Where: the places of a statement, most specific first, as they stand in the report."""

from __future__ import annotations

from contested.reading.draft import Draft
from contested.reading.spans import tidy
from contested.text import Text

assigns = ("places",)


def read_where(text: Text, drafts: list[Draft]) -> None:
    """Turn the words that the model marked as places into the draft's places.

    A place that is the very actor or target of the statement ("Moscow accused …") is a party there, not a place.
    """
    for draft in drafts:
        parties = {(w.start, w.end) for w in (*draft.actors, *draft.targets)}
        places = [w for w in tidy(text, draft.roles.get("places", ())) if (w.start, w.end) not in parties]
        draft.places = places
        if places:
            draft.by["places"] = places[0].by
            draft.sure["places"] = min(w.sure for w in places)
