"""Where does the accountant get a year of payouts? In a CSV file."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

from tracker.choices import TaxStatus
from tracker.layout.owner import TAX_STATUSES
from tracker.out_path import refuse_file, writing_to
from tracker.payout_filters import Wanted
from tracker.problems import Stop
from tracker.running import Rest, Workplace
from tracker.sentences import say
from tracker.sentences.paying import TAX_UNSAID, YEAR_HEADINGS
from tracker.stores.remembered import write_whole
from tracker.yearly import YearRow, paid_in, year_rows, year_table


@dataclass(frozen=True, slots=True, kw_only=True)
class YearFile:
    """The accountant's list of one year, and where it was written."""

    year: int
    path: Path
    rows: tuple[YearRow, ...]


def write_year(
    place: Workplace, rest: Rest, year: str, wanted: Wanted, out: Path | None
) -> YearFile:
    """Write what was paid in a year, with its papers, as CSV.

    Raises Stop for what is no year, for days beside it, and for a file that must not be
    overwritten or cannot be written.
    """
    if not re.fullmatch("[12][0-9]{3}", year):
        raise Stop("payouts_year_unreadable", year=year[:20])
    if wanted != wanted.undated:
        raise Stop("payouts_year_days")
    path = out or Path(f"payouts-{year}.csv")
    refuse_file(place, path)
    known = rest.known
    paid = paid_in(rest.plan.books.orders, known, int(year))
    kept = [one for one in paid if wanted.partner(one.payout.partner_id, known.partners)]
    rows = year_rows(kept, known)
    words = tax_words(known.programme.language)
    headings = [say(YEAR_HEADINGS, key, (), known.programme.language) for key in YEAR_HEADINGS]
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(year_table(rows, headings, words))
    with writing_to(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text.getvalue().encode("utf-8-sig"))
    return YearFile(year=int(year), path=path, rows=tuple(rows))


def tax_words(language: str) -> dict[TaxStatus, str]:
    """The words for tax statuses, as the tab Partners offers them."""
    words = {TaxStatus(one.en): (one.ru if language == "ru" else one.en) for one in TAX_STATUSES}
    return words | {TaxStatus.UNSAID: TAX_UNSAID[language == "ru"]}
