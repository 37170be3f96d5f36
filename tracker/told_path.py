"""How did the customer come to an order, and what was looked at to decide it? In words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any

from tracker.lines import JournalLine
from tracker.money import decimal_text
from tracker.orders import Facts, read_facts
from tracker.questions import each
from tracker.sentences.asking import ASKED, FACT_WORDS, PERIOD_WORDS, TOUCHED
from tracker.touches import Touch, in_time, read_touches

Catalogue = Mapping[str, tuple[str, str]]


def _say(catalogue: Catalogue, word: str, language: str, **values: object) -> str:
    return catalogue[word][language == "ru"].format(**values)


def touched(line: JournalLine, language: str, zone: tzinfo) -> list[str]:
    """The touches in time and the order itself, at the zone's clock; nothing where none is known.

    A click that the order itself puts after its own moment is told last.
    """
    said = line.parsed()
    touches = in_time(read_touches(said.get("touches", ())))
    late = _late(read_facts(said), language, zone)
    if not (touches or late):
        return []
    told = [_touch(touch, language, zone) for touch in touches]
    word = "ordered" if line.codes else "ordered_plainly"
    at = local(line.ordered_at, zone)
    told += [_say(TOUCHED, word, language, at=at, codes=line.codes), *late]
    return [_say(TOUCHED, "path", language), *(f"  {one}" for one in told)]


def local(at: str, zone: tzinfo) -> str:
    """A moment as the clocks of the zone show it (RFC 3339); empty for none."""
    return datetime.fromisoformat(at).astimezone(zone).isoformat() if at else ""


def _late(facts: Facts, language: str, zone: tzinfo) -> list[str]:
    """The order's own click, where it came after the order: it does not count."""
    clicked = facts.text("clicked_at")
    if not (facts.known and clicked) or datetime.fromisoformat(clicked) <= facts.ordered_at:
        return []
    marks = [facts.text(name) for name in ("ref", "click_id", "ad_tag")]
    label = ", ".join(filter(None, marks))
    return [_say(TOUCHED, "late", language, at=local(clicked, zone), label=label)] if label else []


def _touch(touch: Touch, language: str, zone: tzinfo) -> str:
    label = f"{touch.label}, {touch.channel}" if touch.channel else touch.label
    at = touch.at.astimezone(zone).isoformat()
    said = _say(TOUCHED, touch.kind, language, at=at, partner=touch.partner_id, label=label)
    return said.removesuffix(" ()")


def asked(line: JournalLine, language: str) -> list[str]:
    """Each question that was asked of the order and of those before it, with its answer."""
    groups = line.parsed().get("asked", {})
    rows = [row for name in ("whose", "terms", "owed") for row in each(groups.get(name, ()))]
    told = [_question(question, answer, line.currency, language) for question, answer in rows]
    found = list(dict.fromkeys(one for one in told if one))
    return [_say(ASKED, "asked", language), *(f"  {one}" for one in found)] if found else []


def _question(question: Sequence[Any], answer: Any, currency: str, language: str) -> str:  # noqa: ANN401
    """One question in words; empty for one that says nothing to people."""
    name, *given = question
    if name == "items" or name not in ASKED:
        return ""
    values = dict(zip(_NAMES.get(name, ()), given, strict=False))
    word = name
    if name == "fact":
        named = str(given[0])
        values["name"] = FACT_WORDS.get(named, (named, named))[language == "ru"]
    if name in {"room", "customer_room", "used_by_others"}:
        values["codes"] = ", ".join(given[0])
    if name == "customer_room" and not values["since"]:
        word = "customer_room_ever"
    if name == "earned_in_month" and not values["partner"]:
        values["partner"] = _say(ASKED, "all", language)
    if name == "volume":
        values["period"] = _say(PERIOD_WORDS, str(values["period"]), language)
        values["orders"] = answer[0]
        values["sales"] = f"{decimal_text(answer[1], given[2])} {given[2]}"
    unit = given[1] if name.startswith("earned") else currency
    values["answer"] = _answer(name, answer, unit, language)
    return _say(ASKED, word, language, **values)


_NAMES: Mapping[str, tuple[str, ...]] = {
    "room": ("codes", "limit"),
    "customer_room": ("codes", "limit", "since"),
    "earlier_with": ("partner", "limit"),
    "first_with": ("partner",),
    "volume": ("partner", "period", "currency"),
    "earned_in_month": ("partner", "currency"),
    "earned_by_customer": ("partner", "currency"),
}


def _answer(name: str, answer: Any, currency: str, language: str) -> str:  # noqa: ANN401
    if isinstance(answer, bool):
        return _say(ASKED, "yes" if answer else "no", language)
    if name == "fact":
        return str(answer) if answer else _say(ASKED, "unsaid", language)
    if name == "bound":
        if not answer:
            return _say(ASKED, "nobody", language)
        return _say(ASKED, "bound_to", language, partner=answer[0], day=answer[2])
    if isinstance(answer, int):
        return f"{decimal_text(answer, currency)} {currency}"
    return str(answer) if answer else _say(ASKED, "none", language)
