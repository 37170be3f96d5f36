"""Which payouts fit into a file, to whom do they go, and why is one left out?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tracker.bank.checks import inn_holds
from tracker.bank.details import read_requisites
from tracker.bank.methods import Method, methods_named
from tracker.bank.requisites import Requisites
from tracker.bank.words import one_line
from tracker.choices import TaxStatus
from tracker.money import CURRENCIES, decimal_text
from tracker.payout_facts import Payout
from tracker.problems import Problem, Stop, params
from tracker.programme import Partner

_COMPANIES = frozenset({TaxStatus.COMPANY, TaxStatus.COMPANY_RU})
_SHOWN_MAX = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """A payout that can be paid: to whom, by name, and where the money goes.

    `tax_id` is the number of the partner's row, as noted; `company` is False for a person.
    """

    payout: Payout
    name: str = field(repr=False)
    to: Requisites
    tax_id: str = field(default="", repr=False)
    company: bool = False

    @property
    def inn(self) -> str:
        """The tax number: of the requisites, else of the partner's row."""
        return self.to.inn or self.tax_id

    @property
    def amount(self) -> str:
        """The sum with exactly the decimals of its currency, with a point."""
        return decimal_text(self.payout.minor, self.payout.currency)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a transfer does not fit: a sentence's code and what it mentions."""

    code: str
    says: tuple[tuple[str, str], ...] = ()


Check = Callable[[Transfer], Refusal | None]
"""What else a format asks of a transfer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """What a kind of file can hold.

    Attributes:
        name: as typed after --export; file_name: what a file is called if nobody says.
        methods: the words of `payout_method` that mean it; empty takes every payout as it is.
        currencies: what it can pay; empty for all.
        one_currency: whether a file may hold only one.
        rows_max: more do not fit into a file; 0 for no limit.
    """

    name: str
    file_name: str
    methods: frozenset[Method] = frozenset()
    currencies: frozenset[str] = frozenset()
    one_currency: bool = False
    rows_max: int = 0
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What goes into a file, what is left out, and a problem for each that is."""

    transfers: tuple[Transfer, ...] = ()
    left: tuple[Payout, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Control totals: how many payouts, and their sums in minor units by currency."""

    count: int = 0
    sums: Mapping[str, int] = field(default_factory=dict)

    def __str__(self) -> str:
        sums = [f"{decimal_text(minor, unit)} {unit}" for unit, minor in sorted(self.sums.items())]
        return ", ".join(sums) or "0"


def totals_of(payouts: Iterable[Payout]) -> Totals:
    """Count payouts and add them up, each currency by itself."""
    sums: dict[str, int] = {}
    count = 0
    for one in payouts:
        sums[one.currency] = sums.get(one.currency, 0) + one.minor
        count += 1
    return Totals(count=count, sums=sums)


def choose(
    form: Format, payouts: Sequence[Payout], partners: Mapping[str, Partner], currency: str = ""
) -> Chosen:
    """Take the payouts that fit a format, in the order given; each other one has a problem.

    With a `currency` only payouts in it are taken. Raises Stop when a file that holds one
    currency would have several.
    """
    found: list[Transfer] = []
    left: list[tuple[Payout, Refusal]] = []
    for payout in payouts:
        transfer = transfer_of(payout, partners.get(payout.partner_id))
        refusal = _refusal(form, transfer, currency)
        if refusal is None and form.rows_max and len(found) >= form.rows_max:
            refusal = Refusal("payout_file_full", params(limit=form.rows_max))
        if refusal is None:
            found.append(transfer)
        else:
            left.append((payout, refusal))
    units = sorted({one.payout.currency for one in found})
    if form.one_currency and len(units) > 1:
        raise Stop("form_one_currency", form=form.name, units=", ".join(units), first=units[0])
    return Chosen(
        transfers=tuple(found),
        left=tuple(payout for payout, _ in left),
        problems=tuple(_problem(form, partners, *one) for one in left),
    )


def asked_currency(text: str) -> str:
    """Read the currency behind a colon (`paypal:EUR`). Raises Stop for an unknown one."""
    currency = text.strip().upper()
    if currency and currency not in CURRENCIES:
        raise Stop("form_currency_unknown", currency=text[:10])
    return currency


def transfer_of(payout: Payout, partner: Partner | None) -> Transfer:
    """Say where a payout goes: as it was proposed, and what was not noted then, as it is now."""
    details, name, tax_id, status = payout.details, payout.name, payout.tax_id, payout.tax_status
    if partner is not None:
        details, name = details or partner.payout_details, name or partner.name
        tax_id, status = tax_id or partner.tax_id, status or partner.tax_status
    to = read_requisites(details)
    return Transfer(
        payout=payout,
        name=one_line(name),
        to=to,
        tax_id=one_line(tax_id).replace(" ", ""),
        company=status in _COMPANIES or len(to.inn) == 10,
    )


def _refusal(form: Format, transfer: Transfer, currency: str) -> Refusal | None:
    payout = transfer.payout
    if currency and payout.currency != currency:
        return Refusal("payout_not_asked", params(currency=payout.currency, asked=currency))
    if not form.methods:
        return None
    named = methods_named(payout.method) or transfer.to.services
    if named and not named & form.methods:
        return Refusal("payout_method_other", params(method=_shown(transfer)))
    if form.currencies and payout.currency not in form.currencies:
        return Refusal("payout_currency_other", params(currency=payout.currency))
    if transfer.to.fault:
        return Refusal(transfer.to.fault)
    found = (check(transfer) for check in form.checks)
    return next((refusal for refusal in found if refusal is not None), None)


def _shown(transfer: Transfer) -> str:
    """The method in words: as typed, or what the requisites name."""
    typed = one_line(transfer.payout.method)[:_SHOWN_MAX]
    return typed or ", ".join(sorted(transfer.to.services))


def _problem(
    form: Format, partners: Mapping[str, Partner], payout: Payout, refusal: Refusal
) -> Problem:
    partner = partners.get(payout.partner_id)
    said = {
        "partner": payout.partner_id,
        "payout": payout.payout_id,
        "amount": decimal_text(payout.minor, payout.currency),
        "unit": payout.currency,
        "form": form.name,
    } | dict(refusal.says)
    return Problem(
        tab="Partners",
        cell="" if partner is None else partner.cell,
        code=refusal.code,
        params=params(**said),
        key=payout.partner_id,
    )


def needs_account(transfer: Transfer) -> Refusal | None:
    """A Russian account in roubles and its bank's BIC."""
    to = transfer.to
    if not to.account:
        return Refusal("payout_needs_account")
    if not to.bic:
        return Refusal("payout_needs_bic")
    return None if in_roubles(to.account) else Refusal("payout_account_currency")


def in_roubles(account: str) -> bool:
    """Whether an account is kept in roubles: 810, or 643, in digits 6 to 8 (579-P)."""
    return account[5:8] in {"810", "643"}


def needs_iban(transfer: Transfer) -> Refusal | None:
    """An IBAN."""
    return None if transfer.to.iban else Refusal("payout_needs_iban")


def needs_email(transfer: Transfer) -> Refusal | None:
    """An e-mail address."""
    return None if transfer.to.email else Refusal("payout_needs_email")


def needs_phone(transfer: Transfer) -> Refusal | None:
    """A phone for SBP, and the bank behind it: one phone may have several."""
    if not transfer.to.phone:
        return Refusal("payout_needs_phone")
    return None if transfer.to.bank else Refusal("payout_needs_bank")


def needs_name(limit: int) -> Check:
    """A name of at most so many signs: a cut one would not be the bank's."""

    def check(transfer: Transfer) -> Refusal | None:
        if not transfer.name:
            return Refusal("payout_needs_name")
        too_long = len(transfer.name) > limit
        return Refusal("payout_name_long", params(limit=limit)) if too_long else None

    return check


def needs_tax_number(transfer: Transfer) -> Refusal | None:
    """A tax number, where there is one, whose check digits hold, and not two different ones."""
    if transfer.inn and not inn_holds(transfer.inn):
        return Refusal("payout_tax_id")
    differ = transfer.tax_id and transfer.tax_id != transfer.inn
    return Refusal("payout_tax_ids") if differ else None
