"""From what are letters about events worked out? The book, the time, and what was told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from tracker.known import Known
from tracker.lines import CommissionLine
from tracker.news.events import Told
from tracker.programme import HistoryLine, Partner, PartnerStatus, Programme
from tracker.sync import Books


@dataclass(frozen=True)
class Seen:
    """The book as a sync left it, at one moment.

    Attributes:
        history: all of Code history, with what that sync noted.
        now: aware; doubtful: partners with a ledger problem, who are told no sums.
    """

    known: Known
    books: Books
    history: Collection[HistoryLine]
    now: datetime
    told: Told
    doubtful: Collection[str]

    @property
    def programme(self) -> Programme:
        """The settings."""
        return self.known.programme

    @cached_property
    def today(self) -> date:
        """The local day."""
        return self.programme.local_date(self.now)

    def partners(self, *, left_too: bool = False) -> Iterator[Partner]:
        """Partners with an address, by id; those who left only when asked for."""
        for _, partner in sorted(self.known.partners.items()):
            if partner.email and (left_too or partner.status is not PartnerStatus.LEFT):
                yield partner

    @cached_property
    def lines(self) -> Mapping[str, list[CommissionLine]]:
        """Every partner's lines, oldest first."""
        found: dict[str, list[CommissionLine]] = defaultdict(list)
        for line in self.books.lines:
            found[line.partner_id].append(line)
        return found
