"""Names of parties: pairs of mentions labelled by hand (README.md), and what measures a resolver on them."""

from __future__ import annotations

from evaluation.parties.measure import pairs

__all__ = ["pairs"]
