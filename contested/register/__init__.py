"""The register of parties: who there is, under which names and when, part of whom, on whose side."""

from __future__ import annotations

from contested.register.load import load_register
from contested.register.party import HOWS, KINDS, Match, Name, Office, Party, Span, Tie
from contested.register.register import Register, Relation

__all__ = ["HOWS", "KINDS", "Match", "Name", "Office", "Party", "Register", "Relation", "Span", "Tie", "load_register"]
