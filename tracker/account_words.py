"""What does a partner read about one account? Its figures and lines, said in a language.

What is newest is told line by line as far as a letter has room; the rest is told as one sum, and
stands line by line in the attached file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.account_story import moves, shares
from tracker.languages import reason, word
from tracker.own_lines import OWN_SOURCES, TIER
from tracker.own_story import goal_said
from tracker.periods import is_month
from tracker.sentences import REASONS, join_reason, split_reason
from tracker.statements import Account, Held, StatementLine, Uncounted
from tracker.templating import Told
from tracker.wording import Formatter, plain

BLOCKS = 20
"""How long the longest bar of the text part is, in characters."""
FULL, LOST = "█", "░"
WORDS_CHARS_MAX = 300
ORDER_CHARS_MAX = 80
HELD_DAYS_TOLD = 12
HELD_ORDERS_TOLD = 8

_SUMS = frozenset("rate cap earned left amount bonus base whole before after start reached".split())
"""Parameters of reasons that are rates or sums, as `15%` or `500.00 RUB`."""
_DAY = re.compile(r"2[0-9]{3}-[0-9]{2}-[0-9]{2}")

ORDER_KINDS = frozenset({"sale", "clawback", "bonus", "level"})


def of_an_order(kind: str, source: str) -> bool:
    """Whether a line is of a shop's order, and not of a row of the owner's, a lead or a goal."""
    return kind in ORDER_KINDS and source not in OWN_SOURCES


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """How everything in one letter is said.

    Attributes:
        say: the formatter of its language.
        sources: the names of the shops, where there are several; else empty.
        lines_max: how many lines of each list there is room for.
        final: False while the month is not over.
    """

    say: Formatter
    sources: Mapping[str, str]
    lines_max: int
    final: bool = True

    def word(self, section: str, key: str) -> str:
        """Give a word of the letter's language."""
        return word(section, key, self.say.language)

    def order(self, source: str, order_id: str) -> str:
        """Name an order, and its shop where there are several; a goal by its period."""
        if source == TIER:
            return clipped(goal_said(order_id, self.say.language, self.say.month), ORDER_CHARS_MAX)
        shop, name = self.sources.get(source, ""), clipped(order_id, ORDER_CHARS_MAX)
        return f"{name} ({shop})" if shop else name

    def why(self, text: str) -> str:
        """Say a reason as a sentence of its own; a code nobody knows stays as it is.

        Several reasons stand a line each.
        """
        if "\n" in text:
            return " ".join(self.why(one) for one in text.split("\n"))
        code, values = split_reason(text)
        dated = join_reason(code, tuple((name, self._value(name, value)) for name, value in values))
        said = clipped(reason(dated, self.say.language), WORDS_CHARS_MAX) if text else ""
        return said[:1].upper() + said[1:] if code in REASONS else said

    def _value(self, name: str, value: str) -> str:
        """Write a parameter that is a day, a month, a rate or a sum as the letter writes them."""
        if name == "period" and is_month(value):
            return self.say.month(value)
        if name in _SUMS:
            return self.say.rate(value)
        try:
            return self.say.day(date.fromisoformat(value)) if _DAY.fullmatch(value) else value
        except ValueError:  # it only looks like one
            return value


def clipped(text: str, chars_max: int) -> str:
    """Put typed text on one line of at most so many characters."""
    line = plain(text)
    return line if len(line) <= chars_max else line[: chars_max - 1].rstrip() + "…"


def tell_account(account: Account, voice: Voice) -> dict[str, Told]:
    """Prepare all that the templates may say of one account."""

    def money(minor: int) -> str:
        return voice.say.money(minor, account.currency)

    return {
        "currency": voice.say.currency(account.currency),
        "opening": money(account.opening),
        "moves": _moves(account, voice),
        "lines": _lines(account.lines, account.currency, voice),
        "earlier": _earlier(account.lines, account.currency, voice),
        "payouts": _lines(account.payouts, account.currency, voice),
        "earlier_payouts": _earlier(account.payouts, account.currency, voice),
        "quiet": not account.lines and not account.payouts,
        "closing": money(account.closing),
        "ripened": bool(account.ripened),
        "ripened_count": voice.say.whole(len({one.order_id for one in account.ripened})),
        "ripened_sum": money(sum(one.minor for one in account.ripened)),
        "held": _held(account.held, account.currency, voice),
        "on_hold": money(account.on_hold),
        "payable": money(account.payable),
        "below_zero": account.payable < 0,
        "something": account.payable > 0,
        "unsaid": account.unsaid,
        "reached": account.missing == 0,
        "missing": money(account.missing),
        "has_minimum": account.minimum > 0,
        "minimum": money(account.minimum),
        "months": _months(account, voice),
        **_compared(account, voice),
    }


def _moves(account: Account, voice: Voice) -> list[Told]:
    return [
        {
            "name": voice.word("moves", one.kind),
            "count": voice.say.whole(one.count),
            "sum": voice.say.money(one.minor, account.currency),
            "minus": _is_loss(one.kind, one.minor),
        }
        for one in moves((*account.lines, *account.payouts))
    ]


def _months(account: Account, voice: Voice) -> list[Told]:
    """The bars; none while nothing was ever earned in these months."""
    if not any(one.minor for one in account.history):
        return []
    labels = [voice.say.short_month(one.month) for one in account.history]
    width = max(map(len, labels))
    told: list[Told] = []
    lengths = zip(shares(account.history), shares(account.history, BLOCKS), strict=True)
    for one, label, (share, blocks) in zip(account.history, labels, lengths, strict=True):
        mark = FULL if one.minor > 0 else LOST
        told.append(
            {
                "month": label,
                "padded": label.ljust(width),
                "share": str(share),
                "rest": str(100 - share),
                "blocks": (mark * blocks).ljust(BLOCKS),
                "empty": one.minor == 0,
                "full": share == 100,
                "minus": one.minor < 0,
                "this": one is account.history[-1],
                "sum": voice.say.money(one.minor, account.currency),
            }
        )
    return told


def _compared(account: Account, voice: Voice) -> dict[str, Told]:
    """How the month compares with the one before, once it is over and there was one."""
    *before, now = account.history or (None,)
    if now is None or not voice.final or not any(one.minor for one in before):
        return {"more": False, "less": False, "same": False, "difference": "", "month_before": ""}
    difference = now.minor - before[-1].minor
    return {
        "more": difference > 0,
        "less": difference < 0,
        "same": difference == 0,
        "difference": voice.say.money(abs(difference), account.currency),
        "month_before": voice.say.month(before[-1].month),
    }


def _lines(lines: Sequence[StatementLine], currency: str, voice: Voice) -> list[Told]:
    told = lines[len(lines) - voice.lines_max :] if voice.lines_max < len(lines) else lines
    return [_line(line, currency, voice) for line in told]


def _earlier(lines: Sequence[StatementLine], currency: str, voice: Voice) -> dict[str, Told]:
    """What there was no room for: how many lines, and their sum."""
    left = lines[: max(0, len(lines) - voice.lines_max)]
    return {
        "any": bool(left),
        "one": len(left) == 1,
        "count": voice.say.whole(len(left)),
        "sum": voice.say.money(sum(line.minor for line in left), currency),
    }


def _line(line: StatementLine, currency: str, voice: Voice) -> dict[str, Told]:
    say = voice.say
    # Of an order of which nothing is left no rate and base says anything: why it is gone does.
    base = "" if line.base is None or line.gone else say.money(line.base, currency)
    rule = "" if line.base_rule is None else voice.word("bases", line.base_rule)
    of_order = of_an_order(line.kind, line.source)
    # A goal is named with its period, and so needs no day beside it.
    earlier = line.source != TIER and line.ordered_on not in {None, line.booked_on}
    shown = voice if of_order else Voice(say=say, sources={}, lines_max=0)
    return {
        "on": say.day(line.booked_on),
        "kind": clipped(voice.word("kinds", line.kind), ORDER_CHARS_MAX),
        "is_order": of_order,
        "order": shown.order(line.source, line.order_id),
        "ordered_on": say.day(line.ordered_on) if line.ordered_on and earlier else "",
        "base": base,
        "base_rule": rule if base else "",
        "changed": line.kind == "clawback",
        "rate": "" if line.gone else say.rate(clipped(line.rate, ORDER_CHARS_MAX)),
        "sum": say.money(line.minor, currency),
        "minus": _is_loss(line.kind, line.minor),
        # How much was given back says already that something was.
        "why": ""
        if line.refunded and line.because == "order_refunded"
        else voice.why(line.because),
        "refunded": say.money(line.refunded, currency) if line.refunded else "",
    }


def _is_loss(kind: str, minor: int) -> bool:
    """Whether a sum is shown in the colour of a warning: a payout is below zero and welcome."""
    return minor < 0 and kind != "payout"


def tell_uncounted(orders: Sequence[Uncounted], voice: Voice) -> dict[str, Told]:
    """Prepare what earned nothing, and why; and how much of it there was no room for."""
    say = voice.say
    left = max(0, len(orders) - voice.lines_max)
    return {
        "uncounted": [
            {
                "on": say.day(order.ordered_on) if order.ordered_on else "",
                "order": voice.order(order.source, order.order_id),
                "why": voice.why(order.reason),
            }
            for order in orders[left:]
        ],
        "earlier_uncounted": {
            "any": left > 0,
            "one": left == 1,
            "count": say.whole(left),
        },
    }


def _held(held: Iterable[Held], currency: str, voice: Voice) -> list[Told]:
    """Gather what is on hold by the day it becomes payable, the nearest first.

    Days beyond HELD_DAYS_TOLD are told as one, from the first of them on.
    """
    days: dict[str, list[Held]] = {}
    for one in sorted(held, key=lambda one: one.payable_on):
        day = voice.say.day(one.payable_on)
        known = day in days or len(days) < HELD_DAYS_TOLD
        days.setdefault(day if known else next(reversed(days)), []).append(one)
    return [_held_day(day, ones, currency, voice) for day, ones in days.items()]


def _held_name(one: Held, voice: Voice) -> str:
    """What is on hold: an order by its number, a goal in words."""
    if one.source == TIER:
        return voice.order(one.source, one.order_id)
    return clipped(one.order_id, ORDER_CHARS_MAX)


def _held_day(day: str, ones: Sequence[Held], currency: str, voice: Voice) -> dict[str, Told]:
    orders = dict.fromkeys(_held_name(one, voice) for one in ones)
    named = [*orders][:HELD_ORDERS_TOLD]
    return {
        "until": day,
        "later": len({one.payable_on for one in ones}) > 1,
        "sum": voice.say.money(sum(one.minor for one in ones), currency),
        "orders": ", ".join(named),
        "others": voice.say.whole(len(orders) - len(named)) if len(named) < len(orders) else "",
    }
