"""What does Google Sheets say beside a cell or before a change? Helps that stay in the sheet."""

from __future__ import annotations

HELPS: dict[str, tuple[str, str]] = {
    "amount": (
        "A sum, such as 1500. If the sheet made a date of it, type it anew with this sheet's decimal sign: under Russian or German settings that is a comma.",
        "Сумма, например 1500. Если таблица сделала из неё дату, введите сумму заново с десятичным знаком этой таблицы: при российских настройках это запятая.",
    ),
    "check_colour": (
        "A red cell: the row could not be used. The tab {tab} says why and what to do.",
        "Красная ячейка: строку не удалось использовать. Почему и что делать, сказано на листе «{tab}».",
    ),
    "ledger": (
        "The program writes here. A line changed by hand does not change what it stands for: the tab Problems will name it.",
        "Сюда пишет программа. Правка вручную ничего не пересчитает: строка попадёт в «Замечания».",
    ),
    "ledger_filled": (
        "The program writes here; you fill in these columns only: {columns}.",
        "Сюда пишет программа; вы заполняете только столбцы: {columns}.",
    ),
    "report": (
        "The program rewrites this tab whole: what is typed here will be gone.",
        "Программа переписывает этот лист целиком: введённое здесь пропадёт.",
    ),
}


def help_of(what: str, language: str, **values: str) -> str:
    """Give one help, in Russian for `ru`, else in English."""
    return HELPS[what][1 if language == "ru" else 0].format_map(values)
