"""Why was this order decided so? The whole path of one order, in words."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import tzinfo

from tracker.ledger import Order
from tracker.lines import CommissionLine, JournalLine, Key
from tracker.money import decimal_text
from tracker.orders import read_facts
from tracker.own_story import TOLD, own_told
from tracker.owners_money import OWN_SOURCES
from tracker.problems import Stop
from tracker.running import Rest
from tracker.sentences import reason_says
from tracker.sentences.commands import BASE_WORDS, EXPLAINED, WORDS
from tracker.sentences.rate_words import rate_said
from tracker.told_path import asked, local, touched


def explain(rest: Rest, asked: str) -> str:
    """Tell everything about an order; one id of two sources is told twice.

    `asked` is an order's number or source/number. Raises Stop for an order nobody knows.
    """
    programme = rest.known.programme
    books = rest.plan.books
    known = {*books.orders, *books.aside}
    told = (key for key in known if key[0] not in OWN_SOURCES or key[0] in TOLD)
    keys = sorted(key for key in told if _is(key, asked))
    if not keys:
        raise Stop("order_unknown", order=asked[:60])
    parts = []
    for key in keys:
        lines = [line for line in books.lines if line.key == key]
        order = books.orders.get(key)
        if order is not None and key[0] in TOLD:
            parts.append(own_told(key, order, lines, programme.language))
            continue
        parts.append(_told(key, order, lines, programme.language, programme.zone))
    return "\n\n".join(parts)


def _is(key: Key, asked: str) -> bool:
    return asked in {key[1], "/".join(key)}


def _say(word: str, language: str, **values: object) -> str:
    return EXPLAINED[word][language == "ru"].format(**values)


def _word(word: str, language: str, words: Mapping[str, str] = WORDS) -> str:
    """Say a word that stands in the ledgers in English; an unknown one as it is."""
    return words.get(word, word) if language == "ru" else word


def _told(
    key: Key,
    order: Order | None,
    booked: Sequence[CommissionLine],
    language: str,
    zone: tzinfo,
) -> str:
    said = [_say("order", language, about="/".join(key))]
    if order is None:
        said.append("  " + _say("aside", language))
    else:
        said += [f"  {one}" for one in _facts(order.latest, language, zone)]
        for line in order.lines:
            at = line.noted_at.astimezone(zone).isoformat()
            said.append("  " + _say("line", language, n=line.n, at=at, decision=line.decision))
        said += [f"  {one}" for one in touched(order.latest, language, zone)]
        said += [f"     {one}" for one in _candidates(order.latest, language, zone)]
        said += [f"  {one}" for one in asked(order.latest, language)]
        if order.latest.partner_id:
            terms = {
                "rate": rate_said(order.latest.rate, language),
                "payable_on": order.latest.payable_on,
            }
            rule = _word(order.latest.base_rule, language, BASE_WORDS)
            word = "terms" if order.latest.rate.endswith("%") else "terms_sum"
            said.append("  " + _say(word, language, rule=rule, **terms))
    for step in booked:
        amount = f"{decimal_text(step.minor, step.currency)} {step.currency}"
        at = step.booked_at.astimezone(zone).isoformat()
        kind = _word(step.kind, language)
        said.append(
            "  "
            + _say("booked", language, at=at, partner=step.partner_id, amount=amount, kind=kind)
        )
    return "\n".join(said if booked else [*said, "  " + _say("nothing", language)])


def _facts(line: JournalLine, language: str, zone: tzinfo) -> list[str]:
    facts = read_facts(line.parsed())
    if not facts.known:
        return [_say("placed", language, at="?", state=_word(line.state, language))]
    sums = {
        name: f"{decimal_text(facts.whole(name), line.currency)} {line.currency}"
        for name in ("total", "shipping", "tax", "discount")
    }
    codes = ", ".join(facts.codes) or _say("none", language)
    return [
        _say(
            "placed", language, at=local(line.ordered_at, zone), state=_word(line.state, language)
        ),
        _say("sums", language, **sums),
        *(
            _say("refund", language, goods=one.goods, shipping=one.shipping)
            for one in facts.refunds()
        ),
        _say("codes", language, codes=codes),
    ]


def _candidates(line: JournalLine, language: str, zone: tzinfo) -> list[str]:
    return [
        _say(
            "candidate_touch" if touch else "candidate",
            language,
            code=code,
            partner=partner or _say("nobody", language),
            why=reason_says(why, language),
            kind=_word(touch[0], language) if touch else "",
            at=local(touch[1], zone) if touch else "",
        )
        for code, partner, why, *touch in json.loads(line.candidates or "[]")
    ]
