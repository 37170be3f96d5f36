"""Why was a workbook written whole by openpyxl, and not only the tabs that a run changes?"""

from __future__ import annotations

_EN = (
    "{name} was written whole this time, because WHY. What openpyxl does not know (sparklines, "
    "shapes, slicers) is gone from it; the day’s first copy lies in the folder backups. Open the book "
    "in Excel or LibreOffice and save it there once: then only rows are added, and the rest is "
    "left alone."
)
_RU = (
    "{name}: в этот раз книга записана целиком, потому что WHY. То, чего не знает openpyxl "
    "(спарклайны, фигуры, срезы), из неё пропало; первая за день копия лежит в папке backups. "
    "Откройте книгу в Excel или LibreOffice и один раз сохраните: тогда строки будут только "
    "дописываться, а остальное не изменится."
)

_WHY = {
    "zip": (
        "its zip is not laid out as spreadsheet programs do it",
        "её zip устроен не так, как у табличных программ",
    ),
    "part_missing": (
        "the part “{where}” is not where its list says",
        "часть «{where}» лежит не там, где сказано в её списке",
    ),
    "encoding": ("“{where}” is not written in UTF-8", "«{where}» записан не в UTF-8"),
    "xml": (
        "the XML of “{where}” is unlike that of any spreadsheet program we know",
        "XML в «{where}» не похож на XML известных нам табличных программ",
    ),
    "comments": (
        "between the rows of “{where}” stand comments of XML",
        "между строками листа «{where}» стоят комментарии XML",
    ),
    "order": (
        "rows or cells of “{where}” are not in their order",
        "строки или ячейки листа «{where}» стоят не по порядку",
    ),
    "formula": (
        "a formula in “{where}” is of a kind that we do not take apart",
        "на листе «{where}» есть формула, которую мы не разбираем",
    ),
    "styles": (
        "its list of cell styles is incomplete",
        "её список стилей ячеек неполон",
    ),
    "texts": (
        "a text of “{where}” is missing in the book’s list of texts",
        "текста с листа «{where}» нет в общем списке текстов книги",
    ),
    "table": (
        "rows would have landed in the totals of a table in “{where}”",
        "строки попали бы в итоги таблицы на листе «{where}»",
    ),
    "full": ("“{where}” is full", "лист «{where}» полон"),
}

UNFIT: dict[str, tuple[str, str]] = {
    f"unfit_{code}": (
        _EN.replace("WHY", english),
        _RU.replace("WHY", russian),
    )
    for code, (english, russian) in _WHY.items()
}
