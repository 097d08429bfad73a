"""What is a statement of its own: the same thing read twice is one."""

from __future__ import annotations

from contested.reading.draft import Draft
from contested.text import Text

assigns = ("kind", "type")


def read_did(text: Text, drafts: list[Draft]) -> None:
    """Drop, in place, a draft of which a surer one has the same kind and type and an overlapping anchor."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: -d.anchor.sure):
        twin = any(
            d.kind == draft.kind
            and d.type == draft.type
            and d.anchor.start < draft.anchor.end
            and draft.anchor.start < d.anchor.end
            for d in kept
        )
        if not twin:
            kept.append(draft)
    kept.sort(key=lambda d: (d.anchor.start, d.anchor.end))
    drafts[:] = kept
