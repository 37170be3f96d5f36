"""What does the ledger look like as double entry, so that another program can check our sums?

Every line of Commissions is one transaction between what the programme owes a partner
(Liabilities:Partners:P-…) and what it spent (Expenses:Commission:…) or paid out (Assets:Bank:…),
dated by the local day it was booked on. At each month's end, and at the end, stands what every
account holds, to be compared without any tolerance (invariant I10, docs/decisions/0031).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.cells import clean
from tracker.ledger import kind_of
from tracker.lines import CommissionLine
from tracker.model import Role
from tracker.money import decimal_text, exponent
from tracker.payout_facts import Fate, Payout
from tracker.periods import first_day, month_of, next_month
from tracker.programme import Programme

_CYRILLIC = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One transaction: `minor` goes from what a partner is owed to the other account.

    Attributes:
        day: the local day it was booked on; paid_on: the day a payout was paid, where it is known.
        kind: as people read it; other: the account of the expense or of the bank.
        minor: minor units of the line's currency, below zero where it goes the other way.
    """

    line: CommissionLine
    day: date
    kind: str
    other: str
    minor: int
    paid_on: date | None = None

    @property
    def account(self) -> str:
        """The partner's account."""
        return partner_account(self.line.partner_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What every account holds when a day is over: minor units by (account, currency)."""

    day: date
    sums: Mapping[tuple[str, str], int]


def partner_account(partner_id: str) -> str:
    """The name of a partner's account, legal in both languages; two ids never share one.

    English and Russian letters and digits stand as they are; any other sign, the hyphen too, is
    its code point in hexadecimal between hyphens: `shop-7` is `P-shop-2d-7`.
    """
    signs = (
        sign if sign in _CYRILLIC or (sign.isascii() and sign.isalnum()) else f"-{ord(sign):x}-"
        for sign in partner_id
    )
    return f"Liabilities:Partners:P-{''.join(signs)}"


def entries(
    lines: Iterable[CommissionLine], payouts: Iterable[Payout], programme: Programme
) -> list[Entry]:
    """The transactions, oldest first; payouts tell on which day they were paid."""
    paid = {one.payout_id: one.paid_on for one in payouts}
    ordered = sorted(lines, key=lambda one: (one.booked_at, *one.key, one.n, one.line_id))
    return [_entry(line, programme, paid.get(line.order_id)) for line in ordered]


def _entry(line: CommissionLine, programme: Programme, paid_on: date | None) -> Entry:
    # By role and sign, as it was made: a kind that was edited by hand opens no account.
    kind = kind_of(line.role, line.minor)
    bank = line.role == Role.PAYOUT
    return Entry(
        line=line,
        day=programme.local_date(line.booked_at),
        kind=kind,
        other=f"Assets:Bank:{line.currency}" if bank else f"Expenses:Commission:{kind.title()}",
        minor=line.minor,
        paid_on=paid_on if kind == "payout" else None,
    )


def standings(found: Iterable[Entry]) -> Iterator[Standing]:
    """What the partners' accounts hold at each month's end, and when the last day is over."""
    sums: dict[tuple[str, str], int] = {}
    day: date | None = None
    for entry in found:
        while day is not None and month_of(day) < month_of(entry.day):
            after = first_day(next_month(month_of(day)))
            yield Standing(day=after - _DAY, sums=dict(sums))
            day = after
        account = (entry.account, entry.line.currency)
        # The programme's debt is below zero in an account of liabilities.
        sums[account] = sums.get(account, 0) - entry.minor
        day = entry.day
    if day is not None:
        yield Standing(day=day, sums=sums)


def beancount(
    lines: Iterable[CommissionLine], payouts: Iterable[Payout], programme: Programme
) -> str:
    """The ledger in the language of beancount 3, for `bean-check`; no line is a legal ledger too.

    `payouts` that wait for the owner or the bank owe nothing yet and stand as remarks. A balance
    holds at the beginning of its day, so it is dated the day after; every tolerance is zero
    (beancount.github.io/docs/precision_tolerances.html), else 0.01 too much would pass.
    """
    payouts = list(payouts)
    found = entries(lines, payouts, programme)
    text = [
        f'option "title" {_quoted(programme.program_name)}',
        'option "inferred_tolerance_default" "*:0"',
        'option "tolerance_multiplier" "0"',
    ]
    for currency, since in _first_days((one.line.currency, one.day) for one in found).items():
        text += [f"{since} commodity {currency}", f"  precision: {exponent(currency)}"]
    used = ((name, one.day) for one in found for name in (one.account, one.other))
    for account, since in _first_days(used).items():
        text.append(f"{since} open {account}")
    text += [_beancount_entry(one) for one in found]
    for standing in standings(found):
        text += [
            f"{standing.day + _DAY} balance {account}  "
            f"{decimal_text(minor, currency)} ~ 0 {currency}"
            for (account, currency), minor in sorted(standing.sums.items())
        ]
    return "\n".join([*text, *_waiting(payouts)]) + "\n"


def _beancount_entry(one: Entry) -> str:
    line = one.line
    about = f"{line.source}/{line.order_id}"
    text = [
        f"{one.day} * {_quoted(line.partner_id)} {_quoted(f'{one.kind} {about}')} #{one.kind}",
        f"  line_id: {_quoted(line.line_id)}",
        f"  order: {_quoted(about)}",
        f"  because: {_quoted(line.because)}",
    ]
    if one.paid_on is not None:
        text.append(f"  paid_on: {one.paid_on}")
    return "\n".join([*text, *_postings(one)])


def _postings(one: Entry) -> list[str]:
    currency = one.line.currency
    return [
        f"  {one.other}  {decimal_text(one.minor, currency)} {currency}",
        f"  {one.account}  {decimal_text(-one.minor, currency)} {currency}",
    ]


def hledger(
    lines: Iterable[CommissionLine], payouts: Iterable[Payout], programme: Programme
) -> str:
    """The ledger in the language of hledger, for `hledger check --strict`.

    A balance stands behind `=` in a transaction of zeros at the end of its day: hledger compares
    in the order of dates, then of the file, and exactly (hledger manual, balance assertions).
    """
    payouts = list(payouts)
    found = entries(lines, payouts, programme)
    text = [f"; {_plain(programme.program_name)}", "decimal-mark ."]
    for currency in _first_days((one.line.currency, one.day) for one in found):
        places = exponent(currency)
        text.append(f"commodity 1000.{'0' * places} {currency}")
    used = ((name, one.day) for one in found for name in (one.account, one.other))
    text += [f"account {account}" for account in _first_days(used)]
    left = iter(found)
    entry = next(left, None)
    for standing in standings(found):
        while entry is not None and entry.day <= standing.day:
            text.append(_hledger_entry(entry))
            entry = next(left, None)
        text.append(f"{standing.day} * balances")
        text += [
            f"  {account}  {decimal_text(0, currency)} {currency} "
            f"= {decimal_text(minor, currency)} {currency}"
            for (account, currency), minor in sorted(standing.sums.items())
        ]
    return "\n".join([*text, *_waiting(payouts)]) + "\n"


def _hledger_entry(one: Entry) -> str:
    line = one.line
    about = _plain(f"{line.source}/{line.order_id}")
    text = [
        f"{one.day} * ({line.line_id}) {_plain(line.partner_id)} | {one.kind} {about}",
        f"  ; line_id: {line.line_id}, order: {about}",
        f"  ; because: {_plain(line.because)}",
    ]
    if one.paid_on is not None:
        text.append(f"  ; paid_on: {one.paid_on}")
    return "\n".join([*text, *_postings(one)])


def _first_days(used: Iterable[tuple[str, date]]) -> dict[str, date]:
    """The first day each name is used on, by name; the days come in order."""
    first: dict[str, date] = {}
    for name, day in used:
        first.setdefault(name, day)
    return dict(sorted(first.items()))


def _waiting(payouts: Iterable[Payout]) -> list[str]:
    """Payouts that owe nothing yet, as remarks."""
    return [
        f"; {one.fate.value}: {one.payout_id} {_plain(one.partner_id)} "
        f"{decimal_text(one.minor, one.currency)} {one.currency}, proposed {one.proposed_on}"
        for one in sorted(payouts, key=lambda one: (one.proposed_on, one.payout_id))
        if one.fate in {Fate.OPEN, Fate.UNKNOWN}
    ]


def _one_line(text: str) -> str:
    """Text without line ends and other signs that no printed line has."""
    return "".join(
        " " if unicodedata.category(sign) in {"Cc", "Zl", "Zp"} else sign for sign in clean(text)
    )


def _quoted(text: str) -> str:
    """A string of beancount."""
    escaped = _one_line(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


# What begins or ends a remark, a tag, a date or a payee in hledger; full-width signs read alike.
_HLEDGER_SIGNS = str.maketrans(":,;|[]", "：，；｜［］")


def _plain(text: str) -> str:
    """Text in a description or remark of hledger, which knows no quotes."""
    return _one_line(text).translate(_HLEDGER_SIGNS)
