"""Sentences of `why` for goals, leads and adjustments."""

from __future__ import annotations

MONTHS = (
    (
        "January February March April May June July August September October November December"
    ).split(),
    ("январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь").split(),
)

# fmt: off
OWN: dict[str, tuple[str, str]] = {
    "named": ("Goal {tier}, {period}", "Цель {tier}, {period}"),
    "goal": ("{named}: of {partner}", "{named}: партнёр {partner}"),
    "adjustment": ("Adjustment {key}: for {partner}", "Корректировка {key}: партнёр {partner}"),
    "lead": ("Lead {key}: of {partner}", "Лид {key}: партнёр {partner}"),
    "ever": ("all time", "за всё время"),
    "quarter": ("quarter {number} of {year}", "{number}-й квартал {year}"),
    "from_orders": ("{start} orders", "заказов — {start}"),
    "from_sales": ("sales of {start}", "продажи на {start}"),
    "frozen_bonus": (
        "terms fixed: from {counted} on, a bonus of {amount}",
        "условия закреплены: с рубежа «{counted}» премия {amount}"),
    "frozen_rate": (
        "terms fixed: from {counted} on, {rate} for every order of the period, back to the first",
        "условия закреплены: с рубежа «{counted}» {rate} за все заказы периода, начиная с первого"),
    "line": ("{n}. noted {at}: {decision}", "{n}. записано {at}: {decision}"),
    "payable": ("payable on {day}", "к выплате с {day}"),
    "booked": ("booked {at}: {partner} {amount}", "начислено {at}: {partner} {amount}"),
    "nothing": ("nothing is booked", "ничего не начислено"),
}
# fmt: on
