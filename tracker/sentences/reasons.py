"""Sentences for decisions: why an order counts for a partner, or does not."""

from __future__ import annotations

REASONS: dict[str, tuple[str, str]] = {
    "mail_no_connection": (
        (
            "the mail server could not be reached ({said}); the letter was not sent. Check the "
            "address in TRACKER_SMTP_URL"
        ),
        (
            "почтовый сервер недоступен ({said}); письмо не отправлено. Проверьте адрес в "
            "TRACKER_SMTP_URL"
        ),
    ),
    "mail_tls_failed": (
        (
            "the connection to the mail server could not be made secure ({said}), so neither the "
            "password nor the letter was sent. Check the server's name and port in "
            "TRACKER_SMTP_URL"
        ),
        (
            "не удалось защитить соединение с почтовым сервером ({said}), поэтому ни пароль, ни "
            "письмо не отправлены. Проверьте имя сервера и порт в TRACKER_SMTP_URL"
        ),
    ),
    "mail_login_refused": (
        (
            "the mail server did not accept the login ({said}); the letter was not sent. Check "
            "user and password in TRACKER_SMTP_URL; many providers want a password made for "
            "programs"
        ),
        (
            "почтовый сервер не принял вход ({said}); письмо не отправлено. Проверьте имя и "
            "пароль в TRACKER_SMTP_URL; многим службам нужен отдельный пароль для программ"
        ),
    ),
    "mail_connection_lost": (
        (
            "the mail server hung up before the letter was handed over ({said}); it was not sent "
            "and can be tried again"
        ),
        (
            "почтовый сервер разорвал связь до передачи письма ({said}); оно не отправлено, "
            "можно попробовать снова"
        ),
    ),
    "mail_sender_refused": (
        (
            "the mail server does not let this sender send ({said}); the letter was not sent. "
            "Check `mail_from` in Settings"
        ),
        (
            "почтовый сервер не разрешает этому отправителю писать ({said}); письмо не "
            "отправлено. Проверьте `mail_from` в «Настройках»"
        ),
    ),
    "mail_recipient_refused": (
        (
            "the mail server does not accept the partner's address ({said}); the letter was not "
            "sent. Check the address in Partners"
        ),
        (
            "почтовый сервер не принимает адрес партнёра ({said}); письмо не отправлено. "
            "Проверьте адрес на листе «Партнёры»"
        ),
    ),
    "mail_letter_refused": (
        (
            "the mail server did not take the letter ({said}); it was not sent. Its words say "
            "why; ask the provider if they do not help"
        ),
        (
            "почтовый сервер не принял письмо ({said}); оно не отправлено. Причина — в его "
            "ответе; если он неясен, спросите у почтовой службы"
        ),
    ),
    "mail_answer_lost": (
        (
            "the mail server did not say whether it took the letter ({said}). Ask the partner "
            "whether it came before sending it again"
        ),
        (
            "почтовый сервер не ответил, принял ли письмо ({said}). Прежде чем слать снова, "
            "спросите партнёра, пришло ли оно"
        ),
    ),
    "mail_interrupted": (
        (
            "the run was interrupted while the letter was leaving. Ask the partner whether it "
            "came before sending it again"
        ),
        (
            "работа прервалась во время отправки письма. Прежде чем слать снова, спросите "
            "партнёра, пришло ли оно"
        ),
    ),
    "mail_address_closed": (
        (
            "the partner's address sent an earlier letter back, so this one is held. Type another "
            "e-mail in Partners"
        ),
        (
            "с адреса партнёра вернулось прежнее письмо, поэтому это придержано. Впишите другую "
            "почту на листе «Партнёры»"
        ),
    ),
    "mail_came_back": (
        (
            "it came back on {day} ({status}), so letters to that address are held. Type another "
            "e-mail, or say with --settle that this one is right"
        ),
        (
            "оно вернулось {day} ({status}), поэтому письма на этот адрес придержаны. Впишите "
            "другую почту или подтвердите эту через --settle"
        ),
    ),
    "mail_settled": ("you said that it arrived", "вы сказали, что оно пришло"),
    "mail_under_way": (
        "a run is sending it now, or was ended while it did; the next run will tell",
        "его отправляет другой запуск, или он прервался; следующий запуск скажет точнее",
    ),
    "mail_letter_lost": (
        (
            "the book has it as claimed, and this outbox does not know it. Ask the partner whether "
            "it came"
        ),
        "в книге оно записано, а в исходящих его нет. Спросите партнёра, пришло ли оно",
    ),
    "mail_address_bad": (
        (
            "the letter's sender or recipient is not one plain e-mail address; it was not sent. "
            "Check `mail_from` in Settings and the address in Partners"
        ),
        (
            "отправитель или получатель письма — не один простой адрес почты; письмо не "
            "отправлено. Проверьте `mail_from` в «Настройках» и адрес на листе «Партнёры»"
        ),
    ),
    "mail_folder_failed": (
        (
            "the letter could not be written to the folder of TRACKER_SMTP_URL ({said}). Check "
            "that the folder can be written to"
        ),
        (
            "письмо не записалось в папку из TRACKER_SMTP_URL ({said}). Проверьте, что в папку "
            "можно писать"
        ),
    ),
    "delivery_ping": (
        "the shop only tried the address; there is nothing to count",
        "магазин только проверил адрес, считать нечего",
    ),
    "delivery_without_orders": (
        "the delivery is an empty list; there is nothing to count",
        "в доставке пустой список, считать нечего",
    ),
    "delivery_draft": (
        "it is a draft or a cart left behind, not an order yet",
        "это черновик или брошенная корзина, ещё не заказ",
    ),
    "delivery_form_without_order": (
        "it is a form without a cart, a phone or an e-mail: nobody to call back",
        "это форма без корзины, телефона и почты: перезвонить некому",
    ),
    "delivery_order_deleted": (
        (
            "the shop deleted an order and sent its id alone; what is booked stays booked. If "
            "nothing is owed for it, write `refuse` about it in Decisions"
        ),
        (
            "магазин удалил заказ и прислал только его номер; начисленное остаётся. Если за него "
            "ничего не положено, впишите о нём `refuse` на лист «Решения»"
        ),
    ),
}
