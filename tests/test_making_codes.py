"""Do new codes get into a book whole or not at all, whoever else writes and whatever is lost?"""

from __future__ import annotations

import pytest

from tests.cli_book import NOON
from tests.world import AnyWorld
from tracker.cells import shown
from tracker.code_making import Wanted
from tracker.layout import Tab
from tracker.making_codes import make_codes
from tracker.problems import Stop
from tracker.programme import CodeKind
from tracker.sentences.code_words import CODES_SAID
from tracker.showing_codes import told
from tracker.stores import Commit, Outcome
from tracker.stores.memory import MemoryBook, MemoryStore


class Interfering(MemoryStore):
    """A store in which something happens just before the first commits end."""

    def __init__(self, book: MemoryBook, *ends: Outcome, landing: bool = False) -> None:
        super().__init__(book)
        self.ends, self.landing, self.tried = list(ends), landing, 0

    def commit(self, commit: Commit) -> Outcome:
        self.tried += 1
        end = self.ends.pop(0) if self.ends else Outcome.DONE
        if end is Outcome.CONFLICT:  # another run takes the code that this one has planned
            rows = {Tab.CODES: [{"code": "KUPON_IVAN01", "partner_id": "maria"}]}
            MemoryStore(self.book).commit(Commit(base=self.book.generation, appends=rows))
        if end is Outcome.DONE or (end is Outcome.UNKNOWN and self.landing):
            super().commit(commit)
        return super().commit(commit) if end is Outcome.CONFLICT else end


def place(
    *ends: Outcome, landing: bool = False, language: str = "en"
) -> tuple[AnyWorld, Interfering]:
    store = Interfering(MemoryBook(), *ends, landing=landing)
    store.lay_out(language)
    store.type_rows(Tab.PARTNERS, {"partner_id": "ivan", "name": "Иван"})
    return AnyWorld(store, NOON), store


def test_a_russian_book_gets_russian_words() -> None:
    world, store = place(language="ru")

    make_codes(world.place, Wanted(channels=("ВК",)), "ivan")
    make_codes(world.place, Wanted(kind=CodeKind.SERIAL), "ivan")

    rows = [
        [shown(cell) for cell in one.cells]
        for one in store.read([Tab.CODES]).tables[Tab.CODES].rows
    ]
    assert [("серийный" in row, "канал ВК" in row) for row in rows] == [
        (False, False), (False, True), (True, False),
    ]  # fmt: skip
    assert told(CODES_SAID, "made", "ru", tab="Промокоды", count=500) == (
        "На лист «Промокоды» добавлено: 500\u00a0промокодов."
    )


def standing(store: MemoryStore) -> list[str]:
    found = store.read([Tab.CODES]).tables[Tab.CODES].rows
    return [shown(one.cells[0]) for one in found]


def test_after_a_conflict_the_codes_are_made_anew() -> None:
    world, store = place(Outcome.CONFLICT)

    minted = make_codes(world.place, Wanted(count=2), "ivan")

    assert [one.code.code for one in minted.made] == ["KUPON_IVAN02", "KUPON_IVAN03"]
    assert standing(store) == ["KUPON_IVAN01", "KUPON_IVAN02", "KUPON_IVAN03"]


@pytest.mark.parametrize(("landing", "tries"), [(True, 1), (False, 2)])
def test_after_a_lost_answer_no_code_is_made_twice(landing: bool, tries: int) -> None:  # noqa: FBT001
    world, store = place(Outcome.UNKNOWN, landing=landing)

    minted = make_codes(world.place, Wanted(count=2), "ivan")

    assert standing(store) == [one.code.code for one in minted.made] == [
        "KUPON_IVAN01", "KUPON_IVAN02",
    ]  # fmt: skip
    assert store.tried == tries


def test_when_no_answer_ever_comes_the_owner_is_sent_to_look() -> None:
    world, store = place(*[Outcome.UNKNOWN] * 5)

    with pytest.raises(Stop) as stop:
        make_codes(world.place, Wanted(), "ivan")

    assert (stop.value.code, standing(store)) == ("codes_answer_lost", [])


def test_more_rows_than_one_write_holds_are_refused_and_not_split() -> None:
    world, store = place()
    store.rows_max = 2

    with pytest.raises(Stop) as stop:
        make_codes(world.place, Wanted(count=3), "ivan")

    assert (stop.value.code, standing(store)) == ("codes_too_many", [])
