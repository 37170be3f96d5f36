"""Sentences of `why` for how a customer came to an order, and what was asked to decide it."""

from __future__ import annotations

# fmt: off
TOUCHED: dict[str, tuple[str, str]] = {
    "path": ("how the customer came:", "как пришёл покупатель:"),
    "click": ("{at} click on a link of {partner} ({label})", "{at} клик по ссылке партнёра {partner} ({label})"),
    "call": ("{at} call for {partner} ({label})", "{at} звонок для партнёра {partner} ({label})"),
    "lead": ("{at} lead of {partner} ({label})", "{at} лид партнёра {partner} ({label})"),
    "help": ("{at} {partner} helped ({label})", "{at} помогал {partner} ({label})"),
    "ad": ("{at} advertisement {label}", "{at} реклама {label}"),
    "late": ("{at} click ({label}) after the order: does not count", "{at} клик ({label}) после заказа: не считается"),
    "ordered": ("{at} order with {codes}", "{at} заказ с {codes}"),
    "ordered_plainly": ("{at} order without a code", "{at} заказ без промокода"),
}

ASKED: dict[str, tuple[str, str]] = {
    "asked": ("what was looked at:", "на что смотрели:"),
    "yes": ("yes", "да"),
    "no": ("no", "нет"),
    "unsaid": ("the shop does not say", "магазин не сообщил"),
    "nobody": ("nobody", "ни за кем"),
    "none": ("none", "не было"),
    "all": ("all partners", "все партнёры"),
    "fact": ("{name}: {answer}", "{name}: {answer}"),
    "goods": ("goods as bought: {answer}", "товары при покупке: {answer}"),
    "room": (
        "fewer than {limit} paid orders with {codes} before: {answer}",
        "раньше оплаченных заказов с {codes} меньше {limit}: {answer}"),
    "customer_room": (
        "fewer than {limit} by this customer with {codes} since {since}: {answer}",
        "у этого покупателя с {codes} их меньше {limit} с {since}: {answer}"),
    "customer_room_ever": (
        "fewer than {limit} by this customer with {codes}: {answer}",
        "у этого покупателя с {codes} их меньше {limit}: {answer}"),
    "used_by_others": (
        "another customer used {codes} before: {answer}",
        "другой покупатель уже применял {codes}: {answer}"),
    "returning": ("the customer bought before: {answer}", "покупатель уже покупал: {answer}"),
    "earlier_with": (
        "fewer than {limit} orders of this customer with {partner} before: {answer}",
        "раньше заказов этого покупателя у партнёра {partner} меньше {limit}: {answer}"),
    "first_with": (
        "the customer's first order with {partner} before: {answer}",
        "первый заказ этого покупателя у партнёра {partner}: {answer}"),
    "bound": ("the customer is bound to: {answer}", "покупатель закреплён: {answer}"),
    "bound_to": ("{partner}, since {day}", "за партнёром {partner} с {day}"),
    "volume": (
        "{partner} before, {period}: orders {orders}, sales {sales}",
        "{partner} раньше, {period}: заказов {orders}, продаж на {sales}"),
    "earned_in_month": (
        "{partner} earned by earlier orders of the month: {answer}",
        "{partner}: вознаграждение за прежние заказы месяца {answer}"),
    "earned_by_customer": (
        "{partner} earned by earlier orders of the customer: {answer}",
        "{partner}: вознаграждение за прежние заказы покупателя {answer}"),
}

FACT_WORDS: dict[str, tuple[str, str]] = {
    "currency": ("currency", "валюта"),
    "city": ("city", "город"),
    "country": ("country", "страна"),
    "channel": ("channel", "канал"),
    "helper": ("manager who helped", "помогавший менеджер"),
}

PERIOD_WORDS: dict[str, tuple[str, str]] = {
    "ever": ("ever", "за всё время"),
    "month": ("in the month", "за месяц"),
    "quarter": ("in the quarter", "за квартал"),
    "year": ("in the year", "за год"),
}
