"""What has the owner set up? The programme, its partners and codes, and what the owner decided."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, tzinfo
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from tracker.choices import CashOrders, Mail, MailUnknown, Notify, SelfPurchase, TaxStatus, TwoCodes
from tracker.days import day_start
from tracker.model import BaseRule
from tracker.policy import PayFor, Policy
from tracker.rates import Rate
from tracker.rulebook import Period

CODES_KEPT = 20_000
"""Codes that are brought to their form once: each order's is compared again and again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """The Settings tab, understood.

    Attributes:
        zone: the programme's time zone; months, dates and holds are counted in it.
        rate: what a partner earns whose row and code name no rate.
        min_payout: by currency, minor units; a currency that is not in it has none.
        owner_email: where the owner is told that something has stopped; empty for nowhere.
        quiet_days: after how many days without an order the owner is told; 0 for never.
        statement_time, payout_time, check_time: from which hour of their day, in the zone.
        mail_pause: seconds between two letters.
        notify: what holds for partners who chose nothing.
        welcome: the owner's words in every welcome letter.
        owner_digest: whether the owner gets ten lines on Mondays.
        document_days: after how many days a missing receipt or act is asked for; 0 for never.
        payer_name, payer_details, payment_purpose: what bank files say of who pays, and for what.
        policy: the rules of attribution and of what is owed.
        unreadable: the keys whose value could not be read; while any of the keys that terms
            depend on is among them, nobody is newly credited.
    """

    program_name: str = "Affiliate programme"
    currency: str = "RUB"
    time_zone: str = "Europe/Moscow"
    zone: tzinfo = UTC
    language: str = "ru"
    rate: Rate = Rate(percent=Decimal(10))
    base: BaseRule = BaseRule.GOODS
    hold_days: int = 14
    min_payout: Mapping[str, int] = field(default_factory=lambda: {"RUB": 100000})
    payout_day: int = 15
    two_codes: TwoCodes = TwoCodes.REVIEW
    self_purchase: SelfPurchase = SelfPurchase.FLAG
    cash_orders: CashOrders = CashOrders.COUNT
    mail: Mail = Mail.PREVIEW
    mail_from: str = ""
    owner_email: str = ""
    quiet_days: int = 7
    statement_time: time = time(9)
    payout_time: time = time(10)
    check_time: time = time(8)
    mail_unknown: MailUnknown = MailUnknown.HOLD
    mail_pause: int = 1
    notify: Notify = Notify.NONE
    welcome: str = ""
    owner_digest: bool = True
    document_days: int = 7
    payer_name: str = ""
    payer_details: str = ""
    payment_purpose: str = ""
    tidy: bool = False
    keep_bodies_days: int = 90
    keep_leads_months: int = 12
    policy: Policy = field(default_factory=Policy)
    unreadable: frozenset[str] = frozenset()

    def local_date(self, at: datetime) -> date:
        """The day it was in the programme's zone."""
        return at.astimezone(self.zone).date()

    def start_of(self, day: date) -> datetime:
        """The instant a day begins in the programme's zone, also where midnight was skipped."""
        return day_start(day, self.zone)


class PartnerStatus(StrEnum):
    """A partner's state, dated by Code history."""

    ACTIVE = "active"
    PAUSED = "paused"
    LEFT = "left"


class CodeStatus(StrEnum):
    """A code's state, dated by Code history; a replaced code still finds its owner."""

    ACTIVE = "active"
    PAUSED = "paused"
    LEAKED = "leaked"
    REPLACED = "replaced"
    EXPIRED = "expired"


class CodeKind(StrEnum):
    """What a code is for; a shared one pays nobody."""

    PARTNER = "partner"
    PERSONAL = "personal"
    SERIAL = "serial"
    SHARED = "shared"


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """One row of Partners. None in `rate`, `hold_days`, `min_payout`, `notify`: the programme's."""

    partner_id: str
    name: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    status: PartnerStatus = PartnerStatus.ACTIVE
    language: str = ""
    rate: Rate | None = None
    hold_days: int | None = None
    min_payout: int | None = None
    phone: str = field(default="", repr=False)
    payout_method: str = ""
    payout_details: str = field(default="", repr=False)
    group: str = ""
    parent_id: str = ""
    currency: str = ""
    call_number: str = ""
    tax_status: TaxStatus = TaxStatus.UNSAID
    tax_id: str = field(default="", repr=False)
    notify: Notify | None = None
    welcome: str = ""
    joined_on: date | None = None
    keys: frozenset[str] = frozenset()
    cell: str = ""
    email_cell: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One row of Codes; without `partner_id` bound to nobody. Both dates are included.

    Each restriction is its column of the tab, understood; empty or None restricts nothing.
    `weekdays` counts Monday as 0, `hours` are (first minute, minute after the last) of the day,
    `except_dates` (first day, last day); sums are minor units of the programme's currency.
    """

    code: str
    partner_id: str = ""
    kind: CodeKind = CodeKind.PARTNER
    status: CodeStatus = CodeStatus.ACTIVE
    valid_from: date | None = None
    valid_to: date | None = None
    rate: Rate | None = None
    max_uses: int | None = None
    new_customers_only: bool = False
    max_uses_per_customer: int | None = None
    per: Period = Period.EVER
    min_order: int | None = None
    min_is_above: bool = False
    max_order: int | None = None
    regions: tuple[str, ...] = ()
    products_in: tuple[str, ...] = ()
    products_out: tuple[str, ...] = ()
    weekdays: frozenset[int] = frozenset()
    hours: tuple[tuple[int, int], ...] = ()
    except_dates: tuple[tuple[date, date], ...] = ()
    channels: tuple[str, ...] = ()
    campaign: str = ""
    stacks: bool = True
    pay_for: PayFor | None = None
    variant_of: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """One line of Code history: from `since` on (None: always) the code was this partner's.

    With an empty code it is the partner's own status.
    """

    code: str
    partner_id: str
    status: str
    since: datetime | None
    noted_at: datetime


class Verdict(StrEnum):
    """What the owner decided about an order."""

    PAY = "pay"
    REFUSE = "refuse"
    ASSIGN = "assign"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One row of Decisions about an order."""

    source: str
    order_id: str
    verdict: Verdict
    partner_id: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """A bonus or correction the owner typed; `minor` is signed."""

    adjustment_id: str
    partner_id: str
    minor: int
    currency: str
    reason: str = ""
    on: date | None = None
    cell: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """One row of Leads; `minor` is the deal's sum, 0 while there is none.

    `customer` holds keys of its phone and e-mail. `code` was named and `number` called by a
    caller; `helper` is the manager who helped. Where the row names no partner, `partner_id` is
    whom its code or number named, and `sign` is that code or number.
    """

    lead_id: str
    partner_id: str
    minor: int
    currency: str
    is_deal: bool
    status: str = "new"
    received_at: datetime | None = None
    customer: frozenset[str] = frozenset()
    code: str = ""
    number: str = ""
    helper: str = ""
    sign: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutCells:
    """The owner's cells of a payout; `unread`: its reference or document could not be read."""

    payout_id: str
    paid_on: date | None
    reference: str
    result: str
    document: str = ""
    cell: str = ""
    unread: bool = False


@lru_cache(maxsize=CODES_KEPT)
def normal_code(code: str) -> str:
    """Bring a code to the form codes are compared in: NFKC, case, spaces, invisible signs."""
    if code.isascii() and code.isprintable():  # nothing to fold but case and spaces
        return " ".join(code.split()).casefold()
    text = unicodedata.normalize("NFKC", code)
    text = "".join(sign for sign in text if unicodedata.category(sign) not in {"Cf", "Cc"})
    return " ".join(text.split()).casefold()


_LOOK_ALIKE = str.maketrans("авсенкмортхуіјѕё", "abcehkmoptxyijse")


def skeleton(code: str) -> str:
    """The form in which Cyrillic and Latin look-alikes are the same: to report, never to merge."""
    return normal_code(code).translate(_LOOK_ALIKE)
