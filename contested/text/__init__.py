"""Report → Text: which stretches of the report speak, and how they divide. Offsets never move.

`prepare(report)` returns a `Text`: blocks (paragraphs, headline, captions, boilerplate), sentences, quotations and the
dateline, all as character spans of `report.text` as it was given.
"""

from __future__ import annotations

from contested.text.layout import Block, Dateline, Quotation, Sentence, Text
from contested.text.pipeline import prepare

__all__ = ["Block", "Dateline", "Quotation", "Sentence", "Text", "prepare"]
