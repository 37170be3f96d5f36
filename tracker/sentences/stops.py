"""Sentences for runs that could not go on."""

from __future__ import annotations

STOPS: dict[str, tuple[str, str]] = {
    "state_busy": (
        (
            "{path} has been in use by another run for a minute. Wait until that run ends and "
            "start again."
        ),
        "Файл {path} уже минуту занят другим запуском. Дождитесь его окончания и запустите снова.",
    ),
    "state_full": (
        (
            "There is no room left on the disk for {path}. Nothing was lost: free some room and "
            "start again."
        ),
        "На диске нет места для {path}. Ничего не пропало: освободите место и запустите снова.",
    ),
    "state_unwritable": (
        (
            "{path} cannot be written. Check that the disk has room, and that its folder exists, "
            "belongs to you and is not read-only, then start again."
        ),
        (
            "Не удаётся записать {path}. Проверьте, что на диске есть место, а папка существует, "
            "принадлежит вам и открыта для записи, и запустите снова."
        ),
    ),
    "state_unreadable": (
        (
            "{path} is damaged, or not a file of this program. Put it back from a backup, or "
            "move it aside: an inbox is filled again from the order logs."
        ),
        (
            "Файл {path} повреждён или создан не этой программой. Верните его из резервной копии "
            "или уберите в сторону: входящие заполнятся заново из журналов заказов."
        ),
    ),
    "state_put_back": (
        (
            "{path} was put back or changed while {path}-wal of the file before it still lies "
            "beside it. Nothing was changed. If you put a copy back: delete {path}-wal and "
            "{path}-shm, and start again. If you did not (chmod and chown look the same): "
            "touch {path}-wal, and start again."
        ),
        (
            "Файл {path} заменён или изменён, а рядом лежит {path}-wal от прежнего файла. Ничего "
            "не тронуто. Если вы вернули копию, удалите {path}-wal и {path}-shm и запустите "
            "снова. Если не возвращали (chmod и chown выглядят так же), выполните "
            "touch {path}-wal и запустите снова."
        ),
    ),
    "state_newer": (
        "{path} was written by a newer version of the program. Update the program and start again.",
        "Файл {path} записан более новой версией программы. Обновите программу и запустите снова.",
    ),
    "log_missing": (
        (
            "There is no order log {path}. Correct TRACKER_ORDER_LOG, or make the file (an empty "
            "one will do)."
        ),
        (
            "Нет журнала заказов {path}. Исправьте TRACKER_ORDER_LOG или создайте файл (подойдёт "
            "и пустой)."
        ),
    ),
    "log_unreadable": (
        (
            "The order log {path} cannot be read ({why}). Check that it is a file and that you "
            "may read it."
        ),
        (
            "Журнал заказов {path} не читается ({why}). Проверьте, что это файл и что у вас есть "
            "право его читать."
        ),
    ),
    "log_unknown": (
        (
            "TRACKER_ORDER_LOG names {log}, which is not understood. Write file:orders.jsonl, "
            "tab:Webhook log, https://example.com/log or inbox:PATH, several with commas."
        ),
        (
            "В TRACKER_ORDER_LOG указано {log}, а это непонятно. Напишите file:orders.jsonl, "
            "tab:Webhook log, https://example.com/log или inbox:ПУТЬ, несколько — через запятую."
        ),
    ),
    "smtp_missing": (
        (
            "No mail server is named. Set TRACKER_SMTP_URL to smtp://user:password@host:587, or "
            "to folder:letters to write letters to a folder."
        ),
        (
            "Не указан почтовый сервер. Задайте TRACKER_SMTP_URL вида "
            "smtp://имя:пароль@сервер:587 или folder:letters, чтобы складывать письма в папку."
        ),
    ),
    "smtp_url_unreadable": (
        (
            "TRACKER_SMTP_URL cannot be read. Write smtp://user:password@host:587 or "
            "smtps://user:password@host:465, with @ : / in user and password as %40 %3A %2F; or "
            "folder:letters."
        ),
        (
            "TRACKER_SMTP_URL не читается. Напишите smtp://имя:пароль@сервер:587 или "
            "smtps://имя:пароль@сервер:465, заменив в имени и пароле знаки @ : / на %40 %3A %2F; "
            "или folder:letters."
        ),
    ),
    "env_not_text": (
        "The file {path} is not in UTF-8, so its settings cannot be read. Save it as UTF-8 (in Notepad: Save as, Encoding).",
        "Файл {path} сохранён не в UTF-8, и его настройки не прочесть. Сохраните его в UTF-8 (в Блокноте: «Сохранить как», «Кодировка»).",
    ),
    "book_missing": (
        (
            "There is no book at {path}. Make it with `python -m tracker init`, or name the "
            "right file "
            "in TRACKER_STORE."
        ),
        (
            "Книги {path} нет. Создайте её командой `python -m tracker init` или укажите "
            "верный файл "
            "в TRACKER_STORE."
        ),
    ),
    "book_unreadable": (
        (
            "{path} cannot be read as an .xlsx workbook: it is damaged, has a password, or "
            "is far too "
            "large. Open it in Excel or LibreOffice and save it as .xlsx without a password, "
            "or take "
            "a copy from .tracker/backups beside it."
        ),
        (
            "{path} не читается как книга .xlsx: файл повреждён, под паролем или слишком велик. "
            "Откройте его в Excel или LibreOffice и сохраните как .xlsx без пароля либо "
            "возьмите копию "
            "из .tracker/backups рядом с ним."
        ),
    ),
    "book_not_xlsx": (
        "{path} is not an .xlsx file. Save the book as .xlsx and name that file.",
        "{path} — не файл .xlsx. Сохраните книгу в формате .xlsx и укажите этот файл.",
    ),
    "book_open": (
        (
            "{who} has {path} open, so nothing was written. Save and close it, then run again. If "
            "nobody has it open, delete the file {mark} beside it."
        ),
        (
            "{path} сейчас открыт: {who}. Ничего не записано. Сохраните и закройте файл и "
            "запустите "
            "снова. Если он ни у кого не открыт, удалите рядом с ним файл {mark}."
        ),
    ),
    "book_busy": (
        (
            "{path} is being written by another program all the time, so nothing was done. "
            "Run again "
            "in a minute."
        ),
        (
            "{path} всё время занят другой программой, поэтому ничего не сделано. Запустите снова "
            "через минуту."
        ),
    ),
    "book_forbidden": (
        (
            "There is no right to read or replace {path}. Give the program's user write "
            "access to the "
            "file and to its folder."
        ),
        (
            "Нет прав читать или заменять {path}. Дайте пользователю программы право записи в файл "
            "и в его папку."
        ),
    ),
    "disk_full": (
        "The disk of {path} is full or failing; the book is as it was. Make room, then run again.",
        (
            "Диск с {path} переполнен или сбоит; книга осталась прежней. Освободите место и "
            "запустите "
            "снова."
        ),
    ),
    "tab_missing": (
        (
            "The book has no tab {tab}. If it was renamed, give it that name back; else add "
            "it with "
            "`python -m tracker init`."
        ),
        (
            "В книге нет листа «{tab_ru}». Если его переименовали, верните имя; иначе "
            "добавьте лист "
            "командой `python -m tracker init`."
        ),
    ),
    "tab_doubled": (
        (
            "The tabs {first} and {second} are the same one in two languages. Keep one of them and "
            "rename the other."
        ),
        "Листы «{first}» и «{second}» — один и тот же лист. Оставьте один, а другой переименуйте.",
    ),
    "tab_not_ours": (
        "{tab} is a tab of your own that bears the name of one of ours, and the program would write over it. Rename it (“My {tab}”), then run `python -m tracker init` again; nothing was touched.",
        "Лист «{tab}» — ваш, но называется как один из наших, и программа писала бы поверх. Переименуйте его («Мой {tab}») и снова выполните `python -m tracker init`; пока ничего не тронуто.",
    ),
    "hidden_tab_missing": (
        (
            "The hidden tab {tab} of {path} is missing or was changed, so its commits cannot be "
            "counted. Add it with `python -m tracker init`, or take a copy from .tracker/backups."
        ),
        (
            "Скрытый лист {tab} в {path} пропал или изменён, и записи не сосчитать. Добавьте его "
            "командой `python -m tracker init` или возьмите копию из .tracker/backups."
        ),
    ),
    "heading_missing": (
        (
            "The tab {tab} has no column {heading}; it is expected about {cell}. Write "
            "{heading} (or "
            "{heading_ru}) back into row 1, or add the column with `python -m tracker init`."
        ),
        (
            "На листе «{tab}» нет столбца «{heading_ru}»; его место около {cell}. Верните в "
            "строку 1 "
            "заголовок {heading_ru} (или {heading}) либо добавьте столбец командой "
            "`python -m tracker init`."
        ),
    ),
    "heading_doubled": (
        (
            "The tab {tab} has the column {heading} twice, in {first} and {cell}. Rename or delete "
            "one of them."
        ),
        (
            "На листе «{tab}» столбец «{heading_ru}» стоит дважды, в {first} и {cell}. "
            "Переименуйте "
            "или удалите один из них."
        ),
    ),
    "language_unknown": (
        "The book cannot be laid out in {language}. Ask for en or ru.",
        "На языке {language} книгу не сделать. Укажите en или ru.",
    ),
    "demo_not_ours": (
        ("{path} was not made by a demo, so it is left alone. Choose another folder with --out."),
        ("{path} создан не демонстрацией, поэтому он не тронут. Выберите другую папку: --out."),
    ),
    "store_unknown": (
        "There is no store of the kind {kind}. Name a workbook, xlsx:partners.xlsx, or a Google sheet, gsheets:<its address>.",
        "Хранилища вида {kind} нет. Укажите книгу, xlsx:partners.xlsx, или таблицу Google, gsheets:<её адрес>.",
    ),
}
