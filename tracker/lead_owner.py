"""Whose is a lead that names no partner? By the code, the link's mark or the number called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from tracker.code_book import CodeBook, code_book
from tracker.customers import dialled
from tracker.known import Known
from tracker.programme import (
    Code,
    CodeKind,
    CodeStatus,
    HistoryLine,
    PartnerStatus,
    normal_code,
)

_GOOD = frozenset({CodeStatus.ACTIVE, CodeStatus.REPLACED})


@dataclass
class Owners:
    """Looks up whose a sign was at a moment. `fresh`: lines of Code history not written yet."""

    known: Known
    fresh: Iterable[HistoryLine] = field(default=())

    def of(self, *, ref: str, code: str, number: str, at: datetime) -> tuple[str, str]:
        """Give (partner_id, the sign that named him); ("", "") when none of the signs does.

        The link goes before the code, the code before the number. A sign of two partners names
        neither, a partner who had left or paused is not named.
        """
        for sign, found in (
            (ref, self._by_link(ref)),
            (code, self._by_code(code, at) or self._by_link(code)),
            (number, self._by_number(number)),
        ):
            if found and partner_active(self.known, found, at):
                return found, sign
        return "", ""

    @cached_property
    def _book(self) -> CodeBook:
        return code_book(self.known.codes, (*self.known.history, *self.fresh), self.known.partners)

    @cached_property
    def _links(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for link in self.known.links:
            found.setdefault(normal_code(link.ref), set()).add(link.partner_id)
        return found

    @cached_property
    def _numbers(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for partner in self.known.partners.values():
            number = dialled(partner.call_number, self.known.programme.currency)
            if number:
                found.setdefault(number, set()).add(partner.partner_id)
        return found

    def _by_link(self, ref: str) -> str:
        return _only(self._links.get(normal_code(ref), set())) if ref else ""

    def _by_number(self, number: str) -> str:
        if not number:
            return ""
        return _only(self._numbers.get(dialled(number, self.known.programme.currency), set()))

    def _by_code(self, code: str, at: datetime) -> str:
        """Whose the code was then, if it was good: by dated rows, else by Code history."""
        name = normal_code(code)
        rows = [row for row in self._book.codes.get(name, ()) if self._valid(row, at)]
        if not name or not rows or any(row.kind is CodeKind.SHARED for row in rows):
            return ""
        past = [
            line
            for line in self._book.history.get(name, ())
            if line.since is None or line.since <= at
        ]
        if len(self._book.codes[name]) > 1:
            return _only({row.partner_id for row in rows if _status_of(row, past) in _GOOD})
        if not past:
            return rows[0].partner_id if rows[0].status in _GOOD else ""
        return past[-1].partner_id if past[-1].status in _GOOD else ""

    def _valid(self, row: Code, at: datetime) -> bool:
        day = self.known.programme.local_date(at)
        begun = row.valid_from is None or row.valid_from <= day
        return begun and (row.valid_to is None or day <= row.valid_to)


def _status_of(row: Code, past: list[HistoryLine]) -> str:
    own = [line for line in past if line.partner_id == row.partner_id]
    return own[-1].status if own else row.status


def _only(partners: set[str]) -> str:
    return next(iter(partners)) if len(partners) == 1 else ""


def partner_active(known: Known, partner_id: str, at: datetime) -> bool:
    """Whether a partner took part at that moment; Code history dates his states."""
    partner = known.partners.get(partner_id)
    if partner is None:
        return False
    lines = sorted(
        (line for line in known.history if not line.code and line.partner_id == partner_id),
        key=lambda line: line.noted_at,
    )
    past = [line for line in lines if line.since is None or line.since <= at]
    return (past[-1].status if past else partner.status) == PartnerStatus.ACTIVE
