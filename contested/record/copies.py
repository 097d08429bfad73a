"""Near-copies: one text under several outlets is one voice.

Reports are compared by MinHash over runs of words (Broder 1997), found by locality-sensitive bands (Indyk and Motwani
1998) that are kept in the record, so that a new report is compared with a handful of the others and not with them all.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

_WORD = re.compile(r"\w+")
#: Words in a run. Runs of four are seldom the same by chance, and an editor's change touches only four of them.
RUN = 4
#: Permutations, and how they make bands: 32 of 4 find nine in ten pairs that have half of their runs in common.
PERMUTATIONS, BANDS = 128, 32
#: From this estimated share of common runs on (Jaccard) two reports are one text. Same-story reports written apart
#: stay below 0.2; a wire story with another lead and tail lies above 0.5.
COPY = 0.5
#: Shorter texts are too few words to tell a copy from a like.
LEAST = 30


@dataclass(frozen=True, slots=True)
class Print:
    """The fingerprint of a text: one hash a permutation, and one a band."""

    hashes: tuple[int, ...]
    bands: tuple[str, ...]

    def alike(self, other: Print) -> float:
        """Estimated share of runs in common, 0 to 1 (Jaccard; standard error 0.04 at one half)."""
        same = sum(a == b for a, b in zip(self.hashes, other.hashes, strict=True))
        return same / len(self.hashes)


def fingerprint(text: str) -> Print | None:
    """The fingerprint of `text`; None for one that is too short to have copies."""
    from datasketch import MinHash

    words = [word.casefold() for word in _WORD.findall(text)]
    if len(words) < LEAST:
        return None
    made = MinHash(num_perm=PERMUTATIONS, seed=1)
    made.update_batch({" ".join(words[i : i + RUN]).encode("utf-8", "replace") for i in range(len(words) - RUN + 1)})
    hashes = tuple(int(h) for h in made.hashvalues)
    rows = PERMUTATIONS // BANDS
    bands = tuple(
        hashlib.sha256(repr(hashes[n : n + rows]).encode()).hexdigest()[:16] for n in range(0, PERMUTATIONS, rows)
    )
    return Print(hashes, bands)
