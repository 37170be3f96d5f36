"""When is a partner told of a payout, or asked for his details or a paper?"""

from __future__ import annotations

from datetime import date, timedelta

from tests.news_world import Newsroom
from tests.world import NOON
from tracker.layout import Tab
from tracker.news.events import DetailsMissing, PaidOut, PaperWanted

# Payouts.


def test_a_payout_that_became_paid_is_news_for_fourteen_days() -> None:
    world = Newsroom()
    payout = world.paid(reference="77")
    (news,) = world.news()

    assert news.name == f"payout:2026-11-16:{payout}"
    assert isinstance(news.event, PaidOut)
    assert (news.event.minor, news.event.currency, news.event.reference) == (100000, "RUB", "77")
    assert [(one.order_id, one.minor) for one in news.event.lines] == [("1", 100000)]
    assert news.event.paper is None
    assert len(world.due("2026-11-30T14:59:59+03:00")) == 1
    assert world.due("2026-11-30T15:00:00+03:00") == []


def test_another_day_is_another_letter_and_a_payout_that_came_back_none() -> None:
    world = Newsroom()
    payout = world.paid()
    world.edit(Tab.PAYOUTS, payout, "paid_on", "2026-11-15")
    world.sync()
    moved = world.due()
    world.edit(Tab.PAYOUTS, payout, "result", "returned")
    world.sync()

    assert (moved, world.due()) == ([f"payout:2026-11-15:{payout}"], [])


def test_a_partner_who_left_is_told_of_his_payout_and_its_paper_and_of_nothing_else() -> None:
    world = Newsroom()
    world.partner(tax_status="self_employed")
    payout = world.paid()
    world.partner(status="left", payout_details="", notify="each")
    world.sync()

    assert world.due() == [f"payout:2026-11-16:{payout}"]
    assert world.due("2026-11-23T12:00:00+03:00") == [
        f"payout:2026-11-16:{payout}",
        f"document:1:{payout}",
    ]


# Details.


def unpayable(total: str = "10000") -> Newsroom:
    """Ivan earned 10% on October 19, payable on November 2, and nobody knows where to pay it."""
    world = Newsroom()
    world.partner(payout_details="")
    world.deliver("1", total=total)
    world.sync()
    return world


def test_details_are_asked_for_once_something_is_payable() -> None:
    world = unpayable()

    assert world.due("2026-11-01T23:59:59+03:00") == []
    (news,) = world.news("2026-11-02T00:00:00+03:00")
    assert news.name == "details:2026-11:ivan"
    assert isinstance(news.event, DetailsMissing)
    assert [(one.minor, one.currency) for one in news.event.accounts] == [(100000, "RUB")]
    assert news.event.payout_on == date(2026, 11, 15)
    assert news.at.isoformat() == "2026-11-01T21:00:00+00:00"


def test_the_next_month_asks_again_and_names_the_next_payout_day() -> None:
    world = unpayable()
    (november,) = world.news("2026-11-16T12:00:00+03:00")
    (december,) = world.news("2026-12-15T12:00:00+03:00")

    assert isinstance(november.event, DetailsMissing)
    assert isinstance(december.event, DetailsMissing)
    assert (november.event.payout_on, december.event.payout_on) == (
        date(2026, 12, 15),
        date(2026, 12, 15),
    )
    assert (december.name, december.at.isoformat()) == (
        "details:2026-12:ivan",
        "2026-11-30T21:00:00+00:00",
    )


def test_less_than_the_minimum_asks_for_nothing() -> None:
    assert unpayable("9999").due("2026-11-02T12:00:00+03:00") == []


def test_what_a_payout_of_unknown_fate_holds_is_not_asked_for() -> None:
    world = unpayable()
    world.at("2026-11-15T12:00:00+03:00")
    (payout,) = world.propose()
    proposed = world.due()
    world.edit(Tab.PAYOUTS, payout.payout_id, "result", "unknown")
    world.sync()

    assert (proposed, world.due()) == (["details:2026-11:ivan"], [])


# Papers.


def papered(**cells: str) -> tuple[Newsroom, str]:
    """Ivan is self-employed and was paid on November 16; the payout's id."""
    world = Newsroom()
    world.partner(tax_status="self_employed")
    return world, world.paid(**cells)


def documents(world: Newsroom, moment: str) -> list[str]:
    return [name for name in world.due(moment) if name.startswith("document")]


def test_a_missing_paper_is_asked_for_twice_and_not_after_ninety_days() -> None:
    world, payout = papered()
    first, second = [f"document:1:{payout}"], [f"document:2:{payout}"]

    assert documents(world, "2026-11-22T23:59:59+03:00") == []
    assert documents(world, "2026-11-23T00:00:00+03:00") == first
    assert documents(world, "2026-11-29T23:59:59+03:00") == first
    assert documents(world, "2026-11-30T00:00:00+03:00") == second
    assert documents(world, "2027-02-14T23:59:59+03:00") == second
    assert documents(world, "2027-02-15T00:00:00+03:00") == []


def test_the_paper_of_a_self_employed_partner_is_a_receipt_due_on_the_9th() -> None:
    world, _ = papered()
    (paid,) = world.news()
    reminder = world.news("2026-11-30T12:00:00+03:00")[-1]

    assert isinstance(paid.event, PaidOut)
    assert isinstance(reminder.event, PaperWanted)
    assert paid.event.paper == reminder.event.paper
    assert (reminder.event.paper.kind, reminder.event.paper.by) == ("receipt", date(2026, 12, 9))
    assert reminder.at.isoformat() == "2026-11-29T21:00:00+00:00"


def test_a_paper_that_is_there_or_that_nobody_wants_is_not_asked_for() -> None:
    world, payout = papered(document="https://example.com/receipt")
    assert documents(world, "2026-11-23T12:00:00+03:00") == []

    world.edit(Tab.PAYOUTS, payout, "document", "")
    assert len(documents(world, "2026-11-23T12:00:00+03:00")) == 1
    world.edit(Tab.SETTINGS, "document_days", "value", "0")
    assert documents(world, "2026-11-23T12:00:00+03:00") == []


def test_a_person_owes_no_paper() -> None:
    world = Newsroom()
    world.partner(tax_status="person")
    world.paid()

    assert documents(world, (NOON + timedelta(days=40)).isoformat()) == []
