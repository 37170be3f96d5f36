"""Which ten lines, and which figures? Two weeks of fourteen orders, worked out by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.week_world import BEFORE, SUNDAY, lines, of, sell, shop, two_weeks
from tests.world import NOON
from tracker.layout import Tab
from tracker.ledger import Order
from tracker.lines import JournalLine
from tracker.outbox import Outbox
from tracker.outgoing import Letter, LetterKind, LetterState
from tracker.payout_facts import Fate, Payout
from tracker.programme import Programme
from tracker.sentences.weekly import WEEK_TITLES, WEEKLY
from tracker.week_book import WeekBook, line
from tracker.weekly import BY_WEIGHT, IN_ORDER, LINES_MAX, decide_line
from tracker.weekly_words import said
from tracker.wording import formatter

OLD = "2026-09-17T12:00:00+03:00"


def test_orders_and_sums_stand_beside_those_of_the_week_before() -> None:
    told = lines(two_weeks())

    assert told["orders"] == "11 orders, 7 of them counted for partners. The week before: 3 and 2."
    # Brought: 12,000 + 3,001; owed: 10 % of one and 15 % of the other. Before: 1,000 + 1,500.
    assert told["money"] == (
        "Counted orders brought RUB 15,001.00, $50.00; partners earn RUB 1,650.15, $5.00. "
        "The week before: orders brought RUB 2,500.00; partners earned RUB 325.00."
    )


def test_partners_are_ranked_by_what_they_brought_in_each_currency() -> None:
    assert lines(two_weeks())["top"] == (
        "Ivan: RUB 12,000.00 from 3 orders, earning RUB 1,200.00; "
        "Maria: RUB 3,001.00 from 3 orders, earning RUB 450.15; "
        "Ivan: $50.00 from 1 order, earning $5.00."
    )


def test_the_average_order_is_rounded_half_up_to_the_coin() -> None:
    # 3,001 / 3 = 1,000.333…
    assert lines(two_weeks())["average"] == (
        "Largest: Ivan, RUB 4,000.00 on average (3 orders). "
        "Smallest: Maria, RUB 1,000.33 (3 orders)."
    )


def test_an_average_is_that_of_three_orders_at_least() -> None:
    world = shop()
    for number, total in enumerate(("100", "100", "100")):
        sell(world, f"i{number}", total)
    for number in range(2):
        sell(world, f"m{number}", "900", codes=["MARIA01"])

    assert "average" not in lines(world)

    sell(world, "m3", "900.02", codes=["MARIA01"])
    # 2,700.02 / 3 = 900.00666…
    assert "Largest: Maria, RUB 900.01 on average (3 orders)." in lines(world)["average"]


def test_a_share_of_refunds_counts_cancelled_orders_and_five_weeks() -> None:
    # Ivan: 2,000 cancelled and 1,500 refunded of 16,500, 21.2 %. Maria: 500 of 5,001 is too little.
    assert lines(two_weeks())["refunds"] == (
        "Given back of five weeks’ sales: "
        "Ivan — 21%, RUB 3,500.00 of RUB 16,500.00 (2 of 6 orders)."
    )


@pytest.mark.parametrize(("refunded", "said"), [("599.99", False), ("600", True)])
def test_a_share_of_refunds_is_said_from_20_percent_on(refunded: str, said: bool) -> None:  # noqa: FBT001
    world = shop()
    sell(world, "1", "1000", refunded=refunded)
    sell(world, "2", "1000", OLD)
    sell(world, "3", "1000", "2026-09-14T00:00:00+03:00")

    assert ("refunds" in lines(world)) is said


def test_two_orders_say_nothing_of_refunds_and_goods_for_nothing_neither() -> None:
    world = shop()
    for number in range(2):
        sell(world, f"{number}", "1000", refunded="1000")
    for number in range(3):
        sell(world, f"m{number}", "0", codes=["MARIA01"])
    sell(world, "early", "1000", "2026-09-13T23:59:59+03:00", refunded="1000")

    assert "refunds" not in lines(world)


def test_what_waits_and_what_is_due_is_named() -> None:
    told = lines(two_weeks())

    assert told["decide"] == "1 line in Review."
    # Ivan 1,200 + 100 and 5 USD; Maria's 675.15 are below the minimum of 1,000.
    assert told["due"] == (
        "On November 15, 2026, by what is booked now: 2 payouts, in all RUB 1,300.00, $5.00."
    )


def payout(number: int, fate: Fate) -> Payout:
    return Payout(
        payout_id=f"po_{number}",
        partner_id="ivan",
        currency="RUB",
        minor=100,
        lines=(f"cm_{number}",),
        proposed_on=date(2026, 10, 15),
        fate=fate,
    )


def test_everything_that_waits_for_a_person_is_counted() -> None:
    fates = (Fate.OPEN, Fate.OPEN, Fate.UNKNOWN, Fate.PAID, Fate.FREED)
    waiting = JournalLine(noted_at=NOON, source="shopify", order_id="7", n=1, state="waiting")
    book = WeekBook(
        programme=Programme(),
        now=NOON,
        orders={waiting.key: Order(lines=(waiting,))},
        payouts=tuple(payout(number, fate) for number, fate in enumerate(fates)),
        problems=21,
        letters_unknown=1,
        documents=2,
    )

    assert said(decide_line(book) or line("nothing"), formatter("en")).replace("\u00a0", " ") == (
        "21 lines in Problems; 1 refund without an order; 1 letter of unknown fate; "
        "2 payouts to pay; 1 payout of unknown fate; 2 missing papers for payouts."
    )


def test_what_the_book_and_the_outbox_tell_of_what_waits() -> None:
    world = shop(document_days="7")
    world.edit(Tab.PARTNERS, "ivan", "tax_status", "company")
    sell(world, "1", "20000", "2026-08-20T12:00:00+03:00")
    world.now = datetime(2026, 9, 10, 12, tzinfo=UTC)
    world.sync()
    world.now = datetime(2026, 10, 15, 12, tzinfo=UTC)
    (made,) = world.propose()
    world.edit(Tab.PAYOUTS, made.payout_id, "paid_on", "15.10.2026")
    an_unknown_letter(world.place.outbox)
    world.now = datetime(2026, 10, 21, 20, 59, tzinfo=UTC)

    before, world.now = lines(world)["decide"], world.now + timedelta(minutes=1)

    assert before == "1 letter of unknown fate."
    # Paid on the 15th: seven days later, on the 22nd, its invoice is asked for.
    assert lines(world)["decide"] == "1 letter of unknown fate; 1 missing paper for a payout."


def an_unknown_letter(outbox: Outbox) -> None:
    letter = Letter(
        kind=LetterKind.NOTICE,
        statement_id="notice:1",
        partner_id="",
        month="",
        from_address="shop@example.com",
        to_address="owner@example.com",
        message_id="<1@example.com>",
        content=b"x",
        frozen_figures="{}",
    )
    outbox.freeze(letter)
    outbox.start("notice:1")
    outbox.finish("notice:1", LetterState.UNKNOWN, "")


def test_the_week_of_an_order_is_that_of_the_programme_s_clock() -> None:
    world = shop()
    sell(world, "1", "100", SUNDAY)
    sell(world, "2", "100", "2026-10-19T00:00:00+03:00")
    sell(world, "3", "100", "2026-10-12T00:00:00+03:00")
    sell(world, "4", "100", "2026-10-11T23:59:59+03:00")

    assert lines(world)["orders"].startswith("2 orders, 2 of them counted")
    assert lines(world)["orders"].endswith("The week before: 1 and 1.")


def test_a_sunday_that_new_york_makes_longer_belongs_to_its_week() -> None:
    world = shop(datetime(2026, 11, 3, 12, tzinfo=UTC), time_zone="America/New_York")
    sell(world, "1", "100", "2026-11-02T04:59:59Z")  # Sunday 23:59:59, the clock was put back
    sell(world, "2", "100", "2026-11-02T05:00:00Z")
    sell(world, "3", "100", "2026-10-26T04:00:00Z")
    sell(world, "4", "100", "2026-10-26T03:59:59Z")

    assert lines(world)["orders"] == (
        "2 orders, 2 of them counted for partners. The week before: 1 and 1."
    )


def test_a_book_with_nothing_in_it_still_says_one_line() -> None:
    made = of(shop())

    assert [about for about, _ in made.lines] == ["nothing"]
    assert lines(shop())["nothing"].startswith("No orders in the week and none in the one before")


def test_a_week_without_orders_is_told_beside_one_that_had_some() -> None:
    world = shop()
    sell(world, "1", "100", BEFORE)

    assert lines(world) == {
        "orders": "0 orders, 0 of them counted for partners. The week before: 1 and 1.",
        "money": (
            "Counted orders brought RUB 0.00; partners earn RUB 0.00. "
            "The week before: orders brought RUB 100.00; partners earned RUB 10.00."
        ),
    }


def test_a_trial_order_is_none() -> None:
    world = shop()
    sell(world, "1", "100", test=True)

    assert set(lines(world)) == {"nothing"}


@pytest.mark.parametrize(
    ("last", "named"),
    [
        ("2026-09-12T12:00:00+03:00", True),
        ("2026-09-18T23:59:59+03:00", True),
        ("2026-09-19T00:00:00+03:00", False),
        ("2026-09-11T23:59:59+03:00", False),
    ],
)
def test_a_partner_falls_silent_30_days_after_the_last_sale(last: str, named: bool) -> None:  # noqa: FBT001
    world = shop()
    sell(world, "1", "100", last)
    sell(world, "2", "100", "2026-08-01T12:00:00+03:00", codes=["MARIA01"])

    said = lines(world).get("silent", "")

    assert ("Ivan (last on September" in said) is named
    assert "Maria" not in said
    assert not named or said.endswith("Silent in all: 2 partners.")


def test_who_left_is_not_missed() -> None:
    world = shop()
    sell(world, "1", "100", OLD)
    world.edit(Tab.PARTNERS, "ivan", "status", "left")

    assert "silent" not in lines(world)


def test_russian_counts_agree_with_their_nouns() -> None:
    told = lines(two_weeks(), "ru")

    assert told["orders"] == "11 заказов, из них засчитано партнёрам: 7. Неделей раньше: 3 и 2."
    assert told["money"] == (
        "Засчитанные заказы принесли 15 001,00 ₽, 50,00 $; партнёрам за них причитается "
        "1 650,15 ₽, 5,00 $. Неделей раньше: заказы принесли 2 500,00 ₽; партнёрам причиталось "
        "325,00 ₽."
    )
    assert told["top"].startswith("Ivan — 12 000,00 ₽ (3 заказа), причитается 1 200,00 ₽; ")
    assert told["unknown"].startswith("Покупатели вводили ничьи промокоды: GHOST — 1 заказ.")
    assert told["decide"] == "1 строка на листе «Разбор»."


def test_every_line_has_a_sentence_and_a_title_in_both_languages() -> None:
    assert sorted(IN_ORDER) == sorted(BY_WEIGHT)
    assert set(WEEK_TITLES) == {*IN_ORDER, "nothing"}
    assert set(WEEK_TITLES) <= set(WEEKLY)
    assert all(all(pair) and len(pair) == 2 for pair in (*WEEKLY.values(), *WEEK_TITLES.values()))
    assert LINES_MAX == 10
