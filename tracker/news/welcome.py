"""Who is welcomed, and who is asked where his money is to go?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from tracker.choices import Notify
from tracker.holding import account_of, covered, waits
from tracker.lines import CommissionLine
from tracker.metrics import balances
from tracker.news.events import DetailsMissing, News, NewsKind, OwnCode, Payable, Welcome
from tracker.news.seen import Seen
from tracker.payout_facts import Fate, Payout
from tracker.payouts import minimum, unreadable_keys
from tracker.periods import month_before, month_of, next_month, payout_date
from tracker.programme import (
    Code,
    CodeKind,
    CodeStatus,
    Partner,
    PartnerStatus,
    Programme,
    normal_code,
)

WELCOME_DAYS = 14
"""How long after he was first noted a partner is still greeted: an old book, or a lost outbox,
must not greet everybody."""


def welcomes(seen: Seen) -> Iterator[News]:
    """Greet each active partner who has a code that works and is new, once ever.

    A rule that cannot be read is left out; the greeting does not wait for it.
    """
    programme = seen.programme
    begun = _begun(seen)
    for partner in seen.partners():
        first = begun.get((partner.partner_id, ""))
        if partner.status is not PartnerStatus.ACTIVE or first is None:
            continue
        if seen.now - first >= timedelta(days=WELCOME_DAYS) or _known_before(partner, first, seen):
            continue
        codes = working(partner, seen)
        if not codes:
            continue
        noted = (begun.get((partner.partner_id, normal_code(one.code)), first) for one in codes)
        yield News(
            kind=NewsKind.WELCOME,
            name=f"welcome:{partner.partner_id}",
            partner=partner,
            at=max(first, *noted),
            event=_welcome(partner, codes, programme),
        )


def _known_before(partner: Partner, first: datetime, seen: Seen) -> bool:
    """Whether he is no newcomer: he joined long before he was noted, or has a statement."""
    since = seen.programme.local_date(first) - timedelta(days=WELCOME_DAYS)
    return (partner.joined_on is not None and partner.joined_on < since) or any(
        one.partner_id == partner.partner_id and seen.programme.local_date(one.at) < seen.today
        for one in seen.known.statements
    )


def _begun(seen: Seen) -> dict[tuple[str, str], datetime]:
    """When each partner was first noted (under an empty code), and each code as his."""
    found: dict[tuple[str, str], datetime] = {}
    for line in seen.history:
        for key in ((line.partner_id, ""), (line.partner_id, normal_code(line.code))):
            found[key] = min(line.noted_at, found.get(key, line.noted_at))
    return found


def works(code: Code, seen: Seen) -> bool:
    """Whether it is a partner's own code that he can give out and a customer can use today.

    Serials and personal codes are none: they come by the hundred, one for each customer.
    """
    return (
        code.status is CodeStatus.ACTIVE
        and code.kind is CodeKind.PARTNER
        and (code.valid_from is None or code.valid_from <= seen.today)
        and (code.valid_to is None or seen.today <= code.valid_to)
    )


def working(partner: Partner, seen: Seen) -> list[Code]:
    """The partner's codes that work, in the order of the tab."""
    own = (code for code in seen.known.codes if code.partner_id == partner.partner_id)
    return [code for code in own if works(code, seen)]


def _welcome(partner: Partner, codes: list[Code], programme: Programme) -> Welcome:
    usual = partner.rate or programme.rate
    hold = programme.hold_days if partner.hold_days is None else partner.hold_days
    return Welcome(
        codes=tuple(OwnCode(code=one.code, rate=str(one.rate or usual)) for one in codes),
        base=programme.base,
        hold_days=hold,
        minimum=minimum(partner, programme.currency, programme),
        currency=programme.currency,
        payout_day=programme.payout_day,
        words=tuple(filter(str.strip, (programme.welcome, partner.welcome))),
        notify=chosen(partner, programme),
        unsaid=tuple(_unsaid(partner, codes, programme)),
    )


def _unsaid(partner: Partner, codes: list[Code], programme: Programme) -> Iterator[str]:
    """Rules that rest on a setting which cannot be read: nobody is told a guess."""
    lost = programme.unreadable
    rates = [one.rate or partner.rate for one in codes]
    by_percent = any((one or programme.rate).percent is not None for one in rates)
    if ("rate" in lost and None in rates) or ("base" in lost and by_percent):
        yield "rate"
    if "hold_days" in lost and partner.hold_days is None:
        yield "hold"
    if unreadable_keys(programme):
        yield "payout"


def chosen(partner: Partner, programme: Programme) -> Notify:
    """How often the partner hears of new sales: his own word, else the programme's."""
    return programme.notify if partner.notify is None else partner.notify


def details_missing(seen: Seen) -> Iterator[News]:
    """Ask each partner without requisites to whom something can be paid, once a month.

    What a payout that names requisites already holds, or one of unknown fate, is not asked for.
    """
    programme, month = seen.programme, month_of(seen.today)
    if unreadable_keys(programme):
        return
    asked = {
        f"details:{month}:{partner.partner_id}": partner
        for partner in seen.partners()
        if not partner.payout_details and partner.partner_id not in seen.doubtful
    }
    asked = {name: partner for name, partner in asked.items() if not seen.told.left(name)}
    held = [one for one in seen.books.payouts() if _held(one)] if asked else []
    for name, partner in asked.items():
        lines = seen.lines.get(partner.partner_id, [])
        accounts = _payable(partner, lines, held, seen)
        if not accounts:
            continue
        yield News(
            kind=NewsKind.DETAILS,
            name=name,
            partner=partner,
            at=programme.start_of(_ripened(lines, seen)),
            event=DetailsMissing(accounts=accounts, payout_on=_next_payout(seen)),
        )


def _held(payout: Payout) -> bool:
    return payout.fate is Fate.UNKNOWN or (payout.fate is Fate.OPEN and bool(payout.details))


def _payable(
    partner: Partner, lines: list[CommissionLine], held: list[Payout], seen: Seen
) -> tuple[Payable, ...]:
    found = []
    for account in balances(lines, (), seen.today):
        there = sum(
            one.minor
            for one in held
            if (one.partner_id, one.currency) == (partner.partner_id, account.currency)
        )
        minor = account.payable - there
        if minor > 0 and minor >= minimum(partner, account.currency, seen.programme):
            found.append(Payable(currency=account.currency, minor=minor))
    return tuple(found)


def _ripened(lines: list[CommissionLine], seen: Seen) -> date:
    """The day on which what is payable came to be what it is, in this month at the earliest."""
    days = [seen.today.replace(day=1)]
    later = covered(line for line in lines if waits(line, seen.today))
    for line in lines:
        booked = seen.programme.local_date(line.booked_at)
        at_once = line.minor < 0 and account_of(line) not in later
        day = booked if at_once else max(booked, line.payable_on or booked)
        if day <= seen.today:
            days.append(day)
    return max(days)


def _next_payout(seen: Seen) -> date:
    month = month_before(month_of(seen.today))
    day = payout_date(month, seen.programme)
    return day if day >= seen.today else payout_date(next_month(month), seen.programme)
