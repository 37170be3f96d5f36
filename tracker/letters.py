"""What does a partner read, and which exact bytes are mailed?

`render` turns a statement into words through the templates; `freeze` turns the words into the
bytes of one letter. Both are functions of their arguments: no clock, no chance, so a letter made
again is the same letter.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime

from tracker.envelopes import (
    SUBJECT_CHARS_MAX,
    FrozenLetter,
    Rendered,
    Told,
    address_of,
    build,
    fill,
    header_text,
    sender_of,
)
from tracker.sentences import LANGUAGES, reason_says, split_reason
from tracker.sentences.reasons import REASONS
from tracker.statements import Account, Held, Statement, StatementLine, Uncounted
from tracker.wording import BASES, KINDS, Formatter, formatter, plain, worded

_ORDER_KINDS = frozenset({"sale", "clawback", "bonus", "level"})


def render(statement: Statement, language: str) -> Rendered:
    """Say a statement in words, in `en` or `ru` (English for any other language).

    Raises jinja2.UndefinedError when a template names what is not told.
    """
    spoken = language if language in LANGUAGES else LANGUAGES[0]
    return fill("statement", spoken, tell(statement, spoken))


def tell(statement: Statement, language: str) -> dict[str, Told]:
    """Prepare all that the templates may say, already formatted in `language`."""
    say = formatter(language)
    sources = _sources(statement)
    return {
        "program": plain(statement.program_name),
        "name": plain(statement.name),
        "month": say.month(statement.month),
        "zone": plain(statement.zone),
        "final": statement.final,
        "corrected": statement.revision > 1,
        "number": f"{plain(statement.statement_id)}/{statement.revision}",
        "as_of": say.long_day(statement.as_of),
        "payout_on": say.long_day(statement.payout_on),
        "several": len(statement.accounts) > 1,
        "accounts": [_account(account, say, sources) for account in statement.accounts],
        "uncounted": [_uncounted(order, say, sources) for order in statement.uncounted],
    }


def _account(account: Account, say: Formatter, sources: Mapping[str, str]) -> dict[str, Told]:
    def money(minor: int) -> str:
        return say.money(minor, account.currency)

    return {
        "currency": say.currency(account.currency),
        "opening": money(account.opening),
        "lines": [_line(line, account.currency, say, sources) for line in account.lines],
        "payouts": [_line(line, account.currency, say, sources) for line in account.payouts],
        "quiet": not account.lines and not account.payouts,
        "closing": money(account.closing),
        "held": _held(account.held, account.currency, say),
        "on_hold": money(account.on_hold),
        "payable": money(account.payable),
        "below_zero": account.payable < 0,
        "something": account.payable > 0,
        "reached": account.missing == 0,
        "missing": money(account.missing),
        "has_minimum": account.minimum > 0,
        "minimum": money(account.minimum),
    }


def _line(
    line: StatementLine, currency: str, say: Formatter, sources: Mapping[str, str]
) -> dict[str, Told]:
    base = "" if line.base is None else say.money(line.base, currency)
    rule = "" if line.base_rule is None else worded(BASES[line.base_rule], say.language)
    kind = KINDS.get(line.kind)
    of_order = line.kind in _ORDER_KINDS
    earlier = line.ordered_on is not None and line.ordered_on != line.booked_on
    return {
        "on": say.day(line.booked_on),
        "kind": plain(line.kind) if kind is None else worded(kind, say.language),
        "is_order": of_order,
        "order": _order(line.source, line.order_id, sources if of_order else {}),
        "ordered_on": say.day(line.ordered_on) if line.ordered_on and earlier else "",
        "base": base,
        "base_rule": rule if base else "",
        "changed": line.kind == "clawback",
        "rate": say.rate(plain(line.rate)),
        "sum": say.money(line.minor, currency),
        "minus": line.minor < 0,
        "why": _why(line.because, say.language),
    }


def _uncounted(order: Uncounted, say: Formatter, sources: Mapping[str, str]) -> dict[str, Told]:
    return {
        "on": say.day(order.ordered_on) if order.ordered_on else "",
        "order": _order(order.source, order.order_id, sources),
        "why": _why(order.reason, say.language),
    }


def _why(reason: str, language: str) -> str:
    """Say a reason as a sentence that stands by itself; a code nobody knows stays as it is."""
    said = plain(reason_says(reason, language)) if reason else ""
    known = split_reason(reason)[0] in REASONS
    return said[:1].upper() + said[1:] if known else said


def _held(held: Sequence[Held], currency: str, say: Formatter) -> list[Told]:
    """Gather what is on hold by the day it becomes payable, the nearest first."""
    days: dict[str, list[Held]] = {}
    for one in sorted(held, key=lambda one: one.payable_on):
        days.setdefault(say.day(one.payable_on), []).append(one)
    return [
        {
            "until": day,
            "sum": say.money(sum(one.minor for one in ones), currency),
            "orders": ", ".join(dict.fromkeys(plain(one.order_id) for one in ones)),
        }
        for day, ones in days.items()
    ]


def _sources(statement: Statement) -> dict[str, str]:
    """Name the shops when there are several, since two shops may number orders alike."""
    lines = (line for account in statement.accounts for line in account.lines)
    seen = {line.source for line in lines if line.kind in _ORDER_KINDS}
    seen |= {order.source for order in statement.uncounted}
    if len(seen) < 2:
        return {}
    return {source: plain(source.partition(":")[2] or source) for source in seen}


def _order(source: str, order_id: str, sources: Mapping[str, str]) -> str:
    shop = sources.get(source, "")
    return f"{plain(order_id)} ({shop})" if shop else plain(order_id)


def freeze(
    statement: Statement, rendered: Rendered, mail_from: str, to: str, at: datetime
) -> FrozenLetter:
    """Build the bytes of a statement: the same arguments give the same bytes, in any process.

    `mail_from` is an address, with or without a name; empty for a preview that will not be
    mailed. `at` is aware.
    Raises UnsafeLetter for an address that is not exactly one, or headers that are not ours.
    """
    sender = sender_of(mail_from, statement.program_name)
    subject = header_text(rendered.subject)[:SUBJECT_CHARS_MAX]
    content = [statement.statement_id, str(statement.revision)]
    content += [subject, rendered.text, rendered.html]
    digest = hashlib.sha256("\x1f".join(content).encode()).hexdigest()[:24]
    return build(rendered, f"st.{digest}", sender, address_of(statement.name, to), at)
