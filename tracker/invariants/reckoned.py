"""What should a line of an order owe, by its own cells alone?

Worked out with fractions from the rate, the base rule, the facts, the terms and the answers that
stand in the line, and by nothing that made the line: it must be able to disagree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tracker.invariants.goods import Group, Sums, groups_of, half_up, in_proportion
from tracker.lines import JournalLine
from tracker.money import exponent

Accounts = dict[tuple[str, str, str], int]
"""Minor units by (partner_id, role, currency); none of them 0."""
_Exact = dict[str, Fraction]


class Unasked(KeyError):
    """The sum rests on earlier orders, and what they were is not noted in the line."""


@dataclass(frozen=True, slots=True)
class Worked:
    """What a line should say: its base, and what every account is to hold."""

    base: int
    owed: Accounts


def worked_out(line: JournalLine, said: Mapping[str, Any], answers: Mapping[str, Any]) -> Worked:
    """Work out what an order's line owes. `answers` are those to what was asked for its sum.

    Raises Unasked where the sum rests on an answer that is not among them.
    """
    terms = said.get("terms", {})
    groups = groups_of(line, said)
    base = sum(minor for _, minor, _ in groups)
    if not earns(line, said):
        return Worked(base, {})
    pieces = sum((count for _, _, count in groups), Fraction(0))
    exact = {line.partner_id: _alone(line, groups, terms, answers)}
    for who, rate, *_ in terms.get("sharers", ()):
        exact[who] = _add({}, *_taken(rate, base, pieces, line.currency))
    sums = _limited(_parted(exact, terms), terms, answers)
    owed = {(who, "order", unit): minor for (who, unit), minor in sums.items()}
    _bonus(owed, terms.get("helper"))
    own = {unit: minor for (who, unit), minor in sums.items() if who == line.partner_id}
    _level(owed, own, line, Fraction(base, len(exact)), pieces, terms.get("level"))
    return Worked(base, _exchanged(owed, line, terms))


def earns(line: JournalLine, said: Mapping[str, Any]) -> bool:
    """Whether the order's state is one from which on it earns, and something of it is left."""
    terms = said.get("terms", {})
    if line.state not in {"paid", "pending"} or Sums(line, said).wholly_refunded:
        return False
    approve = terms.get("approve", "paid")
    if line.state == "pending":
        return bool(approve == "placed")
    return bool(approve != "delivered" or said.get("f", {}).get("delivered"))


def _taken(rate: str, base: int | Fraction, pieces: Fraction, unit: str) -> tuple[str, Fraction]:
    """What a rate comes to: (currency, minor units, not rounded)."""
    if rate.endswith("%"):
        return unit, Fraction(base * Fraction(rate[:-1]), 100)
    amount, own = rate.removesuffix("/item").split(" ")
    minor = Fraction(amount) * 10 ** exponent(own)
    return own, minor * pieces if rate.endswith("/item") else minor


def _add(sums: _Exact, unit: str, exact: Fraction) -> _Exact:
    sums[unit] = sums.get(unit, Fraction(0)) + exact
    return sums


def _alone(
    line: JournalLine,
    groups: Iterable[Group],
    terms: Mapping[str, Any],
    answers: Mapping[str, Any],
) -> _Exact:
    """What the order would earn its partner if he had it alone, by currency."""
    sums: _Exact = {}
    for rate, base, pieces in groups:
        if rate is None and terms.get("ladder"):
            for part in _tiers(line, base, pieces, terms["ladder"], answers):
                _add(sums, *part)
        elif rate != "":
            _add(sums, *_taken(rate or line.rate, base, pieces, line.currency))
    return sums


def _tiers(
    line: JournalLine,
    base: int,
    pieces: Fraction,
    ladder: Sequence[Any],
    answers: Mapping[str, Any],
) -> list[tuple[str, Fraction]]:
    """What a base comes to at the rates of its tiers: (currency, minor units, not rounded)."""
    counts, period, mode, currency, steps = ladder
    orders, sales = answer(answers, "volume", line.partner_id, period, currency)
    if counts == "orders" or mode != "marginal":
        reached = orders + 1 if counts == "orders" else sales
        rates = [line.rate, *(rate for start, rate, _ in steps if start <= reached)]
        return [_taken(rates[-1], base, pieces, line.currency)]
    found = []
    starts = [0, *(start for start, _, _ in steps)]
    rates = [line.rate, *(rate for _, rate, _ in steps)]
    for place, rate in enumerate(rates):
        end = starts[place + 1] if place + 1 < len(starts) else sales + base
        inside = min(sales + base, end) - max(sales, starts[place])
        last = place + 1 == len(starts)
        if rate.endswith("%"):
            found.append(_taken(rate, max(0, inside), pieces, line.currency))
        elif starts[place] <= sales and (last or sales < end):
            found.append(_taken(rate, base, pieces, line.currency))
    return found


_NAMED = {"volume": 4, "earned_in_month": 3, "earned_by_customer": 3}
"""How much of a question names what it asks; the rest says what it is asked for."""


def asked_of(question: Sequence[object]) -> str:
    """The name under which a question's answer is looked up."""
    return "\n".join(map(str, question[: _NAMED.get(str(question[0]), len(question))]))


def answer(answers: Mapping[str, Any], *question: object) -> Any:  # noqa: ANN401
    """The answer to a question. Raises Unasked where it was not asked."""
    name = "\n".join(map(str, question))
    if name not in answers:
        raise Unasked(name)
    return answers[name]


def _parted(exact: Mapping[str, _Exact], terms: Mapping[str, Any]) -> dict[tuple[str, str], int]:
    """Equal parts of the order, the sum of each currency rounded once and capped."""
    sums: dict[tuple[str, str], int] = {}
    for unit in dict.fromkeys(unit for one in exact.values() for unit in one):
        weights = [Fraction(one.get(unit, Fraction(0)), len(exact)) for one in exact.values()]
        total = half_up(sum(weights, Fraction(0)))
        if terms.get("cap_order") is not None and unit == terms["cap_currency"]:
            total = min(total, terms["cap_order"])
        for who, minor in zip(exact, in_proportion(total, weights), strict=True):
            sums[who, unit] = minor
    order = {who: place for place, who in enumerate(exact)}
    return dict(sorted(sums.items(), key=lambda pair: order[pair[0][0]]))


def _limited(
    sums: dict[tuple[str, str], int], terms: Mapping[str, Any], answers: Mapping[str, Any]
) -> dict[tuple[str, str], int]:
    """What limits by customer and month leave of each part, and the budget of all."""
    unit = terms.get("cap_currency", "")
    for who, own in [account for account in sums if account[1] == unit]:
        for limit, question in (
            ("cap_customer", "earned_by_customer"),
            ("cap_month", "earned_in_month"),
        ):
            if terms.get(limit) is not None and sums[who, own]:
                room = max(0, terms[limit] - answer(answers, question, who, unit))
                sums[who, own] = min(sums[who, own], room)
    mine = [account for account, minor in sums.items() if account[1] == unit and minor]
    if terms.get("budget_month") is not None and mine:
        room = max(0, terms["budget_month"] - answer(answers, "earned_in_month", "", unit))
        if sum(sums[account] for account in mine) > room:
            parts = in_proportion(room, [sums[account] for account in mine])
            sums.update(zip(mine, parts, strict=True))
    return {account: minor for account, minor in sums.items() if minor}


def _bonus(owed: Accounts, helper: Sequence[str] | None) -> None:
    """What a manager who helped gets: a percent of all partners' parts, on top or out of them."""
    if helper is None or any(who == helper[0] for who, _, _ in owed):
        return
    manager, percent, who_pays = helper
    for unit in sorted({unit for _, _, unit in owed}):
        parts = [account for account in owed if account[1:] == ("order", unit)]
        whole = sum(owed[account] for account in parts)
        bonus = half_up(Fraction(percent.removesuffix("%")) * Fraction(whole, 100))
        if who_pays == "partner_share":
            taken = in_proportion(bonus, [owed[account] for account in parts])
            for account, minor in zip(parts, taken, strict=True):
                owed[account] -= minor
        owed[manager, "bonus", unit] = bonus


def _level(
    owed: Accounts,
    own: Mapping[str, int],
    line: JournalLine,
    base: Fraction,
    pieces: Fraction,
    level: Sequence[str] | None,
) -> None:
    """What the partner who brought the partner gets; `base` is the partner's part of the order."""
    if level is None or not own:
        return
    parent, rate, taken_from = level
    if rate.endswith("%") and taken_from == "commission":
        found = [_taken(rate, minor, pieces, unit) for unit, minor in own.items()]
    else:
        found = [_taken(rate, base, pieces, line.currency)]
    for unit, exact in found:
        owed[parent, "level", unit] = owed.get((parent, "level", unit), 0) + half_up(exact)


def _exchanged(owed: Accounts, line: JournalLine, terms: Mapping[str, Any]) -> Accounts:
    """The partner's own accounts in the currency he is paid in, by the frozen rate."""
    quote, rate = terms.get("pay_currency", ""), terms.get("fx_rate", "")
    found: Accounts = {}
    for (who, role, unit), minor in owed.items():
        account, now = (who, role, unit), minor
        if quote and rate and (who, unit) == (line.partner_id, line.currency):
            account = (who, role, quote)
            now = half_up(
                minor * Fraction(rate) * Fraction(10) ** (exponent(quote) - exponent(unit))
            )
        found[account] = found.get(account, 0) + now
    return {account: minor for account, minor in found.items() if minor}
