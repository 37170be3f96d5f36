"""Is a letter that may have left never changed, never doubled and never forgotten?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tracker.outbox import Outbox, PayoutEvent
from tracker.outgoing import Letter, LetterKind, LetterState

NOON = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
LETTER = Letter(
    statement_id="st-1",
    partner_id="P1",
    month="2026-10",
    from_address="shop@example.com",
    to_address="ivan@example.org",
    message_id="<st.1@example.com>",
    content=b"Subject: October\r\n\r\n10.00\r\n",
    frozen_figures='{"closing":"10.00"}',
)
OTHER = replace(LETTER, content=b"Subject: October\r\n\r\n12.00\r\n", to_address="i@example.org")

NOTICE = replace(
    LETTER, kind=LetterKind.NOTICE, statement_id="notice:no_orders", partner_id="", month=""
)


def clock() -> datetime:
    return NOON


@pytest.fixture
def outbox() -> Iterator[Outbox]:
    with Outbox(None, clock) as outbox:
        yield outbox


def test_a_frozen_letter_comes_back_byte_for_byte(outbox: Outbox) -> None:
    kept = outbox.freeze(LETTER)

    assert kept == replace(LETTER, at=NOON)
    assert (kept.state, kept.attempts) == (LetterState.FROZEN, 0)
    assert outbox.letter("st-1") == kept
    assert outbox.letter("st-2") is None


def test_a_letter_never_tried_is_replaced(outbox: Outbox) -> None:
    outbox.freeze(LETTER)

    assert outbox.freeze(OTHER).content == OTHER.content


def test_a_letter_surely_refused_is_replaced_and_its_tries_stay_counted(outbox: Outbox) -> None:
    outbox.freeze(LETTER)
    outbox.start("st-1")
    outbox.finish("st-1", LetterState.REFUSED, "mail_recipient_refused said=550")

    kept = outbox.freeze(OTHER)

    assert (kept.to_address, kept.state, kept.attempts, kept.detail) == (
        "i@example.org",
        LetterState.FROZEN,
        1,
        "",
    )


@pytest.mark.parametrize("fate", [None, LetterState.SENT, LetterState.UNKNOWN])
def test_a_letter_that_may_have_left_keeps_its_bytes(
    outbox: Outbox, fate: LetterState | None
) -> None:
    outbox.freeze(LETTER)
    outbox.start("st-1")
    if fate:
        outbox.finish("st-1", fate, "")

    kept = outbox.freeze(OTHER)

    assert (kept.content, kept.to_address) == (LETTER.content, "ivan@example.org")
    assert kept.state is (fate or LetterState.SENDING)


@pytest.mark.parametrize("fate", [None, LetterState.SENT, LetterState.UNKNOWN])
def test_a_letter_that_may_have_left_is_not_started_again(
    outbox: Outbox, fate: LetterState | None
) -> None:
    outbox.freeze(LETTER)
    assert outbox.start("st-1")
    if fate:
        outbox.finish("st-1", fate, "")

    assert not outbox.start("st-1")
    assert not outbox.start("st-2")


def test_a_refused_letter_may_be_tried_again(outbox: Outbox) -> None:
    outbox.freeze(LETTER)
    outbox.start("st-1")
    outbox.finish("st-1", LetterState.REFUSED, "mail_no_connection said=421")

    assert outbox.start("st-1")
    assert [(one.attempts, one.detail) for one in outbox.open_sends()] == [(2, "")]


def test_what_a_kill_left_open_becomes_unknown_once(tmp_path: Path) -> None:
    with Outbox(tmp_path / "outbox.sqlite3", clock) as killed:
        killed.freeze(LETTER)
        killed.freeze(replace(LETTER, statement_id="st-2"))
        killed.start("st-1")

    with Outbox(tmp_path / "outbox.sqlite3", clock) as outbox:
        settled = [(one.statement_id, one.state, one.detail) for one in outbox.settle()]
        again = outbox.settle() + outbox.open_sends()

    assert settled == [("st-1", LetterState.UNKNOWN, "mail_interrupted")]
    assert again == []


def test_an_answer_that_comes_late_is_still_the_truth(outbox: Outbox) -> None:
    outbox.freeze(LETTER)
    outbox.start("st-1")
    outbox.settle()

    outbox.finish("st-1", LetterState.SENT, "")

    assert [one.state for one in outbox.letters("2026-10")] == [LetterState.SENT]


@pytest.mark.parametrize(
    ("statement_id", "state"),
    [("st-1", LetterState.SENT), ("st-2", LetterState.SENT), ("st-1", LetterState.SENDING)],
)
def test_a_fate_without_a_start_is_a_bug(
    outbox: Outbox, statement_id: str, state: LetterState
) -> None:
    outbox.freeze(LETTER)

    with pytest.raises(ValueError, match=r"not started|no fate"):
        outbox.finish(statement_id, state, "")


def test_letters_are_listed_by_month(outbox: Outbox) -> None:
    outbox.freeze(replace(LETTER, statement_id="st-2"))
    outbox.freeze(LETTER)
    outbox.freeze(replace(LETTER, statement_id="st-3", month="2026-09"))

    assert [one.statement_id for one in outbox.letters("2026-10")] == ["st-1", "st-2"]


def test_every_change_is_dated(tmp_path: Path) -> None:
    times = iter(NOON + timedelta(minutes=n) for n in range(9))
    with Outbox(tmp_path / "outbox.sqlite3", lambda: next(times)) as outbox:
        dated = [outbox.freeze(LETTER).at]
        outbox.start("st-1")
        dated += [one.at for one in outbox.open_sends()]
        outbox.finish("st-1", LetterState.SENT, "")
        dated += [one.at for one in outbox.letters("2026-10")]

    assert dated == [NOON, NOON + timedelta(minutes=1), NOON + timedelta(minutes=2)]


def test_each_try_that_nobody_answered_counts_once(outbox: Outbox) -> None:
    outbox.freeze(LETTER)
    outbox.start("st-1")
    outbox.settle()
    outbox.finish("st-1", LetterState.UNKNOWN, "mail_answer_lost")
    assert not outbox.start("st-1", 1)
    assert outbox.start("st-1", 2)
    outbox.finish("st-1", LetterState.UNKNOWN, "mail_answer_lost")

    assert [(one.unknowns, one.attempts) for one in outbox.letters("2026-10")] == [(2, 2)]
    assert not outbox.start("st-1", 2)


def test_a_refusal_that_is_heard_late_takes_its_copy_back(outbox: Outbox) -> None:
    outbox.freeze(LETTER)
    outbox.start("st-1")
    outbox.settle()

    outbox.finish("st-1", LetterState.REFUSED, "mail_letter_refused said=554")

    assert [(one.state, one.unknowns) for one in outbox.tried()] == [(LetterState.REFUSED, 0)]


def test_a_letter_of_unknown_fate_waits_only_for_who_may_send_it_again(outbox: Outbox) -> None:
    outbox.freeze(NOTICE)
    outbox.start("notice:no_orders")
    outbox.finish("notice:no_orders", LetterState.UNKNOWN, "")

    waiting = [len(outbox.waiting(LetterKind.NOTICE, copies)) for copies in (1, 2, 3)]
    assert waiting == [0, 1, 1]
    assert [one.statement_id for one in outbox.open_ends()] == ["notice:no_orders"]


def test_a_letter_is_found_by_its_message_id_while_that_is_one_letter_s(outbox: Outbox) -> None:
    outbox.freeze(LETTER)
    found = outbox.of_message("<st.1@example.com>")
    outbox.freeze(replace(LETTER, statement_id="st-2"))

    assert found is not None
    assert found.statement_id == "st-1"
    assert outbox.of_message("<st.1@example.com>") is None
    assert outbox.of_message("") is None


def test_what_came_back_is_noted_once_and_settled_once(outbox: Outbox) -> None:
    letter = outbox.freeze(LETTER)

    assert [outbox.note_bounce(letter, "5.1.1"), outbox.note_bounce(letter, "5.2.2")] == [
        True,
        False,
    ]
    assert [(one.status, one.at) for one in outbox.bounces()] == [("5.1.1", NOON)]
    assert outbox.closed_addresses() == {"ivan@example.org"}
    assert [outbox.settle_bounce("st-1"), outbox.settle_bounce("st-1")] == [True, False]
    assert (outbox.bounces(), outbox.closed_addresses()) == ([], frozenset())


def test_what_was_done_with_a_payout_is_remembered(outbox: Outbox) -> None:
    outbox.note_payout("po-1", PayoutEvent.PROPOSED)
    outbox.note_payout("po-2", PayoutEvent.PROPOSED)
    outbox.note_payout("po-1", PayoutEvent.EXPORTED, "bank.csv")
    outbox.note_payout("po-1", PayoutEvent.EXPORTED, "bank-again.csv")

    assert outbox.payouts(PayoutEvent.PROPOSED) == {"po-1", "po-2"}
    assert outbox.payouts(PayoutEvent.EXPORTED) == {"po-1"}


def test_a_notice_is_kept_and_sent_like_a_statement_and_never_listed_as_one(outbox: Outbox) -> None:
    outbox.freeze(LETTER)
    outbox.freeze(NOTICE)
    for name in ("st-1", "notice:no_orders"):
        assert outbox.start(name)
        outbox.finish(name, LetterState.REFUSED, "")

    assert outbox.letter("notice:no_orders") == replace(
        NOTICE, state=LetterState.REFUSED, attempts=1, at=NOON
    )
    assert [one.statement_id for one in outbox.tried()] == ["st-1"]
    assert [one.statement_id for one in outbox.letters("2026-10") + outbox.letters("")] == ["st-1"]


def test_what_has_surely_not_left_waits_by_kind(outbox: Outbox) -> None:
    for end, fate in (("a", None), ("b", LetterState.REFUSED), ("c", LetterState.SENT)):
        for one in (LETTER, NOTICE):
            name = outbox.freeze(replace(one, statement_id=one.statement_id + end)).statement_id
            if fate and outbox.start(name):
                outbox.finish(name, fate, "")

    assert [one.statement_id for one in outbox.waiting(LetterKind.NOTICE)] == [
        "notice:no_ordersa",
        "notice:no_ordersb",
    ]
    assert len(outbox.waiting(LetterKind.STATEMENT)) == 2


@pytest.mark.parametrize(
    "letter",
    [replace(NOTICE, statement_id="st-1"), replace(LETTER, statement_id="notice:no_orders")],
)
def test_a_letter_whose_name_tells_of_another_kind_is_a_bug(outbox: Outbox, letter: Letter) -> None:
    with pytest.raises(ValueError, match="no name for a"):
        outbox.freeze(letter)
