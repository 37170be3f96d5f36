"""What a run prints about letters to the owner: codes of `tracker.notices` and `tracker.alarms`."""

from __future__ import annotations

# fmt: off
NOTICES: dict[str, tuple[str, str]] = {
    "no_orders": (
        "no new order since {since}",
        "новых заказов нет с {since}"),
    "was_asleep": (
        "no good sync from {since} to {until}",
        "не было удачных запусков с {since} до {until}"),
    "notice_sent": (
        "A letter to owner_email says: {about}.",
        "На owner_email отправлено письмо: {about}."),
    "notice_refused": (
        "The letter to owner_email ({about}) has not left: {why}. It is tried again every hour for a day, then once a day; with another address in owner_email at once.",
        "Письмо на owner_email ({about}) не отправлено: {why}. Программа повторит: сутки — каждый час, потом раз в день, а если сменить адрес в owner_email — сразу."),
    "notice_unknown": (
        "Whether the letter to owner_email ({about}) has left is unknown: look into your mailbox. It is sent again only where the setting mail_unknown says resend.",
        "Неизвестно, ушло ли письмо на owner_email ({about}): загляните в почту. Второй раз оно отправляется, только если в настройке mail_unknown стоит resend."),
    "notice_sending": (
        "Another run is sending the letter to owner_email: {about}.",
        "Письмо на owner_email отправляет другой запуск: {about}."),
    "mail_recipient_refused": (
        "the mail server does not accept that address ({said}); correct owner_email in Settings",
        "почтовый сервер не принимает этот адрес ({said}); исправьте owner_email в «Настройках»"),
    "mail_address_bad": (
        "its sender or recipient is not one plain e-mail address; correct mail_from and owner_email in Settings",
        "отправитель или получатель — не один простой адрес почты; исправьте mail_from и owner_email в «Настройках»"),
    "notice_impossible": (
        "Something fell silent, and no letter can tell owner_email of it. {why}",
        "Кое-что замолчало, а письмо об этом на owner_email не отправить. {why}"),
}
# fmt: on
