"""What is fuzzed? Every parser that reads what others wrote, by name, in one list.

A target takes bytes and may raise its documented refusals, nothing else; what its answer must be
is asserted inside. `python -m tests.fuzz` draws the bytes for a release, test_targets.py a few.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.fuzz import bodies, books, values
from tracker.bank_lines import NotAStatement
from tracker.cells import NotUnderstood
from tracker.money import NotAnAmount
from tracker.problems import Stop
from tracker.shops import DIALECTS
from tracker.shops.payload import NotReadable

Refusals = tuple[type[Exception], ...]


@dataclass(frozen=True, slots=True)
class Target:
    """One parser. `seeds` are the corpora of tests/hostile whose inputs it begins with.

    Attributes:
        run: reads the bytes; raises only `refusals`.
        slow: whether one input costs a millisecond and more, so that fewer are tried.
        seconds: of CPU that one input may cost.

    """

    name: str
    run: Callable[[bytes], None]
    refusals: Refusals = ()
    seeds: tuple[str, ...] = ()
    slow: bool = False
    seconds: float = 0.05

    def try_one(self, data: bytes) -> bool:
        """Read one input. Tells whether it was refused; anything undocumented is raised."""
        try:
            self.run(data)
        except self.refusals:
            return True
        return False


_CELL: Refusals = (NotUnderstood,)
_SUM: Refusals = (NotAnAmount,)
_STOP: Refusals = (Stop,)

_VALUES = [
    Target("amount-typed", values.amount_typed, _SUM, ("amounts",)),
    Target("amount-machine", values.amount_machine, _SUM, ("amounts",)),
    Target("amount-cell", values.amount_cell, _CELL, ("amounts",)),
    Target("amount-decimal", values.amount_decimal, (*_SUM, ArithmeticError), ("amounts",)),
    Target("currency", values.currency, _CELL, ("amounts",)),
    Target("rate", values.rate, _CELL, ("rates", "amounts")),
    Target("rate-written", values.rate_written, (ValueError, ArithmeticError), ("rates",)),
    Target("date", values.date_cell, _CELL, ("times",)),
    Target("time", values.time_cell, _CELL, ("times",)),
    Target("whole", values.whole_cell, _CELL, ("amounts",)),
    Target("shop-time", values.shop_time, seeds=("times",)),
    Target("moment", values.moment, seeds=("times",)),
    Target("code", values.code, seeds=("codes",)),
    Target("code-asked", values.code_asked, seeds=("codes",)),
    Target("wildcard", values.wildcard, seeds=("codes",)),
    Target("code-pattern", values.code_pattern, _STOP, ("codes",)),
    Target("cursor", values.cursor, seeds=("tokens",)),
    Target("mail-address", values.mail_address, seeds=("mail_headers",)),
    Target("header-words", values.header_words, seeds=("mail_headers",)),
    Target("mail-url", values.mail_url, _STOP, ("urls",)),
    Target("store-address", values.store_address, _STOP, ("paths", "urls")),
    Target("sheet-address", values.sheet_address, _STOP, ("urls",)),
    Target("log-spec", values.log_spec, seeds=("urls",)),
    Target("url", values.url, seeds=("urls",)),
    Target("landing-page", values.landing_page, seeds=("urls",)),
    Target("phone", values.phone, seeds=("amounts",)),
    Target("place", values.place, seeds=("codes",)),
    Target("requisites", values.requisites, seeds=("amounts",)),
    Target("bank-day", values.bank_day, _CELL, ("times",)),
    Target("bank-sum", values.bank_sum, seeds=("amounts",)),
    Target("bank-words", values.bank_words, seeds=("codes",)),
    Target("formula", values.formula, seeds=("formulas",)),
    Target("stored-text", values.stored_text, seeds=("codes",)),
    Target("pay-for", values.pay_for, seeds=("rates",)),
    Target("sender-id", values.sender_id, seeds=("tokens",)),
]
_BODIES = [
    Target("signature", bodies.signature, seeds=("signatures",)),
    Target("request", bodies.request, seeds=("signatures", "bodies")),
    Target("source-name", bodies.source_name, seeds=("paths", "codes")),
    Target("json-body", bodies.json_body, (NotReadable,), ("bodies",)),
    Target("log-line", bodies.log_line, seeds=("bodies",)),
    Target("log-page", bodies.log_page, seeds=("bodies",)),
    Target("bank-file", bodies.bank_file, (NotAStatement,), ("bank_files",)),
    Target("bounce", bodies.bounce, seeds=("mail_headers",)),
    *(Target(f"shop-{name}", bodies.shop(name), seeds=("bodies",)) for name in sorted(DIALECTS)),
]
_BOOKS = [
    Target("book-cell", books.book_cell, _STOP, ("amounts", "rates", "codes"), slow=True),
    Target("setting", books.setting, _STOP, ("amounts", "rates", "times"), slow=True),
    Target("workbook", books.workbook, _STOP, slow=True),
    Target("workbook-sheet", books.workbook_sheet, _STOP, ("sheets",), slow=True),
    Target("env", books.env_file, _STOP, ("urls",)),
    Target("template", books.template, _STOP, ("templates",), slow=True, seconds=1.0),
    Target("letter-page", books.letter_page, _STOP, ("xss",), slow=True),
]
TARGETS: dict[str, Target] = {one.name: one for one in (*_VALUES, *_BODIES, *_BOOKS)}
