"""Limits that keep memory and time bounded whatever comes in."""

from __future__ import annotations

#: Longest text of one report, in characters. The longest news reports run to some 100,000; what is longer is a book,
#: an archive or a mistake (a lost quotation mark in a CSV file makes one cell of all that follows).
MAX_TEXT = 2_000_000

#: Longest line of a JSON Lines file and largest HTML page, in bytes. A page holds far more markup than text.
MAX_LINE = 16_000_000

#: Largest JSON document (one object, or an array) in bytes: unlike JSON Lines it has to be held whole.
MAX_DOCUMENT = 64_000_000
