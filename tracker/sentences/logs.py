"""What is wrong with a line of an order log? Each sentence with its remedy."""

from __future__ import annotations

LOG_PROBLEMS: dict[str, tuple[str, str]] = {
    "log_line_not_json": (
        (
            "{where} is not one whole JSON object in UTF-8, or a key stands in it twice. It is "
            "kept in the inbox; write the line again as one JSON object with a new line at its "
            "end."
        ),
        (
            "{where} — это не один целый объект JSON в UTF-8, или ключ в нём повторяется. Строка "
            "сохранена; запишите её заново одним объектом JSON с переводом строки в конце."
        ),
    ),
    "log_line_too_long": (
        (
            "{where} is longer than 1 MiB. Its beginning is kept in the inbox; write one "
            "delivery a line."
        ),
        "{where} длиннее 1 МиБ. Её начало сохранено; пишите по одной доставке в строке.",
    ),
    "log_line_field": (
        (
            "{where} has no usable `{field}`. It is kept in the inbox; write the line again with "
            "`delivery_id`, `received_at`, `source` and `body` (text or an object)."
        ),
        (
            "{where}: нет поля `{field}` или его нельзя прочитать. Строка сохранена; запишите её "
            "заново с полями `delivery_id`, `received_at`, `source` и `body` (текст или объект)."
        ),
    ),
    "log_line_time": (
        (
            "{where} has no usable `received_at`. It is kept in the inbox; write the line again "
            "with a time such as 2026-10-07T12:00:00+03:00, offset included."
        ),
        (
            "{where}: `received_at` не читается. Строка сохранена; запишите её заново со "
            "временем вида 2026-10-07T12:00:00+03:00, обязательно со сдвигом пояса."
        ),
    ),
    "log_cell_not_text": (
        (
            "`{column}` of this row holds {shown}, which is no text. Type it as plain text; the "
            "row is read at the next sync."
        ),
        (
            "В столбце {column} этой строки стоит {shown}, а это не текст. Введите обычный "
            "текст, и строка прочитается при следующей синхронизации."
        ),
    ),
    "log_source_missing": (
        (
            "This row does not say which shop it is from. Fill `source` in: generic, shopify or "
            "woocommerce."
        ),
        "В этой строке не указан магазин. Заполните `source`: generic, shopify или woocommerce.",
    ),
    "log_time_unreadable": (
        (
            "`received_at` of this row is {shown}, which is no time that can be read without "
            "guessing. Write it as 2026-10-07 12:00:00."
        ),
        (
            "`received_at` этой строки — «{shown}»: такое время нельзя прочитать, не гадая. "
            "Запишите его в виде 2026-10-07 12:00:00."
        ),
    ),
    "log_time_missing": (
        "This row has no `received_at`. Write when it came, as 2026-10-07 12:00:00.",
        "В этой строке нет `received_at`. Впишите, когда она пришла, в виде 2026-10-07 12:00:00.",
    ),
    "log_body_missing": (
        "This row has no `body`. Send the order's JSON to this column, or delete the row.",
        "В этой строке нет `body`. Направьте в этот столбец JSON заказа или удалите строку.",
    ),
    "log_body_not_text": (
        (
            "`body` of this row became {shown}, a number, date or formula instead of text. "
            "Format the column as plain text and send the order again."
        ),
        (
            "`body` этой строки превратилось в {shown}: число, дату или формулу вместо текста. "
            "Задайте столбцу формат «Текст» и отправьте заказ ещё раз."
        ),
    ),
}
