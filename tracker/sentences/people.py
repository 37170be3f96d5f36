"""Sentences about people's data: what goes, what stays and why, and what the owner has to do."""

from __future__ import annotations

# fmt: off
PEOPLE: dict[str, tuple[str, str]] = {
    "dry": (
        "Nothing was changed. Add --yes to do it.",
        "Ничего не изменено. Чтобы выполнить, добавьте --yes.",
    ),
    "tidy_left": (
        "{count} cells of closed leads show what an open lead shows too, and stay until that is closed.",
        "Ячеек закрытых лидов, в которых то же, что у открытого: {count}; они останутся, пока он не закрыт.",
    ),
    "clear": (
        "{place}: other rows of this column show the same, or it is no text. Clear this cell yourself.",
        "{place}: в этом столбце так же заполнены и другие строки, или это не текст. Очистите ячейку сами.",
    ),
    "type": (
        "{place}: this cell is empty, is no text, or shows what other rows show too. Type {by} into it yourself.",
        "{place}: ячейка пустая, в ней не текст, или так же заполнены и другие строки. Впишите в неё {by} сами.",
    ),
    "own": (
        "{place}: a column of your own. Clear this cell if it names the person.",
        "{place}: столбец ваш. Очистите ячейку, если в ней назван этот человек.",
    ),
    "unread": (
        "{place}: this delivery names the person and cannot be read yet, so it is kept word for word. See Problems, then run this command again.",
        "{place}: запись называет этого человека, но её пока не прочитать, и она хранится дословно. Смотрите «Замечания», затем повторите команду.",
    ),
    "kept_ledger": (
        "Journal, Commissions, Payouts and Statements keep their lines: they are accounting records (GDPR Art. 17(3)(b)). A customer stands there as a keyed hash, a partner as an id.",
        "Строки журнала, вознаграждений, выплат и отчётов остаются: это учётные документы (ст. 17(3)(b) GDPR). Покупатель в них — ключ, партнёр — идентификатор.",
    ),
    "kept_details": (
        "Of payouts Journal, Payouts, Payout status and the outbox also keep the name and the account that were paid to: they prove the payment, and a ledger line is never changed.",
        "О выплатах в журнале, на листах «Выплаты» и «Состояние выплат» и в исходящих остаются и имя с реквизитами, по которым платили: они подтверждают платёж, а строка учёта не меняется никогда.",
    ),
    "backup": (
        "{path} still holds the contacts. --backups deletes such copies.",
        "{path}: в этой копии контакты остались. С --backups такие копии удаляются.",
    ),
    "backup_gone": (
        "{path} held the contacts and was deleted.",
        "{path}: в этой копии были контакты, она удалена.",
    ),
    "kept_inbox": (
        "{path} is an inbox that was put aside and may hold the contacts. Delete it when nothing in it is needed.",
        "{path}: отложенные входящие, в них могут быть контакты. Удалите файл, если он больше не нужен.",
    ),
    "google": (
        "Google keeps older versions of the sheet (File > Version history). A copy made with `copy` has none of them.",
        "Google хранит прежние версии таблицы (Файл > История версий). В копии, сделанной командой copy, их нет.",
    ),
    "log": (
        "{log} may hold the contacts: what the program has read of it is clean, the log itself is not the program's to change.",
        "{log}: здесь контакты могли остаться; прочитанное отсюда очищено, но сам журнал программа не меняет.",
    ),
    "unreached": (
        "Out of reach: letters that were sent, files made for the bank, the accountant or by export, and what the shop itself keeps.",
        "Вне досягаемости: отправленные письма, файлы для банка и бухгалтера, выгрузки и то, что хранит сам магазин.",
    ),
    "forgotten_partner": (
        "{partner} is shown as {name} now and counts as a partner who left; the balance stays and can still be paid.",
        "Партнёр {partner} теперь показан как {name} и считается ушедшим; баланс остаётся, его можно выплатить.",
    ),
}

PEOPLE_STOPS: dict[str, tuple[str, str]] = {
    "forget_no_partner": (
        "There is no row {partner} in Partners. Give the partner_id as it stands there.",
        "На листе «Партнёры» нет строки {partner}. Укажите идентификатор партнёра, как он там записан.",
    ),
    "forget_no_contact": (
        "This is neither an e-mail nor a phone. Give a customer's contact as the shop has it: anna@example.com, or +7 900 000-00-01 with the country.",
        "Это не почта и не телефон. Укажите контакт покупателя, как в магазине: anna@example.com или +7 900 000-00-01, с кодом страны.",
    ),
    "forget_one_partner": (
        "One partner at a time: give one partner_id.",
        "Партнёров забывают по одному: укажите один идентификатор.",
    ),
}
# fmt: on
