"""Does a posted lead become one row, once, whatever happens to the delivery or to the row?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.world import NOON, World
from tracker.cells import Cell
from tracker.deliveries import NewDelivery
from tracker.inbox import Inbox
from tracker.layout import Tab
from tracker.running import look

LEAD = {"kind": "lead", "lead_id": "7", "phone": "+7 900 000-00-01", "partner_id": "ivan"}


def posted(
    *, source: str = "generic", settings: dict[str, str] | None = None, **fields: object
) -> World:
    """A book into which a lead was posted."""
    world = World(NOON, **(settings or {}))
    world.land({**LEAD, **fields}, source=source)
    world.sync()
    return world


def told(world: World) -> list[tuple[Cell, Cell, Cell]]:
    """The rows of Leads: id, partner, phone."""
    return [(r["lead_id"], r["partner_id"], r["phone"]) for r in world.rows(Tab.LEADS)]


ROW = ("generic/7", "ivan", "+7 900 000-00-01")


def test_a_posted_lead_is_one_row_and_one_line_of_the_journal() -> None:
    world = posted(name="Анна", note="on Friday", received_at="2026-10-19 10:00")

    (row,) = world.rows(Tab.LEADS)
    (line,) = world.rows(Tab.JOURNAL)
    assert told(world) == [ROW]
    assert (row["name"], row["note"], row["status"]) == ("Анна", "on Friday", None)
    assert row["received_at"] == "2026-10-19T10:00:00+03:00"
    assert (line["source"], line["order_id"], line["state"]) == ("lead", "generic/7", "noted")


def test_the_second_sync_finds_nothing_to_write() -> None:
    world = posted()

    assert not world.sync().committed


def test_contacts_stand_in_leads_alone() -> None:
    world = posted(name="Anna Secret", phone="+7 900 000-00-02", email="anna@example.com")

    elsewhere = [row for tab in Tab if tab is not Tab.LEADS for row in world.rows(tab)]
    assert len(elsewhere) > 10
    assert not [row for row in elsewhere if "Secret" in str(row) or "anna@" in str(row)]
    assert not [row for row in elsewhere if "000-00-02" in str(row) or "9000000002" in str(row)]
    assert "Secret" not in repr(look(world.place).plan)


def test_a_lead_that_is_sent_again_with_other_words_changes_nothing() -> None:
    world = posted()
    world.land({**LEAD, "phone": "+7 900 000-00-09", "note": "again"})
    world.sync()

    assert (told(world), len(world.rows(Tab.JOURNAL))) == ([ROW], 1)


def test_two_deliveries_of_one_lead_in_one_run_are_the_first_of_them() -> None:
    world = World()
    world.land(LEAD)
    world.land({**LEAD, "phone": "+7 900 000-00-09"})
    world.sync()

    assert told(world) == [ROW]


def test_a_row_that_the_owner_deleted_is_not_brought_back() -> None:
    world = posted()
    world.delete(Tab.LEADS, "generic/7")
    world.sync()
    world.land({**LEAD, "note": "again"})
    world.sync()

    assert (told(world), len(world.rows(Tab.JOURNAL)), world.codes()) == ([], 1, set())


def test_an_inbox_that_is_read_from_its_beginning_brings_nothing_back() -> None:
    world = posted()
    world.delete(Tab.LEADS, "generic/7")
    other = Inbox(None)
    other.merge(world.place.inbox)
    world.place = replace(world.place, inbox=other)

    assert (world.sync().committed, told(world)) == (False, [])


def test_a_row_whose_note_was_lost_is_noted_again_and_stays_one_row() -> None:
    world = posted()
    world.store.book.sheets[Tab.JOURNAL].rows.clear()
    world.sync()

    assert (told(world), len(world.rows(Tab.JOURNAL))) == ([ROW], 1)


def test_a_commit_that_never_landed_leaves_neither_row_nor_note_and_is_made_again() -> None:
    world = World()
    world.land(LEAD)
    planned = look(world.place, brought=True)
    assert (len(planned.plan.leads), told(world), world.rows(Tab.JOURNAL)) == (1, [], [])

    world.sync()
    assert told(world) == [ROW]


def test_leads_of_two_sources_with_one_number_are_two() -> None:
    world = posted()
    world.land(LEAD, source="zapier")
    world.sync()

    assert [lead_id for lead_id, *_ in told(world)] == ["generic/7", "zapier/7"]


def test_a_list_may_hold_leads_and_orders() -> None:
    world = World()
    order = {"order_id": "1", "ordered_at": "2026-10-19", "total": 1000, "currency": "RUB"}
    world.land([LEAD, {**order, "codes": "IVAN01"}, {**LEAD, "lead_id": "8"}])
    world.sync()

    assert (len(told(world)), world.balance()) == (2, "100.00")


def test_a_lead_posted_while_a_setting_cannot_be_read_waits_for_its_note() -> None:
    world = posted(settings={"lead_protect_days": "soon"})
    before = (told(world), len(world.rows(Tab.JOURNAL)))
    world.edit(Tab.SETTINGS, "lead_protect_days", "value", "30")
    world.sync()

    assert before == ([ROW], 0)
    assert (told(world), len(world.rows(Tab.JOURNAL))) == ([ROW], 1)


# Whose it is.


@pytest.mark.parametrize(
    ("signs", "partner"),
    [
        ({"partner_id": "maria", "code": "IVAN01"}, "maria"),
        ({"code": "ivan01"}, "ivan"),
        ({"number": "8 800 000-00-15"}, "maria"),
        ({"code": "IVAN01", "number": "+7 800 000-00-15"}, "ivan"),
        ({"code": "NOBODY"}, None),
        ({}, None),
    ],
)
def test_a_lead_is_of_whom_its_id_code_or_number_names(
    signs: dict[str, str], partner: str | None
) -> None:
    world = World()
    world.edit(Tab.PARTNERS, "maria", "call_number", "+78000000015")
    world.land({"kind": "lead", "lead_id": "7", "phone": "+7 900 000-00-01"} | signs)
    world.sync()

    assert [row["partner_id"] for row in world.rows(Tab.LEADS)] == [partner]


@pytest.mark.parametrize(
    ("tab", "key", "column", "value"),
    [
        (Tab.CODES, "IVAN01", "status", "paused"),
        (Tab.CODES, "IVAN01", "kind", "shared"),
        (Tab.CODES, "IVAN01", "valid_to", "2026-10-01"),
        (Tab.PARTNERS, "ivan", "status", "left"),
    ],
)
def test_a_code_that_was_no_good_names_nobody(tab: Tab, key: str, column: str, value: str) -> None:
    world = World()
    world.edit(tab, key, column, value)
    world.land({"kind": "lead", "lead_id": "7", "phone": "+79000000001", "code": "IVAN01"})
    world.sync()

    assert [row["partner_id"] for row in world.rows(Tab.LEADS)] == [None]


def test_a_number_of_nobody_is_told_once_and_counts_as_soon_as_it_is_somebody_s() -> None:
    world = World()
    for lead_id in ("7", "8"):
        phone = f"+7 900 000-00-0{lead_id}"
        world.land({"kind": "lead", "lead_id": lead_id, "phone": phone, "number": "+78000000015"})
    world.sync()
    (problem,) = world.problems()
    world.edit(Tab.PARTNERS, "ivan", "call_number", "8 (800) 000-00-15")
    world.sync()

    assert (problem.code, problem.tab, dict(problem.params)["count"]) == (
        "lead_of_nobody",
        "Leads",
        "2",
    )
    assert (world.codes(), world.reason("generic/7", "lead")) == (set(), "lead_by_sign")


def test_a_lead_stays_with_whom_its_number_named_when_the_number_changes_hands() -> None:
    world = World(lead_pays_on="deal")
    world.edit(Tab.PARTNERS, "ivan", "call_number", "+78000000015")
    world.type(Tab.LEADS, lead_id="l1", phone="+79000000001", number="+78000000015")
    world.sync()
    world.edit(Tab.PARTNERS, "ivan", "call_number", None)
    world.edit(Tab.PARTNERS, "maria", "call_number", "+78000000015")
    world.edit(Tab.LEADS, "l1", "status", "deal")
    world.edit(Tab.LEADS, "l1", "deal_amount", "10 000")
    world.sync()

    assert world.lines("l1") == [("ivan", "lead", "1000")]


def test_a_code_handed_over_names_its_owner_of_that_moment() -> None:
    world = World()
    world.sync()
    world.edit(Tab.CODES, "IVAN01", "partner_id", "maria")
    world.move(days=2)
    world.sync()
    for lead_id, day in (("7", "2026-10-20"), ("8", "2026-10-23")):
        body = {"kind": "lead", "lead_id": lead_id, "received_at": f"{day} 10:00", "code": "IVAN01"}
        world.land({**body, "phone": f"+7 900 000-00-0{lead_id}"})
    world.move(days=3)
    world.sync()

    assert [row["partner_id"] for row in world.rows(Tab.LEADS)] == ["ivan", "maria"]


def test_a_partner_nobody_knows_is_kept_in_the_row_and_told() -> None:
    world = posted(partner_id="oleg")

    assert (told(world)[0][1], world.codes()) == ("oleg", {"partner_unknown"})


# Calls and forms.


def test_a_call_is_a_lead_of_the_partner_whose_number_was_called() -> None:
    world = World()
    world.edit(Tab.PARTNERS, "maria", "call_number", "8 800 000 00 15")
    call = {"call_session_id": 5, "contact_phone_number": "79000000001"}
    world.land({**call, "virtual_phone_number": "78000000015", "direction": "in"}, source="uis")
    world.sync()

    assert told(world) == [("uis/5", "maria", "+79000000001")]


def test_the_two_notifications_of_one_call_are_one_lead() -> None:
    world = World()
    call = {"call_session_id": 5, "contact_phone_number": "79000000001"}
    world.land({**call, "notification_name": "started"}, source="uis")
    world.land({**call, "notification_name": "finished"}, source="uis")
    world.sync()

    assert len(told(world)) == 1


def test_a_tilda_form_without_a_cart_is_a_lead_of_its_page_s_partner() -> None:
    world = World()
    page = {"referer": "https://shop.example.com/flats?ref=IVAN01", "tranid": "1:2", "formid": "f"}
    world.land({**page, "Name": "Анна", "Phone": "+7 900 000-00-01"}, source="tilda")
    world.sync()

    # No link has that mark, but a code has: many owners put the code itself into the link.
    assert told(world) == [("tilda/1:2", "ivan", "+7 900 000-00-01")]


def test_a_link_nobody_listed_yet_waits_in_the_row_for_its_link_or_code() -> None:
    world = posted(partner_id="", ref="tg-spring")
    waiting = (world.rows(Tab.LEADS)[0]["code"], world.codes())
    world.type(Tab.CODES, code="TG-SPRING", partner_id="maria")
    world.sync()

    assert waiting == ("tg-spring", {"lead_of_nobody"})
    assert (world.codes(), world.reason("generic/7", "lead")) == (set(), "lead_by_sign")


def test_deliveries_of_one_lead_make_the_same_row_in_whatever_order_they_come() -> None:
    first = {**LEAD, "received_at": "2026-10-19 10:00"}
    bodies = [first, {**first, "received_at": "2026-10-19 11:00", "phone": "+7 900 000-00-09"}]
    found = []
    for order in (bodies, bodies[::-1]):
        world = World()
        for body in order:
            world.land(body)
        world.sync()
        found.append(told(world))

    assert found == [[ROW], [ROW]]


def test_a_lead_as_posted_is_the_lead_that_is_read_from_its_row() -> None:
    world = World()
    world.land({**LEAD, "email": "Anna@example.com", "code": "X", "helper": "maria", "number": "1"})
    (planned,) = look(world.place, brought=True).plan.registered
    world.sync()
    (read,) = look(world.place).plan.registered

    assert replace(read, cell="") == planned
    assert len(planned.customer) == 2


def test_the_rows_of_many_leads_are_written_with_their_notes_part_by_part() -> None:
    world = World()
    at = datetime(2026, 10, 20, tzinfo=UTC)
    body = '{"kind":"lead","lead_id":%d,"phone":"+7900000%04d"}'
    world.place.inbox.land(
        NewDelivery(
            source="make",
            delivery_id=f"m{n}",
            received_at=at + timedelta(seconds=n),
            body=body % (n, n),
        )
        for n in range(5)
    )
    world.store.rows_max = 2
    world.sync()

    assert (len(told(world)), len(world.rows(Tab.JOURNAL)), world.sync().committed) == (5, 5, False)
    assert world.now == NOON
