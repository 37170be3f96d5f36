"""How does `init` say what it added to a book?"""

from __future__ import annotations

ADDED: dict[str, tuple[str, str]] = {
    "book": ("Made the book {path}.", "Создана книга {path}."),
    "sheet": (
        "Laid out the spreadsheet “{title}”: {tabs} tabs, with notes at their headings.",
        "Таблица «{title}» размечена: листов {tabs}, у заголовков примечания.",
    ),
    "tab": ("Added the tab {tab}.", "Добавлен лист «{tab}»."),
    "heading": (
        "Added the column {heading} at the right end of the tab {tab}.",
        "На листе «{tab}» справа добавлен столбец «{heading}».",
    ),
    "chart": (
        "Drew the chart “{chart}” on the tab {tab}.",
        "На листе «{tab}» построена диаграмма «{chart}».",
    ),
    "setting": (
        "Added the setting {setting} with its usual value.",
        "Добавлена настройка {setting} с обычным значением.",
    ),
    "plain": (
        "Google refused a decoration ({says}), so charts, colours, drop-downs and warnings were left out; everything else is there. Please report this sentence.",
        "Google отказал в оформлении ({says}), поэтому диаграммы, цвета, списки и предупреждения пропущены; всё остальное на месте. Сообщите, пожалуйста, эту фразу разработчикам.",
    ),
    "hidden": (
        "Added the hidden tab {tab}, in which the program counts its commits.",
        "Добавлен скрытый лист {tab}: в нём программа считает свои записи.",
    ),
}


def added(what: str, language: str, **values: str) -> str:
    """Say one thing that was added, in Russian for `ru`, else in English."""
    return ADDED[what][1 if language == "ru" else 0].format_map(values)
