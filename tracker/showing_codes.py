"""What is printed about codes? Those that were made, one of them, or all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from tracker.code_lookup import Verdict, history_of
from tracker.known import Known
from tracker.layout import LAYOUT, Tab
from tracker.ledger import Order
from tracker.lines import JournalLine, Key
from tracker.owners_money import OWN_SOURCES
from tracker.programme import Code, CodeKind, CodeStatus, Programme, normal_code
from tracker.rules_text.coding import restrictions
from tracker.sentences import REASONS, say
from tracker.sentences.code_words import CODES_SAID, SHOWN
from tracker.sentences.plurals import Counted
from tracker.terms_printed import clause_text
from tracker.wording import plain, worded


def told(catalogue: Mapping[str, tuple[str, str]], key: str, language: str, **said: object) -> str:
    """Say a sentence of the catalogue; whole numbers choose the form of their noun."""
    values = {k: Counted(v) if isinstance(v, int) else v for k, v in said.items()}
    return worded(catalogue[key], language).format_map(values)


def shop_orders(orders: Mapping[Key, Order]) -> list[JournalLine]:
    """The latest lines of orders of shops."""
    return [order.latest for key, order in orders.items() if key[0] not in OWN_SOURCES]


def shown_code(typed: str, found: Verdict, known: Known, day: date) -> list[str]:
    """Everything about one code, a line each."""
    code, language = found.code, known.programme.language
    lines = [plain(code.code)]
    if normal_code(typed) != normal_code(code.code):
        lines.append(told(SHOWN, "read_as", language, typed=plain(typed), named=plain(code.code)))
    if found.works:
        lines.append(told(SHOWN, "works", language, day=day))
    else:
        why = say(REASONS, found.why, found.params, language)
        lines.append(told(SHOWN, "stopped", language, day=day, why=why))
    lines += _rest(found, known)
    terms = _terms(code, known.programme)
    if terms:
        lines.append(told(SHOWN, "terms", language, terms="; ".join(terms)))
    return lines


def _rest(found: Verdict, known: Known) -> Iterator[str]:
    code, language = found.code, known.programme.language
    partner = known.partners.get(found.partner_id)
    if found.partner_id:
        name = f" ({plain(partner.name)})" if partner is not None and partner.name else ""
        yield told(SHOWN, "owner", language, partner=plain(found.partner_id) + name)
    else:
        yield told(SHOWN, "nobody", language)
    yield told(SHOWN, "kind", language, kind=_word("kind", code.kind, language))
    if code.variant_of:
        yield told(SHOWN, "variant", language, named=plain(code.variant_of))
    yield told(SHOWN, "status", language, status=_word("status", code.status, language))
    if code.campaign:
        yield told(SHOWN, "campaign", language, campaign=plain(code.campaign))
    if found.limit is None:
        yield told(SHOWN, "uses", language, uses=found.uses)
    else:
        left = max(0, found.limit - found.uses)
        yield told(SHOWN, "uses_of", language, uses=found.uses, limit=found.limit, left=left)


def _terms(code: Code, programme: Programme) -> list[str]:
    """What the page of terms says of the code, but for its state."""
    said_already = {f"code_{status}" for status in CodeStatus}
    clauses = (one for one in restrictions(code, programme) if one.code not in said_already)
    return [clause_text(one, programme.language) for one in clauses]


def _word(column: str, value: str, language: str) -> str:
    found = next(one for one in LAYOUT[Tab.CODES].column(column).choices if one.en == value)
    return found.ru if language == "ru" else found.en


def listed(
    codes: Sequence[Code], known: Known, orders: Sequence[JournalLine], now: datetime
) -> list[str]:
    """A line for each code, and the totals: how many there are, and how often they were used."""
    language = known.programme.language
    history = history_of(orders, known, now)
    lines: list[str] = []
    uses_of = {code.code: history.uses((normal_code(code.code),)) for code in codes}
    for code in codes:
        kind = _word("kind", code.kind, language)
        status = _word("status", code.status, language)
        limit = 1 if code.kind is CodeKind.SERIAL else code.max_uses
        uses = f"{uses_of[code.code]}" if limit is None else f"{uses_of[code.code]}/{limit}"
        lines.append(
            f"{plain(code.code)}\t{plain(code.partner_id) or '-'}\t{kind}\t{status}\t{uses}"
        )
    serials = len({code.code for code in codes if code.kind is CodeKind.SERIAL})
    total = {"count": len(uses_of), "serials": serials, "uses": sum(uses_of.values())}
    return [*lines, told(CODES_SAID, "listed", language, **total)]
