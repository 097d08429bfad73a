"""What the steps of the reading hand to each other: a statement in the making."""

from __future__ import annotations

from dataclasses import dataclass, field

from contested.statement import Harm, Said, Share, Source, When


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of the report: character offsets, what found it (`by`) and how sure (0 to 1)."""

    start: int
    end: int
    by: str
    sure: float = 1.0


#: The roles the reader marks for each anchor. `victims` come with their effect: `victims.killed` …
ROLES: tuple[str, ...] = (
    "actors", "targets", "places", "source", "when", "said", "share", "quote", "via",
    "victims.killed", "victims.injured", "victims.displaced", "victims.detained", "victims.abducted",
    "victims.missing",
)  # fmt: skip


@dataclass(slots=True)
class Draft:
    """A statement being read. Each step declares which fields it needs and which it fills.

    `roles` maps a role of `ROLES` to the words the model marked for it, in text order; the steps turn them into the
    statement's own fields. `odds` holds the model's other opinions: `modality`, `source.class`, `source.named`, `mode`
    as `{label: probability}`.
    """

    kind: str
    type: str
    anchor: Words
    quote: Words
    roles: dict[str, list[Words]] = field(default_factory=dict)
    odds: dict[str, dict[str, float]] = field(default_factory=dict)
    mode: str | None = None
    actors: list[Words] = field(default_factory=list)
    targets: list[Words] = field(default_factory=list)
    places: list[Words] = field(default_factory=list)
    when: When | None = None
    source: Source | None = None
    said: Said | None = None
    modality: str = "asserted"
    harm: list[Harm] = field(default_factory=list)
    share: Share | None = None
    by: dict[str, str] = field(default_factory=dict)
    sure: dict[str, float] = field(default_factory=dict)
