"""Limits that keep memory and time bounded whatever comes in."""

from __future__ import annotations

#: Longest text of one report, in characters. The longest news reports run to some 100,000; what is longer is a book,
#: an archive or a mistake (a lost quotation mark in a CSV file makes one cell of all that follows).
MAX_TEXT = 2_000_000

#: Longest line of a JSON Lines file and largest HTML page, in bytes. A page holds far more markup than text.
MAX_LINE = 16_000_000

#: Largest JSON document (one object, or an array) in bytes: unlike JSON Lines it has to be held whole.
MAX_DOCUMENT = 64_000_000

#: Longest title, in characters. The longest headlines run to some 300; what is longer is a text in the wrong place.
MAX_TITLE = 1_000

#: Inputs stand in one another at most so deep: a PDF in a message in a message is two deep.
MAX_DEPTH = 4

#: What is packed may unpack to at most so many times its size: pages and office documents reach some 50.
MAX_RATIO = 200

#: Largest unpacked file of an office document in bytes, and how much has to be unpacked before `MAX_RATIO` counts.
MAX_UNPACKED = 128_000_000

#: So many seconds may go into one PDF, which is the one kind whose pages can take any time.
MAX_SECONDS = 60.0
