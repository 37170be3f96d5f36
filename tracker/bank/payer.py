"""Who pays? The owner's name, account and words of Settings, as a format needs them."""

from __future__ import annotations

from dataclasses import dataclass, field

from tracker.bank.details import read_requisites
from tracker.bank.registry import NAME_MAX
from tracker.bank.requisites import Requisites
from tracker.bank.transfers import in_roubles
from tracker.bank.words import in_latin, not_in_cp1251, not_in_sepa, one_line, sepa_text
from tracker.problems import Stop
from tracker.programme import Programme

SEPA_NAME_MAX = 70
"""Signs of a name in a SEPA transfer (EPC132-08, AT-P001)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Payer:
    """Who pays, from which account, and the purpose without the payout's id."""

    name: str
    account: Requisites = field(repr=False)
    purpose: str


def purpose_words(programme: Programme, *, letters: str = "") -> str:
    """Give the purpose of payments as the owner typed it, on one line.

    Raises Stop when there is none, or when `letters` (`windows-1251`) cannot write it.
    """
    words = one_line(programme.payment_purpose)
    if not words:
        raise Stop("purpose_missing")
    if letters:
        _refuse_sign(not_in_cp1251(words), "payment_purpose", letters)
    return words


def payer_in_roubles(programme: Programme) -> Payer:
    """Who pays from a Russian account. Raises Stop naming the Settings key and what it lacks."""
    words = purpose_words(programme, letters="windows-1251")
    name = _name(programme, NAME_MAX)
    account = _account(programme)
    if not (account.account and account.bic and account.inn):
        raise Stop("payer_needs_account")
    if not in_roubles(account.account):
        raise Stop("payer_account_currency")
    _refuse_sign(not_in_cp1251(name), "payer_name", "windows-1251")
    _refuse_sign(not_in_cp1251(account.bank), "payer_details", "windows-1251")
    return Payer(name=name, account=account, purpose=words)


def payer_in_euros(programme: Programme) -> Payer:
    """Who pays by SEPA, in its letters. Raises Stop naming the Settings key and what it lacks.

    Russian words of the purpose are written in Latin letters: people read it, nobody compares it.
    """
    words = in_latin(purpose_words(programme))
    name = sepa_text(_name(programme, SEPA_NAME_MAX))
    account = _account(programme)
    if not account.iban:
        raise Stop("payer_needs_iban")
    _refuse_sign(not_in_sepa(name), "payer_name", "SEPA")
    if not words:
        raise Stop("purpose_missing")
    return Payer(name=name, account=account, purpose=words)


def _name(programme: Programme, limit: int) -> str:
    name = one_line(programme.payer_name)
    if not name:
        raise Stop("payer_name_missing")
    if len(name) > limit:
        raise Stop("payer_name_long", limit=limit)
    return name


def _account(programme: Programme) -> Requisites:
    if not programme.payer_details.strip():
        raise Stop("payer_details_missing")
    account = read_requisites(programme.payer_details)
    if account.fault:
        raise Stop(f"payer_{account.fault}")
    return account


def _refuse_sign(sign: str, key: str, letters: str) -> None:
    if sign:
        raise Stop("payer_signs", sign=sign, key=key, letters=letters)
