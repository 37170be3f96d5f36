"""Do the check digits of an account, a card, an INN or an IBAN hold?"""

from __future__ import annotations

import re

from stdnum import bic as swift
from stdnum import iban, luhn, numdb
from stdnum.exceptions import ValidationError
from stdnum.ru import inn

_WEIGHTS = (7, 1, 3)
# Of a BIC, digits 7 to 9 number the bank; these three numbers are the Bank of Russia's own.
_CENTRAL_BANK = frozenset({"000", "001", "002"})
_PART = re.compile(r"([0-9]+)!")


def account_holds(account: str, bic: str) -> bool:
    """Whether an account of 20 digits fits the bank's BIC by its control key.

    Bank of Russia, "Procedure for calculating the control key in an account number", No 515 of
    8 September 1997: the bank's three digits before the account, each digit times 7, 1, 3, 7 …,
    the last digits of the products add up to a number that ends in 0.
    """
    bank = bic[6:]
    return _key_holds(f"0{bic[4:6]}" if bank in _CENTRAL_BANK else bank, account)


def corr_account_holds(account: str, bic: str) -> bool:
    """Whether a bank's correspondent account fits its BIC: the same rule, by digits 5 and 6."""
    return _key_holds(f"0{bic[4:6]}", account)


def _key_holds(bank: str, account: str) -> bool:
    digits = bank + account
    last = (int(sign) * _WEIGHTS[at % 3] % 10 for at, sign in enumerate(digits))
    return sum(last) % 10 == 0


def inn_holds(number: str) -> bool:
    """Whether a Russian tax number of 10 or 12 digits has the right check digits."""
    return _holds(inn.validate, number)


def card_holds(number: str) -> bool:
    """Whether a card's number has the right last digit (Luhn, ISO/IEC 7812-1)."""
    return _holds(luhn.validate, number)


def iban_holds(number: str) -> bool:
    """Whether an IBAN has its country's form and check digits (ISO 13616)."""
    return _holds(iban.validate, number)


def swift_holds(code: str) -> bool:
    """Whether a code is a BIC by its form and country (ISO 9362)."""
    return _holds(swift.validate, code)


def _holds(validate: object, number: str) -> bool:
    try:
        return bool(callable(validate) and validate(number))
    except ValidationError:
        return False


def iban_length(country: str) -> int:
    """How long an IBAN of the country is, by its two letters; 0 when it has none."""
    (_, said), *_ = numdb.get("iban").info(f"{country}00")
    parts = _PART.findall(said.get("bban", ""))
    return 4 + sum(int(part) for part in parts) if parts else 0
