"""`python -m evaluation.redaction`: how many names of persons a redacted export would leave, on the names set.

Every person of UniversalNER's English-EWT test set counts as private, so that nobody stays for being in the register; a
name is missed where none of its letters is masked. Sentences stand alone: in a report a name is masked wherever it
stands once it was found anywhere. The figures stand in docs/redaction.md; the profile is `private`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace

from contested.gazetteer import open_gazetteer
from contested.register import load_register
from contested.statement import Report
from contested.views.export.covering import Coverer
from contested.views.export.profile import load
from contested.views.export.redaction import network
from evaluation.names import PATH, sentences


def measure() -> dict[str, int]:
    """Names of persons (`names`), those `missed`, `partly` masked, `small` ones among those missed (no capital);
    other `words`, and those of them `masked` in vain."""
    coverer = Coverer(replace(load("private"), keeps_register=False), network(), load_register(), open_gazetteer())
    counted: Counter[str] = Counter()
    for text, names in sentences(PATH):
        covered = {n for start, end in coverer.covered(Report(text)).text for n in range(start, end)}
        people = [(start, end) for start, end, label in names if label == "PERSON"]
        for start, end in people:
            hidden = [n in covered for n in range(start, end) if text[n].isalnum()]
            counted["names"] += 1
            counted["missed"] += not any(hidden)
            counted["partly"] += any(hidden) and not all(hidden)
            counted["small"] += not any(hidden) and text[start:end].islower()
        for word in re.finditer(r"\S+", text):
            if not any(start < word.end() and word.start() < end for start, end in people):
                counted["words"] += 1
                counted["masked"] += any(n in covered for n in range(*word.span()))
    return dict(counted)


if __name__ == "__main__":
    if PATH.is_file():
        print(json.dumps(measure()))
    else:
        print("not measured: the set is not present (../shared/data/ner)")
