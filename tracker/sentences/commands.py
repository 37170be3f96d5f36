"""Sentences that commands print: what they looked at, and what comes next."""

from __future__ import annotations

# fmt: off
CHECKED = {
    "access": ("book: read whole, every heading in its place", "книга: прочитана, все заголовки на месте"),
    "ledger": (
        "ledger: {orders} orders, {lines} lines, {aside} set aside",
        "журнал: заказов {orders}, строк {lines}, отложено {aside}",
    ),
    "settings": ("settings: {count} cannot be read", "настройки: не читается {count}"),
    "log": ("order log: {log}", "журнал заказов: {log}"),
    "mail": ("mail: {mail}", "почта: {mail}"),
    "size": (
        "size: {lines} lines; a workbook gets slow above {advised}",
        "размер: строк {lines}; свыше {advised} книга работает медленно",
    ),
    "review": ("review: {count} wait for you in the tab {tab}", "разбор: ждут решения {count}, лист «{tab}»"),
    "problems": ("problems: {count}", "замечания: {count}"),
    "fine": ("nothing wants you", "всё в порядке"),
}

EXPLAINED = {
    "order": ("Order {about}", "Заказ {about}"),
    "placed": ("placed {at}, state {state}", "размещён {at}, состояние {state}"),
    "sums": (
        "total {total}, postage {shipping}, tax {tax}, discount {discount}",
        "итого {total}, доставка {shipping}, налог {tax}, скидка {discount}",
    ),
    "refund": ("refunded: goods {goods}, postage {shipping}", "возврат: товары {goods}, доставка {shipping}"),
    "codes": ("codes on it: {codes}", "промокоды: {codes}"),
    "none": ("none", "нет"),
    "line": ("{n}. noted {at}: {decision}", "{n}. записано {at}: {decision}"),
    "candidate": ("candidate {code} ({partner}): {why}", "кандидат {code} ({partner}): {why}"),
    "candidate_touch": ("candidate {kind} {code} of {at} ({partner}): {why}", "кандидат: {kind} {code} от {at} ({partner}): {why}"),
    "nobody": ("nobody", "никто"),
    "terms": (
        "terms fixed: {rate} of {rule}, payable on {payable_on}",
        "условия закреплены: {rate} от {rule}, к выплате с {payable_on}",
    ),
    "terms_sum": (
        "terms fixed: {rate}, payable on {payable_on}",
        "условия закреплены: {rate}, к выплате с {payable_on}",
    ),
    "booked": ("booked {at}: {partner} {amount} ({kind})", "начислено {at}: {partner} {amount} ({kind})"),
    "nothing": ("nothing is booked", "ничего не начислено"),
    "aside": (
        "set aside: its lines in the Journal do not hold together (see Problems)",
        "отложен: его строки в журнале не сходятся (см. «Замечания»)",
    ),
}

WORDS = {
    "waiting": "ждёт заказа", "pending": "ожидает оплаты", "paid": "оплачен",
    "refunded": "возвращён", "cancelled": "отменён",
    "sale": "продажа", "clawback": "удержание", "adjustment": "корректировка", "lead": "лид",
    "bonus": "бонус", "level": "за приведённого партнёра", "payout": "выплата",
    "payout_return": "возврат выплаты",
    "click": "клик", "call": "звонок", "ad": "реклама", "bound": "закрепление",
}
"""Words of the ledgers, which stand in English there, for a Russian reader of `why`."""

BASE_WORDS = {
    "goods": "товаров", "before_discount": "товаров до скидки",
    "with_shipping": "товаров с доставкой", "paid": "всей оплаты",
}
"""What a percent is taken from, after «от»."""

AFTER_INIT = (
    "Next: fill in Partners and Codes in {store}, set TRACKER_ORDER_LOG, and run: python -m tracker sync",
    "Дальше: заполните листы «Партнёры» и «Промокоды» в {store}, задайте TRACKER_ORDER_LOG и запустите: python -m tracker sync",
)

PROBLEM_WAITS = (
    "1 problem waits in the tab Problems; `python -m tracker check` names it.",
    "На листе «Замечания» одно замечание; `python -m tracker check` назовёт его.",
)
PROBLEMS_WAIT = (
    "{count} problems wait in the tab Problems; `python -m tracker check` names them.",
    "Замечаний на листе «Замечания»: {count}; `python -m tracker check` назовёт каждое.",
)

REVIEW_WAITS = (
    "Waiting for you in the tab Review: {count}; `python -m tracker check` names each.",
    "Ждут вас на листе «Разбор»: {count}; `python -m tracker check` назовёт каждое.",
)

ANOTHER_RUN = (
    "Another run has the book; nothing was done.",
    "Книга занята другим запуском; ничего не сделано.",
)

NO_STATEMENTS = (
    "There is no statement of {month}: nobody had lines, and no active partner was known by its end.",
    "Отчётов за {month} нет: ни у кого не было строк, и активных партнёров к концу месяца не было.",
)

CARRIED = ("{partner} {amount} {currency}: carried over, the minimum is not reached",
            "{partner} {amount} {currency}: переносится, минимум не набран")
BLOCKED = ("{partner}: waits, the fate of a payout is unknown",
            "{partner}: ждёт, судьба выплаты неизвестна")
# fmt: on
