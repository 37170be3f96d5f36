"""What do PayPal's and Wise's files hold? One row a payout, by e-mail address or IBAN.

PayPal: https://developer.paypal.com/payouts/use-payouts/send-money/use-web-ui; no headings, one
currency a file. Wise: https://wise.com/help/articles/2663302; columns by name, a file for bank
accounts and another one for e-mail addresses.
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.bank.countries import currency_of
from tracker.bank.methods import Method
from tracker.bank.registry import needs_plain_texts
from tracker.bank.transfers import Format, Refusal, Transfer, needs_email, needs_iban, needs_name
from tracker.bank.words import purpose
from tracker.bank.written import csv_lines
from tracker.money import exponent
from tracker.problems import params
from tracker.safe_cells import safe

# https://developer.paypal.com/reference/currency-codes/
_PAYPAL_CURRENCIES = frozenset(
    "AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD HUF ILS JPY MXN MYR NOK NZD PHP PLN SEK SGD THB TWD "
    "USD".split()
)
_PAYPAL_WHOLE = frozenset({"HUF", "TWD"})
"""Currencies that have decimals, and that PayPal takes without."""
NOTE_MAX = 400
"""Signs of a note to the recipient."""
_WISE_NAME_MAX = 140
# https://wise.com/help/articles/2932870: how long a reference may be; elsewhere 25 or more.
_WISE_REFERENCE = {
    "AUD": 18, "GBP": 18, "INR": 16, "NGN": 14, "NZD": 12, "SEK": 12, "USD": 10, "ZAR": 18
}  # fmt: skip


def needs_whole(transfer: Transfer) -> Refusal | None:
    """No decimals in a currency that PayPal takes without."""
    payout = transfer.payout
    parted = payout.currency in _PAYPAL_WHOLE and payout.minor % 10 ** exponent(payout.currency)
    return Refusal("payout_needs_whole") if parted else None


def needs_reference(transfer: Transfer) -> Refusal | None:
    """A currency in which Wise takes a payout's whole id: a cut one would be nobody's."""
    payout = transfer.payout
    limit = _WISE_REFERENCE.get(payout.currency, len(payout.payout_id))
    short = limit < len(payout.payout_id)
    return Refusal("payout_reference_cut", params(limit=limit)) if short else None


def needs_country(transfer: Transfer) -> Refusal | None:
    """A currency that accounts of the IBAN's country are kept in: its own, or euros by SEPA."""
    country, currency = transfer.to.iban[:2], transfer.payout.currency
    own = currency_of(country)
    if not own or currency in {own, "EUR"}:
        return None
    return Refusal("payout_iban_currency", params(country=country, own=own))


PAYPAL = Format(
    name="paypal",
    file_name="payouts-paypal.csv",
    methods=frozenset({Method.PAYPAL}),
    currencies=_PAYPAL_CURRENCIES,
    one_currency=True,
    rows_max=5000,
    checks=(needs_email, needs_whole),
)
WISE = Format(
    name="wise",
    file_name="payouts-wise.csv",
    methods=frozenset({Method.WISE}),
    rows_max=1000,
    checks=(
        needs_iban,
        needs_country,
        needs_reference,
        needs_name(_WISE_NAME_MAX),
        needs_plain_texts,
    ),
)
WISE_EMAIL = Format(
    name="wise-email",
    file_name="payouts-wise-email.csv",
    methods=frozenset({Method.WISE}),
    rows_max=1000,
    checks=(needs_email, needs_reference, needs_name(_WISE_NAME_MAX), needs_plain_texts),
)
_WISE_COLUMNS = (
    "name",
    "recipientEmail",
    "paymentReference",
    "receiverType",
    "amountCurrency",
    "amount",
    "sourceCurrency",
    "targetCurrency",
)


def paypal(transfers: Sequence[Transfer], words: str) -> str:
    """Write PayPal's file: recipient, sum, currency, our id, a note, and which wallet."""
    return csv_lines(
        (
            safe(one.to.email),
            _paypal_amount(one),
            one.payout.currency,
            one.payout.payout_id,
            safe(purpose(words, one.payout.payout_id, NOTE_MAX)),
            "PAYPAL",
        )
        for one in transfers
    )


def _paypal_amount(one: Transfer) -> str:
    whole = one.payout.currency in _PAYPAL_WHOLE
    return one.amount.partition(".")[0] if whole else one.amount


def wise(transfers: Sequence[Transfer]) -> str:
    """Write Wise's file for bank accounts: the recipient gets exactly the sum."""
    rows = [(*_wise_row(one), one.to.iban) for one in transfers]
    return csv_lines([(*_WISE_COLUMNS, "IBAN"), *rows])


def wise_email(transfers: Sequence[Transfer]) -> str:
    """Write Wise's file for e-mail addresses: Wise asks each recipient for an account."""
    return csv_lines([_WISE_COLUMNS, *map(_wise_row, transfers)])


def _wise_row(one: Transfer) -> tuple[str, ...]:
    return (
        one.name,
        safe(one.to.email),
        one.payout.payout_id,
        "INSTITUTION" if one.company else "PERSON",
        "target",
        one.amount,
        one.payout.currency,
        one.payout.currency,
    )
