"""What does a person's typing become? A number, a date, a formula, or the text as typed.

Learned from: "0042" becomes 42 and "42.01" 42.01 [cassette test_update_cell]; "2020-01-01" becomes
43831 with a date format, "=4/2" a formula, "" empties [cassette
test_get_all_values_date_time_render_options]; JSON numbers stay numbers [disc]; a leading
apostrophe makes text and is not kept [disc, ExtendedValue.stringValue]; a cell of format TEXT keeps
text [doc]; where the comma is decimal, 1.5 is the 1st of May [issues in shared/sheets.md 1.4];
thousands only in groups of three, +79... a number, percents and TRUE/FALSE [inferred].
"""

from __future__ import annotations

import re
from datetime import date, datetime, time

from tests.google.errors import Json
from tests.google.formulas import simple
from tests.google.grid import Formula, Value
from tests.google.places import Place, place

DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001  # a spreadsheet's serial number has no zone

Typed = tuple[Value, Json | None]
"""What was understood, and the number format that it brings along, if any."""


def entered(text: str, locale: str, form: Json | None, today: date) -> Typed:
    """Understand what was typed into a cell of this userEnteredFormat."""
    here = place(locale)
    if not text:
        return None, None
    if text.startswith("'"):
        return text[1:], None
    if (form or {}).get("numberFormat", {}).get("type") == "TEXT":
        return text, None
    if text.startswith("=") and len(text) > 1:
        return Formula(text), None
    plain = text.strip()
    if plain.upper() in {"TRUE", "FALSE", here.true, here.false}:
        return plain.upper() in {"TRUE", here.true}, None
    return _number(plain, here) or _date(plain, here, today) or (text, None)


def _number(text: str, here: Place) -> Typed | None:
    marks = re.escape(here.thousands)
    whole = rf"(?:\d{{1,3}}(?:[{marks}]\d{{3}})+|\d+)"
    point = re.escape(here.decimal)
    found = re.fullmatch(
        rf"([+-]?)({whole}(?:{point}\d*)?|{point}\d+)(?:[eE]([+-]?\d+))?\s?(%?)", text
    )
    if not found:
        return None
    sign, digits, power, percent = found.groups()
    for mark in here.thousands:
        digits = digits.replace(mark, "")
    number = float(f"{sign}{digits.replace(here.decimal, '.')}e{power or 0}")
    if percent:
        return simple(number / 100), _format("PERCENT", "0.00%" if "." in digits else "0%")
    if power:
        return simple(number), _format("SCIENTIFIC", "0.00E+00")
    return simple(number), None


def _date(text: str, here: Place, today: date) -> Typed | None:
    day, _, clock = text.replace("T", " ").partition(" ")
    found = _day(day, here, today)
    if found is None:
        return None
    when, pattern = found
    if not clock:
        return serial(when), _format("DATE", pattern)
    try:
        moment = time.fromisoformat(clock.zfill(5))
    except ValueError:
        return None
    typed = serial(datetime.combine(when, moment))
    return typed, _format("DATE_TIME", f"{pattern} hh:mm:ss")


def _day(text: str, here: Place, today: date) -> tuple[date, str] | None:
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text)
    mark = re.escape(here.date_mark)
    local = re.fullmatch(rf"(\d{{1,2}}){mark}(\d{{1,2}})(?:{mark}(\d{{4}}|\d\d))?", text)
    try:
        if iso:
            return date(*(int(one) for one in iso.groups())), "yyyy-mm-dd"
        if local:
            first, second, year = (int(one or today.year) for one in local.groups())
            day, month = (first, second) if here.day_first else (second, first)
            return date(year + 2000 if year < 100 else year, month, day), here.date
    except ValueError:
        return None
    return None


def serial(when: date | datetime) -> int | float:
    """Count days since the 30th of December 1899, a moment as a fraction."""
    moment = when if isinstance(when, datetime) else datetime.combine(when, time())
    passed = moment.replace(tzinfo=None) - DAY_ZERO
    return simple(round(passed.days + passed.seconds / 86_400, 9))


def _format(kind: str, pattern: str) -> Json:
    return {"numberFormat": {"type": kind, "pattern": pattern}}
