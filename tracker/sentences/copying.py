"""Sentences of moving to another store: what was copied, what was not, what to do next."""

from __future__ import annotations

COPIED: dict[str, tuple[str, str]] = {
    "rows": ("{tab}: {count} rows", "{tab}: строк {count}"),
    "extra": (
        "column {cell} {shows}: yours, not copied; add it to the copy by hand",
        "столбец {cell} {shows}: ваш, не скопирован; добавьте его в копию сами",
    ),
    "formula": (
        "{cell}: a formula, copied as the text {shows}; type its value there",
        "{cell}: формула, скопирована текстом {shows}; впишите туда значение",
    ),
    "error": (
        "{cell}: shows an error, copied as the text {shows}; type there what belongs there",
        "{cell}: в ячейке ошибка, скопирована текстом {shows}; впишите туда нужное значение",
    ),
    "too_long": (
        "{cell}: too long for a cell of a workbook, not copied; shorten it there",
        "{cell}: слишком длинно для ячейки книги, не скопировано; сократите в исходной книге",
    ),
    "day": (
        "{cell}: a date in a column that is not for dates, copied as the text {shows}",
        "{cell}: дата в столбце не для дат, скопирована текстом {shows}",
    ),
    "more": ("and {count} more of these in {tab}", "и ещё {count} таких же на листе «{tab}»"),
    "nothing": ("nothing", "ничего"),
    "differ": (
        (
            "different, so keep working with the old book. The first difference is in {part}: the "
            "book says {source}, the copy says {copy}. Mend in the old book what the lines above "
            "name, then copy into a new one."
        ),
        (
            "различаются, поэтому работайте пока со старой книгой. Первое отличие в {part}: в "
            "книге {source}, в копии {copy}. Исправьте в старой книге то, что названо выше, и "
            "скопируйте в новую."
        ),
    ),
}

AFTER_COPY: dict[str, tuple[str, str]] = {
    "one_env": (
        "Next: in {new} set TRACKER_STORE={target}",
        "Дальше: в {new} укажите TRACKER_STORE={target}",
    ),
    "two_envs": (
        (
            "Next: copy the lines of {old} into {new}, TRACKER_SECRET above all, and set "
            "TRACKER_STORE={target} there"
        ),
        (
            "Дальше: перенесите строки из {old} в {new}, прежде всего TRACKER_SECRET, и укажите "
            "там TRACKER_STORE={target}"
        ),
    ),
    "then": (
        (
            "; the jobs in cron get that address too. Inbox and letters of the copy are in "
            "{state}: leave them there. Run `python -m tracker sync`, which makes the reports. "
            "Work in {source} no more: keep it as a backup, and let no job write it."
        ),
        (
            "; тот же адрес нужен заданиям cron. Входящие и письма копии лежат в {state}, пусть "
            "там и остаются. Запустите `python -m tracker sync`: он составит сводные листы. В "
            "{source} больше не работайте: сохраните как резервную копию, и пусть ни одно задание "
            "туда не пишет."
        ),
    ),
}

COPY_STOPS: dict[str, tuple[str, str]] = {
    "copy_same": (
        "{store} is the very book to copy. Name another one with --to.",
        "{store} — та самая книга, которую надо скопировать. Укажите в --to другую.",
    ),
    "copy_secret": (
        (
            "{path} has another TRACKER_SECRET than the book, and with it every known customer "
            "would be a stranger. Write the book's TRACKER_SECRET there, or start the command in "
            "another folder."
        ),
        (
            "В {path} другой TRACKER_SECRET, не тот, что у книги: с ним все известные покупатели "
            "станут чужими. Впишите туда TRACKER_SECRET книги или запустите команду в другой папке."
        ),
    ),
    "copy_busy": (
        "Another run keeps {store} busy, so nothing was copied. Run again when it has ended.",
        "Книга {store} занята другим запуском, ничего не скопировано. Дождитесь его и повторите.",
    ),
    "copy_target_used": (
        (
            "The book to copy into is in use already: its hidden tab _tracker knows a secret. "
            "Name a new, empty one with --to."
        ),
        (
            "Книгой, в которую надо скопировать, уже пользуются: её скрытый лист _tracker знает "
            "секрет. Укажите в --to новую, пустую."
        ),
    ),
    "copy_target_full": (
        (
            "The book to copy into must be empty, but row {row} of its tab {tab} is not of this "
            "copy. Delete such rows there, or name a new, empty book with --to."
        ),
        (
            "Книга, в которую надо скопировать, должна быть пустой, но на её листе «{tab}» "
            "строка {row} не из этой копии. Удалите там такие строки или укажите в --to новую, "
            "пустую книгу."
        ),
    ),
    "copy_state_full": (
        (
            "{path} holds what the book to copy does not know of, so nothing was copied. Name "
            "another folder in TRACKER_STATE, or move that file away if nobody needs it."
        ),
        (
            "В {path} есть то, чего копируемая книга не знает, поэтому ничего не скопировано. "
            "Укажите в TRACKER_STATE другую папку или уберите этот файл, если он никому не нужен."
        ),
    ),
}
