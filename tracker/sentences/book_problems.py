"""Sentences for cells and rows of the book that could not be used, each with its remedy."""

from __future__ import annotations

# fmt: off
CELL_PROBLEMS: dict[str, tuple[str, str]] = {
    "amount_unreadable": (
        "“{shown}” in {column} is no sum. Type it as 1234.50 or 1 234,50.",
        "«{shown}» в столбце {column} — не сумма. Наберите 1234.50 или 1 234,50."),
    "amount_both_marks": (
        "“{shown}” in {column} has both a dot and a comma, so it could be read two ways. Type it as 1990.50 or 1 990,50.",
        "В «{shown}» ({column}) есть и точка, и запятая: сумму можно прочесть двояко. Наберите 1990.50 или 1 990,50."),
    "amount_ambiguous": (
        "“{shown}” in {column} could be a thousand or a fraction. Type it as 1234 or 1.23.",
        "«{shown}» ({column}) может быть и тысячей, и дробью. Наберите 1234 или 1,23."),
    "amount_too_fine": (
        "“{shown}” in {column} has more decimals than the currency has. Round it.",
        "В «{shown}» ({column}) больше знаков после запятой, чем есть у валюты. Округлите."),
    "amount_other_currency": (
        "“{shown}” in {column} bears the sign of another currency than the row's. Put right the sum or the currency.",
        "«{shown}» ({column}) со знаком не той валюты, что у строки. Исправьте сумму или валюту."),
    "amount_too_big": (
        "“{shown}” in {column} is more than an account can hold. Type the true sum.",
        "«{shown}» ({column}) — больше, чем вместит счёт. Впишите настоящую сумму."),
    "amount_below_zero": (
        "“{shown}” in {column} is below zero. Type a sum of zero or more.",
        "«{shown}» ({column}) меньше нуля. Наберите ноль или больше."),
    "amount_missing": (
        "There is no sum in {column} in the row “{key}”. Type one.",
        "В строке «{key}» нет суммы в столбце {column}. Впишите её."),
    "cell_formula": (
        "There is a formula in {column} where a value belongs ({shown}). Type the value itself.",
        "В столбце {column} стоит формула ({shown}), а нужно значение. Впишите само значение."),
    "cell_error": (
        "The cell of {column} shows the error {shown}. Type the value itself.",
        "В ячейке столбца {column} ошибка {shown}. Впишите само значение."),
    "cell_not_text": (
        "“{shown}” in {column} became a date or a tick box. Format the cell as text and type it again.",
        "«{shown}» ({column}) превратилось в дату или галочку. Сделайте формат ячейки текстовым и наберите заново."),
    "choice_unknown": (
        "“{shown}” is not one of the words of {column}. Choose one from the drop-down list.",
        "«{shown}» — не из списка столбца {column}. Выберите слово из выпадающего списка."),
    "currency_unknown": (
        "“{shown}” is no currency. Type its three letters, such as RUB or EUR.",
        "«{shown}» — не валюта. Наберите три буквы, например RUB или EUR."),
    "date_unreadable": (
        "“{shown}” in {column} is no date. Type it as 2026-10-07 or 07.10.2026.",
        "«{shown}» ({column}) — не дата. Наберите 2026-10-07 или 07.10.2026."),
    "dates_backwards": (
        "In the row “{key}” valid_to ({shown}) is before valid_from. Mend one of the two.",
        "В строке «{key}» дата окончания ({shown}) раньше даты начала. Исправьте одну из них."),
    "number_unreadable": (
        "“{shown}” in {column} is not a whole number from {low} to {high}. Type one.",
        "«{shown}» ({column}) — не целое число от {low} до {high}. Впишите такое."),
    "rate_unreadable": (
        "“{shown}” in {column} is no rate. Type a percent with its sign (15%) or a sum with its currency (500 RUB).",
        "«{shown}» ({column}) — не ставка. Наберите процент со знаком (15%) или сумму с валютой (500 RUB)."),
    "rate_bare_number": (
        "“{shown}” in {column} could be a percent or a sum. Type 15% or 500 RUB.",
        "«{shown}» ({column}) может быть и процентом, и суммой. Наберите 15% или 500 RUB."),
    "rate_out_of_range": (
        "The rate “{shown}” in {column} is not between 0% and 100%. Mend it.",
        "Ставка «{shown}» ({column}) не лежит между 0% и 100%. Исправьте."),
    "time_zone_unknown": (
        "“{shown}” is no time zone. Type a name such as Europe/Moscow.",
        "«{shown}» — не часовой пояс. Наберите название вида Europe/Moscow."),
    "mail_from_unreadable": (
        "“{shown}” is no sender. Type Shop <partners@example.com>.",
        "«{shown}» — не отправитель. Наберите: Магазин <partners@example.com>."),
    "owner_email_unreadable": (
        "“{shown}” is not one plain e-mail address, so you cannot be written to. Type you@example.com.",
        "«{shown}» — не один обычный адрес почты, поэтому вам не написать. Наберите: you@example.com."),
    "time_unreadable": (
        "“{shown}” in {column} is no time of day. Type it as 9:00 or 09:00.",
        "«{shown}» ({column}) — не время суток. Наберите 9:00 или 09:00."),
    "setting_unknown": (
        "There is no setting “{shown}”. Mend its name or delete the row.",
        "Настройки «{shown}» нет. Исправьте название или удалите строку."),
    "row_without_id": (
        "This row has nothing in {column}, so it is not read. Fill it in or empty the row.",
        "В этой строке пуст столбец {column}, поэтому она не читается. Заполните его или очистите строку."),
    "id_twice": (
        "“{key}” stands in more than one row of {column}, so none of them is read. Keep one.",
        "«{key}» стоит в столбце {column} больше одного раза, поэтому ни одна из строк не читается. Оставьте одну."),
    "email_unreadable": (
        "The e-mail of “{key}” is not one plain address, so no letter can be sent. Mend it.",
        "Почта «{key}» — не один обычный адрес, поэтому письмо не отправить. Исправьте."),
}

ROW_PROBLEMS: dict[str, tuple[str, str]] = {
    "partner_unknown": (
        "No row of Partners has the id “{partner}”. Add the partner or mend the id.",
        "На листе «Партнёры» нет id «{partner}». Добавьте партнёра или исправьте id."),
    "code_partner_unknown": (
        "The code {code} belongs to “{partner}”, who is not in Partners. Add the partner or mend the id.",
        "Промокод {code} записан за «{partner}», которого нет на листе «Партнёры». Добавьте партнёра или исправьте id."),
    "code_two_owners": (
        "The code {code} is also {other}'s at the same time, so its orders go to nobody. Give the two rows dates that do not overlap.",
        "Промокод {code} в то же время записан и за {other}, поэтому заказы с ним не достанутся никому. Разведите даты двух строк."),
    "code_look_alike": (
        "The code {code} looks like {other} but has Cyrillic and Latin letters mixed up. They count as two codes; rename one.",
        "Промокод {code} выглядит как {other}, но отличается русскими и латинскими буквами. Это два разных промокода; переименуйте один."),
    "decision_about_unreadable": (
        "“{shown}” does not name an order. Type source/order_id, such as shopify/1001.",
        "«{shown}» не называет заказ. Наберите источник/номер, например shopify/1001."),
    "decision_empty": (
        "No decision is chosen for {key}. Choose pay, refuse or assign.",
        "Для {key} не выбрано решение. Выберите: платить, отказать или назначить."),
    "decision_names_nobody": (
        "The decision to assign {key} names no partner. Fill in partner_id.",
        "В решении назначить {key} не указан партнёр. Заполните столбец «партнёр»."),
    "decision_partner_unknown": (
        "The decision about {about} names “{partner}”, who is not in Partners. Mend the id.",
        "В решении о {about} указан «{partner}», которого нет на листе «Партнёры». Исправьте id."),
    "decision_pay_unclear": (
        "The decision to pay {about} does not tell whom. Choose assign and name the partner.",
        "Из решения платить по {about} неясно, кому. Выберите «назначить» и укажите партнёра."),
    "decision_no_order": (
        "There is no order {about}. Mend the source or the number.",
        "Заказа {about} нет. Исправьте источник или номер."),
    "decisions_disagree": (
        "Two rows decide differently about {about}, so neither is followed. Delete one.",
        "Две строки решают о {about} по-разному, поэтому ни одна не действует. Удалите одну."),
    "decision_gone": (
        "The decision about {about} was deleted; it still holds. Type it again, or another one in its place.",
        "Решение о {about} удалено, но продолжает действовать. Впишите его снова или замените другим."),
    "payout_details_missing": (
        "“{partner}” has no payout_details, so nobody can pay him. Fill them in.",
        "У «{partner}» нет реквизитов, заплатить некуда. Заполните столбец «реквизиты»."),
    "payout_void_but_paid": (
        "The payout {payout} is void and has a paid_on. It stays {fate}: clear one of the two cells.",
        "Выплата {payout} аннулирована, но дата оплаты стоит. Пока ничего не меняется: очистите одну из двух ячеек."),
    "payout_paid_without_date": (
        "The payout {payout} is paid without a date. It stays {fate}: fill in paid_on.",
        "Выплата {payout} отмечена выплаченной без даты. Пока ничего не меняется: впишите дату оплаты."),
    "payout_gone": (
        "The payout {payout} ({partner}, {amount}) was deleted; it still holds its lines. Type its payout_id in a new row, with void to free them or with paid_on.",
        "Выплата {payout} ({partner}, {amount}) удалена, но её строки заняты. Впишите её номер в столбец «выплата» новой строки: с итогом «аннулировано», чтобы освободить их, или с датой оплаты."),
    "payout_not_ours": (
        "The payout {payout} was never proposed, so it counts for nothing. Delete the row; use Adjustments for other money.",
        "Выплату {payout} программа не предлагала, поэтому она не считается. Удалите строку; для других денег есть лист «Корректировки»."),
    "payout_changed": (
        "{column} of the payout {payout} was changed by hand. The proposal stands: put back {value}.",
        "В выплате {payout} вручную изменён столбец {column}. Предложение в силе: верните {value}."),
    "payout_double": (
        "The payout {payout} has lines that {other} has paid already. Type void as its result.",
        "В выплате {payout} есть строки, уже оплаченные выплатой {other}. Поставьте ей итог «аннулировано»."),
    "commission_changed": (
        "{column} was changed by hand and does not count. Put back: {value}",
        "Столбец {column} изменён вручную, это не считается. Верните: {value}"),
    "commission_changed_long": (
        "{column} was changed by hand and does not count. Undo the change, or copy the column “decision” of the Journal row whose line_id is “{fact}”.",
        "Столбец {column} изменён вручную, это не считается. Отмените правку или скопируйте столбец «решение» той строки листа «Журнал», где line_id — «{fact}»."),
    "commission_not_ours": (
        "The row with line_id “{line}” was not written by the program and counts for nothing. Delete it; use Adjustments for other money.",
        "Строку с line_id «{line}» писала не программа, она не считается. Удалите её; для других денег есть лист «Корректировки»."),
    "line_twice": (
        "The line {line} stands here and in {others}, and counts once. Delete the copy.",
        "Строка {line} стоит и здесь, и в {others}, а считается один раз. Удалите копию."),
    "journal_line_changed": (
        "A line of {about} was changed by hand, so the order is set aside and nothing is booked for it. Undo the change, or run: sync --again",
        "Строка заказа {about} изменена вручную, поэтому заказ отложен и по нему ничего не начисляется. Отмените правку или запустите: sync --again"),
    "journal_line_missing": (
        "A line of {about} is missing, so the order is set aside and nothing is booked for it. Put it back from a backup, or run: sync --again",
        "Не хватает строки заказа {about}, поэтому он отложен и по нему ничего не начисляется. Верните её из копии или запустите: sync --again"),
    "ledger_row_unreadable": (
        "“{shown}” in {column} of the row “{key}” cannot be read, so the row does not count. Put the value back from a backup.",
        "«{shown}» ({column}, строка «{key}») не прочесть, поэтому строка не считается. Верните значение из копии."),
    "statement_changed": (
        "The ledger no longer gives the figures of {partner}'s statement of {month}. Mend what the other problems name; if the book is right now: statements --correct {partner} --month {month}",
        "Книга больше не даёт цифр отчёта {partner} за {month}. Исправьте то, что названо в других замечаниях; если книга теперь верна: statements --correct {partner} --month {month}"),
    "facts_capped": (
        "The order {about} has more lines of goods than a cell holds; they were left out, the sums are whole.",
        "В заказе {about} больше товаров, чем вмещает ячейка; они опущены, суммы целы."),
    "touches_capped": (
        "The customer of the order {about} had more touches than a cell holds: only the last ones before the order were looked at. If an earlier one decides, say whose it is in Decisions.",
        "У покупателя заказа {about} больше касаний, чем вмещает ячейка: учтены только последние перед заказом. Если решает более раннее, назовите партнёра на листе «Решения»."),
    "quarantined_lost": (
        "{lost} deliveries that could not be read are gone from the inbox. Bring .tracker/inbox.sqlite3 back from a copy, or deliver them again.",
        "Из входящих пропали непрочитанные записи: {lost}. Верните .tracker/inbox.sqlite3 из копии или пришлите их снова."),
    "letter_without_address": (
        "“{partner}” has no e-mail, so the statement of {month} cannot be sent. Fill in the e-mail.",
        "У «{partner}» нет почты, отчёт за {month} не отправить. Впишите почту."),
    "letter_unknown": (
        "Nobody knows whether {partner}'s statement of {month} arrived: the connection broke. Where mail_unknown says resend it is sent again, at most three times; else it is held. Ask the partner, then: mail",
        "Неизвестно, дошёл ли отчёт {partner} за {month}: связь оборвалась. Если в mail_unknown стоит resend, он отправляется снова, всего не больше трёх раз; иначе придержан. Спросите партнёра, затем: mail"),
    "letter_waiting": (
        "{partner}'s statement of {month} is sealed and has not left. Mend what the sending said, then: statements --send",
        "Отчёт {partner} за {month} закрыт, но не отправлен. Исправьте то, что сказала отправка, затем: statements --send"),
    "row_held": (
        "{key} seems to be gone from {tab}, but a row there has no id and may be it, so what is booked stands. Fill in the id or delete the row.",
        "Похоже, {key} пропала с листа {tab}, но там есть строка без id — может быть, это она; начисленное остаётся. Впишите id или удалите строку."),
    "payout_doubtful": (
        "The payout {payout} was handed to the bank before this book was put back from a copy: nobody knows whether it was paid. Fill in paid_on, or void as its result.",
        "Выплата {payout} ушла в банк до того, как книгу вернули из копии: неизвестно, прошла ли она. Впишите дату оплаты или итог «аннулировано»."),
    "letter_refused": (
        "The statement of {month} to {partner} was refused ({why}). Mend what it names and send again.",
        "Отчёт {partner} за {month} не приняли ({why}). Исправьте названное и отправьте снова."),
    "partner_skipped": (
        "{partner} is skipped until the problems of his ledger lines are mended.",
        "{partner} пропущен, пока не исправлены замечания к его строкам."),
}
# fmt: on
BOOK_PROBLEMS = CELL_PROBLEMS | ROW_PROBLEMS
