"""Sentences of the clock: schedule, status, heartbeat, and letters to the owner."""

from __future__ import annotations

# fmt: off
CLOCK_STOPS: dict[str, tuple[str, str]] = {
    "heartbeat_failed": (
        "The address in TRACKER_HEARTBEAT_URL gave no answer, so the service does not know of this run. Try the address in a browser.",
        "Адрес из TRACKER_HEARTBEAT_URL не ответил, и служба не знает об этом запуске. Откройте его в браузере."),
    "heartbeat_refused": (
        "The address in TRACKER_HEARTBEAT_URL answered with an error, so the service does not know of this run. Copy the ping address from the service's page anew.",
        "Адрес из TRACKER_HEARTBEAT_URL ответил ошибкой, и служба не знает об этом запуске. Скопируйте адрес со страницы службы заново."),
    "heartbeat_address": (
        "TRACKER_HEARTBEAT_URL is no usable address. Type one such as https://hc.example.com/ping/your-own-id.",
        "TRACKER_HEARTBEAT_URL — не адрес, который можно открыть. Впишите адрес вида https://hc.example.com/ping/your-own-id."),
    "heartbeat_plain": (
        "TRACKER_HEARTBEAT_URL goes over the open internet by http, where anybody can read it. Write https.",
        "TRACKER_HEARTBEAT_URL ведёт через открытый интернет по http, где его прочтёт кто угодно. Напишите https."),
    "heartbeat_private": (
        "TRACKER_HEARTBEAT_URL leads to this machine or its own network. If that is meant, set TRACKER_ALLOW_PRIVATE=yes.",
        "TRACKER_HEARTBEAT_URL ведёт на эту машину или в её сеть. Если так и задумано, задайте TRACKER_ALLOW_PRIVATE=yes."),
    "statement_settings": (
        "Settings cannot be read: {keys}. Mend them, then send the statements.",
        "Не читаются настройки: {keys}. Исправьте их, потом отправляйте отчёты."),
    "sync_minutes": (
        "“{shown}” is no number of minutes from 1 to {limit}. Mend --every or TRACKER_SYNC_MINUTES.",
        "«{shown}» — не число минут от 1 до {limit}. Исправьте --every или TRACKER_SYNC_MINUTES."),
    "status_nothing": (
        "There is nothing to look at in {path}: no run has worked with this book here. Name the book with --store, and its folder of state with TRACKER_STATE; for a new book run sync.",
        "В {path} смотреть не на что: здесь с этой книгой ещё ничего не запускали. Назовите книгу в --store, а папку состояния в TRACKER_STATE; для новой книги запустите sync."),
}

STATUS: dict[str, tuple[str, str]] = {
    "never_synced": (
        "No sync has ever ended well here. Run: python -m tracker sync",
        "Здесь ещё ни одна синхронизация не закончилась удачно. Запустите: python -m tracker sync"),
    "sync_late": (
        "The last good sync was at {at}, {ago} ago. See whether cron or schedule still runs, then run: python -m tracker sync",
        "Последняя удачная синхронизация — {at}, {ago} назад. Посмотрите, работает ли cron или schedule, и запустите: python -m tracker sync"),
    "failed": (
        "“{what}” failed at {at} ({why}). Run it by hand to read what to do: python -m tracker wake",
        "«{what}»: в {at} не получилось ({why}). Запустите вручную и прочтите, что делать: python -m tracker wake"),
    "failed_letters": (
        "A letter to owner_email could not leave at {at} ({why}). Correct owner_email and mail_from in the tab Settings, or TRACKER_SMTP_URL; it is tried again, at another address at once.",
        "Письмо на owner_email не ушло: {at} ({why}). Исправьте owner_email и mail_from на листе «Настройки» или TRACKER_SMTP_URL; попытка повторится, а на другой адрес — сразу."),
    "check_wants": (
        "The check at {at} found something that wants you. To have it named, run: python -m tracker check",
        "Проверка {at} нашла, чем вам стоит заняться. Чтобы прочесть, чем именно, запустите: python -m tracker check"),
    "letters_unknown": (
        "Letters that may have left or not: {count}. To have them named, run: python -m tracker mail",
        "Писем, о которых неизвестно, ушли ли они: {count}. Чтобы прочесть, какие это, запустите: python -m tracker mail"),
    "letters_refused": (
        "Letters that a mail server did not take: {count}. Mend the addresses in the tab Partners, or TRACKER_SMTP_URL; they are tried again.",
        "Писем, которые не принял почтовый сервер: {count}. Исправьте адреса на листе «Партнёры» или TRACKER_SMTP_URL; попытка повторится."),
    "no_orders": (
        "No new order since {at}, {ago} ago. See whether the shop still sends them (its webhooks, Zapier).",
        "Новых заказов нет с {at} ({ago} назад). Посмотрите, отправляет ли их магазин (вебхуки, Zapier)."),
}
"""What `status` says of what wants a person."""

AGES: dict[str, tuple[str, str]] = {
    "minutes": ("{count} min", "{count} мин"),
    "hours": ("{count} hours", "{count} ч"),
    "days": ("{count} days", "{count} дн."),
}
"""How long ago; of hours and days there are at least two."""

CHECK_WANTS = (
    "The daily check found something that wants you; `python -m tracker check` names it.",
    "Ежедневная проверка нашла, чем вам стоит заняться; `python -m tracker check` всё назовёт.",
)
SCHEDULED = (
    "Waking every {minutes} min. Stop with Ctrl-C or SIGTERM; a wake under way is let end.",
    "Запуск каждые {minutes} мин. Остановить: Ctrl-C или SIGTERM; начатый запуск доработает.",
)
SCHEDULE_ENDS = ("Stopped.", "Остановлено.")
WAKE_HANGS = (
    "A wake took longer than {minutes} min and was ended. The next one finishes its work.",
    "Запуск длился дольше {minutes} мин и прерван. Следующий доделает его работу.",
)
WAKE_ENDED = (
    "A wake ended with code {code}, a crash: please report the text above. The next one goes on.",
    "Запуск закончился с кодом {code} — это сбой: пожалуйста, сообщите о тексте выше. Следующий продолжит.",
)
WAKE_NOT_STARTED = (
    "A wake could not be started ({why}). The next try is in a few minutes.",
    "Запуск не начался ({why}). Следующая попытка через несколько минут.",
)
# fmt: on
