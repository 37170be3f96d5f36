"""Do the filters of `payouts` choose what they say, and pay nobody more than his due?"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.world import World
from tracker.layout import Tab
from tracker.paying import payable, propose_payouts
from tracker.payout_facts import Payout
from tracker.payout_filters import Wanted, chosen, read_wanted, refuse_unknown
from tracker.problems import Stop
from tracker.programme import Partner
from tracker.running import look

THE_30TH_OF_SEPTEMBER = date(2026, 9, 30)
PARTNERS = {
    "ivan": Partner(partner_id="ivan", group="bloggers"),
    "maria": Partner(partner_id="maria", group="shops"),
    "oleg": Partner(partner_id="oleg"),
}


@pytest.fixture
def autumn() -> World:
    """ivan sold for 10 000 on 1 September (1000.00) and for 20 000 on the 24th (2000.00), maria
    for 20 000 on the 24th (3000.00); on 5 October ivan's first order lost 3000 RUB (-300.00).
    With a hold of 14 days the first is payable on 15 September, the others on 8 October."""
    world = World(now=datetime(2026, 9, 24, 12, tzinfo=UTC))
    world.edit(Tab.PARTNERS, "ivan", "group", "bloggers")
    world.edit(Tab.PARTNERS, "maria", "group", "shops")
    world.edit(Tab.SETTINGS, "min_payout", "value", "0")
    world.deliver("1", total="10000", ordered_at="2026-09-01T10:00:00Z")
    world.deliver("2", total="20000", ordered_at="2026-09-24T10:00:00Z")
    world.deliver("3", total="20000", ordered_at="2026-09-24T10:00:00Z", codes=["MARIA01"])
    world.sync()
    world.now = datetime(2026, 10, 5, 12, tzinfo=UTC)
    world.deliver("1", total="10000", ordered_at="2026-09-01T10:00:00Z", refunded="3000")
    world.sync()
    world.now = datetime(2026, 10, 20, 12, tzinfo=UTC)
    return world


def propose(world: World, **wanted: object) -> dict[str, str]:
    """What is proposed, by partner."""
    with world.store.writing(1):
        found = propose_payouts(world.place, wanted=Wanted(**wanted))[1]  # type: ignore[arg-type]
    return {one.partner_id: f"{Decimal(one.minor).scaleb(-2)}" for one in found.payouts}


def test_up_to_a_day_a_later_refund_still_counts_so_nobody_is_overpaid(autumn: World) -> None:
    assert propose(autumn, until=THE_30TH_OF_SEPTEMBER) == {"ivan": "700.00"}
    assert autumn.balance(of="proposed") == "700.00"


def test_what_a_filter_left_out_is_proposed_afterwards_and_no_line_twice(autumn: World) -> None:
    first = propose(autumn, until=THE_30TH_OF_SEPTEMBER)
    second = propose(autumn)
    third = propose(autumn, partners=frozenset({"ivan", "maria"}))

    assert (first, second, third) == (
        {"ivan": "700.00"},
        {"ivan": "2000.00", "maria": "3000.00"},
        {},
    )
    lines = [line for row in autumn.rows(Tab.PAYOUTS) for line in str(row["lines"]).split()]
    assert len(lines) == len(set(lines)) == 4


def test_since_a_day_takes_only_what_became_payable_then(autumn: World) -> None:
    assert propose(autumn, since=date(2026, 10, 8)) == {"ivan": "1700.00", "maria": "3000.00"}


@pytest.mark.parametrize(
    ("wanted", "who"),
    [
        ({"partners": frozenset({"maria"})}, {"maria"}),
        ({"groups": frozenset({"bloggers"})}, {"ivan"}),
        ({"partners": frozenset({"maria"}), "groups": frozenset({"bloggers"})}, {"ivan", "maria"}),
    ],
)
def test_partner_and_group_choose_whom(
    autumn: World, wanted: dict[str, object], who: set[str]
) -> None:
    assert propose(autumn, **wanted).keys() == who


def test_nothing_is_paid_by_a_proposal_before_the_owner_fills_a_cell(autumn: World) -> None:
    propose(autumn)
    autumn.sync()

    assert (autumn.balance(), autumn.balance("maria")) == ("2700.00", "3000.00")


def test_a_day_that_is_to_come_is_refused_when_proposing(autumn: World) -> None:
    with pytest.raises(Stop) as refusal:
        propose(autumn, until=date(2026, 10, 21))

    assert (refusal.value.code, dict(refusal.value.params)["today"]) == (
        "payouts_to_later",
        "2026-10-20",
    )
    assert autumn.rows(Tab.PAYOUTS) == []


def test_open_payouts_are_chosen_by_their_day_and_the_group_of_today(autumn: World) -> None:
    propose(autumn)
    autumn.edit(Tab.PARTNERS, "ivan", "group", "shops")
    rest = look(autumn.place)
    shops = Wanted(groups=frozenset({"shops"}), since=date(2026, 10, 20))

    assert {one.partner_id for one in payable(rest, shops)} == {"ivan", "maria"}
    assert {
        one.partner_id for one in payable(rest, Wanted(groups=frozenset({"bloggers"})))
    } == set()
    assert payable(rest, Wanted(until=date(2026, 10, 19))) == []


def test_both_days_are_included() -> None:
    payouts = [
        Payout(payout_id=f"po_{day}", partner_id="ivan", currency="RUB", minor=1, lines=(),
               proposed_on=date(2026, 10, day))
        for day in (14, 15, 16, 17)
    ]  # fmt: skip
    wanted = Wanted(since=date(2026, 10, 15), until=date(2026, 10, 16))

    found = chosen(payouts, wanted, PARTNERS)
    assert [one.payout_id for one in found] == ["po_15", "po_16"]


@pytest.mark.parametrize(
    ("wanted", "code", "known"),
    [
        (Wanted(partners=frozenset({"ivna"})), "payouts_partner_unknown", "ivan, maria, oleg"),
        (Wanted(groups=frozenset({"blogers"})), "payouts_group_unknown", "bloggers, shops"),
    ],
)
def test_a_name_that_is_not_there_is_refused_with_those_that_are(
    wanted: Wanted, code: str, known: str
) -> None:
    with pytest.raises(Stop) as refusal:
        refuse_unknown(wanted, PARTNERS)

    assert (refusal.value.code, dict(refusal.value.params)["known"]) == (code, known)


def test_a_group_in_a_book_without_groups_is_refused() -> None:
    with pytest.raises(Stop, match="payouts_no_groups"):
        refuse_unknown(Wanted(groups=frozenset({"shops"})), {"oleg": PARTNERS["oleg"]})


@pytest.mark.parametrize(
    ("since", "until", "code"),
    [
        ("15.10.2026", None, "payouts_day_unreadable"),
        (None, "2026-02-30", "payouts_day_unreadable"),
        ("2026-10-16", "2026-10-15", "payouts_dates_backwards"),
    ],
)
def test_days_that_cannot_be_are_refused(since: str | None, until: str | None, code: str) -> None:
    with pytest.raises(Stop, match=code):
        read_wanted(since, until, (), ())


def test_days_and_names_are_read_as_typed() -> None:
    assert read_wanted("2026-10-15", None, [" ivan "], ["bloggers"]) == Wanted(
        since=date(2026, 10, 15), partners=frozenset({"ivan"}), groups=frozenset({"bloggers"})
    )


def test_a_cron_s_payout_day_takes_no_days_of_its_own(autumn: World) -> None:
    with autumn.store.writing(1), pytest.raises(Stop, match="payouts_as_set_days"):
        propose_payouts(autumn.place, as_set=True, wanted=Wanted(until=THE_30TH_OF_SEPTEMBER))
