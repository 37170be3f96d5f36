"""An order worked out by `reckon` alone: facts, fixed terms and earlier orders, written by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from tracker.asked import Asker
from tracker.commissions import figures
from tracker.history import History, Placed
from tracker.model import BaseRule, State
from tracker.money import decimal_text, from_decimal
from tracker.orders import Facts
from tracker.programme import Programme
from tracker.rates import read_rate
from tracker.reckoning import Reckoned, Sold, reckon
from tracker.terms import Beside, Ladder, Step, Terms

AT = datetime(2026, 10, 19, 10, tzinfo=UTC)
_VERSION = ("2026-10-19T10:00:00+00:00", 2, "d1", "sha")


def minor(amount: str, currency: str = "RUB") -> int:
    return from_decimal(Decimal(amount), currency)


def order(
    total: str,
    rate: str,
    *,
    items: Iterable[tuple[str, str, str, str]] = (),
    back: str = "",
    state: State = State.PAID,
    rule: BaseRule = BaseRule.GOODS,
    before: Iterable[Placed] = (),
    currency: str = "RUB",
    beside: Beside | None = None,
    **fields: Any,
) -> Reckoned:
    """What an order of ivan's comes to; sums are typed in major units.

    `items` are (sku, category, pieces, price of one); `back` is refunded of the goods.
    """
    said: dict[str, Any] = {"total": minor(total, currency), "currency": currency}
    said |= {"ordered_at": AT.isoformat(), "customer_e": "e:1", **fields}
    said |= {"items": [list(item) for item in items]} if items else {}
    said |= {"refunds": [["", "", back, "0", "0"]]} if back else {}
    facts = Facts({name: (value, _VERSION) for name, value in said.items()})
    programme = Programme()
    history = History(programme)
    for one in before:
        history.add(one)
    terms = Terms(
        rate=read_rate(rate),
        base_rule=rule,
        payable_on=date(2026, 11, 2),
        beside=beside or Beside(),
    )
    sold = Sold(state=state, sums=figures(facts), currency=currency, partner_id="ivan")
    return reckon(sold, terms, Asker(facts, programme, history))


def owed(found: Reckoned) -> list[tuple[str, str, str]]:
    """Accounts as (partner, role, `100.00 RUB`)."""
    return [(o.partner_id, o.role, _text(o.minor, o.currency)) for o in found.owed]


def paid(found: Reckoned) -> str:
    """What the one account of an order holds; "0" for none."""
    (text,) = [amount for _, _, amount in owed(found)] or ["0"]
    return text


def codes(found: Reckoned) -> list[str]:
    """What is said of it, without where the rate stands."""
    return [code for code, _ in found.said]


def _text(sum_: int, currency: str) -> str:
    return f"{decimal_text(sum_, currency)} {currency}"


def earlier(
    sales: str = "1000",
    earned: str = "100",
    *,
    who: str = "ivan",
    customer: str = "e:1",
    days: int = 1,
    currency: str = "RUB",
) -> Placed:
    """A counting order so many days before."""
    at = AT - timedelta(days=days)
    return Placed(
        at=at,
        day=at.date(),
        customer=frozenset({customer}),
        counts=True,
        partner_id=who,
        code="ivan01",
        evidence="code",
        sales=minor(sales, currency),
        currency=currency,
        earned=((who, minor(earned, currency), currency),),
    )


def tiers(*steps: tuple[int | str, str], mode: str = "from_now", period: str = "month") -> Ladder:
    """Steps of a ladder: a whole number counts orders, text is a sum of sales in RUB."""
    of_sales = any(isinstance(start, str) for start, _ in steps)
    rows = tuple(
        Step(minor(start) if isinstance(start, str) else start, rate, f"T{at}")
        for at, (start, rate) in enumerate(steps, 1)
    )
    return Ladder("sales" if of_sales else "orders", period, mode, "RUB", rows)
