"""What would a letter of each kind tell? Made-up values, by which templates are tried."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

from tracker.alarms import Alarm, Silence
from tracker.choices import Notify
from tracker.model import BaseRule
from tracker.news.events import (
    CodeChange,
    CodeChanged,
    DetailsMissing,
    Event,
    News,
    NewsKind,
    OwnCode,
    PaidLine,
    PaidOut,
    Paper,
    PaperWanted,
    Payable,
    Sales,
    SalesAccount,
    SoldLine,
    Welcome,
)
from tracker.programme import Partner
from tracker.statements import (
    Account,
    AccountChange,
    Correction,
    Figures,
    Held,
    LineSaid,
    MonthEarned,
    ReasonChange,
    Statement,
    StatementLine,
    Uncounted,
)
from tracker.week_book import line
from tracker.weekly import Digest
from tracker.weeks import Week

AT = datetime(2026, 10, 20, 12, tzinfo=UTC)
_DAY = date(2026, 10, 20)
_PAYS = date(2026, 11, 15)
_PAPER = Paper(kind="receipt", by=_PAYS)
_CODES = (OwnCode(code="MARIA15", rate="15%"), OwnCode(code="MARIA5", rate="5%"))


def sample_statements(language: str) -> tuple[Statement, ...]:
    """A statement with everything in it, an empty one of a month that goes on, a correction."""
    full = _statement(language, (_account(minimum=0), _account(minimum=10_000_000)))
    change = AccountChange(
        currency="RUB",
        before=Figures(opening=100, closing=200, lines=1),
        now=Figures(opening=0, closing=300, lines=2),
        came=(_said("1042"),),
        gone=(_said("1031"),),
    )
    reason = ReasonChange(source="shop", order_id="1066", before="", now="no_code")
    said = Correction(because="A refund came late.", accounts=(change,), reasons=(reason,))
    return (
        full,
        _statement(language, (), final=False),
        _statement(language, full.accounts, correction=said),
    )


def _statement(
    language: str,
    accounts: tuple[Account, ...],
    *,
    final: bool = True,
    correction: Correction | None = None,
) -> Statement:
    missed = Uncounted(source="shop", order_id="1066", ordered_on=_DAY, reason="no_code")
    return Statement(
        statement_id="st_sample",
        partner_id="maria",
        name="Maria",
        email="maria@example.com",
        language=language,
        month="2026-10",
        final=final,
        revision=1 if correction is None else 2,
        program_name="Shop",
        zone="Europe/Moscow",
        as_of=date(2026, 11, 1),
        payout_on=_PAYS,
        accounts=accounts,
        uncounted=(missed,) if accounts else (),
        correction=correction,
        terms="R-3F7A2/9C1",
    )


def _account(*, minimum: int) -> Account:
    held = Held(order_id="1042", minor=60_000, payable_on=date(2026, 11, 3))
    lines = (_line("sale", "1042", 60_000), _line("clawback", "1031", -22_500))
    payouts = (_line("payout", "po_1", -50_000),)
    return Account(
        currency="RUB",
        opening=125_000,
        lines=lines,
        payouts=payouts,
        closing=112_500,
        held=(held,),
        on_hold=60_000,
        payable=52_500,
        missing=max(0, minimum - 52_500),
        minimum=minimum,
        digest="",
        history=tuple(MonthEarned(month=f"2026-{n:02d}", minor=n * 1000) for n in range(5, 11)),
        ripened=(held,),
    )


def _line(kind: str, order_id: str, minor: int) -> StatementLine:
    return StatementLine(
        line_id=f"{kind}-{order_id}",
        booked_on=_DAY,
        kind=kind,
        source="shop",
        order_id=order_id,
        ordered_on=_DAY,
        base=400_000,
        base_rule=BaseRule.GOODS,
        rate="15%",
        minor=minor,
        payable_on=None,
        because="order_refunded" if minor < 0 else "",
        refunded=150_000 if kind == "clawback" else None,
    )


def _said(order_id: str) -> LineSaid:
    return LineSaid(kind="sale", source="shop", order_id=order_id, minor=100)


def sample_news(language: str) -> tuple[News, ...]:
    """Letters on events of every kind: several of one kind where they say different things."""
    partner = Partner(
        partner_id="maria", name="Maria", email="maria@example.com", language=language
    )
    return tuple(
        News(kind=kind, name=f"{kind}:sample", partner=partner, at=AT, event=event)
        for kind, event in _events()
    )


def _events() -> Iterator[tuple[NewsKind, Event]]:
    for codes in (_CODES, _CODES[:1]):
        yield NewsKind.WELCOME, _welcome(codes)
    for period in (Notify.EACH, Notify.DAILY, Notify.WEEKLY):
        yield NewsKind.SALES, _sales(period)
    for paper in (None, _PAPER):
        yield NewsKind.PAYOUT, _paid(paper)
    yield NewsKind.DETAILS, _DETAILS
    for change in CodeChange:
        yield NewsKind.CODE, _changed(change)
    for number in (1, 2):
        yield NewsKind.DOCUMENT, _wanted(number)


_DETAILS: Event = DetailsMissing(
    accounts=(Payable(currency="RUB", minor=100_000), Payable(currency="USD", minor=5_000)),
    payout_on=_PAYS,
)


def _welcome(codes: tuple[OwnCode, ...]) -> Welcome:
    return Welcome(
        codes=codes,
        base=BaseRule.GOODS,
        hold_days=14,
        minimum=100_000,
        currency="RUB",
        payout_day=31,
        words=("Hello.\n\nCome and see us.",),
        notify=Notify.NONE,
    )


def _sales(period: Notify) -> Sales:
    def sold(order_id: str, minor: int) -> SoldLine:
        return SoldLine(
            line_id=order_id,
            source="shop",
            order_id=order_id,
            ordered_on=_DAY,
            minor=minor,
            currency="RUB",
            rate="15%",
            base=400_000,
            because="order_refunded" if minor < 0 else "",
        )

    account = SalesAccount(
        currency="RUB", orders=2, earned=60_000, taken_back=-22_500, balance=37_500, on_hold=37_500
    )
    lines = (sold("1042", 60_000), sold("1031", -22_500))
    return Sales(period=period, since=_DAY, until=_DAY, lines=lines, accounts=(account,))


def _paid(paper: Paper | None) -> PaidOut:
    paid = PaidLine(kind="sale", source="shop", order_id="1042", on=_DAY, minor=60_000)
    return PaidOut(
        payout_id="po_sample",
        minor=60_000,
        currency="RUB",
        paid_on=_PAYS,
        reference="42",
        method="bank",
        lines=(paid,),
        paper=paper,
    )


def _changed(change: CodeChange) -> CodeChanged:
    return CodeChanged(
        change=change, code="MARIA15", on=_DAY, used=80, limit=100, others=("MARIA5",)
    )


def _wanted(number: int) -> PaperWanted:
    return PaperWanted(
        payout_id="po_sample",
        minor=60_000,
        currency="RUB",
        paid_on=_PAYS,
        reference="42",
        paper=_PAPER,
        number=number,
    )


def sample_alarms() -> tuple[Alarm, ...]:
    """A silence of each sort, going on and over."""
    return tuple(Alarm(silence, AT, AT, over) for silence in Silence for over in (False, True))


def sample_digest() -> Digest:
    """A quiet week."""
    return Digest(Week(date(2026, 10, 12)), (("nothing", line("nothing")),), 0)
