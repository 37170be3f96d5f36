"""What do the report tabs show? Rows made anew from the ledgers, without a clock in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import zip_longest

from tracker.book.payout_status import payout_status
from tracker.cells import Cell
from tracker.known import Known
from tracker.layout import Tab, find_tab, lookup, title_of
from tracker.metrics import (
    Balance,
    Bar,
    Figure,
    balances,
    by_month,
    by_partner,
    dashboard,
    largest,
)
from tracker.money import as_decimal
from tracker.problems import Problem, params
from tracker.programme import Programme
from tracker.reviewing import ReviewItem, review
from tracker.sentences import join_reason, problem_says, reason_says
from tracker.stores import Link
from tracker.sync import Books

ReportRow = Mapping[str, Cell | Link]


def report_rows(
    known: Known, books: Books, problems: Sequence[Problem], today: date
) -> dict[Tab, list[ReportRow]]:
    """All five reports."""
    language = known.programme.language
    payouts = books.payouts()
    accounts = balances(books.lines, payouts, today)
    return {
        Tab.BALANCES: [_balance(one, known) for one in accounts],
        Tab.DASHBOARD: _dashboard(known.programme, books, accounts),
        Tab.PROBLEMS: [_problem(one, language) for one in in_order(problems)],
        Tab.REVIEW: [_review(one, language) for one in review(books.orders)],
        Tab.PAYOUT_STATUS: payout_status(known, payouts, today),
    }


def in_order(problems: Sequence[Problem]) -> list[Problem]:
    """Problems as they are shown: by tab in the book's order, then by place."""
    order = {tab.value: number for number, tab in enumerate(Tab)}
    return sorted(
        set(problems),
        key=lambda p: (order.get(p.tab, 99), p.tab, len(p.cell), p.cell, p.code, p.params, p.key),
    )


def _balance(one: Balance, known: Known) -> ReportRow:
    partner = known.partners.get(one.partner_id)
    return {
        "partner_id": one.partner_id,
        "name": None if partner is None else partner.name or None,
        "currency": one.currency,
        "balance": as_decimal(one.balance, one.currency),
        "on_hold": as_decimal(one.on_hold, one.currency),
        "payable": as_decimal(one.payable, one.currency),
        "proposed": as_decimal(one.proposed, one.currency),
    }


def _dashboard(programme: Programme, books: Books, accounts: Sequence[Balance]) -> list[ReportRow]:
    """The figures, and beside them what each chart is drawn from; every block has its own rows."""
    currency = programme.currency
    blocks: tuple[Sequence[ReportRow], ...] = (
        [_figure(one, programme.language) for one in dashboard(books.orders, accounts)],
        [
            _bar(one, "month", "commission", currency)
            for one in by_month(books.lines, currency, programme.local_date)
        ],
        [_bar(one, "partner", "earned", currency) for one in by_partner(books.lines, currency)],
        [_account(one) for one in largest(accounts, currency)],
    )
    empty: ReportRow = {}
    return [
        {key: cell for part in parts for key, cell in part.items()}
        for parts in zip_longest(*blocks, fillvalue=empty)
    ]


def _figure(one: Figure, language: str) -> ReportRow:
    return {
        "figure": reason_says(one.code, language),
        "count": None if one.currency else Decimal(one.value),
        "amount": as_decimal(one.value, one.currency) if one.currency else None,
        "currency": one.currency or None,
    }


def _bar(one: Bar, label: str, amount: str, currency: str) -> ReportRow:
    return {label: one.label, amount: as_decimal(one.minor, currency)}


def _account(one: Balance) -> ReportRow:
    return {
        "account": one.partner_id,
        "payable": as_decimal(one.payable, one.currency),
        "on_hold": as_decimal(one.on_hold, one.currency),
    }


def _problem(one: Problem, language: str) -> ReportRow:
    tab = find_tab(one.tab)
    cell: Cell | Link = one.cell or None
    if tab is not None and one.cell:
        cell = Link(one.cell, tab, one.cell)
    return {
        "tab": one.tab if tab is None else title_of(tab, language),
        "cell": cell,
        "key": one.key or None,
        "says": problem_says(one, language),
        "lookup": lookup(tab, one.key) if tab is not None and one.key else None,
    }


def _review(one: ReviewItem, language: str) -> ReportRow:
    amount = None if one.minor is None else as_decimal(one.minor, one.currency)
    says = reason_says(one.reason, language)
    if one.orders:
        carried = join_reason("carried_by", params(count=one.orders))
        says = f"{says} {reason_says(carried, language)}"
    return {
        "about": one.about,
        "ordered_at": one.ordered_at or None,
        "partner_id": one.partner_id or None,
        "amount": amount,
        "currency": one.currency or None,
        "says": says,
        "remedy": reason_says(one.remedy, language),
    }
