"""Sentences for what ends a run that writes letters: templates and words that cannot be used."""

from __future__ import annotations

# fmt: off
LETTER_STOPS: dict[str, tuple[str, str]] = {
    "templates_missing": (
        "The folder of your own letters, {folder}, is not there; no letter was made. Put it back, or take TRACKER_TEMPLATES out of .env to write with ours.",
        "Папки с вашими письмами {folder} нет; ни одного письма не сделано. Верните её на место или уберите TRACKER_TEMPLATES из .env, чтобы писать нашими."),
    "template_broken": (
        "The letter's template {file} cannot be filled in, line {line}: {why}. No letter was made with it. Mend the line, or delete the file to write with ours.",
        "Шаблон письма {file} не заполняется, строка {line}: {why}. Письмо не сделано. Исправьте эту строку или удалите файл, чтобы писать нашим шаблоном."),
    "template_too_long": (
        "The letter's template {file} wrote more than {limit} characters and was stopped; no letter was made with it. Look for what it repeats.",
        "Шаблон письма {file} написал больше {limit} знаков и был остановлен; письмо не сделано. Посмотрите, что в нём повторяется."),
    "template_empty": (
        "The letter's template {file} writes nothing, and a letter needs this part; no letter was made with it. Fill it in, or delete the file to write with ours.",
        "Шаблон письма {file} ничего не пишет, а без этой части письма нет; письмо не сделано. Заполните его или удалите файл, чтобы писать нашим."),
    "words_unreadable": (
        "The words of letters in {file} cannot be read: {why}. No letter was made with them. Mend the line, or delete it to say this in English.",
        "Слова для писем в файле {file} не читаются: {why}. Письмо не сделано. Исправьте эту строку или удалите её, чтобы сказать это по-английски."),
}
# fmt: on
