"""Sentences for runs that could not go on, each with what to do next."""

from __future__ import annotations

# fmt: off
RUNS: dict[str, tuple[str, str]] = {
    "clock_behind": (
        "This machine's clock says {now}, but the book was last written at {last}. Set the clock right; if it is right, run again with --clock-is-right.",
        "Часы этой машины показывают {now}, а книга записана в {last}. Поправьте часы; если они верны, запустите с --clock-is-right."),
    "clock_ahead": (
        "This machine's clock says {now}, more than 400 days after the book's last line ({last}). Set the clock right; if it is right, run again with --clock-is-right.",
        "Часы этой машины показывают {now} — более 400 дней после последней записи книги ({last}). Поправьте часы; если они верны, запустите с --clock-is-right."),
    "secret_missing": (
        "There is no TRACKER_SECRET. Put the book's .env back; for a new book run init.",
        "Нет TRACKER_SECRET. Верните файл .env этой книги; для новой книги запустите init."),
    "secret_changed": (
        "TRACKER_SECRET is not the one this book was written with: customers could no longer be told apart. Put the old one back into .env.",
        "TRACKER_SECRET не тот, с которым писалась книга: покупателей стало бы не узнать. Верните прежний в .env."),
    "secret_short": (
        "TRACKER_SECRET is shorter than 16 characters. Use the one that init made.",
        "TRACKER_SECRET короче 16 знаков. Возьмите тот, что сделал init."),
    "still_changing": (
        "The book was changed by somebody else five times while this run was planning. Nothing was written; run again in a minute.",
        "Пока планировался этот запуск, книгу пять раз изменил кто-то другой. Ничего не записано; запустите через минуту."),
    "answer_lost": (
        "The store did not say whether the write landed. Run again: what is missing will be written, nothing twice.",
        "Хранилище не ответило, дошла ли запись. Запустите снова: недостающее допишется, ничего не удвоится."),
    "book_restored": (
        "The book is older than the last commit made here (a copy was put back?). Nothing was written. To go on with this book: restore --accept",
        "Книга старше последней записи, сделанной здесь (вернули копию?). Ничего не записано. Чтобы продолжить с этой книгой: restore --accept"),
    "order_unknown": (
        "There is no order {order}. Type its order_id as the tab Journal shows it, or source/order_id.",
        "Заказа {order} нет. Наберите номер, как он стоит на листе «Журнал», или источник/номер."),
    "month_unreadable": (
        "“{month}” is no month. Type it as 2026-10.",
        "«{month}» — не месяц. Наберите 2026-10."),
    "month_not_over": (
        "{month} is not over, so its statements cannot be sent. Look at them with --preview.",
        "{month} ещё не закончился, отчёты за него не отправить. Посмотрите их через --preview."),
    "mail_not_live": (
        "The setting mail is {mail}, so nothing was sent. Set it to live, or look with --preview FOLDER.",
        "Настройка mail — {mail}, поэтому ничего не отправлено. Поставьте live или посмотрите через --preview ПАПКА."),
    "mail_from_missing": (
        "The setting mail_from is empty. Type the sender: Shop <partners@example.com>.",
        "Настройка mail_from пуста. Впишите отправителя: Магазин <partners@example.com>."),
    "payout_settings": (
        "Settings cannot be read: {keys}. Mend them, then propose payouts.",
        "Не читаются настройки: {keys}. Исправьте их, потом предлагайте выплаты."),
    "format_unknown": (
        "There is no format {format}. Choose {known}.",
        "Формата {format} нет. Выберите: {known}."),
    "nothing_restored": (
        "The book is not behind the last commit made here; there is nothing to accept.",
        "Книга не отстаёт от последней записи; принимать нечего."),
    "file_unwritable": (
        "{path} cannot be written ({why}). Choose another folder.",
        "{path} не записать ({why}). Выберите другую папку."),
}
# fmt: on
