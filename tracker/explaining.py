"""Why was this order decided so? The whole path of one order, in words."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from tracker.ledger import Order
from tracker.lines import CommissionLine, JournalLine, Key
from tracker.money import decimal_text
from tracker.orders import read_facts
from tracker.owners_money import OWN_SOURCES
from tracker.problems import Stop
from tracker.running import Rest
from tracker.sentences import reason_says
from tracker.sentences.commands import BASE_WORDS, EXPLAINED, WORDS


def explain(rest: Rest, asked: str) -> str:
    """Tell everything about an order; one id of two sources is told twice.

    `asked` is an order's number or source/number. Raises Stop for an order nobody knows.
    """
    language = rest.known.programme.language
    books = rest.plan.books
    known = {*books.orders, *books.aside}
    keys = sorted(key for key in known if key[0] not in OWN_SOURCES and _is(key, asked))
    if not keys:
        raise Stop("order_unknown", order=asked[:60])
    parts = []
    for key in keys:
        lines = [line for line in books.lines if line.key == key]
        parts.append(_told(key, books.orders.get(key), lines, language))
    return "\n\n".join(parts)


def _is(key: Key, asked: str) -> bool:
    return asked in {key[1], "/".join(key)}


def _say(word: str, language: str, **values: object) -> str:
    return EXPLAINED[word][language == "ru"].format(**values)


def _word(word: str, language: str, words: Mapping[str, str] = WORDS) -> str:
    """Say a word that stands in the ledgers in English; an unknown one as it is."""
    return words.get(word, word) if language == "ru" else word


def _told(key: Key, order: Order | None, booked: Sequence[CommissionLine], language: str) -> str:
    said = [_say("order", language, about="/".join(key))]
    if order is None:
        said.append("  " + _say("aside", language))
    else:
        said += [f"  {one}" for one in _facts(order.latest, language)]
        for line in order.lines:
            at = line.noted_at.isoformat()
            said.append("  " + _say("line", language, n=line.n, at=at, decision=line.decision))
        said += [f"     {one}" for one in _candidates(order.latest, language)]
        if order.latest.partner_id:
            terms = {name: getattr(order.latest, name) for name in ("rate", "payable_on")}
            rule = _word(order.latest.base_rule, language, BASE_WORDS)
            said.append("  " + _say("terms", language, rule=rule, **terms))
    for step in booked:
        amount = f"{decimal_text(step.minor, step.currency)} {step.currency}"
        at, kind = step.booked_at.isoformat(), _word(step.kind, language)
        said.append(
            "  "
            + _say("booked", language, at=at, partner=step.partner_id, amount=amount, kind=kind)
        )
    return "\n".join(said if booked else [*said, "  " + _say("nothing", language)])


def _facts(line: JournalLine, language: str) -> list[str]:
    facts = read_facts(line.parsed())
    if not facts.known:
        return [_say("placed", language, at="?", state=_word(line.state, language))]
    sums = {
        name: f"{decimal_text(facts.whole(name), line.currency)} {line.currency}"
        for name in ("total", "shipping", "tax", "discount")
    }
    codes = ", ".join(facts.codes) or _say("none", language)
    return [
        _say("placed", language, at=line.ordered_at, state=_word(line.state, language)),
        _say("sums", language, **sums),
        *(
            _say("refund", language, goods=one.goods, shipping=one.shipping)
            for one in facts.refunds()
        ),
        _say("codes", language, codes=codes),
    ]


def _candidates(line: JournalLine, language: str) -> list[str]:
    return [
        _say(
            "candidate",
            language,
            code=code,
            partner=partner or _say("nobody", language),
            why=reason_says(why, language),
        )
        for code, partner, why in json.loads(line.candidates or "[]")
    ]
