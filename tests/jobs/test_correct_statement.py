"""Is a sealed statement corrected by a further revision, once, and is the first one kept?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from email import message_from_bytes
from pathlib import Path

import pytest

from tests.faults import ills
from tests.jobs.post import Post, fates, receivers, text_of
from tests.test_smtp import Running
from tracker.cells import Cell, shown
from tracker.correcting import Corrected, copies, correct
from tracker.due import Task, due
from tracker.layout import Tab
from tracker.mailing import send_all
from tracker.outbox import Outbox
from tracker.outgoing import LetterState
from tracker.problems import Stop
from tracker.running import look
from tracker.statements import statement_id
from tracker.stores import Commit, Outcome
from tracker.stores.memory import MemoryBook, MemoryStore

REVISION_2 = statement_id("ivan", "2026-10", 2)
NOVEMBER_SECOND = datetime(2026, 11, 2, 9, tzinfo=UTC)
DECEMBER_FIRST = datetime(2026, 12, 1, 9, tzinfo=UTC)


def corrected(world: Post, because: str = "", month: str = "2026-10") -> Corrected:
    """Correct ivan's statement of a month."""
    with world.store.writing(1):
        return correct(world.place, "ivan", month, because, sleep=lambda _seconds: None)


def revisions(world: Post, partner_id: str = "ivan") -> list[tuple[str, str, str, str]]:
    """A partner's rows of Statements: month, revision, closing, fate."""
    return [
        (shown(r["month"]), shown(r["revision"]), shown(r["closing"]), shown(r["state"]))
        for r in world.rows(Tab.STATEMENTS)
        if r["partner_id"] == partner_id
    ]


def mailed(server: Running, place: int = -1) -> str:
    return text_of(server.mailbox.letters[place].original_content or b"").replace("\u00a0", " ")


def october(server: Running) -> Post:
    """October as it was mailed, one day later."""
    world = Post(server.port, language="en")
    world.send()
    world.now = NOVEMBER_SECOND
    return world


def lost_line(server: Running) -> tuple[Post, Callable[[], None]]:
    """October as it was mailed without order 1003 of 500; and what puts its rows back."""
    world = Post(server.port, language="en")
    world.now = datetime(2026, 10, 30, 9, tzinfo=UTC)
    world.deliver("1003", total="500")
    world.sync()
    lost: dict[Tab, list[Cell]] = {}
    for tab in (Tab.JOURNAL, Tab.COMMISSIONS):
        lost[tab] = world.store.book.sheets[tab].rows.pop()
    world.now = NOVEMBER_SECOND
    world.send()

    def put_back() -> None:
        for tab, row in lost.items():
            world.store.book.sheets[tab].rows.append(row)
        world.sync()

    return world, put_back


def forget(world: Post) -> None:
    """Delete order 1001 of ivan from both ledgers."""
    for tab in (Tab.JOURNAL, Tab.COMMISSIONS):
        world.delete(tab, shown(world.rows(tab)[0]["line_id"]))
    world.sync()


def test_a_letter_to_a_wrong_address_goes_again_as_revision_2(server: Running) -> None:
    world = october(server)
    world.edit(Tab.PARTNERS, "ivan", "email", "ivan@example.org")

    made = corrected(world, "It went to an address you no longer have.")

    assert made.sending is not None
    assert fates(made.sending) == {"ivan": "sent"}
    assert receivers(server.mailbox.letters)[3:] == ["ivan@example.org"]
    assert "went to another address: from now on we write to this one." in mailed(server)
    assert revisions(world) == [
        ("2026-10", "1", "100", "claimed"),
        ("2026-10", "1", "100", "sent"),
        ("2026-10", "2", "100", "claimed"),
        ("2026-10", "2", "100", "sent"),
    ]
    assert (ills(world), world.codes()) == ({}, set())


def test_a_correction_says_that_it_is_one_and_why(server: Running) -> None:
    world = october(server)

    corrected(world, "The first letter\nhad <b>no</b> name.")

    text = mailed(server)
    assert "This is a corrected statement, revision 2." in text
    assert "The first letter had <b>no</b> name." in text
    assert "The figures are the same as before." in text
    assert "2026-10/ivan/2" in text
    assert "2026-10/ivan/1" in mailed(server, 0)


def test_a_correction_stands_beside_the_first_letter_and_bears_its_own_date(
    server: Running,
) -> None:
    world = october(server)

    corrected(world, "Again.")

    first, *_, second = (
        message_from_bytes(one.original_content or b"") for one in server.mailbox.letters
    )
    assert second["In-Reply-To"] == second["References"] == first["Message-ID"]
    assert second["Message-ID"] != first["Message-ID"]
    assert first["Date"] == "Sun, 01 Nov 2026 00:00:00 +0300"
    assert second["Date"] == "Mon, 02 Nov 2026 12:00:00 +0300"
    assert str(second["Subject"]).startswith("Your corrected statement for October 2026")


def test_the_same_command_again_does_nothing(server: Running) -> None:
    world = october(server)
    corrected(world, "Again.")
    before = world.rows(Tab.STATEMENTS)

    same, silent = corrected(world, "Again."), corrected(world)

    assert (same.needless, silent.needless, same.sending) == (True, True, None)
    assert (world.rows(Tab.STATEMENTS), len(server.mailbox.letters)) == (before, 4)


def test_other_words_make_another_revision(server: Running) -> None:
    world = october(server)
    corrected(world, "Again.")

    corrected(world, "And once more.")

    assert [(r[1], r[3]) for r in revisions(world)][4:] == [("3", "claimed"), ("3", "sent")]
    assert "revision 3" in mailed(server)
    assert ills(world) == {}


def test_a_changed_reason_is_told_and_no_figure_changes(server: Running) -> None:
    world = Post(server.port, language="en", two_codes="first")
    world.now = datetime(2026, 10, 30, 9, tzinfo=UTC)
    world.deliver("1004", state="pending")
    world.sync()
    world.now = NOVEMBER_SECOND
    world.send()
    world.decide("1004", "refuse")
    world.sync()

    made = corrected(world)

    assert made.statement.correction is not None
    (change,) = made.statement.correction.reasons
    assert (change.order_id, change.before) == ("1004", "order_pending")
    assert change.now.startswith("decision_refuse")
    assert "Order 1004, why it is not counted: " in mailed(server)
    assert "The figures are the same as before." in mailed(server)
    assert ills(world) == {}


def test_an_order_counted_since_is_no_longer_among_those_not_counted(server: Running) -> None:
    world = Post(server.port, language="en")
    world.now = datetime(2026, 10, 30, 9, tzinfo=UTC)
    world.deliver("1004", state="pending")
    world.sync()
    world.now = NOVEMBER_SECOND
    world.send()
    world.deliver("1004", state="paid")
    world.sync()

    corrected(world)

    assert "Order 1004 is no longer among the orders not counted." in mailed(server)
    assert [row[2] for row in revisions(world)] == ["100"] * 4


def test_a_line_that_came_back_is_named_with_the_figures_before_and_now(server: Running) -> None:
    world, put_back = lost_line(server)
    put_back()
    broken = world.codes()

    corrected(world, "We had lost an order.")

    text = mailed(server)
    assert "Lines: 1 → 2" in text
    assert "Closing balance: RUB 100.00 → RUB 150.00" in text
    assert "Added: Commission, order 1003: RUB 50.00" in text
    assert [row[1:] for row in revisions(world)][1:] == [
        ("1", "100", "sent"), ("2", "150", "claimed"), ("2", "150", "sent"),
    ]  # fmt: skip
    assert broken == {"statement_changed"}
    assert (ills(world), world.codes(), world.balance()) == ({}, set(), "150.00")


def test_the_next_month_opens_with_what_the_correction_closed_with(server: Running) -> None:
    world, put_back = lost_line(server)
    put_back()
    corrected(world)
    world.now = DECEMBER_FIRST

    world.send("2026-11")

    row = next(row for row in world.rows(Tab.STATEMENTS) if row["month"] == "2026-11")
    assert [shown(row[key]) for key in ("partner_id", "opening", "lines", "closing")] == [
        *("ivan", "150", "0", "150")
    ]
    assert ills(world) == {}


def test_a_line_that_vanished_is_named_too(server: Running) -> None:
    world = october(server)
    forget(world)

    corrected(world, "Order 1001 was not yours.")

    text = mailed(server)
    assert "Closing balance: RUB 100.00 → RUB 0.00" in text
    assert "No longer included: Commission, order 1001: RUB 100.00" in text
    assert revisions(world)[-1] == ("2026-10", "2", "0", "sent")
    assert set(ills(world)) == {"I16"}  # the order is still missing from the Journal


def test_where_nobody_remembers_the_first_letter_only_the_sums_are_told(server: Running) -> None:
    world, put_back = lost_line(server)
    put_back()
    world.place = replace(world.place, outbox=Outbox(None, lambda: world.now))

    corrected(world)

    text = mailed(server)
    assert "Closing balance: RUB 100.00 → RUB 150.00" in text
    assert "Added:" not in text


def test_other_figures_of_an_earlier_month_are_refused(server: Running) -> None:
    world, put_back = lost_line(server)
    world.now = DECEMBER_FIRST
    world.send("2026-11")
    put_back()
    before = world.rows(Tab.STATEMENTS)

    with pytest.raises(Stop, match="correction_figures"):
        corrected(world, "We had lost an order.")

    assert (world.rows(Tab.STATEMENTS), len(server.mailbox.letters)) == (before, 6)


def test_the_words_of_an_earlier_month_may_be_corrected(server: Running) -> None:
    world = october(server)
    world.now = DECEMBER_FIRST
    world.send("2026-11")

    corrected(world, "October once more, as you asked.")

    assert [(r[0], r[1]) for r in revisions(world)] == [
        *[("2026-10", "1")] * 2, *[("2026-11", "1")] * 2, *[("2026-10", "2")] * 2,
    ]  # fmt: skip
    assert (ills(world), world.codes()) == ({}, set())


def test_what_cannot_be_corrected_is_refused(server: Running) -> None:
    world = october(server)
    refusals = [
        ("nobody", "2026-10", "", "nothing_sealed"),
        ("ivan", "2026-09", "Again.", "nothing_sealed"),
        ("ivan", "October", "Again.", "month_unreadable"),
        ("ivan", "2026-10", "", "correction_of_nothing"),
        ("ivan", "2026-10", "x" * 501, "correction_words"),
    ]

    for partner_id, month, because, code in refusals:
        with pytest.raises(Stop, match=code), world.store.writing(1):
            correct(world.place, partner_id, month, because)
    assert len(server.mailbox.letters) == 3


def test_a_partner_without_an_address_gets_no_correction(server: Running) -> None:
    world = october(server)
    world.edit(Tab.PARTNERS, "ivan", "email", None)

    with pytest.raises(Stop, match="correction_without_address"):
        corrected(world, "Again.")


def test_a_book_that_is_to_be_mended_is_mended_first(server: Running) -> None:
    world = october(server)
    world.edit(Tab.COMMISSIONS, shown(world.rows(Tab.COMMISSIONS)[0]["line_id"]), "amount", "900")

    with pytest.raises(Stop, match="correction_doubtful"):
        corrected(world, "Again.")


def test_a_letter_that_has_not_left_needs_no_correction(server: Running) -> None:
    world = Post(server.port, language="en")
    world.edit(Tab.PARTNERS, "ivan", "email", "gone@example.com")
    world.send()

    with pytest.raises(Stop, match="correction_too_early"):
        corrected(world, "Again.")


def test_a_first_letter_that_was_corrected_before_it_left_never_leaves(server: Running) -> None:
    world = Post(server.port, language="en")
    world.edit(Tab.PARTNERS, "ivan", "email", "gone@example.com")
    world.send()
    world.edit(Tab.PARTNERS, "ivan", "email", "ivan@example.com")
    forget(world)

    corrected(world)
    world.send()

    assert [row[1:] for row in revisions(world)] == [
        ("1", "100", "claimed"), ("2", "0", "claimed"), ("2", "0", "sent"),
    ]  # fmt: skip
    assert receivers(server.mailbox.letters)[2:] == ["ivan@example.com"]
    assert "revision 2" in mailed(server)


# Killed on the way.


class Dying(MemoryStore):
    """A store whose process is killed at its n-th commit, before it is written or after."""

    def __init__(self, book: MemoryBook, nth: int, *, written: bool) -> None:
        super().__init__(book)
        self.left, self.written = nth, written

    def commit(self, commit: Commit) -> Outcome:
        self.left -= 1
        if self.left:
            return super().commit(commit)
        if self.written:
            super().commit(commit)
        raise KeyboardInterrupt


KILLS = {
    "before the claim": (1, False),
    "after the claim": (1, True),
    "before the mark": (2, False),
    "after the mark": (2, True),
}


def killed(server: Running, when: str) -> Post:
    """A correction killed before or after its first commit, or its second."""
    world = october(server)
    world.sync()
    alive, (nth, written) = world.place, KILLS[when]
    world.place = replace(alive, store=Dying(world.store.book, nth, written=written))
    with pytest.raises(KeyboardInterrupt):
        corrected(world, "Again.")
    world.place = alive
    return world


@pytest.mark.parametrize("takes_up", ["the same command", "the monthly run"])
@pytest.mark.parametrize(
    ("when", "letters"), [("after the claim", 0), ("before the mark", 1), ("after the mark", 1)]
)
def test_a_correction_killed_after_its_claim_is_taken_up_and_leaves_once(
    server: Running, when: str, letters: int, takes_up: str
) -> None:
    world = killed(server, when)
    left = len(server.mailbox.letters) - 3

    if takes_up == "the same command":
        corrected(world, "Again.")
    else:
        world.send()

    assert left == letters
    assert receivers(server.mailbox.letters)[3:] == ["ivan@example.com"]
    assert "Again." in mailed(server)
    assert [row[1:] for row in revisions(world)][2:] == [
        ("2", "100", "claimed"), ("2", "100", "sent"),
    ]  # fmt: skip
    assert (ills(world), world.codes()) == ({}, set())


def test_a_correction_killed_before_its_claim_is_made_by_the_same_command(server: Running) -> None:
    world = killed(server, "before the claim")
    world.send()
    by_the_monthly_run = len(server.mailbox.letters)

    corrected(world, "Again.")

    assert (by_the_monthly_run, len(server.mailbox.letters)) == (3, 4)
    assert [row[1:] for row in revisions(world)][2:] == [
        ("2", "100", "claimed"), ("2", "100", "sent"),
    ]  # fmt: skip


def test_a_correction_killed_while_it_was_sent_is_held_and_never_sent_again(
    server: Running,
) -> None:
    world = killed(server, "after the claim")
    assert world.place.outbox.start(REVISION_2)

    made = corrected(world, "Again.")
    again = corrected(world, "Again.")

    assert made.sending is not None
    assert (fates(made.sending), again.needless) == ({"ivan": "unknown"}, True)
    assert revisions(world)[-1] == ("2026-10", "2", "100", "unknown")
    assert (len(server.mailbox.letters), world.codes()) == (3, {"letter_unknown"})


def test_the_clock_takes_a_killed_correction_up(server: Running) -> None:
    world = killed(server, "after the claim")
    rest = look(world.place)

    jobs = due(rest.known, rest.plan.books, world.now)
    with world.store.writing(1):
        sendings = send_all(world.place, None, sleep=lambda _seconds: None)

    months = [job.months for job in jobs if job.task is Task.STATEMENTS]
    assert months == [("2026-10",)]
    assert [fates(one) for one in sendings] == [{"ivan": "sent"}]


def test_a_refused_correction_waits_and_goes_to_the_address_typed_since(server: Running) -> None:
    world = october(server)
    world.edit(Tab.PARTNERS, "ivan", "email", "gone@example.com")
    first = corrected(world, "Again.")
    waits = world.codes()
    world.edit(Tab.PARTNERS, "ivan", "email", "ivan@example.org")

    second = corrected(world)

    assert first.sending is not None
    assert second.sending is not None
    assert (fates(first.sending), waits) == ({"ivan": "refused"}, {"letter_waiting"})
    assert receivers(server.mailbox.letters)[3:] == ["ivan@example.org"]
    assert ("Again." in mailed(server), revisions(world)[-1][1]) == (True, "2")


# Kept, and looked after.


def test_the_monthly_run_sends_nothing_of_a_month_that_was_corrected(server: Running) -> None:
    world = october(server)
    corrected(world, "Again.")

    sending = world.send()

    assert (sending.fates, len(server.mailbox.letters)) == ((), 4)


def test_a_tampered_revision_is_found(server: Running) -> None:
    world = october(server)
    corrected(world, "Again.")
    sheet = world.store.book.sheets[Tab.STATEMENTS]
    first, _, second, _ = (row for row in sheet.rows if "ivan" in row)

    def ill(row: list[Cell], column: str, typed: Cell) -> set[str]:
        at = sheet.headings.index(column)
        right, row[at] = row[at], typed
        found = set(ills(world))
        row[at] = right
        return found

    assert ill(first, "closing", Decimal(101)) == {"I12", "I13"}
    assert ill(second, "closing", Decimal(101)) == {"I12", "I13"}
    assert ill(first, "digest", "0" * 32) == ill(second, "digest", "0" * 32) == {"I13"}
    assert "I13" in ill(second, "revision", Decimal(3))
    assert ills(world) == {}


def test_both_rows_of_a_replaced_revision_tampered_with_are_told_by_its_letter(
    server: Running,
) -> None:
    world, put_back = lost_line(server)
    put_back()
    corrected(world)
    rows = world.store.book.sheets[Tab.STATEMENTS]
    for row in [row for row in rows.rows if "ivan" in row][:2]:
        row[rows.headings.index("closing")] = Decimal(101)

    found = ills(world)

    assert {name: fault.code for name, fault in found.items()} == {"I13": "seal_not_letter"}
    assert dict(found["I13"].params)["closing"] == "100.00 RUB"


def test_the_letters_of_a_month_can_be_had_again_as_they_left(
    server: Running, tmp_path: Path
) -> None:
    world = october(server)
    corrected(world, "Again.")

    found = copies(world.place, look(world.place), "2026-10", tmp_path / "kept")

    assert [path.name for path in found] == [
        "2026-10-ivan-1.eml", "2026-10-ivan-2.eml", "2026-10-maria-1.eml", "2026-10-oleg-1.eml",
    ]  # fmt: skip
    first = world.place.outbox.letter(statement_id("ivan", "2026-10", 1))
    assert first is not None
    assert (first.state, found[0].read_bytes()) == (LetterState.SENT, first.content)
    assert b"\r\nMessage-ID: " in found[1].read_bytes()


def test_a_month_of_which_nothing_left_has_no_copies(server: Running, tmp_path: Path) -> None:
    world = october(server)

    with pytest.raises(Stop, match="no_letters_kept"):
        copies(world.place, look(world.place), "2026-09", tmp_path)
