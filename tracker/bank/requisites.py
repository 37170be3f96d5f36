"""Where does the money go? All that the details of a partner may say."""

from __future__ import annotations

from dataclasses import dataclass, field

from tracker.bank.methods import Method


@dataclass(frozen=True, slots=True, kw_only=True)
class Requisites:
    """What a cell says; what it does not say is empty. Nothing of it is ever printed.

    Attributes:
        account: a Russian account, 20 digits; bic: its bank's, 9 digits from 04; corr_account:
            the bank's own account; inn: 10 digits of a company or 12 of a person; kpp: 9 signs.
        bank: the bank's name as typed.
        iban, swift: without spaces, capitals; card: digits; phone: `+7` and 10 digits.
        services: PayPal and Wise, if the cell names them.
        fault: the code of the first thing that is wrong (`tracker.sentences.bank_files`).
    """

    account: str = field(default="", repr=False)
    bic: str = field(default="", repr=False)
    corr_account: str = field(default="", repr=False)
    inn: str = field(default="", repr=False)
    kpp: str = field(default="", repr=False)
    bank: str = field(default="", repr=False)
    iban: str = field(default="", repr=False)
    swift: str = field(default="", repr=False)
    card: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    services: frozenset[Method] = frozenset()
    fault: str = ""
