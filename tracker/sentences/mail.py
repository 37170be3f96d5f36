"""What is said about letters, the outbox and the mail server? Codes with (English, Russian)."""

from __future__ import annotations

# fmt: off
MAIL_PROBLEMS: dict[str, tuple[str, str]] = {
    "news_unknown_held": (
        "Nobody knows whether the letter “{about}” to {partner} of {day} arrived: {why}. Ask him; if it came, run mail --settle {name}; if not, mail --resend {name}",
        "Неизвестно, дошло ли до {partner} письмо «{about}» от {day}: {why}. Спросите его; если дошло, запустите mail --settle {name}; если нет — mail --resend {name}"),
    "news_unknown_again": (
        "Nobody knows whether the letter “{about}” to {partner} of {day} arrived: {why}. The very same letter leaves again by itself; if it came, say so: mail --settle {name}",
        "Неизвестно, дошло ли до {partner} письмо «{about}» от {day}: {why}. То же самое письмо уйдёт снова само; если оно дошло, так и скажите: mail --settle {name}"),
    "news_refused_again": (
        "The letter “{about}” to {partner} was refused, last on {day}: {why}. Mend what is named; while it is news, it is tried again every hour for a day, then daily. To let it be: mail --settle {name}",
        "Письмо «{about}» для {partner} не приняли, последний раз {day}: {why}. Исправьте названное; пока это новость, попытка повторяется: сутки — каждый час, потом раз в день. Чтобы оставить его: mail --settle {name}"),
    "news_refused_over": (
        "The letter “{about}” to {partner} was refused, last on {day}, and will not be tried any more: {why}. To send it all the same: mail --resend {name}; to let it be: mail --settle {name}",
        "Письмо «{about}» для {partner} не приняли, последний раз {day}, и больше попыток не будет: {why}. Чтобы всё же отправить его: mail --resend {name}; чтобы оставить: mail --settle {name}"),
    "letter_unmade": (
        "The statement of {month} to {partner} cannot be written, and is neither sealed nor sent; the others’ are. {why} It is tried again by itself.",
        "Отчёт за {month} для {partner} не составить: он не закрыт и не отправлен, у остальных всё в порядке. {why} Попытка повторится сама."),
    "news_unmade": (
        "The letter {letter} to {partner} cannot be written; the others’ leave. {why} It is tried again while it is news.",
        "Письмо {letter} для {partner} не составить; остальные уходят. {why} Попытка повторится, пока это новость."),
    "email_bounced": (
        "A letter to {partner} came back on {day} ({status}), and further ones are held; the statements are sealed all the same. Type another e-mail here. If this one is right, say so: mail --settle {name}",
        "Письмо партнёру {partner} вернулось {day} ({status}), новые письма придержаны; отчёты закрываются как обычно. Впишите здесь другую почту. Если адрес верный, так и скажите: mail --settle {name}"),
}

LETTER_KINDS: dict[str, tuple[str, str]] = {
    "welcome": ("welcome", "приветствие"),
    "sales": ("sales", "продажи"),
    "payout": ("payout made", "выплата"),
    "details": ("where to pay", "куда платить"),
    "code": ("your code", "ваш промокод"),
    "document": ("paper wanted", "нужен документ"),
    "owner": ("the week", "неделя"),
    "notice": ("something fell silent", "кое-что замолчало"),
}

MAIL_DOCTOR: dict[str, tuple[str, str]] = {
    "owner_unknown_held": (
        "Nobody knows whether the letter to owner_email of {day} ({about}) arrived: {why}. Look into your mailbox, then run mail --settle {name}",
        "Неизвестно, дошло ли письмо на owner_email от {day} ({about}): {why}. Загляните в почту, затем запустите mail --settle {name}"),
    "owner_unknown_again": (
        "Nobody knows whether the letter to owner_email of {day} ({about}) arrived: {why}. It leaves again by itself; if it came, run mail --settle {name}",
        "Неизвестно, дошло ли письмо на owner_email от {day} ({about}): {why}. Оно уйдёт снова само; если оно дошло, запустите mail --settle {name}"),
    "owner_refused_again": (
        "The letter to owner_email ({about}) was refused, last on {day}: {why}. Mend owner_email or mail_from in Settings, or TRACKER_SMTP_URL; it is tried again.",
        "Письмо на owner_email ({about}) не приняли, последний раз {day}: {why}. Исправьте owner_email или mail_from в «Настройках» или TRACKER_SMTP_URL; попытка повторится."),
    "owner_refused_over": (
        "The letter to owner_email ({about}) was refused, last on {day}, and is no news any more: {why}. Mend what is named; to let it be: mail --settle {name}",
        "Письмо на owner_email ({about}) не приняли, последний раз {day}, и это уже не новость: {why}. Исправьте названное; чтобы оставить его: mail --settle {name}"),
}

MAIL_STOPS: dict[str, tuple[str, str]] = {
    "mail_name_unknown": (
        "There is no letter “{name}”. Run mail: the names stand at the beginning of its lines.",
        "Письма «{name}» нет. Запустите mail: имена стоят в начале строк."),
    "mail_not_unknown": (
        "The letter {name} is neither of unknown fate nor refused (its state is {state}), so there is nothing to decide about it.",
        "Судьба письма {name} известна (состояние: {state}), решать о нём нечего."),
    "mail_statement_refused": (
        "The letter {name} is a statement that was refused; it has a number and must reach its partner. Mend what mail names, then run: statements --send --month {month}",
        "Письмо {name} — отчёт, который не приняли; у него есть номер, и он должен дойти до партнёра. Исправьте то, что называет mail, затем запустите: statements --send --month {month}"),
    "mail_other_address": (
        "The letter {name} was written to another address than {partner} has now, so the same letter cannot be sent there. Write to the partner yourself, then run mail --settle {name}",
        "Письмо {name} написано на другой адрес, не тот, что у {partner} сейчас, и туда его не отправить. Напишите партнёру сами, затем запустите mail --settle {name}"),
    "mail_letter_lost": (
        "The bytes of the letter {name} are not in this outbox, so the same letter cannot be sent again. Ask the partner: if it came, run mail --settle {name}; if not, bring outbox.sqlite3 back from a copy, or send a correction with statements --correct.",
        "Самого письма {name} в этой папке исходящих нет, и отправить его снова нельзя. Спросите партнёра: если оно пришло, запустите mail --settle {name}; если нет, верните outbox.sqlite3 из копии или отправьте исправление через statements --correct."),
    "mail_test_address": (
        "Give --test exactly one plain e-mail address: mail --test you@example.com",
        "После --test нужен ровно один адрес почты: mail --test you@example.com"),
    "mail_from_freemail": (
        "The setting mail_from is an address at {domain}, and {provider} lets nobody but its own servers send from there: letters through {host} would be refused or land in spam. Send through {provider}’s server, or type an address of your own domain in mail_from.",
        "В настройке mail_from адрес на {domain}, а {provider} разрешает писать с него только своим серверам: письма через {host} не примут, или они попадут в спам. Отправляйте через сервер {provider} или впишите в mail_from адрес на своём домене."),
    "bounces_no_eml": (
        "The folder {path} has files, and none ends in .eml. If they are one mailbox, name the folder above its new and cur; if they are messages, name each file, or let them end in .eml.",
        "В папке {path} есть файлы, но ни один не кончается на .eml. Если это почтовый ящик, укажите папку, в которой лежат его new и cur; если это письма, указывайте их по одному или дайте им окончание .eml."),
    "bounces_unreadable": (
        "There is nothing to read at {path} ({why}). Name an .eml file, a folder of them, an mbox, or - for standard input.",
        "По адресу {path} нечего читать ({why}). Укажите файл .eml, папку с ними, mbox или - для стандартного ввода."),
}

MAIL_SAID: dict[str, tuple[str, str]] = {
    "nothing": (
        "No letter wants you.",
        "Ни одно письмо вас не ждёт."),
    "ask": (
        "{names}: ask whether the letter came, then: mail --settle NAME (it did) or mail --resend NAME (it did not; the very same letter leaves once more).",
        "{names}: спросите, пришло ли письмо, затем: mail --settle ИМЯ (пришло) или mail --resend ИМЯ (не пришло; уйдёт то же самое письмо)."),
    "unknown_again": (
        "{names}: the very same letter leaves again by itself; if it came, mail --settle NAME.",
        "{names}: то же самое письмо уйдёт снова само; если оно пришло, mail --settle ИМЯ."),
    "refused_again": (
        "{names}: mend what is named; tried again by itself, or now with mail --resend NAME. To let it be: mail --settle NAME.",
        "{names}: исправьте названное; попытка повторится сама или сразу: mail --resend ИМЯ. Чтобы оставить письмо: mail --settle ИМЯ."),
    "refused_over": (
        "{names}: will not be tried any more. To send it all the same: mail --resend NAME; to let it be: mail --settle NAME.",
        "{names}: больше попыток не будет. Чтобы всё же отправить: mail --resend ИМЯ; чтобы оставить: mail --settle ИМЯ."),
    "statement_refused": (
        "{names}: mend what is named; the statement is tried again by itself, or now with statements --send.",
        "{names}: исправьте названное; отчёт уйдёт сам или сразу через statements --send."),
    "bounced": (
        "{names}: type another e-mail in Partners (owner_email in Settings); if the address is right, mail --settle NAME.",
        "{names}: впишите другую почту на листе «Партнёры» (owner_email в «Настройках»); если адрес верный, mail --settle ИМЯ."),
    "under_way": (
        "{names}: another run is sending it, or was killed while it did; look again after the next wake.",
        "{names}: отправляет другой запуск, или его прервали; загляните снова после следующего запуска."),
    "server": ("server: {server}", "сервер: {server}"),
    "from": ("from: {mail_from}", "от кого: {mail_from}"),
    "test_sent": (
        "The server took the test letter. Look into that mailbox, also among spam; a letter that lands there wants SPF and DKIM set up for the sender’s domain.",
        "Сервер принял пробное письмо. Загляните в тот ящик, в том числе в спам; если письмо там, настройте SPF и DKIM для домена отправителя."),
    "test_refused": (
        "The test letter has not left: {why}.",
        "Пробное письмо не ушло: {why}."),
    "test_unknown": (
        "Whether the test letter left is unknown: {why}. Look into that mailbox, or try again.",
        "Неизвестно, ушло ли пробное письмо: {why}. Загляните в тот ящик или повторите."),
    "test_mail_recipient_refused": (
        "the mail server does not accept that address ({said}); check how it is written",
        "почтовый сервер не принимает этот адрес ({said}); проверьте, как он написан"),
    "test_mail_address_bad": (
        "the sender or the recipient is not one plain e-mail address; check mail_from in Settings",
        "отправитель или получатель — не один простой адрес почты; проверьте mail_from в «Настройках»"),
    "test_mail_answer_lost": (
        "the mail server did not say whether it took the letter ({said})",
        "почтовый сервер не ответил, принял ли письмо ({said})"),
    "resend_sent": (
        "The server took {name}.",
        "Сервер принял {name}."),
    "resend_unknown": (
        "Whether {name} left is unknown as before: {why}.",
        "Судьба {name} по-прежнему неизвестна: {why}."),
    "resend_refused": (
        "{name} has not left: {why}.",
        "{name} не ушло: {why}."),
    "dropped": (
        "{name} is let be: it was refused, and nothing more is tried or said.",
        "{name} оставлено: его не приняли, попыток и напоминаний больше не будет."),
    "settled": (
        "{name} counts as sent.",
        "{name} считается отправленным."),
    "settled_bounce": (
        "Letters go to the address of {name} again.",
        "На адрес, с которого вернулось {name}, письма снова отправляются."),
    "bounce_noted": (
        "{name}: came back for good ({status}); letters to {partner} are held until the e-mail in Partners changes",
        "{name}: вернулось окончательно ({status}); письма партнёру {partner} придержаны, пока на листе «Партнёры» не сменится почта"),
    "bounce_noted_owner": (
        "{name}: came back for good ({status}); correct owner_email in Settings",
        "{name}: вернулось окончательно ({status}); исправьте owner_email в «Настройках»"),
    "bounce_known": (
        "{name}: was known to have come back ({status})",
        "{name}: о возврате уже известно ({status})"),
    "bounce_temporary": (
        "{name}: late or refused for now ({status}); nothing to do",
        "{name}: задерживается или пока не принято ({status}); делать ничего не нужно"),
    "bounce_other_address": (
        "{name}: another address than the letter’s own sent it back ({status}), as where mail is passed on; ask {partner}",
        "{name}: вернулось с другого адреса ({status}), так бывает при пересылке; спросите {partner}"),
    "bounces_counted": (
        "notifications={count} noted={noted} known={known} temporary={temporary} other={other}",
        "notifications={count} noted={noted} known={known} temporary={temporary} other={other}"),
}
# fmt: on
