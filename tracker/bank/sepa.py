"""What does a SEPA transfer say? Names, sums and ids of pain.001, before a library writes it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from tracker.bank.methods import Method
from tracker.bank.payer import SEPA_NAME_MAX, Payer
from tracker.bank.transfers import Format, Refusal, Transfer, needs_iban, needs_name
from tracker.bank.words import not_in_sepa, purpose, sepa_text
from tracker.problems import params

SCHEMA = "pain.001.001.09"
"""The version of ISO 20022 that the SEPA rulebooks name since November 2023."""
PURPOSE_MAX = 140
"""Signs of unstructured remittance information (EPC132-08, AT-T009)."""


def in_sepa_letters(transfer: Transfer) -> Refusal | None:
    """A name in SEPA's letters: accents may go (EPC217-08), another script may not."""
    name = sepa_text(transfer.name)
    sign = not_in_sepa(name)
    if sign:
        return Refusal("payout_signs", params(sign=sign, letters="SEPA"))
    too_long = len(name) > SEPA_NAME_MAX
    return Refusal("payout_name_long", params(limit=SEPA_NAME_MAX)) if too_long else None


SEPA = Format(
    name="sepa",
    file_name="payouts-sepa.xml",
    methods=frozenset({Method.IBAN, Method.BANK}),
    currencies=frozenset({"EUR"}),
    checks=(needs_iban, needs_name(SEPA_NAME_MAX), in_sepa_letters),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SepaPayment:
    """One transfer of the file; `cents` are of a euro, `end_to_end` is the payout's id."""

    name: str = field(repr=False)
    iban: str = field(repr=False)
    swift: str = field(repr=False)
    cents: int
    end_to_end: str
    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SepaFile:
    """The file: `message_id` names it, always the same for the same payouts; `day` dates it."""

    message_id: str
    day: date
    payer: Payer
    payments: tuple[SepaPayment, ...]


def sepa_file(transfers: Sequence[Transfer], payer: Payer, day: date) -> SepaFile:
    """Say what the file holds. Its `day` is that of the hand-over: banks refuse old ones."""
    ids = "\n".join(sorted(one.payout.payout_id for one in transfers))
    digest = base64.b32encode(hashlib.sha256(ids.encode("utf-8")).digest()).decode("ascii")
    return SepaFile(
        message_id=f"payouts-{digest[:20].lower()}",
        day=day,
        payer=payer,
        payments=tuple(_payment(one, payer) for one in transfers),
    )


def _payment(one: Transfer, payer: Payer) -> SepaPayment:
    # SEPA's letters have no underscore; an import of the bank's answer knows both.
    end_to_end = one.payout.payout_id.replace("_", "-")
    return SepaPayment(
        name=sepa_text(one.name),
        iban=one.to.iban,
        swift=one.to.swift,
        cents=one.payout.minor,
        end_to_end=end_to_end,
        purpose=purpose(payer.purpose, end_to_end, PURPOSE_MAX),
    )
