"""Does tidying let go of what nobody needs, and leave every sum as it was?"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli_book import CliBook
from tests.faults import ills
from tests.world import World
from tracker.deliveries import GIST_TYPE
from tracker.inbox import Inbox, Mark
from tracker.layout import Tab
from tracker.periods import months_before
from tracker.running import sync
from tracker.stores.memory import MemoryStore
from tracker.tidying import Untidy, tidy, untidy

ANNA = {"email": "anna@example.com", "phone": "+7 900 000-00-01", "name": "Anna"}
SEEN = "2026-10-19T10:00:00Z"


def tidied(world: World) -> Untidy:
    with world.store.writing(1):
        return tidy(world.place)


def bodies(world: World) -> list[str]:
    return [one.body for one in world.place.inbox.after(0)]


def test_bodies_go_after_90_days_and_not_on_the_90th() -> None:
    world = World()
    world.deliver("1", customer=ANNA)
    world.sync()
    world.move(days=90)
    assert tidied(world).bodies == 0
    world.move(seconds=2)

    assert tidied(world) == Untidy(bodies=1, leads=0)

    assert [word for word in ANNA.values() if word in bodies(world)[0]] == []
    assert json.loads(bodies(world)[0])["said"][0]["total"] == 100000


def test_what_was_tidied_reads_and_counts_as_before_also_from_the_beginning() -> None:
    world = World()
    world.deliver("1", customer=ANNA, refunds=[{"id": "r1", "amount": "100", "at": SEEN}])
    world.deliver("2", total="3000", customer=ANNA)
    world.sync()
    before = (world.rows(Tab.JOURNAL), world.rows(Tab.COMMISSIONS), world.balance())
    world.move(days=91)
    assert tidied(world).bodies == 2

    with world.store.writing(1):
        rest = sync(world.place, again=True)

    assert (world.rows(Tab.JOURNAL), world.rows(Tab.COMMISSIONS), world.balance()) == before
    assert (rest.plan.empty, ills(world), untidy(world.place, rest)) == (
        True,
        {},
        Untidy(bodies=0, leads=0),
    )


def test_a_replayed_webhook_is_known_for_ever() -> None:
    world = World()
    world.deliver("1", id="d1", at=SEEN, customer=ANNA)
    world.sync()
    world.move(days=91)
    tidied(world)

    world.deliver("1", id="d1", at=SEEN, customer=ANNA)
    world.deliver("1", id="sent again under another id", at=SEEN, customer=ANNA)
    world.sync()

    assert (world.lines("1"), world.place.inbox.count()) == ([("ivan", "sale", "100")], 2)


def test_a_version_that_changed_nothing_still_goes_before_an_older_one_that_comes_late() -> None:
    world = World()
    world.deliver("1", at="2026-10-19T11:00:00Z", customer=ANNA)
    world.sync()
    world.deliver("1", at="2026-10-19T13:00:00Z", customer=ANNA)
    world.sync()
    world.move(days=91)
    tidied(world)

    world.deliver("1", at="2026-10-19T12:00:00Z", total="10")
    world.sync()

    assert (world.lines("1"), world.balance()) == ([("ivan", "sale", "100")], "100.00")


def test_a_new_book_is_filled_from_a_tidied_inbox() -> None:
    world = World()
    world.deliver("1", customer=ANNA)
    world.sync()
    world.move(days=91)
    tidied(world)
    fresh = World(now=world.now)
    fresh.place = world.place.__class__(**{
        **{name: getattr(fresh.place, name) for name in ("store", "outbox", "secret", "clock")},
        "inbox": world.place.inbox,
    })  # fmt: skip

    fresh.sync()

    assert fresh.balance() == "100.00"
    customer = fresh.rows(Tab.JOURNAL)[0]["customer"]
    assert customer == world.rows(Tab.JOURNAL)[0]["customer"]
    assert isinstance(fresh.store, MemoryStore)


def test_what_cannot_be_read_keeps_its_body_until_it_can() -> None:
    world = World()
    world.deliver("1", total="ten", customer=ANNA)
    world.sync()
    world.move(days=400)

    assert tidied(world).bodies == 0

    assert world.place.inbox.count(Mark.QUARANTINED) == 1
    assert "anna@example.com" in bodies(world)[0]


@pytest.mark.parametrize("value", ["0", "never"])
def test_without_a_readable_number_of_days_bodies_stay(value: str) -> None:
    world = World(keep_bodies_days=value)
    world.deliver("1", customer=ANNA)
    world.sync()
    world.move(days=390)

    assert tidied(world).bodies == 0


def test_nothing_of_an_old_body_is_left_in_the_files_of_the_inbox(tmp_path: Path) -> None:
    path = tmp_path / "inbox.sqlite3"
    world = World()
    inbox, small = Inbox(path), world.place.inbox
    world.deliver("1", customer=ANNA, note="x" * 9000 + "the last words")
    inbox.merge(small)
    [one] = inbox.after(0)

    inbox.reduce([(one.seq, "{}")])

    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    inbox.close()
    assert [word for word in (b"anna@example.com", b"last words", b"xxxx") if word in kept] == []
    assert (GIST_TYPE.encode() in kept, one.sha256.encode() in kept) == (True, True)


def lead(world: World, lead_id: str, partner: str, at: str, status: str = "", **cells: str) -> None:
    contact = {"name": "Anna", "email": ANNA["email"], "phone": ANNA["phone"], **cells}
    world.type(
        Tab.LEADS, lead_id=lead_id, partner_id=partner, received_at=at, status=status,
        deal_amount="1000" if status == "deal" else None, **contact,
    )  # fmt: skip


def test_contacts_of_a_closed_lead_go_after_12_months_and_its_deal_stays() -> None:
    world = World()
    lead(world, "L1", "ivan", "2026-10-01T10:00:00+03:00", "deal")
    lead(world, "L2", "maria", "2026-10-02T10:00:00+03:00", "deal")
    lead(
        world,
        "L3",
        "maria",
        "2026-10-03T10:00:00+03:00",
        "new",
        name="Olga",
        email="o@example.com",
        phone="",
    )
    world.sync()
    before = (world.rows(Tab.COMMISSIONS), world.balance(), world.balance("maria"))
    world.move(days=364)
    assert tidied(world).leads == 0
    world.move(days=2)

    found = tidied(world)

    rows = {row["lead_id"]: row for row in world.rows(Tab.LEADS)}
    assert (found.leads, len(found.erasures), found.left) == (2, 3, ())
    assert [rows[n]["name"] for n in ("L1", "L2", "L3")] == [None, None, "Olga"]
    assert str(rows["L1"]["email"])[:2] + str(rows["L2"]["phone"])[:2] == "e:p:"
    assert before == (world.rows(Tab.COMMISSIONS), "100.00", "0.00")
    assert (world.sync().plan.empty, ills(world)) == (True, {})


def test_a_value_that_an_open_lead_shows_too_is_left_alone() -> None:
    world = World()
    lead(world, "L1", "ivan", "2026-10-01T10:00:00+03:00", "refused")
    lead(
        world, "L2", "ivan", "2026-10-02T10:00:00+03:00", "new", email="other@example.com", phone=""
    )
    world.sync()
    world.move(days=370)

    found = tidied(world)

    assert [(one.cell, one.by) for one in found.left] == [("D2", "")]
    assert [row["name"] for row in world.rows(Tab.LEADS)] == ["Anna", "Anna"]
    assert [one.column for one in found.erasures] == ["email", "phone"]


def test_months_are_counted_back_to_the_same_day_or_the_last_of_its_month() -> None:
    day = datetime(2028, 2, 29, tzinfo=UTC).date()

    assert months_before(day, 12).isoformat() == "2027-02-28"
    assert months_before(day.replace(month=3, day=31), 1).isoformat() == "2028-02-29"


def test_the_command_tells_first_and_a_wake_does_it_once_a_day_where_it_is_wanted(
    tmp_path: Path,
) -> None:
    book = CliBook(tmp_path)
    book.deliver("1", customer=ANNA)
    book.sync()
    book.now = datetime(2027, 2, 1, 12, tzinfo=UTC)
    told = book.run("tidy")
    assert (told.out, "Add --yes" in told.err) == ("bodies=1 leads=0 cells=0\n", True)
    assert "tidy" not in book.run("wake").out
    book.type(Tab.SETTINGS, {"setting": "tidy", "value": "daily"})

    wakes = [book.run("wake") for _ in range(2)]

    assert [one.out.count("tidy bodies=1 leads=0 cells=0") for one in wakes] == [1, 0]
    assert [one.code for one in wakes] == [0, 0]
    assert book.run("tidy", "--yes").out == "bodies=0 leads=0 cells=0\n"
    assert (book.balances(), book.run("check").code) == ({"ivan": "100.00"}, 0)
