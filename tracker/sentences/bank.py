"""What is said about bank statements that are read? Codes with (English, Russian)."""

from __future__ import annotations

# fmt: off
BANK_PROBLEMS: dict[str, tuple[str, str]] = {
    "bank_several": (
        "Line {line} names several payouts ({payout}), so its sum is of none of them. Type their dates into the column paid_on.",
        "Строка {line} называет несколько выплат ({payout}), и её сумма не относится ни к одной. Впишите их даты в столбец «оплачена» сами."),
    "bank_unknown_id": (
        "Line {line} names the payout {payout}, which is not in this book. Look whether the file belongs to another book.",
        "Строка {line} называет выплату {payout}, которой нет в этой книге. Посмотрите, не из другой ли книги этот платёж."),
    "bank_came_back": (
        "Line {line}: money of the payout {payout} ({amount}) seems to have come back. If it did, type returned as its result in Payouts.",
        "Строка {line}: деньги по выплате {payout} ({amount}), похоже, вернулись. Если это так, поставьте ей на листе «Выплаты» итог «возвращено»."),
    "bank_undone": (
        "Line {line}: the bank has not carried out the payout {payout} ({amount}). Import the statement again once it has; if it was paid all the same, type its date into paid_on.",
        "Строка {line}: банк не исполнил выплату {payout} ({amount}). Загрузите выписку ещё раз, когда исполнит; если она всё же оплачена, впишите дату в столбец «оплачена»."),
    "bank_amount": (
        "Line {line}: the payout {payout} is {amount}, and the bank says {shown}. If it was paid, type its date into paid_on and book the difference as an adjustment.",
        "Строка {line}: выплата {payout} — {amount}, а в банке {shown}. Если она оплачена, впишите дату в столбец «оплачена», а разницу проведите корректировкой."),
    "bank_currency": (
        "Line {line}: the payout {payout} is {amount}, and the bank says {shown}, which is another currency or none we know. If it was paid, type its date into paid_on.",
        "Строка {line}: выплата {payout} — {amount}, а в банке {shown}: это другая валюта или непонятное слово. Если она оплачена, впишите дату в столбец «оплачена»."),
    "bank_date": (
        "Line {line}: the day of the payout {payout} cannot be read ({shown}). Type its date into paid_on.",
        "Строка {line}: не читается день выплаты {payout} ({shown}). Впишите дату в столбец «оплачена»."),
    "bank_day_odd": (
        "Line {line}: the payout {payout} cannot have been paid on {shown}: that is before it was proposed, or still to come. Type its date into paid_on.",
        "Строка {line}: выплату {payout} не могли оплатить {shown}: это раньше, чем её предложили, или ещё впереди. Впишите дату в столбец «оплачена»."),
    "bank_twice": (
        "Line {line}: the payout {payout} ({amount}) stands in line {other} too: these look like two payments of one payout. Ask the bank whether it was paid twice.",
        "Строка {line}: выплата {payout} ({amount}) есть и в строке {other}: похоже на два платежа за одну выплату. Узнайте в банке, не оплачена ли она дважды."),
    "bank_paid_again": (
        "Line {line}: the payout {payout} ({amount}) was paid already by an earlier bank statement ({noted}). Ask the bank whether it was paid twice.",
        "Строка {line}: выплата {payout} ({amount}) уже оплачена по прежней выписке ({noted}). Узнайте в банке, не оплачена ли она дважды."),
    "bank_freed": (
        "Line {line}: the bank paid {payout} ({amount}), which is void or returned in Payouts. If the money did leave, clear its result, and type void for the payout that has its lines now.",
        "Строка {line}: банк оплатил {payout} ({amount}), а на листе «Выплаты» она аннулирована или возвращена. Если деньги ушли, очистите её итог и аннулируйте выплату, в которой её строки теперь."),
    "bank_still_contradicted": (
        "Line {line}: the bank paid {payout} ({amount}), and its cells result and paid_on in Payouts contradict each other, so it does not count as paid. Clear the wrong one.",
        "Строка {line}: банк оплатил {payout} ({amount}), но на листе «Выплаты» её «итог» и «оплачена» противоречат друг другу, и оплаченной она не считается. Очистите лишнюю ячейку."),
    "bank_still_unreadable": (
        "Line {line}: the bank paid {payout} ({amount}), but its row in Payouts is not there or cannot be read, so it does not count as paid. Put right what Problems says of it.",
        "Строка {line}: банк оплатил {payout} ({amount}), но её строки на листе «Выплаты» нет или она не читается, и оплаченной она не считается. Исправьте то, что о ней сказано на листе «Замечания»."),
    "bank_still_unknown": (
        "Line {line}: the bank paid {payout} ({amount}), whose result is unknown in Payouts. Clear that cell, and it counts as paid.",
        "Строка {line}: банк оплатил {payout} ({amount}), а на листе «Выплаты» её итог «неизвестно». Очистите эту ячейку, и она будет считаться оплаченной."),
}

BANK_STOPS: dict[str, tuple[str, str]] = {
    "bank_file_unreadable": (
        "The file {path} cannot be read ({why}). Look at its name and place.",
        "Файл {path} не читается ({why}). Проверьте имя и папку."),
    "bank_file_large": (
        "The file {path} is larger than 20 MB. Export a shorter time from the bank.",
        "Файл {path} больше 20 МБ. Выгрузите из банка период покороче."),
    "bank_file_kind": (
        "The file {path} is no text. Export the statement from the bank as CSV, or for 1C.",
        "Файл {path} — не текст. Выгрузите выписку из банка в CSV или для 1С."),
    "bank_file_torn": (
        "The file {path} is no CSV from line {line} on. Export it from the bank again.",
        "Файл {path} со строки {line} — не CSV. Выгрузите его из банка ещё раз."),
    "bank_file_nothing": (
        "The file {path} has no day and no sum in it. Export the bank's statement as CSV with its headings, or for 1C.",
        "В файле {path} не нашлось ни дня, ни суммы. Выгрузите выписку из банка в CSV с заголовками или для 1С."),
    "bank_file_own": (
        "The file {path} is a list of payouts that was made here, and no word of the bank. Import the bank's statement.",
        "Файл {path} — список выплат, сделанный здесь, а не слово банка. Загрузите выписку из банка."),
}

BANK_SAID: dict[str, tuple[str, str]] = {
    "paid": (
        "{payout} {partner} {amount} {currency}: paid on {on} {reference}",
        "{payout} {partner} {amount} {currency}: оплачена {on} {reference}"),
    "known": (
        "{payout} {partner} {amount} {currency}: was paid already",
        "{payout} {partner} {amount} {currency}: уже была оплачена"),
    "reference": ("(no. {number})", "(№ {number})"),
}
# fmt: on
