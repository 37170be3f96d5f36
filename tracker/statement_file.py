"""What is in the table that goes with a statement? Every line, in plain numbers and ISO dates.

Where decimals follow a comma a spreadsheet looks for semicolons between cells, and takes `10.10`
for a day of October: there the sums have commas and the cells semicolons.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from tracker.account_words import Voice
from tracker.envelopes import Attachment
from tracker.languages import reason
from tracker.money import decimal_text
from tracker.safe_cells import safe
from tracker.statements import Account, Statement, StatementLine, Uncounted
from tracker.wording import plain

COLUMNS = "date kind order ordered_on base rate sum currency payable_on why".split()
NAME_CHARS_MAX = 60

_RATE = re.compile(r"[0-9.]+( ?%| [A-Z]{3})")


def attached(statement: Statement, voice: Voice) -> Attachment:
    """Write a statement's lines as CSV (RFC 4180), UTF-8 with the mark that Excel looks for.

    Each account opens with its balance and closes with it; orders that were not counted come
    last, without a sum. Sums are plain numbers with the language's decimal mark and no other;
    text that a spreadsheet would run begins with an apostrophe.
    """
    out = io.StringIO()
    between = ";" if voice.say.point == "," else ","
    writer = csv.writer(out, delimiter=between, lineterminator="\r\n")
    writer.writerow([safe(voice.word("file", name)) for name in COLUMNS])
    for account in statement.told:
        writer.writerows(_account(account, voice))
    writer.writerows(_uncounted(order, voice) for order in statement.uncounted)
    return Attachment(file_name(statement), "text/csv", out.getvalue().encode("utf-8-sig"))


def file_name(statement: Statement) -> str:
    """Name the file: `statement-2026-10-maria.csv`; a correction is another file than the first."""
    partner = re.sub(r"[^\w.-]+", "_", statement.partner_id).strip("._")[:NAME_CHARS_MAX] or "_"
    revision = f"-{statement.revision}" if statement.revision > 1 else ""
    return f"statement-{statement.month}-{partner}{revision}.csv"


def _account(account: Account, voice: Voice) -> Iterator[Sequence[str]]:
    def balance(name: str, minor: int) -> list[str]:
        row = dict.fromkeys(COLUMNS, "")
        row |= {"kind": safe(voice.word("file", name)), "currency": account.currency}
        return [*(row | {"sum": _sum(minor, account.currency, voice)}).values()]

    yield balance("opening", account.opening)
    for line in (*account.lines, *account.payouts):
        yield _line(line, account.currency, voice)
    yield balance("closing", account.closing)


def _line(line: StatementLine, currency: str, voice: Voice) -> list[str]:
    return [
        line.booked_on.isoformat(),
        _typed(voice.word("kinds", line.kind)),
        _typed(line.order_id),
        line.ordered_on.isoformat() if line.ordered_on else "",
        "" if line.base is None else _sum(line.base, currency, voice),
        _rate(line.rate, voice),
        _sum(line.minor, currency, voice),
        currency,
        line.payable_on.isoformat() if line.payable_on else "",
        _why(line.because, voice),
    ]


def _uncounted(order: Uncounted, voice: Voice) -> list[str]:
    row = dict.fromkeys(COLUMNS, "")
    row |= {
        "kind": safe(voice.word("file", "uncounted")),
        "order": _typed(order.order_id),
        "ordered_on": order.ordered_on.isoformat() if order.ordered_on else "",
        "why": _why(order.reason, voice),
    }
    return [*row.values()]


def _sum(minor: int, currency: str, voice: Voice) -> str:
    return decimal_text(minor, currency).replace(".", voice.say.point)


def _rate(rate: str, voice: Voice) -> str:
    return _typed(rate.replace(".", voice.say.point) if _RATE.fullmatch(rate) else rate)


def _why(text: str, voice: Voice) -> str:
    return _typed(reason(text, voice.say.language)) if text else ""


def _typed(text: str) -> str:
    return safe(plain(text))
