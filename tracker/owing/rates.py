"""What would the order's partner earn alone? Each group of lines by its rate, or its tier's."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.asked import Asker
from tracker.owing.counted import Counted, Group
from tracker.owing.earning import Exact, coins, comes_to
from tracker.owing.tiers import Band, bands
from tracker.owing.words import Said, amount, amounts
from tracker.problems import Params, params
from tracker.rates import Rate
from tracker.terms import Terms

LINES_SAID_MAX = 20
"""How many rates of single goods are told one by one; the sums hold for all."""


@dataclass(frozen=True, slots=True)
class Earned:
    """Exact sums in minor units by currency, the rates they came by, and how that is said."""

    exact: dict[str, Exact]
    rates: tuple[str, ...]
    said: tuple[Said, ...]


def earned(
    counted: Counted, fixed: Terms, partner_id: str, currency: str, refunded: int, asker: Asker
) -> Earned:
    """Apply the rates to what counts; `refunded` is told where a percent of the rest is said."""
    exact: dict[str, Exact] = {}
    rates: dict[str, None] = {}
    found: list[tuple[Band, str]] = []
    said: list[Said] = []
    for group in counted.groups:
        parts, how = _bands(group, fixed, partner_id, asker)
        said += how
        found += [(part, group.what) for part in parts]
    for part, _ in found:
        unit, sum_ = comes_to(part.rate, part.base, part.pieces, currency)
        exact[unit] = exact[unit] + sum_ if unit in exact else sum_
        rates[str(part.rate)] = None
    alone = len(found) == 1 and len(counted.groups) == 1 and not found[0][1]
    sums = {unit: coins(sum_) for unit, sum_ in exact.items()}
    if alone:
        said.append(_plain(found[0][0], currency, fixed.base_rule.value, sums, refunded))
    else:
        said += [_line(part, what, currency, fixed.base_rule.value) for part, what in found]
        if len(said) > LINES_SAID_MAX:  # a cell holds no thousand sentences
            more = ("lines_more", params(count=len(said) - LINES_SAID_MAX))
            said = [*said[:LINES_SAID_MAX], more]
        if refunded:
            said.append(("refund_off", params(refunded=amount(refunded, currency))))
        said.append(("owes_together", params(amount=amounts(sums) or "0")))
    return Earned(exact, tuple(rates), tuple(said))


def _bands(
    group: Group, fixed: Terms, partner_id: str, asker: Asker
) -> tuple[tuple[Band, ...], tuple[Said, ...]]:
    """The parts of one group; a rate of its own goes before tiers, and "" earns nothing."""
    if group.rate == "":
        return (), (("line_nothing", params(what=group.what or "*")),)
    rate = group.own or fixed.rate
    if group.rate is None and fixed.beside.ladder is not None:
        return bands(fixed.beside.ladder, rate, group, partner_id, asker)
    return (Band(rate, group.base, group.pieces),), ()


def _plain(part: Band, currency: str, rule: str, sums: dict[str, int], refunded: int) -> Said:
    """One rate for the whole order."""
    of, said = amount(part.base, currency), amounts(sums)
    if part.rate.fixed is not None:
        if part.rate.per_item:
            return "owes_each", params(rate=part.rate, count=_count(part.pieces), amount=said)
        return "owes_sum", params(amount=said)
    values = params(rate=part.rate, base=of, rule=rule, amount=said)
    if not refunded:
        return "owes_percent", values
    return "owes_percent_refunded", (*params(refunded=amount(refunded, currency)), *values)


def _line(part: Band, what: str, currency: str, rule: str) -> Said:
    """One rate of several."""
    if part.rate.fixed is None:
        base = params(rate=part.rate, base=amount(part.base, currency))
        return ("line_percent_of", (*base, *params(what=what))) if what else (
            "line_percent", (*base, *params(rule=rule)))  # fmt: skip
    values: Params = params(rate=part.rate, what=what or "*")
    if part.rate.per_item:
        return "line_each", (*values, *params(count=_count(part.pieces)))
    return "line_sum", values


def _count(pieces: Exact) -> str:
    """A number of pieces as people write it: `3`, `1.5`."""
    if pieces.denominator == 1:
        return str(pieces.numerator)
    whole, rest = divmod(pieces, 1)
    return f"{whole}.{format(coins(rest * 1000), '03d').rstrip('0')}"


def rate_text(rates: tuple[str, ...], usual: Rate) -> str:
    """What a line shows instead of the order's usual rate; empty where it is the usual one."""
    return "" if rates in {(), (str(usual),)} else ", ".join(rates)
