"""`python -m evaluation.growth [ACCOUNTS…]`: what it takes to link 1,000 more accounts, by how many are there before.

Over `evaluation/synthetic.py`, a war with so many reports a day. Prints a row a size, and the exponent of the growth
of all pairs between the first size and the last: 1 is growth in proportion to the accounts, 2 would be every pair.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from itertools import chain, islice
from math import log

from contested.record.account import accounts_of
from contested.record.blocking import candidates
from contested.record.incidents import linked
from contested.record.sketch import sketches
from contested.register import load_register
from evaluation.synthetic import War

SIZES = (10_000, 30_000, 100_000)
MORE = 1_000


def main(sizes: Sequence[int] = SIZES) -> None:
    register = load_register()
    told = list(islice(chain.from_iterable(accounts_of(report) for report in War().reports()), max(sizes)))
    rows = []
    for size in sizes:
        new = {account.key for account in told[size - MORE : size]}
        known = list(sketches(told[:size]))
        pairs = list(candidates(known, new))
        near = {one.key: one for pair in pairs for one in pair}
        began = time.process_time()
        links = linked(list(near.values()), register, new)
        rows.append((size, len(pairs)))
        print(f"{size:8,} accounts: the last {MORE:,} make {len(pairs):9,} pairs, {len(links):7,} links, "
              f"in {time.process_time() - began:5.1f} s", flush=True)  # fmt: skip
    (n, pairs_of_n), (m, pairs_of_m) = rows[0], rows[-1]
    if m > n:
        print(f"exponent of all pairs: {1 + log(pairs_of_m / pairs_of_n) / log(m / n):.2f}")


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or SIZES)
