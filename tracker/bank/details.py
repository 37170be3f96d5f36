"""What does a free cell say of where the money goes? Its requisites, or what is wrong with them.

A cell holds what the partner sent: Russian and English labels in any order and punctuation. What
has a fixed form is found by its form and its check digits; nothing is guessed, and what does not
hold is a fault of the whole cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from tracker.addresses import email_problem
from tracker.bank.banks import bank_name
from tracker.bank.checks import (
    account_holds,
    card_holds,
    corr_account_holds,
    iban_holds,
    iban_length,
    inn_holds,
    swift_holds,
)
from tracker.bank.methods import SERVICES, methods_named
from tracker.bank.patterns import (
    ACCOUNT_LABEL,
    BIC,
    CARD_LABEL,
    CORR_BEGINS,
    EMAIL,
    IBAN_BEFORE,
    IBAN_LABEL,
    IBAN_START,
    INN,
    INN_KPP,
    KPP,
    KPP_FORM,
    NUMBERS,
    PHONE,
    READ,
    SBP,
    SWIFT,
    WHOLE,
)
from tracker.bank.requisites import Requisites
from tracker.bank.words import one_line

DETAILS_LENGTH_MAX = 2000
"""Longer cells are no requisites; the limit keeps every search below short."""


class _Fault(Exception):
    """Something in the cell does not hold; `code` is its sentence's."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_requisites(typed: str) -> Requisites:
    """Read a cell of requisites; with a fault the rest of what was read is dropped."""
    if len(typed) > DETAILS_LENGTH_MAX:
        return Requisites(fault="details_long")
    text = "; ".join(one_line(line) for line in typed.splitlines())
    services = methods_named(text) & SERVICES
    try:
        return replace(_Cell(text).read(), services=services)
    except _Fault as fault:
        return Requisites(services=services, fault=fault.code)


class _Cell:
    """A cell while it is read: what is understood is blanked, so that it is read once."""

    def __init__(self, text: str) -> None:
        self.text = text

    def read(self) -> Requisites:
        """Read everything, what can be told apart best first."""
        email, iban, swift = self._email(), self._iban(), self._swift()
        inn, kpp = self._inn_kpp()
        inn = inn or self._labelled(INN, (10, 12), "details_inn", inn_holds)
        kpp = kpp or self._kpp()
        bic = self._labelled(BIC, (9,), "details_bic", lambda found: found.startswith("04"))
        phone = self._phone()
        accounts, cards, bics = self._numbers()
        bic = bic or _one(bics, "details_bic_several")
        corr = _one((one for one in accounts if one.startswith(CORR_BEGINS)), "details_several")
        own = (one for one in accounts if not one.startswith(CORR_BEGINS))
        account = _one(own, "details_several")
        if bic and account and not account_holds(account, bic):
            raise _Fault("details_account_key")
        if bic and corr and not corr_account_holds(corr, bic):
            raise _Fault("details_corr_key")
        return Requisites(
            account=account,
            bic=bic,
            corr_account=corr,
            inn=inn,
            kpp=kpp,
            bank=bank_name(self.text.replace(READ, "|")),
            iban=iban,
            swift=swift,
            card=_one(cards, "details_several"),
            phone=phone,
            email=email,
        )

    def _blank(self, begin: int, end: int) -> None:
        self.text = self.text[:begin] + READ * (end - begin) + self.text[end:]

    def _email(self) -> str:
        found = [(one.start(), one[0].strip(".'")) for one in EMAIL.finditer(self.text)]
        for at, address in found:
            if email_problem(address):
                raise _Fault("details_email")
            self._blank(at, at + len(address))
        return _one((address for _, address in found), "details_several")

    def _iban(self) -> str:
        labelled = IBAN_LABEL.search(self.text) is not None
        found: list[str] = []
        for start in IBAN_START.finditer(self.text):
            length = iban_length(start["country"].upper())
            named = IBAN_BEFORE.search(self.text[: start.start()]) is not None
            number, end = self._letters(start.start(), length)
            sure = named or sum(sign.isdigit() for sign in number) >= 10
            if not length or not sure:
                continue
            if len(number) != length or self.text[end : end + 1].isalnum():
                raise _Fault("details_iban_length")
            if not iban_holds(number):
                raise _Fault("details_iban_check")
            found.append(number)
            self._blank(start.start(), end)
        if labelled and not found:
            raise _Fault("details_iban_length")
        return _one(found, "details_several")

    def _letters(self, begin: int, count: int) -> tuple[str, int]:
        """Read so many letters and digits, which single marks may part; fewer where others come."""
        signs, at = "", begin
        while at < len(self.text) and len(signs) < count:
            sign = self.text[at]
            if sign.isascii() and sign.isalnum():
                signs += sign
            elif sign not in " .-" or not self.text[at - 1].isalnum():
                break
            at += 1
        return signs.upper(), at

    def _swift(self) -> str:
        found: list[str] = []
        for one in SWIFT.finditer(self.text):
            code = one["code"].upper()
            if not swift_holds(code):
                if one["code"].islower():  # a word after the label: "BIC of my bank …"
                    continue
                raise _Fault("details_swift")
            found.append(code)
            self._blank(one.start("code"), one.end("code"))
        return _one(found, "details_several")

    def _inn_kpp(self) -> tuple[str, str]:
        one = INN_KPP.search(self.text)
        if one is None:
            return "", ""
        if not inn_holds(one["inn"]):
            raise _Fault("details_inn")
        self._blank(one.start("inn"), one.end("kpp"))
        return one["inn"], one["kpp"].upper()

    def _labelled(
        self,
        label: re.Pattern[str],
        sizes: tuple[int, ...],
        fault: str,
        holds: Callable[[str], bool],
    ) -> str:
        """Read the number after a label, which spaces may part; a bank's own is passed over."""
        found: list[str] = []
        for one in label.finditer(self.text):
            ends = [self._digits(one.end(), size) for size in sizes]
            fit = [(number, end) for number, end in ends if number and holds(number)]
            if one.groupdict().get("bank"):
                self._blank(one.end(), max([end for _, end in ends] or [one.end()]))
                continue
            if not fit:
                raise _Fault(fault)
            found.append(fit[0][0])
            self._blank(one.end(), fit[0][1])
        return _one(found, "details_several")

    def _digits(self, begin: int, count: int) -> tuple[str, int]:
        number, end = self._letters(begin, count)
        whole = number.isdigit() and len(number) == count and not self.text[end : end + 1].isalnum()
        return (number, end) if whole else ("", begin)

    def _kpp(self) -> str:
        found: list[str] = []
        for one in KPP.finditer(self.text):
            form = KPP_FORM.match(self.text, one.end())
            if form is None:
                raise _Fault("details_kpp")
            if not one["bank"]:
                found.append(form[0].upper())
            self._blank(form.start(), form.end())
        return _one(found, "details_several")

    def _phone(self) -> str:
        """Read the phone for SBP; a telephone beside an account is nobody's business."""
        by_phone = SBP.search(self.text) is not None
        found: list[str] = []
        for one in PHONE.finditer(self.text):
            digits = "".join(sign for sign in one[0] if sign.isdigit())
            mobile = digits[1] == "9"
            if not mobile and not one[0].startswith("+7"):
                continue
            if mobile:
                found.append(f"+7{digits[1:]}")
            elif by_phone:
                raise _Fault("details_phone")
            self._blank(one.start(), one.end())
        if by_phone and not found:
            raise _Fault("details_phone")
        if not by_phone and len(set(found)) > 1:
            return ""
        return _one(found, "details_several")

    def _numbers(self) -> tuple[list[str], list[str], list[str]]:
        """Read what is left of numbers: accounts by 20 digits, cards, a BIC without a label."""
        accounts: list[str] = []
        cards: list[str] = []
        bics: list[str] = []
        label_ends = {label.end() for label in ACCOUNT_LABEL.finditer(self.text)}
        for one in NUMBERS.finditer(self.text):
            labelled = one.start() in label_ends
            card = CARD_LABEL.search(self.text[: one.start()]) is not None
            for number in _pieces(re.split(r"[ .\-]", one[0])):
                if len(number) == 20:
                    accounts.append(number)
                elif labelled and 15 <= len(number) <= 25:
                    raise _Fault("details_account_length")
                elif len(number) == 16 or (card and len(number) >= 8):
                    if not (16 <= len(number) <= 19 and card_holds(number)):
                        raise _Fault("details_card")
                    cards.append(number)
                elif len(number) == 9 and number.startswith("04"):
                    bics.append(number)
                else:
                    continue
                labelled = card = False
        self.text = NUMBERS.sub(READ, self.text)
        return accounts, cards, bics


def _pieces(groups: list[str]) -> list[str]:
    """Join the groups of a number; a group that is a whole number by itself stands alone."""
    made: list[str] = []
    joined = ""
    for group in groups:
        if len(group) in WHOLE:
            made += [joined, group]
            joined = ""
        else:
            joined += group
    return [number for number in (*made, joined) if number]


def _one(found: Iterable[str], fault: str) -> str:
    """Give the only one, however often it is said; empty for none. Raises _Fault for several."""
    different = set(found)
    if len(different) > 1:
        raise _Fault(fault)
    return next(iter(different), "")
