"""Are the sums right that the Dashboard shows and its charts are drawn from?"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from tests.world import World
from tracker.cells import Cell
from tracker.layout import Tab
from tracker.lines import CommissionLine
from tracker.metrics import Balance, Bar, by_month, by_partner, dashboard, largest

MOSCOW = ZoneInfo("Europe/Moscow")
BOOKED = datetime(2026, 10, 20, 12, tzinfo=UTC)


def line(
    minor: int,
    *,
    at: datetime = BOOKED,
    of: str = "ivan",
    role: str = "order",
    currency: str = "RUB",
) -> CommissionLine:
    return CommissionLine(
        booked_at=at, partner_id=of, kind="", currency=currency, source="", order_id="", rate="",
        base=None, payable_on=None, because="", role=role, n=1, before=0, after=minor, fact="",
        line_id="",
    )  # fmt: skip


def months(*lines: CommissionLine) -> dict[str, int]:
    bars = by_month(lines, "RUB", lambda at: at.astimezone(MOSCOW).date())
    return {bar.label: bar.minor for bar in bars}


def account(of: str, payable: int, on_hold: int = 0, currency: str = "RUB") -> Balance:
    return Balance(
        partner_id=of, currency=currency, balance=payable + on_hold, on_hold=on_hold,
        payable=payable, proposed=0,
    )  # fmt: skip


def test_twelve_months_end_with_the_latest_line_and_those_without_lines_are_zero() -> None:
    found = months(
        line(999, at=datetime(2025, 2, 10, tzinfo=UTC)),
        line(500, at=datetime(2025, 3, 10, tzinfo=UTC)),
        line(10000, at=datetime(2026, 1, 5, tzinfo=UTC)),
        line(-3000, at=datetime(2026, 1, 9, tzinfo=UTC)),
        line(700, at=datetime(2026, 2, 1, tzinfo=UTC)),
    )

    assert [*found][:2] == ["2025-03", "2025-04"]
    assert [*found][-3:] == ["2025-12", "2026-01", "2026-02"]
    assert {month: minor for month, minor in found.items() if minor} == {
        "2025-03": 500, "2026-01": 7000, "2026-02": 700,
    }  # fmt: skip
    assert len(found) == 12


def test_a_month_begins_at_midnight_in_the_programmes_zone() -> None:
    found = months(
        line(100, at=datetime(2026, 9, 30, 20, 59, tzinfo=UTC)),
        line(1, at=datetime(2026, 9, 30, 21, 0, tzinfo=UTC)),
    )

    assert (found["2026-09"], found["2026-10"]) == (100, 1)


def test_what_is_paid_out_is_not_earned_and_still_ends_the_months() -> None:
    november = datetime(2026, 11, 15, tzinfo=UTC)
    found = months(
        line(10000),
        line(2000, role="adjustment"),
        line(-9000, role="payout", at=november),
        line(4000, role="payout", at=november),
        line(530, currency="EUR", at=november),
    )

    assert (found["2026-10"], found["2026-11"]) == (12000, 0)


def test_without_lines_there_are_no_months() -> None:
    assert months() == {}


def test_partners_come_by_what_they_earned_in_one_currency_paid_out_or_not() -> None:
    lines = [
        line(500, of="maria"), line(900, of="ivan"), line(-100, of="ivan"),
        line(-800, of="ivan", role="payout"), line(500, of="anna"),
        line(9900, of="olga", currency="EUR"),
    ]  # fmt: skip

    assert by_partner(lines, "RUB") == [
        Bar(label="ivan", minor=800), Bar(label="anna", minor=500), Bar(label="maria", minor=500),
    ]  # fmt: skip


def test_the_eleventh_partner_is_left_out() -> None:
    bars = by_partner([line(n, of=f"p{n:02}") for n in range(1, 12)], "RUB")

    assert (len(bars), bars[0].label, bars[-1].label) == (10, "p11", "p02")


def test_accounts_come_by_all_that_is_owed_and_keep_what_is_below_zero() -> None:
    found = largest(
        [
            account("anna", 300), account("boris", -100, 600), account("vera", 300),
            account("gleb", -50), account("dina", 9000, currency="EUR"),
        ],
        "RUB",
    )  # fmt: skip

    assert [(one.partner_id, one.payable) for one in found] == [
        ("boris", -100), ("anna", 300), ("vera", 300), ("gleb", -50),
    ]  # fmt: skip
    assert len(largest([account(f"p{n}", n) for n in range(11)], "RUB")) == 10


def test_what_is_owed_stands_before_its_parts_currency_by_currency() -> None:
    found = dashboard({}, [account("anna", 300, 200), account("anna", 40, currency="EUR")])

    assert [(one.code, one.value, one.currency) for one in found[3:]] == [
        ("figure_owed", 40, "EUR"), ("figure_on_hold", 0, "EUR"),
        ("figure_payable", 40, "EUR"), ("figure_proposed", 0, "EUR"),
        ("figure_owed", 500, "RUB"), ("figure_on_hold", 200, "RUB"),
        ("figure_payable", 300, "RUB"), ("figure_proposed", 0, "RUB"),
    ]  # fmt: skip


# In the tab.


@pytest.fixture
def world() -> World:
    """Ivan's 10% of 1000 in September and maria's 15% of 2000 in October."""
    world = World(now=datetime(2026, 9, 10, 12, tzinfo=UTC))
    world.deliver("1", ordered_at="2026-09-10T10:00:00Z")
    world.sync()
    world.now = datetime(2026, 10, 20, 12, tzinfo=UTC)
    world.deliver("2", codes=["MARIA01"], total="2000")
    world.sync()
    return world


def block(world: World, *keys: str) -> list[tuple[Cell, ...]]:
    """The rows of one block of the Dashboard, without those that are blank in it."""
    rows = (tuple(row[key] for key in keys) for row in world.rows(Tab.DASHBOARD))
    return [row for row in rows if any(cell is not None for cell in row)]


def test_each_block_of_the_dashboard_has_its_own_rows(world: World) -> None:
    by_months = block(world, "month", "commission")

    assert (len(by_months), by_months[0]) == (12, ("2025-11", Decimal(0)))
    assert by_months[-2:] == [("2026-09", Decimal(100)), ("2026-10", Decimal(300))]
    assert block(world, "partner", "earned") == [("maria", Decimal(300)), ("ivan", Decimal(100))]
    assert block(world, "account", "payable", "on_hold") == [
        ("maria", Decimal(0), Decimal(300)), ("ivan", Decimal(100), Decimal(0)),
    ]  # fmt: skip
    assert world.rows(Tab.DASHBOARD)[0]["count"] == Decimal(2)


def test_the_charts_are_in_the_programmes_currency(world: World) -> None:
    world.edit(Tab.SETTINGS, "currency", "value", "EUR")
    world.sync()

    assert block(world, "partner", "account") == []
    assert {amount for _, amount in block(world, "month", "commission")} == {Decimal(0)}


def test_a_day_rewrites_the_dashboard_only_when_a_hold_ends(world: World) -> None:
    before = world.store.generation
    world.move(days=1)
    world.sync()

    assert world.store.generation == before
    world.now = datetime(2026, 11, 2, 12, tzinfo=UTC)
    world.sync()
    assert block(world, "account", "payable")[0] == ("maria", Decimal(300))
    assert block(world, "month")[-1] == ("2026-10",)
