"""What does a letter cost? `letters HOW LANGUAGE CURRENCY COUNT`: statements rendered and frozen.

HOW is `ours`, or `babel`: the same templates and the same letters, but every sum and every day is
asked of Babel anew, as a program does that calls it for each cell.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from datetime import UTC, date, datetime

from babel.dates import format_date
from babel.numbers import format_currency

from benchmarks.made_statements import statements
from tracker import letters
from tracker.languages import own_word
from tracker.money import as_decimal
from tracker.wording import MINUS, NO_BREAK, Formatter

AT = datetime(2026, 11, 1, 6, tzinfo=UTC)
_DAYS = ("day", "long_day", "month", "short_month")


class PerCell(Formatter):
    """Writes sums and days by a call of Babel each."""

    def __init__(self, language: str) -> None:
        self._asked = {name: str(own_word("dates", name, language)) for name in _DAYS}
        super().__init__(language, tuple(self._asked.values()))

    def money(self, minor: int, currency: str) -> str:
        """Write minor units."""
        text = format_currency(as_decimal(minor, currency), currency, locale=self.language)
        return text.replace("-", MINUS)

    def day(self, on: date) -> str:
        """Write a date for a table."""
        return self._written(on, "day")

    def long_day(self, on: date) -> str:
        """Write a date for a sentence."""
        return self._written(on, "long_day")

    def month(self, month: str) -> str:
        """Write a month."""
        return self._written(date.fromisoformat(f"{month}-01"), "month")

    def short_month(self, month: str) -> str:
        """Write a month for a table."""
        return self._written(date.fromisoformat(f"{month}-01"), "short_month")

    def _written(self, on: date, name: str) -> str:
        text = format_date(on, self._asked[name], locale=self.language)
        return text.replace(" ", NO_BREAK)


def main(how: str, language: str, currency: str, count: int) -> None:
    """Make the letters; print CPU seconds, the bytes and a fingerprint of all they say."""
    if how == "babel":
        pen = PerCell(language)
        vars(letters)["formatter"] = lambda _language: pen  # the same letters with another pen
    said, size, spent, first = hashlib.sha256(), 0, [0.0, 0.0], 0.0
    for number, statement in enumerate(statements(count + 1, language, currency)):
        began = time.process_time()
        rendered = letters.render(statement, language)
        between = time.process_time()
        letter = letters.freeze(statement, rendered, "shop@example.com", statement.email, AT)
        ended = time.process_time()
        if number:
            spent = [spent[0] + between - began, spent[1] + ended - between]
        else:
            first = ended
        size += len(letter.raw)
        # Babel leaves out the space that CLDR wants between a currency's letters and the sum.
        said.update("".join((rendered.text + rendered.subject).split()).encode())
    print(json.dumps({
        "first": first, "render": spent[0] / count, "freeze": spent[1] / count,
        "bytes": size / (count + 1), "said": said.hexdigest()[:16],
    }))  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
