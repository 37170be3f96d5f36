"""Is a person forgotten wherever he stands, with every sum kept to the unit?"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults import busy, ills, sealed_world
from tests.world import World
from tracker.customers import email_key
from tracker.deliveries import GIST_TYPE
from tracker.erasing import LeftCell
from tracker.forgetting import Person, Traces, customer, forget, partner, traces
from tracker.inbox import Mark
from tracker.layout import Tab
from tracker.outgoing import Letter, LetterKind, LetterState
from tracker.problems import Stop
from tracker.running import look

ANNA, PHONE = "anna@example.com", "+7 900 000-00-01"
CONTACT = {"email": ANNA, "phone": PHONE, "name": "Anna Test"}
MONEY = (Tab.JOURNAL, Tab.COMMISSIONS, Tab.PAYOUTS, Tab.STATEMENTS)


def the_customer(world: World, *contacts: str) -> Person:
    return customer(contacts, look(world.place).known, world.place.secret)


def the_partner(world: World, partner_id: str) -> Person:
    return partner(partner_id, look(world.place).known, world.place.secret)


def forgotten(world: World, person: Person) -> Traces:
    with world.store.writing(1):
        return forget(world.place, person)


def bodies(world: World) -> str:
    return "".join(one.body for one in world.place.inbox.after(0))


def money(world: World) -> object:
    """Every line of the ledgers, and what is owed of them."""
    figures = [(r["partner_id"], r["balance"], r["payable"]) for r in world.rows(Tab.BALANCES)]
    return [world.rows(tab) for tab in MONEY], figures


@pytest.mark.parametrize("make", [busy, sealed_world])
@pytest.mark.parametrize("who", ["customer", "ivan", "maria"])
def test_every_line_balance_and_digest_is_the_same_before_and_after(
    make: Callable[[], World], who: str
) -> None:
    world = make()
    for partner_id in ("ivan", "maria"):
        world.edit(Tab.PARTNERS, partner_id, "name", partner_id.title())
    world.deliver("77", customer=CONTACT, codes=["MARIA01"])
    world.sync()
    before = money(world)

    person = the_customer(world, ANNA) if who == "customer" else the_partner(world, who)
    forgotten(world, person)

    assert (money(world), ills(world)) == (before, {})
    assert world.sync().plan.empty


def test_a_customers_deliveries_say_what_they_said_without_contacts() -> None:
    world = World()
    world.deliver("1", customer=CONTACT)
    world.deliver("1", total="900", updated_at=None)  # the same order, naming nobody
    world.deliver("2", customer={"phone": PHONE}, note="for Anna Test")
    world.deliver("3", customer={"email": "boris@example.com"})
    world.sync()

    found = forgotten(world, the_customer(world, ANNA, PHONE))

    assert ([seq for seq, _ in found.gists], found.unread) == ([1, 2, 3], ())
    assert [word for word in (*CONTACT.values(), "Anna") if word in bodies(world)] == []
    assert "boris@example.com" in bodies(world)


def test_a_delivery_that_cannot_be_read_is_named_and_kept() -> None:
    world = World()
    world.deliver("1", customer=CONTACT, total="ten")
    world.sync()

    found = forgotten(world, the_customer(world, ANNA))

    assert (found.unread, found.gists) == (("the test",), ())
    assert world.place.inbox.count(Mark.QUARANTINED) == 1


def test_a_customers_lead_and_sign_up_keep_no_contact_and_stay_the_same_customer() -> None:
    world = World(lead_pays_on="registration", lead_rate="100 RUB")
    contact = {"name": "Anna", "phone": PHONE, "email": ANNA}
    world.type(Tab.LEADS, lead_id="L1", partner_id="ivan", note="rings on Friday", **contact)
    world.type(Tab.LEADS, lead_id="L2", partner_id="maria", **contact)
    world.type(Tab.SIGN_UPS, message="hello", channel="blog", **contact)
    world.sync()
    before = (world.balance("ivan"), world.balance("maria"))

    forgotten(world, the_customer(world, ANNA.upper()))

    assert [(r["name"], r["note"]) for r in world.rows(Tab.LEADS)] == [(None, None), (None, None)]
    assert world.rows(Tab.LEADS)[0]["email"] == email_key(world.place.secret, ANNA)
    assert [(r["email"], r["message"], r["channel"]) for r in world.rows(Tab.SIGN_UPS)] == [
        (None, None, "blog")
    ]
    assert before == (world.balance("ivan"), world.balance("maria")) == ("100.00", "0.00")
    assert (world.sync().plan.empty, ills(world)) == (True, {})


def test_a_partner_is_shown_as_erased_has_left_and_is_still_owed() -> None:
    world = World()
    world.edit(Tab.PARTNERS, "ivan", "name", "Ivan")
    world.edit(Tab.PARTNERS, "ivan", "phone", PHONE)
    world.edit(Tab.PARTNERS, "ivan", "payout_details", "card 1")
    world.deliver("1")
    world.sync()

    found = forgotten(world, the_partner(world, "ivan"))

    [row] = [row for row in world.rows(Tab.PARTNERS) if row["partner_id"] == "ivan"]
    told = [row[column] for column in ("name", "email", "phone", "payout_details", "status")]
    assert (told, found.left) == (["erased-ivan", None, None, None, None], ())
    [balance] = world.rows(Tab.BALANCES)
    assert (balance["name"], balance["balance"]) == ("erased-ivan", 100)
    world.move(days=1)
    world.deliver("2", ordered_at="2026-10-21T10:00:00Z")
    world.deliver("1", total="500")
    world.sync()
    assert (world.reason("2"), world.balance()) == ("partner_left", "50.00")


def test_two_partners_of_one_name_are_not_guessed_apart() -> None:
    world = World()
    world.edit(Tab.PARTNERS, "ivan", "name", "Anna")
    world.edit(Tab.PARTNERS, "maria", "name", "Anna")

    found = forgotten(world, the_partner(world, "ivan"))

    assert found.left == (
        LeftCell(Tab.PARTNERS, "M2", ""),
        LeftCell(Tab.PARTNERS, "B2", "erased-ivan"),
    )
    assert [row["name"] for row in world.rows(Tab.PARTNERS)] == ["Anna", "Anna"]
    assert [row["email"] for row in world.rows(Tab.PARTNERS)] == [None, None]


def test_a_name_that_was_never_typed_has_to_be_typed() -> None:
    world = World()

    assert (
        LeftCell(Tab.PARTNERS, "B2", "erased-ivan")
        in forgotten(world, the_partner(world, "ivan")).left
    )


def test_who_comes_back_counts_without_contacts() -> None:
    world = World()
    world.deliver("1", customer=CONTACT)
    world.sync()
    forgotten(world, the_customer(world, ANNA, PHONE))

    world.deliver("2", customer=CONTACT)
    world.deliver("3", customer={"email": "boris@example.com"})
    asks = {
        "kind": "lead",
        "lead_id": "5",
        "partner_id": "ivan",
        "received_at": "2026-10-20T10:00:00Z",
    }
    world.land({**asks, **CONTACT, "note": "call Anna Test"})
    world.sync()

    assert (world.balance(), len(world.lines("2"))) == ("300.00", 1)
    [lead] = world.rows(Tab.LEADS)
    assert (lead["lead_id"], lead["name"], lead["note"]) == ("generic/5", None, None)
    assert lead["email"] == email_key(world.place.secret, ANNA)
    kinds = [one.content_type == GIST_TYPE for one in world.place.inbox.after(0)]
    assert (kinds, "Anna" in bodies(world)) == ([True, True, False, True], False)


def test_a_row_of_the_webhook_log_is_blanked_and_passed_over() -> None:
    world = World()
    world.place = world.place.__class__(**{
        **{name: getattr(world.place, name) for name in ("store", "inbox", "outbox", "secret", "clock")},
        "order_log": "tab:Webhook log",
    })  # fmt: skip
    body = {"order_id": "9", "ordered_at": "2026-10-19T10:00:00Z", "total": "1000"}
    said = json.dumps({**body, "currency": "RUB", "codes": ["IVAN01"], "customer": CONTACT})
    at = "2026-10-20T10:00:00Z"
    world.type(Tab.WEBHOOK_LOG, delivery_id="z1", received_at=at, source="zapier", body=said)
    world.sync()

    forgotten(world, the_customer(world, ANNA))

    assert [row["body"] for row in world.rows(Tab.WEBHOOK_LOG)] == ["erased"]
    rest = world.sync()
    assert (rest.plan.empty, rest.problems, world.balance()) == (True, (), "100.00")
    assert world.place.inbox.count() == 1


def letter(name: str, to: str, state: LetterState, partner_id: str = "ivan") -> Letter:
    return Letter(
        statement_id=name, partner_id=partner_id, month="2026-10", from_address="shop@example.com",
        to_address=to, message_id=f"<{name}@example.com>", content=b"Dear Ivan", state=state,
        frozen_figures='{"revision":1,"name":"Ivan"}', kind=LetterKind.STATEMENT,
    )  # fmt: skip


def test_letters_keep_their_names_ids_and_fates_and_never_leave_again() -> None:
    world = World()
    outbox = world.place.outbox
    for name, to in (
        ("sent", "ivan@example.com"),
        ("new", "old@example.com"),
        ("x", "m@example.com"),
    ):
        outbox.freeze(letter(name, to, LetterState.FROZEN, "maria" if name == "x" else "ivan"))
    outbox.start("sent")
    outbox.finish("sent", LetterState.SENT, "")

    found = forgotten(world, the_partner(world, "ivan"))

    sent, new, other = (outbox.letter(name) for name in ("sent", "new", "x"))
    assert sent is not None
    assert new is not None
    assert other is not None
    assert (found.letters, sent.state, new.state) == (2, "sent", "dropped")
    assert (sent.message_id, sent.to_address, sent.frozen_figures) == (
        "<sent@example.com>", "", '{"revision":1}',
    )  # fmt: skip
    assert b"was erased on 2026-10-20" in sent.content
    assert (outbox.start("new"), new.may_leave(3), other.content) == (False, False, b"Dear Ivan")


@pytest.mark.parametrize("typed", [[], ["anna"], ["12"], [ANNA, "no phone"]])
def test_what_is_no_contact_is_refused(typed: list[str]) -> None:
    with pytest.raises(Stop) as stop:
        the_customer(World(), *typed)

    assert stop.value.code == "forget_no_contact"


def test_looking_changes_nothing_and_a_second_time_nothing_is_left() -> None:
    world = World()
    world.deliver("1", customer=CONTACT)
    world.sync()
    before = world.store.book.generation
    person = the_customer(world, ANNA)

    assert len(traces(world.place, look(world.place), person).gists) == 1
    assert (world.store.book.generation, ANNA in bodies(world)) == (before, True)
    forgotten(world, person)
    after = world.store.book.generation
    assert (forgotten(world, person), world.store.book.generation) == (Traces(), after)


def test_a_phone_is_found_however_it_is_written() -> None:
    person = Person(phones=("8 900 000 00 01",))

    assert person.named_in('{"Phone": "+7(900)000-00-01"}')
    assert person.named_in("Phone=%2B7+900+000-00-01")
    assert not person.named_in('{"Phone": "+7(900)000-00-02"}')
    assert Person(emails=(ANNA,)).named_in("email=Anna%40Example.com")


def test_the_state_folder_is_where_copies_are_looked_for(tmp_path: Path) -> None:
    from tracker.leftovers import backups_with, needles

    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / "partners-2026-10-20.xlsx").write_bytes(b"no workbook")

    assert backups_with(tmp_path, needles([ANNA], [])) == [
        tmp_path / "backups" / "partners-2026-10-20.xlsx"
    ]
    assert backups_with(tmp_path, needles([], [])) == []
