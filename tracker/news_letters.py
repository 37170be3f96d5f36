"""What does a letter about one event say? Its figures as words, ready for the templates.

A function of its arguments: no clock, no chance, so a letter made again is the same letter.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from tracker.account_words import of_an_order
from tracker.addresses import Sender
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
from tracker.languages import reason, spoken, word
from tracker.news.events import (
    CodeChanged,
    DetailsMissing,
    Event,
    News,
    NewsKind,
    PaidOut,
    PaperWanted,
    Sales,
    SalesAccount,
    SoldLine,
    Welcome,
)
from tracker.programme import Programme
from tracker.sentences.plurals import form_of
from tracker.wording import NO_BREAK, Formatter, formatter, plain

LINES_MAX = 50
"""How many lines a letter names before it only counts the others: the statement has them all."""

CODES_TOLD = 10
"""How many codes a letter names; a partner with hundreds has them in the book."""

WORDS_CHARS_MAX = 5000
"""How much of the owner's own words goes into a welcome letter."""

_LOCAL_CHARS_MAX = 64
_ID_CHARS_MAX = 150


def render_news(news: News, programme: Programme) -> Rendered:
    """Say an event in words, in the partner's language.

    Raises Stop when a template cannot be filled in.
    """
    language = spoken(news.kind.value, news.partner.language or programme.language)
    say = formatter(language)
    told: dict[str, Told] = {
        "program": plain(programme.program_name),
        "name": plain(news.partner.name),
        "zone": plain(programme.time_zone),
    }
    return fill(news.kind.value, language, told | _event(news.event, say))


def freeze_news(news: News, programme: Programme, sender: Sender | None = None) -> FrozenLetter:
    """Build the bytes of a letter; without a sender they are only to be looked at.

    Raises Stop as `render_news`, UnsafeLetter for an address that is not exactly one.
    """
    rendered = render_news(news, programme)
    subject = header_text(rendered.subject)[:SUBJECT_CHARS_MAX]
    texts = (news.name, news.partner.email, subject, rendered.text, rendered.html)
    digest = hashlib.sha256("\x1f".join(texts).encode()).hexdigest()[:24]
    is_digest = news.kind is NewsKind.SALES and sender is not None
    return build(
        rendered,
        f"nw.{digest}",
        sender_of("" if sender is None else programme.mail_from, programme.program_name),
        address_of(news.partner.name, news.partner.email),
        news.at.astimezone(programme.zone).replace(microsecond=0),
        unsubscribe=_unsubscribe(news, sender) if is_digest and sender is not None else "",
    )


def _unsubscribe(news: News, sender: Sender) -> str:
    """Where a mail program's own button says stop: a letter to the sender that names who asks.

    Empty for a sender whose address, written for a link, would be longer than any may be.
    """
    local, _, domain = sender.address.partition("@")
    local = quote(local, safe="")
    who = news.partner.partner_id
    while len(quote(who, safe="", errors="replace")) > _ID_CHARS_MAX:
        who = who[:-1]
    if len(local) > _LOCAL_CHARS_MAX:
        return ""
    return f"mailto:{local}@{domain}?subject=unsubscribe%20{quote(who, safe='', errors='replace')}"


def _event(event: Event, say: Formatter) -> dict[str, Told]:
    match event:
        case Welcome():
            return _welcome(event, say)
        case Sales():
            return _sales(event, say)
        case PaidOut():
            return _paid_out(event, say)
        case DetailsMissing():
            return _details(event, say)
        case CodeChanged():
            return _code(event, say)
        case PaperWanted():
            return _paper_wanted(event, say)


def _welcome(event: Welcome, say: Formatter) -> dict[str, Told]:
    rates = {one.rate for one in event.codes}
    first = event.codes[0].rate
    return {
        "codes": [
            {"code": plain(one.code), "rate": say.rate(plain(one.rate))}
            for one in event.codes[:CODES_TOLD]
        ],
        "more": _untold(event.codes, say),
        "several": len(event.codes) > 1,
        "says_rate": "rate" not in event.unsaid,
        "says_hold": "hold" not in event.unsaid,
        "says_payout": "payout" not in event.unsaid,
        "one_rate": len(rates) == 1 or "rate" in event.unsaid,
        "rate": say.rate(plain(first)),
        "percent": any(one.rate.endswith("%") for one in event.codes),
        "base": event.base.value,
        "hold_days": _days(event.hold_days, say) if event.hold_days else "",
        "minimum": say.money(event.minimum, event.currency) if event.minimum else "",
        "payout_day": str(event.payout_day),
        "short_months": event.payout_day > 28,
        "words": [_paragraph(one) for text in event.words for one in _paragraphs(text)],
        "notify": event.notify.value,
    }


def _days(count: int, say: Formatter) -> str:
    noun = form_of(count, word("counts", "days", say.language))
    return f"{say.whole(count)}{NO_BREAK}{noun}"


def _paragraphs(text: str) -> list[str]:
    """Part typed text where a line was left empty; a very long one is cut."""
    if len(text) > WORDS_CHARS_MAX:
        text = text[: WORDS_CHARS_MAX - 1].rstrip() + "…"
    lines = [line if line.strip() else "" for line in text.splitlines()]
    return [one for one in "\n".join(lines).split("\n\n") if one.strip()]


def _paragraph(text: str) -> list[Told]:
    return [said for line in text.splitlines() if (said := plain(line).strip())]


def _sales(event: Sales, say: Formatter) -> dict[str, Told]:
    shops = _shops(event.lines)
    return {
        "period": event.period.value,
        "since": say.long_day(event.since),
        "until": say.long_day(event.until),
        "one_day": event.since == event.until,
        "several": len(event.accounts) > 1,
        "accounts": [_account(one, event, shops, say) for one in event.accounts],
        "only_back": all(one.minor < 0 for one in event.lines),
        "one_line": len(event.lines) == 1,
    }


def _account(
    account: SalesAccount, event: Sales, shops: dict[str, str], say: Formatter
) -> dict[str, Told]:
    def money(minor: int) -> str:
        return say.money(minor, account.currency)

    own = [one for one in event.lines if one.currency == account.currency]
    sold = [one for one in own if one.minor > 0]
    back = [one for one in own if one.minor < 0]
    return {
        "currency": say.currency(account.currency),
        "orders": say.whole(account.orders),
        "one": account.orders == 1,
        "some": account.orders > 0,
        "earned": money(account.earned),
        "back": money(-account.taken_back),
        "total": money(account.earned + account.taken_back),
        "both": bool(sold and back),
        "only_back": not sold,
        "sold": [_sold(one, shops, say) for one in sold[:LINES_MAX]],
        "more": _more(sold, say),
        "taken": [_sold(one, shops, say) for one in back[:LINES_MAX]],
        "more_taken": _more(back, say),
        "balance": money(account.balance),
        "on_hold": money(account.on_hold),
        "holds": account.on_hold > 0,
    }


def _shops(lines: Iterable[SoldLine]) -> dict[str, str]:
    """Name the shops when there are several, since two shops may number orders alike."""
    sources = {one.source for one in lines}
    if len(sources) < 2:
        return {}
    return {source: plain(source.partition(":")[2] or source) for source in sources}


def _sold(line: SoldLine, shops: dict[str, str], say: Formatter) -> dict[str, Told]:
    shop = shops.get(line.source, "")
    return {
        "order": f"{plain(line.order_id)} ({shop})" if shop else plain(line.order_id),
        "on": "" if line.ordered_on is None else say.day(line.ordered_on),
        "rate": say.rate(plain(line.rate)),
        "base": "" if line.base is None else say.money(line.base, line.currency),
        "sum": say.money(line.minor, line.currency),
        "why": _why(line.because, say.language),
    }


def _why(because: str, language: str) -> str:
    said = plain(reason(because, language)) if because else ""
    return said[:1].upper() + said[1:]


def _paid_out(event: PaidOut, say: Formatter) -> dict[str, Told]:
    return {
        "sum": say.money(event.minor, event.currency),
        "paid_on": say.long_day(event.paid_on),
        "reference": plain(event.reference),
        "method": plain(event.method),
        "lines": [
            {
                "kind": plain(word("kinds", line.kind, say.language)),
                "order": plain(line.order_id),
                "is_order": of_an_order(line.kind, line.source),
                "on": "" if line.on is None else say.day(line.on),
                "sum": say.money(line.minor, event.currency),
                "minus": line.minor < 0,
            }
            for line in event.lines[:LINES_MAX]
        ],
        "more": _more(event.lines, say),
        "paper": "" if event.paper is None else event.paper.kind,
        "paper_by": "" if event.paper is None else say.long_day(event.paper.by),
        "payout_id": plain(event.payout_id),
    }


def _more(lines: Sequence[object], say: Formatter) -> str:
    """How many lines are counted and not named; empty for none."""
    return say.whole(len(lines) - LINES_MAX) if len(lines) > LINES_MAX else ""


def _details(event: DetailsMissing, say: Formatter) -> dict[str, Told]:
    return {
        "sums": [say.money(one.minor, one.currency) for one in event.accounts],
        "payout_on": say.long_day(event.payout_on),
    }


def _code(event: CodeChanged, say: Formatter) -> dict[str, Told]:
    return {
        "change": event.change.value,
        "code": plain(event.code),
        "on": say.long_day(event.on),
        "used": say.whole(event.used),
        "limit": say.whole(event.limit),
        "others": [plain(one) for one in event.others[:CODES_TOLD]],
        "more": _untold(event.others, say),
    }


def _untold(codes: Sequence[object], say: Formatter) -> str:
    """How many codes a letter does not name; empty where it names all."""
    return say.whole(len(codes) - CODES_TOLD) if len(codes) > CODES_TOLD else ""


def _paper_wanted(event: PaperWanted, say: Formatter) -> dict[str, Told]:
    return {
        "sum": say.money(event.minor, event.currency),
        "paid_on": say.long_day(event.paid_on),
        "reference": plain(event.reference),
        "paper": event.paper.kind,
        "paper_by": say.long_day(event.paper.by),
        "again": event.number > 1,
        "payout_id": plain(event.payout_id),
    }
