"""What does the doctor, `check`, find ill? Each sentence with its remedy."""

from __future__ import annotations

from tracker.sentences.lettering import LETTER_STOPS
from tracker.sentences.mail import MAIL_DOCTOR
from tracker.sentences.unfit import UNFIT

_KEEP = "Keep a copy of the book and show it to whoever looks after the program."
_KEEP_RU = "Сохраните копию книги и покажите её тому, кто отвечает за программу."

# fmt: off
DOCTOR: dict[str, tuple[str, str]] = {
    **MAIL_DOCTOR,
    **UNFIT,
    **LETTER_STOPS,
    "line_not_ours": (
        "The row with the id {line} is not what its id says, so these cells do not count. Put them back as the tab Problems says, or delete the row: the next sync writes a true one where one is missing.",
        "Строка с отпечатком {line} не такая, как он говорит, и эти ячейки не считаются. Верните их, как сказано на листе «Замечания», или удалите строку: недостающую верную допишет следующий запуск.",
    ),
    "amount_not_step": (
        "The amount of the line {line} was changed by hand. It counts as {right}; type {right} there.",
        "Сумма строки {line} изменена вручную. Засчитано {right}; впишите {right}.",
    ),
    "answer_changed": (
        "The order {about} was decided by an answer that earlier orders no longer give: {question} is now {right}. Run: sync --again. If it stays, the program is at fault: tell its authors.",
        "Решение по заказу {about} опирается на ответ, которого прежние заказы уже не дают: {question} — теперь {right}. Запустите: sync --again. Если не поможет, ошиблась программа: сообщите авторам.",
    ),
    "line_twice": (
        "The line {line} stands twice. It counts once, but a column's own SUM counts both: delete one of the two rows.",
        "Строка {line} стоит дважды. Засчитана она один раз, но простая сумма столбца считает обе: удалите одну из двух.",
    ),
    "journal_changed": (
        "A Journal line of {about} was changed by hand, so nothing is booked for it. Put the row back from a backup or the version history, or let the shop send the order again.",
        "Строка журнала о {about} изменена вручную, и по нему ничего не начисляется. Верните строку из копии или истории версий либо пусть магазин пришлёт заказ ещё раз.",
    ),
    "owed_not_written": (
        "{about} owes {partner} {owed}, and {written} is written in Commissions. Run sync: it puts back lines that were deleted.",
        "По {about} партнёру {partner} причитается {owed}, а в «Вознаграждениях» записано {written}. Запустите sync: он вернёт удалённые строки.",
    ),
    "sync_never_ends": (
        "After one sync a second one would still write {count} lines, the first about {about}. "
        + _KEEP,
        "После одного запуска второй снова записал бы строк: {count}, первая о {about}. "
        + _KEEP_RU,
    ),
    "not_whole_coins": (
        "“{shown}” in {column} is no whole number of coins in a currency. Type what the tab Problems says; without a word there, delete the row and run sync.",
        "«{shown}» в столбце {column} — не целое число копеек в валюте. Впишите то, что сказано на листе «Замечания»; если там ничего нет, удалите строку и запустите sync.",
    ),
    "other_currency": (
        "{about} is in {own} and owes in {owed}; two currencies are never mixed. " + _KEEP,
        "{about} в валюте {own}, а причитается в {owed}; валюты не смешиваются. " + _KEEP_RU,
    ),
    "two_earn": (
        "{about} earns another partner than the one its line names, or more than one: {partners}. "
        + _KEEP,
        "Вознаграждение по {about} получает не тот партнёр, что назван в строке, или не один: {partners}. "
        + _KEEP_RU,
    ),
    "terms_changed": (
        "The terms of {about} changed along its lines: they were {was}, and became {now}. " + _KEEP,
        "Условия по {about} поменялись от строки к строке: были {was}, стали {now}. " + _KEEP_RU,
    ),
    "beyond_bound": (
        "{partner} holds {held} for {about}; it must be between 0 and {bound}. " + _KEEP,
        "По {about} у партнёра {partner} записано {held}; должно быть от 0 до {bound}. " + _KEEP_RU,
    ),
    "no_reason": (
        "A Journal line of {about} owes a sum and gives no reason. " + _KEEP,
        "Строка журнала о {about} начисляет сумму без причины. " + _KEEP_RU,
    ),
    "owed_not_explained": (
        "By its own figures {about} comes to {right} for {partner}, and its line owes something else. "
        + _KEEP,
        "По своим же цифрам {about} даёт {right} партнёру {partner}, а в строке другая сумма. "
        + _KEEP_RU,
    ),
    "row_unexplained": (
        "The line {line} does not say what the Journal says of {about}. Put the cells “because” and “fact” back as the tab Problems says, or delete the row: the next sync writes it again.",
        "Строка {line} говорит о {about} не то, что журнал. Верните ячейки «почему» и «строка журнала», как сказано на листе «Замечания», или удалите строку: следующий запуск запишет её заново.",
    ),
    "journal_gap": (
        "A Journal line of {about} was deleted, so nothing is booked for it. Put the row back from a backup or the version history, or let the shop send the order again.",
        "Строка журнала о {about} удалена, и по нему ничего не начисляется. Верните её из копии или истории версий либо пусть магазин пришлёт заказ ещё раз.",
    ),
    "no_answer": (
        "{about} is in the Journal without a partner and without a reason. " + _KEEP,
        "{about} стоит в журнале без партнёра и без причины. " + _KEEP_RU,
    ),
    "run_not_whole": (
        "The counts of the run {run} do not add up: seen is counted, not counted and waiting together. Put the cells back; no sum depends on them.",
        "Числа запуска {run} не сходятся: «просмотрено» — это засчитано, не засчитано и ждут вместе. Верните ячейки; суммы от них не зависят.",
    ),
    "order_vanished": (
        "{about} was read and is no longer in the Journal. Run `sync --again`: it reads every log from its beginning and books what is missing.",
        "{about} был прочитан, но в журнале его больше нет. Запустите `sync --again`: он перечитает журналы заказов с начала и допишет недостающее.",
    ),
    "code_two_owners": (
        "The code {code} is two partners' at one time ({partners}), so its orders wait. Give the rows of Codes dates that do not overlap, or delete one.",
        "Промокод {code} одновременно у двух партнёров ({partners}), и его заказы ждут. Задайте строкам «Промокодов» непересекающиеся даты или удалите одну.",
    ),
    "paid_not_booked": (
        "The payouts of {partner} that are paid come to {right}, and {stands} is booked. Run sync: it puts back lines that were deleted.",
        "Оплаченные выплаты партнёра {partner} дают {right}, а проведено {stands}. Запустите sync: он вернёт удалённые строки.",
    ),
    "balance_not_sum": (
        "The tab shows {shown} for {partner}, and the lines come to {right}. Run sync: it writes the tab anew.",
        "На листе у партнёра {partner} показано {shown}, а строки дают {right}. Запустите sync: он перепишет лист.",
    ),
    "sum_not_owed": (
        "Summed up, the column amount in {currency} gives {stands}; owed less paid is {right}. The rows deleted, doubled or changed by hand are named in the tab Problems; after a sync it must agree.",
        "Столбец «сумма» в {currency} складывается в {stands}, а причитается за вычетом выплат {right}. Удалённые, удвоенные и изменённые вручную строки названы на листе «Замечания»; после запуска sync должно сойтись.",
    ),
    "payout_state": (
        "The payout {payout} of {partner} is {state}, and what is booked for it does not fit that. "
        + _KEEP,
        "Выплата {payout} партнёру {partner}: состояние {state}, а проведено по ней другое. "
        + _KEEP_RU,
    ),
    "payout_twice": (
        "The payouts {payout} and {other} of {partner} both hold the line {line}. Pay only one of them, and type void in the result of the other.",
        "Выплаты {payout} и {other} партнёру {partner} обе содержат строку {line}. Оплатите только одну, а в столбце «итог» другой выберите «аннулировано».",
    ),
    "payout_line_missing": (
        "The payout {payout} of {partner} pays the line {line}, which is not in Commissions: nothing more is proposed to {partner} before it is settled. Run sync; if it stays, fill in paid_on if it was paid, or choose void as its result.",
        "Выплата {payout} партнёру {partner} оплачивает строку {line}, которой нет в «Вознаграждениях»: пока это не решено, партнёру {partner} больше ничего не предлагается. Запустите sync; если не поможет, впишите день в «оплачено», если она оплачена, или выберите «аннулировано» в столбце «итог».",
    ),
    "payout_not_sum": (
        "The payout {payout} of {partner} is of {stands}, and its lines come to {lines}. Do not pay it: type void in its result, and propose anew.",
        "Выплата {payout} партнёру {partner} — {stands}, а её строки дают {lines}. Не платите: выберите в столбце «итог» «аннулировано» и предложите выплаты заново.",
    ),
    "payout_not_blocked": (
        "The payout {payout} of {partner} was proposed while the fate of {other} was unknown. Find out at the bank what became of {other} before you pay.",
        "Выплата {payout} партнёру {partner} предложена, пока судьба {other} неизвестна. Прежде чем платить, узнайте в банке, что стало с {other}.",
    ),
    "fates_differ": (
        "Two rows of {partner}'s statement of {month} say different balances. Put back what the letter says.",
        "Две строки отчёта партнёра {partner} за {month} называют разные остатки. Верните то, что сказано в письме.",
    ),
    "opening_not_closing": (
        "{partner}'s statement of {month} does not open with {right}, where the one before closed. Put back what the letter says.",
        "Отчёт партнёра {partner} за {month} начинается не с {right}, чем кончился предыдущий. Верните то, что сказано в письме.",
    ),
    "closing_not_sum": (
        "{partner}'s statement of {month} does not close at {right}, which its opening and lines come to. Put back what the letter says.",
        "Отчёт партнёра {partner} за {month} кончается не на {right}, а столько дают остаток на начало и строки. Верните то, что сказано в письме.",
    ),
    "seal_broken": (
        "{partner}'s statement of {month} was sealed over {sealed} lines and no longer fits the {found} lines it has. It stays as it was sent: put back the cells changed by hand, and correct with a row in Adjustments.",
        "Отчёт партнёра {partner} за {month} закрыт с числом строк {sealed} и больше не сходится с его строками ({found}). Он остаётся таким, как отправлен: верните изменённые ячейки, а исправляйте строкой в «Корректировках».",
    ),
    "seal_renamed": (
        "A row of Statements with {partner}, {month} and revision {revision} bears the id of another letter. Put back what stood there, from a backup or the version history.",
        "Строка отчётов с партнёром {partner}, месяцем {month} и редакцией {revision} носит номер другого письма. Верните то, что там было, из копии или истории версий.",
    ),
    "seal_not_letter": (
        "Revision {revision} of {partner}'s statement of {month} does not say what its letter said: opening {opening}, {lines} lines, closing {closing}, digest {digest}. Put that back.",
        "Редакция {revision} отчёта партнёра {partner} за {month} говорит не то, что письмо: на начало {opening}, строк {lines}, на конец {closing}, отпечаток {digest}. Верните это.",
    ),
    "letter_not_claimed": (
        "{partner}'s letter of {month} is noted without a row “claimed” before it. Put that row back from a backup or the version history; do not send the letter again.",
        "О письме партнёру {partner} за {month} есть запись, но перед ней нет строки «claimed». Верните эту строку из копии или истории версий; письмо снова не отправляйте.",
    ),
    "letter_sent_twice": (
        "{partner}'s letter of {month} is noted as sent twice. Delete the row that was copied by hand; if none was, ask the partner whether two letters came.",
        "Письмо партнёру {partner} за {month} отмечено отправленным дважды. Удалите строку, скопированную вручную; если такой нет, спросите партнёра, пришло ли два письма.",
    ),
    "letter_not_in_book": (
        "A letter of the statement {statement} may have left, and the book has no row of it. Put its rows back from a backup or the version history; do not send the letter again.",
        "Письмо по отчёту {statement}, возможно, ушло, а строки о нём в книге нет. Верните её из копии или истории версий; письмо снова не отправляйте.",
    ),
    "time_unclear": (
        "The time of the line {line} was changed by hand and has no offset. Put back what the tab Problems says.",
        "Время строки {line} изменено вручную, в нём нет часового пояса. Верните то, что сказано на листе «Замечания».",
    ),
    "line_in_other_month": (
        "The line {line} stands in another month than the one it was booked in. Put back {right}.",
        "Строка {line} стоит не в том месяце, в котором начислена. Верните {right}.",
    ),
    "month_unsound": (
        "In the time zone {zone} the month {month} has a gap or an overlap. Choose another zone in Settings, and tell whoever looks after the program.",
        "В часовом поясе {zone} у месяца {month} разрыв или нахлёст. Выберите другой пояс в «Настройках» и скажите тому, кто отвечает за программу.",
    ),
    "generation_behind": (
        "The book notes {runs} runs and counts only {generation} commits: its hidden tab _tracker was changed, or is another book's. Put a backup back, or ask whoever looks after the program.",
        "В книге записано запусков: {runs}, а счёт её записей только {generation}: скрытый лист _tracker изменён или взят из другой книги. Верните копию или спросите того, кто отвечает за программу.",
    ),
    "env_open": (
        "{path} holds secrets, and other users of this computer may read it. Run: chmod 600 {path}",
        "В {path} секреты, а прочитать его могут другие пользователи этого компьютера. Выполните: chmod 600 {path}",
    ),
    "sender_no_server": (
        "Letters are live, and TRACKER_SMTP_URL names no server that can be read. Set it to smtp://user:password@host:587.",
        "Отправка писем включена, а TRACKER_SMTP_URL не называет сервера, который удалось бы прочесть. Впишите smtp://user:password@host:587.",
    ),
    "sender_missing": (
        "The setting mail_from is empty or cannot be read, so no letter can leave. Type the sender: Shop <partners@example.com>.",
        "Настройка mail_from пуста или не читается, и письма отправить нельзя. Впишите отправителя: Магазин <partners@example.com>.",
    ),
    "sender_freemail": (
        "The sender is an address at {domain}, and only {provider}’s own servers may send from there, not {host}. Put {provider}’s server into TRACKER_SMTP_URL, or an address of your own domain into mail_from.",
        "Отправитель — адрес на {domain}, а писать с него могут только серверы {provider}, а не {host}. Впишите в TRACKER_SMTP_URL сервер {provider} или в mail_from — адрес на своём домене.",
    ),
    "sender_other_domain": (
        "The sender’s domain is {domain}, the mail server’s login is at {login}. Many servers refuse that or change the sender; try: mail --test you@example.com",
        "Домен отправителя — {domain}, а вход на почтовый сервер — на {login}. Многие серверы так не отправляют или меняют отправителя; проверьте: mail --test you@example.com",
    ),
    "sender_other_mailbox": (
        "The sender is another mailbox than the login at {host}, which then refuses the letter or puts the login in its place. Use one address for both.",
        "Отправитель — не тот ящик, под которым выполняется вход на {host}: письмо не примут, или отправителем станет логин. Укажите один адрес и там, и там.",
    ),
    "xlsx_open": (
        "{who} has the book open (mark {mark}), and no run writes meanwhile. Close it when you are done.",
        "Книга открыта: {who} (пометка {mark}), и пока ни один запуск в неё не пишет. Закройте её, когда закончите.",
    ),
    "xlsx_left_over": (
        "For {days} days a mark says that {who} has the book open, and no run has written since. If nobody has, delete the file {mark}.",
        "Дней: {days} пометка говорит, что книга открыта ({who}), и с тех пор ни один запуск в неё не писал. Если она ни у кого не открыта, удалите файл {mark}.",
    ),
    "xlsx_big": (
        "The workbook is {megabytes} MB. Every run reads and writes it whole: remove pictures and tabs you do not need, or think of a database.",
        "Файл книги — {megabytes} МБ. Каждый запуск читает и пишет его целиком: уберите лишние картинки и листы или подумайте о базе данных.",
    ),
    "xlsx_no_backup": (
        "There is no backup in {folder} yet. The next run that writes keeps one; if there were some, find out who removes them.",
        "В {folder} пока нет ни одной копии. Её сделает следующий запуск, который что-то запишет; если копии были, узнайте, кто их удаляет.",
    ),
    "rows_many": (
        "The tab {tab} has {rows} rows; above {limit} a workbook is too slow to trust. Move to a database, or begin a new book.",
        "На листе «{tab}» строк: {rows}; свыше {limit} книга работает слишком медленно. Переходите на базу данных или начните новую книгу.",
    ),
    "google_zone": (
        "The spreadsheet is in the time zone {zone}, the programme in {programme}. No sum depends on it, but formulas such as TODAY and the time of edits do: choose {programme} in File > Settings.",
        "Часовой пояс таблицы — {zone}, а программы — {programme}. Суммы от этого не зависят, но формулы вроде СЕГОДНЯ и время правок — да: выберите {programme} в меню «Файл» > «Настройки».",
    ),
    "google_zone_log": (
        "The spreadsheet is in the time zone {zone}, the programme in {programme}, and orders come through the tab Webhook log: a time without offset written there by the spreadsheet's clock is read in the programme's zone. Choose {programme} in File > Settings.",
        "Часовой пояс таблицы — {zone}, а программы — {programme}, и заказы приходят через лист «Журнал вебхуков»: время без пояса, записанное там по часам таблицы, читается в поясе программы. Выберите {programme} в меню «Файл» > «Настройки».",
    ),
    "google_locale": (
        "The spreadsheet's locale is {locale}, the programme's language is {language}. What you type is read by the spreadsheet's rules first (1,5 and 1.5 are not the same everywhere): choose your country in File > Settings > Locale.",
        "Региональные настройки таблицы — {locale}, а язык программы — {language}. Введённое сначала читает сама таблица по своим правилам (1,5 и 1.5 — не везде одно и то же): выберите свою страну в меню «Файл» > «Настройки» > «Регион».",
    ),
    "google_cells": (
        "{title} has {cells} cells of the {limit} a spreadsheet may have; blank rows and columns count. Delete tabs and blank columns you do not need, or think of a database.",
        "В таблице {title} ячеек: {cells} из {limit} возможных; пустые строки и столбцы тоже считаются. Удалите лишние листы и пустые столбцы или подумайте о базе данных.",
    ),
    "google_hard_protection": (
        "The tab {tab} is protected so that the program cannot write there, and no run would land. In Data > Protect sheets and ranges remove that protection, or let the program's account edit it.",
        "Лист «{tab}» защищён так, что программа не может в него писать, и ни один запуск не пройдёт. В меню «Данные» > «Защищённые листы и диапазоны» снимите эту защиту или разрешите правку аккаунту программы.",
    ),
    "google_cannot_write": (
        "{email} may read this spreadsheet but not write to it, so every sync that has something to book will stop. Press Share at the top right of the sheet and change its role to Editor.",
        "{email} может читать эту таблицу, но не писать: остановится каждый sync, которому есть что записать. Нажмите «Настройки доступа» справа вверху таблицы и смените роль на «Редактор».",
    ),
    "google_copy": (
        "This spreadsheet is a copy of another one: the marks of our commits did not come along. Let only one of the two be written; if it is this one, run `restore --accept`.",
        "Эта таблица — копия другой: пометки наших записей в неё не перешли. Пусть программа пишет только в одну из двух; если в эту, запустите `restore --accept`.",
    ),
    "google_amount_is_date": (
        "{tab} {cell}: the spreadsheet took an amount for a date. Choose Format > Number > Number there, and type it again with the decimal mark of your locale (in Russian a comma: 1,5).",
        "{tab} {cell}: таблица приняла сумму за дату. Выберите там «Формат» > «Числа» > «Число» и введите её заново, с запятой: 1,5.",
    ),
}
# fmt: on
