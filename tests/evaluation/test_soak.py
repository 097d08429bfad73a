"""The soak: reports without end are the same again, and what is lost, doubled or not in force afterwards is seen."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from contested.record.record import open_record
from evaluation.soak import verifying
from evaluation.soak.__main__ import flatness
from evaluation.soak.adding import BATCH, batch
from evaluation.soak.asking import Told
from evaluation.soak.processes import Kept
from evaluation.soak.stories import Stories
from tests.conftest import coded


def test_stories_are_new_versions_withdrawals_and_copies() -> None:
    stories = [Stories(1, "a") for _ in range(2)]
    made, again = ([one.next() for _ in range(200)] for one in stories)
    assert made == again
    times = Counter(one["id"] for one in made)
    assert 100 < len(times) < 200
    assert any("withdrawn" in one for one in made)
    assert len({one["text"].partition("\n\nOther")[0] for one in made}) < 190


def test_batches_are_one_row_of_stories(tmp_path: Path) -> None:
    stories = Stories(1, "a")
    wanted = [stories.next()["id"] for _ in range(2 * BATCH)]
    lines = [line for n in range(2) for line in batch(tmp_path, 1, "a", n).read_text("utf-8").splitlines()]
    assert len(lines) == 2 * BATCH
    assert all(f'"{id_}"' in line for id_, line in zip(wanted, lines, strict=True))


def test_what_is_lost_or_not_in_force_is_seen(tmp_path: Path) -> None:
    where = str(tmp_path / "war.db")
    with open_record(where, create=True) as record:
        list(record.add([coded(id="a", published="2016-12-02")], reader="by hand"))
        record.derive()
        key = record.statements()[0].key
        made = record.judge("reject", key, who="Ada")
        other = record.judge("confirm", record.statements()[0].key, who="Ada")
        told = Told(made={made.number: "reject", other.number: "confirm"})
        assert list(verifying._sound(where, record)) == []
        assert list(verifying._held(record, {"a@1": "new"})) == []
        assert list(verifying._judged(record, told)) == []
        before = verifying.derived(record)
        record.derive()
        record.rebuild()
        record.derive()
        assert list(verifying._different("all", verifying.derived(record), verifying.derived(record), "", "")) == []
        assert isinstance(before, list)
        assert "b@1" in next(verifying._held(record, {"a@1": "new", "b@1": "new"}))
        told.undone.add(made.number)
        told.made[99] = "split"
        wrong = list(verifying._judged(record, told))
        assert len(wrong) == 2


def test_memory_is_flat_or_not() -> None:
    kept = Kept("serve", list, print, 0.0)
    kept.memory = [(10.0 * n, 1, 50_000_000) for n in range(20)]
    kept.memory += [(200 + 10.0 * n, 2, 100_000_000 + 100_000 * max(0, n - 150)) for n in range(300)]
    flat = flatness(kept)
    assert flat is not None
    assert flat["grown"] > 0.05
    kept.memory = [(10.0 * n, 1, 50_000_000 + 10_000_000 * min(n, 40)) for n in range(300)]
    flat = flatness(kept)
    assert flat is not None
    assert flat["grown"] == 0
