"""Sentences for restrictions of codes: why an order does not count, and what a cell should hold."""

from __future__ import annotations

# fmt: off
RESTRICTION_REASONS: dict[str, tuple[str, str]] = {
    # when
    "code_weekday": (
        "Code {code} of {partner} does not count on the weekday of {day}.",
        "Промокод {code} партнёра {partner} не действует в тот день недели, на который пришлось {day}."),
    "code_hours": (
        "Code {code} of {partner} counts at {hours}; the order was placed at {at}.",
        "Промокод {code} партнёра {partner} действует в часы {hours}; заказ оформлен в {at}."),
    "code_except_date": (
        "Code {code} of {partner} does not count on {day}: the date is excepted.",
        "Промокод {code} партнёра {partner} не действует {day}: эта дата исключена."),
    # what
    "code_min_order": (
        "Code {code} of {partner} counts from {least} on; the goods came to {goods}.",
        "Промокод {code} партнёра {partner} действует от {least}; товаров в заказе на {goods}."),
    "code_min_above": (
        "Code {code} of {partner} counts above {least}; the goods came to {goods}.",
        "Промокод {code} партнёра {partner} действует, когда товаров больше чем на {least}; в заказе на {goods}."),
    "code_max_order": (
        "Code {code} of {partner} counts up to {most}; the goods came to {goods}.",
        "Промокод {code} партнёра {partner} действует до {most}; товаров в заказе на {goods}."),
    "code_products_in": (
        "Code {code} of {partner} is for {products}; nothing of that is on the order.",
        "Промокод {code} партнёра {partner} только для: {products}; в заказе ничего из этого нет."),
    "code_products_out": (
        "Code {code} of {partner} is not for {products}; there is nothing else on the order.",
        "Промокод {code} партнёра {partner} не для: {products}; другого в заказе нет."),
    "code_stacks": (
        "Code {code} of {partner} does not count beside another code, and the order has {other} too.",
        "Промокод {code} партнёра {partner} не действует вместе с другими, а в заказе есть и {other}."),
    # where
    "code_region": (
        "Code {code} of {partner} counts in {regions}; the order came from {place}.",
        "Промокод {code} партнёра {partner} действует в регионах: {regions}; заказ — {place}."),
    "code_channel": (
        "Code {code} of {partner} counts for orders by {channels}; this one came by {channel}.",
        "Промокод {code} партнёра {partner} действует для каналов: {channels}; заказ пришёл через {channel}."),
    # who, and how often
    "code_new_only": (
        "Code {code} of {partner} is for new customers, and this one had bought before.",
        "Промокод {code} партнёра {partner} — для новых покупателей, а этот уже покупал раньше."),
    "code_personal": (
        "Code {code} of {partner} is personal, and another customer bought with it first.",
        "Промокод {code} партнёра {partner} — личный, и первым с ним купил другой покупатель."),
    "code_serial_used": (
        "Code {code} of {partner} is good for one order and had been used.",
        "Промокод {code} партнёра {partner} — на один заказ и уже был использован."),
    "code_used_up": (
        "Code {code} of {partner} had been used up: the limit is {limit}.",
        "Промокод {code} партнёра {partner} уже был израсходован: предел применений — {limit}."),
    "code_customer_ever": (
        "The customer had used code {code} of {partner} up: the limit is {limit} a customer.",
        "Покупатель уже израсходовал промокод {code} партнёра {partner}: предел на покупателя — {limit}."),
    "code_customer_day": (
        "The customer had used code {code} of {partner} up for that day: the limit is {limit}.",
        "Покупатель уже израсходовал промокод {code} партнёра {partner} на тот день: предел — {limit}."),
    "code_customer_week": (
        "The customer had used code {code} of {partner} up for that week: the limit is {limit}.",
        "Покупатель уже израсходовал промокод {code} партнёра {partner} на ту неделю: предел — {limit}."),
    "code_customer_month": (
        "The customer had used code {code} of {partner} up for that month: the limit is {limit}.",
        "Покупатель уже израсходовал промокод {code} партнёра {partner} на тот месяц: предел — {limit}."),
    "code_customer_quarter": (
        "The customer had used code {code} of {partner} up for that quarter: the limit is {limit}.",
        "Покупатель уже израсходовал промокод {code} партнёра {partner} на тот квартал: предел — {limit}."),
    "code_customer_year": (
        "The customer had used code {code} of {partner} up for that year: the limit is {limit}.",
        "Покупатель уже израсходовал промокод {code} партнёра {partner} на тот год: предел — {limit}."),
    "pay_for_first": (
        "{partner} is paid for the first order of a customer, and this one had bought from him before.",
        "Партнёру {partner} платят за первый заказ покупателя, а этот уже покупал через него раньше."),
    "pay_for_orders": (
        "{partner} is paid for a customer's first orders, {limit} at most, and this customer had placed as many before.",
        "Партнёру {partner} платят за первые заказы покупателя, не больше {limit}, и столько у этого покупателя уже было."),
    "pay_for_months": (
        "{partner} is paid for a customer's orders of his first months, {limit} in all; they began on {first} and were over.",
        "Партнёру {partner} платят за заказы первых месяцев покупателя, всего {limit}; они начались {first} и к этому заказу прошли."),
    # what the shop does not say
    "region_unknown": (
        "Code {code} of {partner} counts in {regions}, and the shop does not say where the order came from; the owner decides.",
        "Промокод {code} партнёра {partner} действует в регионах: {regions}, а откуда заказ, магазин не сообщил; решает владелец."),
    "channel_unknown": (
        "Code {code} of {partner} counts for orders by {channels}, and the shop does not say how this one came; the owner decides.",
        "Промокод {code} партнёра {partner} действует для каналов: {channels}, а откуда пришёл заказ, магазин не сообщил; решает владелец."),
    "items_unknown": (
        "Code {code} of {partner} asks for the products ({products}), and the shop does not list them; the owner decides.",
        "Промокод {code} партнёра {partner} зависит от товаров ({products}), а их списка магазин не прислал; решает владелец."),
    "customer_unknown": (
        "What {partner} earns depends on who the customer is, and the order names no e-mail, phone or number of his; the owner decides.",
        "Вознаграждение партнёра {partner} зависит от того, кто покупатель, а в заказе нет ни почты, ни телефона, ни номера покупателя; решает владелец."),
    "order_currency_other": (
        "Code {code} of {partner} has a limit in {currency}, and the order is in {other}; the owner decides.",
        "У промокода {code} партнёра {partner} есть предел в {currency}, а заказ в {other}; решает владелец."),
    "remedy_region_unknown": (
        "In Decisions: pay or refuse. Have the shop send the city or country with its orders.",
        "На листе «Решения»: платить или отказать. Пусть магазин присылает с заказом город или страну."),
    "remedy_channel_unknown": (
        "In Decisions: pay or refuse. Have the shop send the channel with its orders.",
        "На листе «Решения»: платить или отказать. Пусть магазин присылает с заказом канал."),
    "remedy_items_unknown": (
        "In Decisions: pay or refuse. Have the shop send the lines of its orders.",
        "На листе «Решения»: платить или отказать. Пусть магазин присылает с заказом список товаров."),
    "remedy_customer_unknown": (
        "In Decisions: pay or refuse. Have the shop send an e-mail, phone or customer number.",
        "На листе «Решения»: платить или отказать. Пусть магазин присылает почту, телефон или номер покупателя."),
    "remedy_order_currency_other": (
        "In Decisions: pay or refuse, after working the sum out in the programme's currency.",
        "На листе «Решения»: платить или отказать, пересчитав сумму в валюту программы."),
}

RESTRICTION_PROBLEMS: dict[str, tuple[str, str]] = {
    "list_unreadable": (
        "“{shown}” in {column} names nothing. Type words with commas between them, or empty the cell.",
        "В «{shown}» (столбец {column}) ничего не названо. Впишите слова через запятую или очистите ячейку."),
    "weekdays_unreadable": (
        "“{shown}” in {column} is no weekday. Type Mon-Fri, or Sat,Sun.",
        "«{shown}» в столбце {column} — не день недели. Впишите Пн-Пт или Сб,Вс."),
    "hours_unreadable": (
        "“{shown}” in {column} is no range of hours. Type 10:00-18:00; over midnight 22:00-02:00.",
        "«{shown}» в столбце {column} — не промежуток времени. Впишите 10:00-18:00, через полночь — 22:00-02:00."),
    "dates_unreadable": (
        "“{shown}” in {column} is no day and no span of days. Type 2026-12-31, or 2026-03-06..2026-03-09.",
        "«{shown}» в столбце {column} — не день и не промежуток дней. Впишите 31.12.2026 или 06.03.2026..09.03.2026."),
    "min_above_max": (
        "In the row “{key}” no order can fit: min_order is above max_order. Mend one of the two.",
        "В строке «{key}» не подойдёт ни один заказ: «заказ от» больше, чем «заказ до». Исправьте одно из двух."),
    "variant_unknown": (
        "variant_of names “{shown}”, and Codes has no row of that code that can be read. Mend the name, or that row.",
        "В столбце «вариант кода» стоит «{shown}», а читаемой строки такого промокода на листе «Промокоды» нет. Исправьте название или ту строку."),
    "variant_of_variant": (
        "variant_of names “{shown}”, which is itself a variant. Name the main code.",
        "В столбце «вариант кода» стоит «{shown}», а это и само вариант. Укажите основной промокод."),
    "variants_too_many": (
        "“{shown}” has more than {high} variants. Give each code of a large batch its partner_id instead.",
        "У «{shown}» больше {high} вариантов. Кодам большой партии лучше вписать партнёра каждому."),
    "variant_never": (
        "“{key}” is valid on no day on which “{shown}” is. Mend the dates of one of the two.",
        "«{key}» не действует ни в один из дней, когда действует «{shown}». Исправьте даты одного из двух."),
}
# fmt: on
