"""What is said about corrections of statements? Codes with (English, Russian)."""

from __future__ import annotations

REVISING_STOPS: dict[str, tuple[str, str]] = {
    "nothing_sealed": (
        (
            "Nothing is sealed of {partner}'s {month}, so there is nothing to correct. Look at it "
            "with: statements --month {month}, and mail it with: statements --month {month} --send"
        ),
        (
            "Отчёт {partner} за {month} ещё не закрыт, исправлять нечего. Посмотреть его: "
            "statements --month {month}, отправить: statements --month {month} --send"
        ),
    ),
    "correction_figures": (
        (
            "{partner}'s statement of {later} opens with what {month} closed with, so the figures "
            "of {month} stay as they were sent. Undo what was changed in its lines, and correct the "
            "money with a row in Adjustments: it stands in the next statement."
        ),
        (
            "Отчёт {partner} за {later} начинается с того, чем кончился {month}, поэтому цифры за "
            "{month} остаются как отправлены. Верните его строки, а деньги исправьте строкой в "
            "«Корректировках»: она войдёт в следующий отчёт."
        ),
    ),
    "correction_of_nothing": (
        (
            "{partner}'s statement of {month} would say again what it said: the same figures, "
            "reasons and address. Change what is wrong in the book first, or say why it goes "
            "again: --because TEXT"
        ),
        (
            "Отчёт {partner} за {month} повторил бы то же самое: те же цифры, причины и адрес. "
            "Сначала исправьте в книге то, что неверно, или скажите, почему он уходит ещё раз: "
            "--because ТЕКСТ"
        ),
    ),
    "correction_too_early": (
        (
            "{partner}'s statement of {month} is sealed and has not left, so it needs no "
            "correction: statements --month {month} --send mails it with today's address."
        ),
        (
            "Отчёт {partner} за {month} закрыт, но ещё не ушёл, исправлять его не нужно: "
            "statements --month {month} --send отправит его на сегодняшний адрес."
        ),
    ),
    "correction_doubtful": (
        "{partner}'s statement cannot be corrected before the book is mended. {why}",
        "Отчёт {partner} нельзя исправить, пока не исправлена книга. {why}",
    ),
    "correction_without_address": (
        "{partner} has no e-mail in the tab Partners. Type it there, then correct the statement.",
        "У {partner} нет почты на листе «Партнёры». Впишите её, затем исправляйте отчёт.",
    ),
    "correction_words": (
        "The words after --because are {given} characters long; {most} is the most. Shorten them.",
        "Текст после --because длиной {given} знаков, а можно не больше {most}. Сократите его.",
    ),
    "no_letters_kept": (
        (
            "The outbox keeps no letter of {month} that has left. It knows what was mailed from "
            "this machine: look there, or name another month with --month."
        ),
        (
            "В исходящих нет ни одного отправленного отчёта за {month}. Они помнят то, что ушло с "
            "этой машины: посмотрите на ней или назовите другой месяц через --month."
        ),
    ),
}

REVISING_SAID: dict[str, tuple[str, str]] = {
    "needless": (
        "Revision {revision} of {partner}'s statement of {month} says all this: nothing was sent.",
        "Редакция {revision} отчёта {partner} за {month} уже говорит всё это: ничего не отправлено.",
    ),
    "same_figures": (
        "the figures are the same as in revision {revision}",
        "цифры те же, что в редакции {revision}",
    ),
}
