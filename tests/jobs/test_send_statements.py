"""Does every partner get each month's letter once, whatever happens on the way?

A real mail server on loopback takes, refuses, or cuts the line; the book is one in memory.
"""

from __future__ import annotations

import socket
from datetime import UTC, datetime
from email import message_from_bytes

import pytest

from tests.faulty_mail import FaultyServer
from tests.jobs.post import Post, fates, named, receivers, text_of
from tests.test_smtp import Running
from tracker.cells import shown
from tracker.layout import Tab
from tracker.mailing import send, send_all
from tracker.problems import Stop

EVERYBODY = ["ivan@example.com", "maria@example.com", "oleg@example.com"]


def test_every_letter_is_claimed_sent_and_marked(server: Running) -> None:
    world = Post(server.port)

    sending = world.send()

    assert fates(sending) == {"ivan": "sent", "maria": "sent", "oleg": "sent"}
    assert receivers(server.mailbox.letters) == EVERYBODY
    assert world.states() == [
        (who, state) for state in ("claimed", "sent") for who in ("ivan", "maria", "oleg")
    ]


def test_sending_twice_sends_once(server: Running) -> None:
    world = Post(server.port)
    world.send()
    before = world.rows(Tab.STATEMENTS)

    again = world.send()

    assert (again.fates, again.problems) == ((), ())
    assert len(server.mailbox.letters) == 3
    assert world.rows(Tab.STATEMENTS) == before


def test_a_letter_tells_the_figures_of_the_ledger(server: Running) -> None:
    world = Post(server.port, language="en")

    world.send()

    text = text_of(server.mailbox.letters[1].original_content or b"")
    row = world.rows(Tab.STATEMENTS)[1]
    assert [shown(row[key]) for key in ("partner_id", "opening", "closing", "lines")] == [
        *("maria", "0", "300", "1")
    ]
    assert "15% of RUB\u00a02,000.00 (" in text
    assert "Sum: RUB\u00a0300.00" in text
    assert "Closing balance: RUB\u00a0300.00" in text


def test_the_message_id_in_the_book_is_the_letter_s(server: Running) -> None:
    world = Post(server.port)

    world.send()

    (letter, *_) = server.mailbox.letters
    assert f"Message-ID: {world.rows(Tab.STATEMENTS)[0]['message_id']}\r\n".encode() in (
        letter.original_content or b""
    )


def test_november_opens_with_what_october_closed(server: Running) -> None:
    world = Post(server.port)
    world.send()
    world.now = datetime(2026, 11, 5, 9, tzinfo=UTC)
    world.deliver("1003", total="500", ordered_at="2026-11-05T08:00:00Z")
    world.deliver("1001", refunded="1000")
    world.sync()
    world.now = datetime(2026, 12, 1, 9, tzinfo=UTC)

    world.send("2026-11")

    row = next(row for row in world.rows(Tab.STATEMENTS) if row["month"] == "2026-11")
    assert [shown(row[key]) for key in ("partner_id", "opening", "lines", "closing")] == [
        *("ivan", "100", "2", "50")
    ]
    assert world.balance("ivan") == "50.00"


def test_a_refusal_stops_nobody_and_goes_to_the_corrected_address_next_time(
    server: Running,
) -> None:
    world = Post(server.port, language="en")
    world.edit(Tab.PARTNERS, "ivan", "email", "gone@example.com")

    first = world.send()
    world.edit(Tab.PARTNERS, "ivan", "email", "ivan@example.org")
    second = world.send()

    assert fates(first) == {"ivan": "refused", "maria": "sent", "oleg": "sent"}
    assert named(first) == {("letter_refused", "ivan")}
    assert fates(second) == {"ivan": "sent"}
    assert receivers(server.mailbox.letters) == [*EVERYBODY[1:], "ivan@example.org"]
    assert world.states()[-1] == ("ivan", "sent")


def test_a_letter_that_has_not_left_is_named_and_goes_before_the_next_month_s(
    server: Running,
) -> None:
    world = Post(server.port, language="en")
    world.edit(Tab.PARTNERS, "ivan", "email", "gone@example.com")
    world.send()
    named_in_the_book = {(p.code, p.key) for p in world.problems()}
    world.now = datetime(2026, 12, 1, 12, tzinfo=UTC)
    world.edit(Tab.PARTNERS, "ivan", "email", "ivan@example.org")

    with world.store.writing(1):
        sendings = send_all(world.place, None, sleep=lambda _seconds: None)

    assert named_in_the_book == {("letter_waiting", "ivan")}
    assert [(one.month, fates(one)["ivan"]) for one in sendings] == [
        ("2026-10", "sent"),
        ("2026-11", "sent"),
    ]
    assert world.codes() == set()


def test_a_cron_that_missed_three_months_sends_them_in_order(server: Running) -> None:
    world = Post(server.port)
    world.send()
    world.now = datetime(2026, 11, 20, 9, tzinfo=UTC)
    world.deliver("1003", total="500", ordered_at="2026-11-20T08:00:00Z")
    world.sync()
    world.now = datetime(2027, 2, 1, 9, tzinfo=UTC)

    with world.store.writing(1):
        sendings = send_all(world.place, None, sleep=lambda _seconds: None)

    rows = [row for row in world.rows(Tab.STATEMENTS) if row["partner_id"] == "ivan"]
    assert [one.month for one in sendings] == ["2026-10", "2026-11", "2026-12", "2027-01"]
    assert [
        (row["month"], shown(row["opening"]), shown(row["closing"]))
        for row in rows
        if row["state"] == "sent"
    ] == [
        ("2026-10", "0", "100"),
        ("2026-11", "100", "150"),
        ("2026-12", "150", "150"),
        ("2027-01", "150", "150"),
    ]
    assert receivers(server.mailbox.letters) == EVERYBODY * 4


def slept(world: Post, *months: int) -> None:
    """Let an order of 1000 come on the 20th of each month, and nobody send anything."""
    for month in months:
        world.now = datetime(2026, month, 20, 9, tzinfo=UTC)
        world.deliver(f"20{month}", ordered_at=world.now.isoformat())
        world.sync()
    world.now = datetime(2026, months[-1] + 1, 2, 9, tzinfo=UTC)


def openings(world: Post, partner_id: str = "ivan") -> list[tuple[str, str, str, str]]:
    """A partner's letters that ended: month, opening, closing, fate; in the book's order."""
    return [
        (shown(r["month"]), shown(r["opening"]), shown(r["closing"]), shown(r["state"]))
        for r in world.rows(Tab.STATEMENTS)
        if r["partner_id"] == partner_id and r["state"] != "claimed"
    ]


def sent_all(world: Post) -> list[dict[str, str]]:
    with world.store.writing(1):
        return [fates(one) for one in send_all(world.place, None, sleep=lambda _seconds: None)]


def test_three_months_slept_through_leave_in_order_and_join_up(server: Running) -> None:
    world = Post(server.port, language="en")
    world.send()
    slept(world, 11)
    world.now = datetime(2027, 2, 2, 9, tzinfo=UTC)
    sent_all(world)

    subjects = [
        str(message_from_bytes(one.original_content or b"")["Subject"])
        for one in server.mailbox.letters
        if one.rcpt_tos == ["ivan@example.com"]
    ]
    assert [subject.split(" from ")[0] for subject in subjects] == [
        f"Your statement for {name}"
        for name in ("October 2026", "November 2026", "December 2026", "January 2027")
    ]
    assert openings(world)[1:] == [
        ("2026-11", "100", "200", "sent"),
        ("2026-12", "200", "200", "sent"),
        ("2027-01", "200", "200", "sent"),
    ]


def test_a_letter_refused_in_its_month_goes_before_the_next_and_costs_nobody_else_his(
    server: Running,
) -> None:
    world = Post(server.port, language="en")
    world.edit(Tab.PARTNERS, "ivan", "email", "gone@example.com")
    world.send()
    slept(world, 11)
    refused = sent_all(world)
    world.edit(Tab.PARTNERS, "ivan", "email", "ivan@example.com")
    server.mailbox.letters.clear()

    sent = sent_all(world)

    assert [one["ivan"] for one in refused] == ["refused", "refused"]
    assert [one.get("maria") for one in refused] == [None, "sent"]
    assert sent == [{"ivan": "sent"}, {"ivan": "sent"}]
    assert openings(world) == [
        ("2026-10", "0", "100", "sent"), ("2026-11", "100", "200", "sent"),
    ]  # fmt: skip
    assert receivers(server.mailbox.letters) == ["ivan@example.com"] * 2


def test_a_letter_of_unknown_fate_does_not_hold_the_next_month_s(server: Running) -> None:
    with FaultyServer("dot", 1, "") as faulty:
        world = Post(faulty.port, language="en")
        world.send()
    world.connect(server.port)
    slept(world, 11)

    sent_all(world)

    assert openings(world) == [
        ("2026-10", "0", "100", "unknown"), ("2026-11", "100", "200", "sent"),
    ]  # fmt: skip
    assert receivers(server.mailbox.letters) == EVERYBODY
    assert world.codes() == {"letter_unknown"}


def test_a_refusal_is_told_in_words_and_without_the_address(server: Running) -> None:
    world = Post(server.port, language="en")
    world.edit(Tab.PARTNERS, "ivan", "email", "gone@example.com")

    (problem,) = world.send().problems

    why = dict(problem.params)["why"]
    assert "550 5.1.1" in why
    assert "mail_recipient_refused" not in why
    assert "gone@example.com" not in why


def test_a_line_cut_after_the_letter_leaves_its_fate_unknown_and_it_is_never_sent_again(
    server: Running,
) -> None:
    with FaultyServer("dot", 2, "") as faulty:
        world = Post(faulty.port)
        first = world.send()
    world.connect(server.port)

    second = world.send()

    assert fates(first) == {"ivan": "sent", "maria": "unknown", "oleg": "sent"}
    assert (len(faulty.taken), server.mailbox.letters) == (3, [])
    assert ("maria", "unknown") in world.states()
    assert named(first) == named(second) == {("letter_unknown", "maria")}
    assert "letter_unknown" in world.codes()


def test_a_run_killed_between_two_letters_is_finished_by_the_next(server: Running) -> None:
    world = Post(server.port)

    def killed(_seconds: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), world.store.writing(1):
        send(world.place, "2026-10", sleep=killed)
    assert world.states() == [(who, "claimed") for who in ("ivan", "maria", "oleg")]

    world.send()

    assert receivers(server.mailbox.letters) == EVERYBODY
    assert world.states()[3:] == [(who, "sent") for who in ("ivan", "maria", "oleg")]


def test_a_letter_claimed_where_nobody_remembers_it_is_held(server: Running) -> None:
    world = Post(server.port)
    world.seal("2026-10", sent=False)

    sending = world.send()

    assert server.mailbox.letters == []
    assert fates(sending) == {"ivan": "unknown", "maria": "unknown", "oleg": "unknown"}


@pytest.mark.parametrize("mail", ["off", "preview"])
def test_nothing_leaves_or_is_sealed_unless_mail_is_live(server: Running, mail: str) -> None:
    world = Post(server.port, mail=mail)

    with pytest.raises(Stop, match="mail_not_live"):
        world.send()

    assert (server.mailbox.letters, world.states()) == ([], [])


@pytest.mark.parametrize(
    ("month", "code"),
    [("2026-11", "month_not_over"), ("2027-01", "month_not_over"), ("October", "month_unreadable")],
)
def test_only_a_month_that_is_over_can_be_sent(server: Running, month: str, code: str) -> None:
    world = Post(server.port)

    with pytest.raises(Stop, match=code):
        world.send(month)

    assert (server.mailbox.letters, world.rows(Tab.STATEMENTS)) == ([], [])


def test_a_month_ends_at_midnight_of_the_programme_s_zone(server: Running) -> None:
    world = Post(server.port)
    world.now = datetime(2026, 10, 31, 20, 59, 59, tzinfo=UTC)  # 23:59:59 in Moscow
    with pytest.raises(Stop, match="month_not_over"):
        world.send()
    world.move(seconds=1)

    assert set(fates(world.send()).values()) == {"sent"}


def test_without_a_sender_nothing_is_sealed(server: Running) -> None:
    world = Post(server.port, mail_from=" ")

    with pytest.raises(Stop, match="mail_from_missing"):
        world.send()

    assert (server.mailbox.letters, world.states()) == ([], [])


def test_a_server_that_is_away_costs_nothing_but_time(server: Running) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        world = Post(taken.getsockname()[1])
        first = world.send()
    world.connect(server.port)

    second = world.send()

    assert set(fates(first).values()) == {"refused"}
    assert set(fates(second).values()) == {"sent"}
    assert receivers(server.mailbox.letters) == EVERYBODY


def test_a_partner_without_an_address_is_named_and_not_sealed(server: Running) -> None:
    world = Post(server.port)
    world.edit(Tab.PARTNERS, "maria", "email", None)

    sending = world.send()

    assert named(sending) == {("letter_without_address", "maria")}
    assert "maria" not in {who for who, _ in world.states()}


def test_an_address_given_later_gets_the_letter_of_that_month(server: Running) -> None:
    world = Post(server.port)
    world.edit(Tab.PARTNERS, "maria", "email", None)
    world.send()
    world.edit(Tab.PARTNERS, "maria", "email", "maria@example.org")

    assert fates(world.send()) == {"maria": "sent"}
    assert receivers(server.mailbox.letters)[-1] == "maria@example.org"


def test_a_partner_whose_ledger_was_edited_is_skipped_by_name(server: Running) -> None:
    world = Post(server.port)
    row = world.rows(Tab.COMMISSIONS)[0]
    world.edit(Tab.COMMISSIONS, str(row["line_id"]), "amount", "900")

    sending = world.send()

    assert fates(sending) == {"maria": "sent", "oleg": "sent"}
    assert named(sending) == {("partner_skipped", "ivan")}


def test_a_sealed_line_that_vanished_is_named_and_stops_that_partner_s_next_letter(
    server: Running,
) -> None:
    world = Post(server.port)
    world.send()
    digest = world.rows(Tab.STATEMENTS)[0]["digest"]
    for tab in (Tab.JOURNAL, Tab.COMMISSIONS):
        world.delete(tab, str(world.rows(tab)[0]["line_id"]))
    world.now = datetime(2026, 12, 1, 9, tzinfo=UTC)

    november = world.send("2026-11")

    assert world.rows(Tab.STATEMENTS)[0]["digest"] == digest
    assert "statement_changed" in world.codes()
    assert named(november) == {("partner_skipped", "ivan")}
    assert fates(november) == {"maria": "sent", "oleg": "sent"}


def test_a_partner_with_two_currencies_gets_one_letter(server: Running) -> None:
    world = Post(server.port)
    world.deliver("1004", total="30", currency="EUR", ordered_at="2026-10-20T10:00:00Z")
    world.now = datetime(2026, 10, 31, 9, tzinfo=UTC)
    world.sync()
    world.now = datetime(2026, 11, 1, 9, tzinfo=UTC)

    world.send()

    assert receivers(server.mailbox.letters) == EVERYBODY
    rows = [row for row in world.rows(Tab.STATEMENTS) if row["partner_id"] == "ivan"]
    assert [(row["currency"], shown(row["closing"]), row["state"]) for row in rows] == [
        ("EUR", "3", "claimed"),
        ("RUB", "100", "claimed"),
        ("EUR", "3", "sent"),
        ("RUB", "100", "sent"),
    ]
