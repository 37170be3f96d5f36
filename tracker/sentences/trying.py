"""Sentences for `rules` and `simulate`."""

from __future__ import annotations

# fmt: off
TRY_STOPS: dict[str, tuple[str, str]] = {
    "terms_unreadable": (
        "These settings or tabs cannot be read, so nothing is known of the terms: {keys}. The tab Problems names each cell; mend them and start again.",
        "Эти настройки или листы не читаются, поэтому условия неизвестны: {keys}. Каждая ячейка названа в «Замечаниях»; исправьте их и запустите снова.",
    ),
    "terms_partner_unknown": (
        "There is no partner {partner} in Partners. Perhaps you mean {like}.",
        "На листе «Партнёры» нет партнёра {partner}. Возможно, это {like}.",
    ),
    "terms_file_kind": (
        "A page of terms is Markdown or HTML; name {path} with the ending .md or .html.",
        "Страница условий бывает Markdown или HTML: назовите файл {path} с окончанием .md или .html.",
    ),
    "try_not_a_change": (
        "“{typed}” changes nothing. Write --set rate=12%, --set partner.ivan.rate=20% or --set code.IVAN01.rate=15%.",
        "«{typed}» ничего не меняет. Пишите --set rate=12%, --set partner.ivan.rate=20% или --set code.IVAN01.rate=15%.",
    ),
    "try_setting_unknown": (
        "There is no setting {key}. Perhaps you mean {like}; sheets_layout.md lists them all.",
        "Настройки {key} нет. Возможно, это {like}; все они перечислены в sheets_layout.md.",
    ),
    "try_setting_idle": (
        "The setting {key} changes no commission of an order, so there is nothing to try.",
        "Настройка {key} не меняет вознаграждение за заказы, поэтому пробовать нечего.",
    ),
    "try_column_unknown": (
        "{typed}: the tab {tab} has no such column. Perhaps you mean {like}.",
        "{typed}: на листе {tab} нет такого столбца. Возможно, это {like}.",
    ),
    "try_row_unknown": (
        "{typed}: the tab {tab} has no such row. Perhaps you mean {like}.",
        "{typed}: на листе {tab} нет такой строки. Возможно, это {like}.",
    ),
    "try_value": ("{typed}: {says}", "{typed}: {says}"),
    "try_days_backwards": (
        "--from {first} is after --to {last}; swap them.",
        "--from {first} позже, чем --to {last}; поменяйте их местами.",
    ),
    "try_file_kind": (
        "A workbook ends with .xlsx; name {path} so.",
        "Файл книги заканчивается на .xlsx: назовите {path} так.",
    ),
}

TRY_SAID: dict[str, tuple[str, str]] = {
    "tried": ("Tried: {changes}", "Проба: {changes}"),
    "orders_of": (
        "Orders placed in {span}: {count}. Nothing is written to the book.",
        "Заказов за {span}: {count}. В книгу ничего не записано.",
    ),
    "orders_all": (
        "Orders in the Journal: {count}. Nothing is written to the book.",
        "Заказов в журнале: {count}. В книгу ничего не записано.",
    ),
    "frozen": (
        "As booked and as now differ by {sum}: orders keep the terms they were booked with.",
        "«Начислено» и «сейчас» расходятся на {sum}: заказы сохраняют условия, с которыми были начислены.",
    ),
    "same": ("The change moves no money and no order.", "Проба не меняет ни сумм, ни заказов."),
    "moved": (
        "Orders that change hands or reason: {count:order|orders}",
        "Заказы, у которых сменился партнёр или основание: {count}",
    ),
    "goals": (
        "Goals that change: {count:goal|goals}",
        "Цели, которые изменились: {count}",
    ),
    "goal_not_tried": ("As tried it is not reached.", "В пробе она не достигнута."),
    "kind_goal": ("a goal", "цель"),
    "moved_more": (
        "and {count} more: --csv FILE or --book FILE.xlsx lists them all",
        "и ещё {count}: все — в --csv FILE или --book FILE.xlsx",
    ),
    "nobody": ("nobody", "никто"),
    "total": ("total", "итого"),
    "comparison": ("Comparison", "Сравнение"),
    "orders": ("Orders", "Заказы"),
    "kind_lost": ("no longer counted", "больше не засчитан"),
    "kind_won": ("newly counted", "теперь засчитан"),
    "kind_hands": ("another partner", "другой партнёр"),
    "kind_reason": ("another reason", "другое основание"),
    "kind_sum": ("another sum", "другая сумма"),
}

TRY_HEADINGS: dict[str, tuple[str, str]] = {
    "partner_id": ("partner", "партнёр"),
    "currency": ("currency", "валюта"),
    "orders_now": ("orders now", "заказов сейчас"),
    "orders_tried": ("orders tried", "заказов в пробе"),
    "booked": ("as booked", "начислено"),
    "now": ("as now", "сейчас"),
    "tried": ("as tried", "в пробе"),
    "difference": ("difference", "разница"),
}

MOVED_HEADINGS: dict[str, tuple[str, str]] = {
    "order": ("order", "заказ"),
    "day": ("placed", "оформлен"),
    "what": ("what changes", "что меняется"),
    "partner_now": ("partner now", "партнёр сейчас"),
    "partner_tried": ("partner tried", "партнёр в пробе"),
    "currency": ("currency", "валюта"),
    "now": ("as now", "сейчас"),
    "tried": ("as tried", "в пробе"),
    "difference": ("difference", "разница"),
    "why_now": ("reason now", "основание сейчас"),
    "why_tried": ("reason tried", "основание в пробе"),
}
# fmt: on
