"""Sentences for runs that Google Sheets kept from going on."""

from __future__ import annotations

# fmt: off
GOOGLE: dict[str, tuple[str, str]] = {
    "google_address": (
        "{place} is no Google spreadsheet. Open the sheet in a browser and copy its address: gsheets:https://docs.google.com/spreadsheets/d/…/edit",
        "{place} — это не таблица Google. Откройте таблицу в браузере и скопируйте её адрес: gsheets:https://docs.google.com/spreadsheets/d/…/edit",
    ),
    "google_key_unset": (
        "A Google sheet needs a key file. Write its path into .env: TRACKER_GOOGLE_CREDENTIALS=/home/you/key.json (README, “Your own Google Sheet”, tells how to get one).",
        "Для таблицы Google нужен файл ключа. Впишите его путь в .env: TRACKER_GOOGLE_CREDENTIALS=/home/you/key.json (как его получить, сказано в README.ru.md, «Своя таблица Google»).",
    ),
    "google_key_missing": (
        "There is no key file {path}, or it cannot be read. Correct TRACKER_GOOGLE_CREDENTIALS.",
        "Файла ключа {path} нет, или его не прочитать. Исправьте TRACKER_GOOGLE_CREDENTIALS.",
    ),
    "google_key_open": (
        "Others on this machine may read the key file {path}, and whoever has it can change your sheet. Type: chmod 600 {path}",
        "Файл ключа {path} могут прочитать другие пользователи этого компьютера, а с ним можно менять вашу таблицу. Выполните: chmod 600 {path}",
    ),
    "google_key_unreadable": (
        "{path} is not the key of a service account. Download one as JSON: Google Cloud console, Service accounts, Keys, Add key (README, “Your own Google Sheet”).",
        "{path} — не ключ сервисного аккаунта. Скачайте ключ в формате JSON: консоль Google Cloud, Service accounts, Keys, Add key (README.ru.md, «Своя таблица Google»).",
    ),
    "google_key_revoked": (
        "Google no longer accepts the key of {email}. Make a new one (Google Cloud console, Service accounts, Keys, Add key), save it where TRACKER_GOOGLE_CREDENTIALS points, and start again.",
        "Google больше не принимает ключ аккаунта {email}. Создайте новый (консоль Google Cloud, Service accounts, Keys, Add key), сохраните его туда, куда указывает TRACKER_GOOGLE_CREDENTIALS, и запустите снова.",
    ),
    "google_clock": (
        "Google refuses the key because this machine's clock is wrong by minutes. Set the clock and start again.",
        "Google не принимает ключ: часы этого компьютера ошибаются на минуты. Поставьте верное время и запустите снова.",
    ),
    "google_not_shared": (
        "{email} may not open {where}. Open the sheet, press Share at the top right, paste this e-mail, choose Editor, press Send or Share.",
        "У {email} нет доступа к {where}. Откройте таблицу, нажмите «Настройки доступа» справа вверху, вставьте этот адрес, выберите «Редактор» и нажмите «Отправить» («Открыть доступ»).",
    ),
    "google_read_only": (
        "{email} may read {where} but not write to it. Open the sheet, press Share at the top right, and change its role to Editor.",
        "{email} может читать {where}, но не писать. Откройте таблицу, нажмите «Настройки доступа» справа вверху и смените роль на «Редактор».",
    ),
    "google_api_off": (
        "The Google Sheets API is switched off in the project of {email}. Open https://console.cloud.google.com/apis/library/sheets.googleapis.com, press Enable, wait two minutes and start again.",
        "В проекте аккаунта {email} выключен Google Sheets API. Откройте https://console.cloud.google.com/apis/library/sheets.googleapis.com, нажмите Enable («Включить»), подождите две минуты и запустите снова.",
    ),
    "google_not_found": (
        "Google knows no spreadsheet at {where}. Check the address in TRACKER_STORE; a sheet in the bin must be restored and shared with {email}.",
        "Google не знает таблицы {where}. Проверьте адрес в TRACKER_STORE; таблицу из корзины нужно вернуть и открыть для {email}.",
    ),
    "google_office_file": (
        "{where} is an Excel file kept on Drive, not a Google sheet. Open it, choose File > Save as Google Sheets, and name the new sheet in TRACKER_STORE.",
        "{where} — файл Excel на Диске, а не таблица Google. Откройте его, выберите «Файл» > «Сохранить как таблицу Google» и укажите новую таблицу в TRACKER_STORE.",
    ),
    "google_protected": (
        "A protection in {tab} does not let {email} write, and nothing was written. In the sheet choose Data > Protect sheets and ranges, and either let {email} edit or make it “Show a warning”.",
        "Защита в {tab} не даёт {email} писать, и ничего не записано. В таблице выберите «Данные» > «Защитить листы и диапазоны» и разрешите {email} правку или включите «Показывать предупреждение».",
    ),
    "google_full": (
        "{where} has reached Google's limit of 10 million cells, and nothing was written. Delete empty columns and rows of your own tabs, or move to a larger store.",
        "В {where} достигнут предел Google — 10 миллионов ячеек, ничего не записано. Удалите пустые столбцы и строки своих листов или перейдите на хранилище побольше.",
    ),
    "google_quota": (
        "Google has answered “too many requests” for ten minutes, and the rest was not written. Another program uses the same project, or sync runs too often: the next run goes on.",
        "Google десять минут отвечает «слишком много запросов», остальное не записано. Тем же проектом пользуется другая программа, или sync запускается слишком часто; следующий запуск продолжит.",
    ),
    "google_unreachable": (
        "Google Sheets does not answer ({why}). Check the connection; nothing is lost, the next run goes on.",
        "Google Таблицы не отвечают ({why}). Проверьте связь; ничего не пропало, следующий запуск продолжит.",
    ),
    "google_odd_answer": (
        "Google's answer lacks a part of what was asked, so nothing was planned or written. Start again; if it stays so, run `python -m tracker check`.",
        "В ответе Google нет части того, о чём спросили, поэтому ничего не решено и не записано. Запустите снова; если не поможет, выполните `python -m tracker check`.",
    ),
    "google_refused": (
        "Google refused the batch ({http}: {says}), and nothing was written. Run `python -m tracker check`; if it finds nothing, report this sentence.",
        "Google отказал ({http}: {says}), ничего не записано. Выполните `python -m tracker check`; если он ничего не найдёт, сообщите эту фразу разработчикам.",
    ),
    "google_columns_moved": (
        "Columns of the tab {tab} were moved while rows were being written, and the rows at {cells} stand beside their headings. Delete exactly these rows, then run `python -m tracker sync --again`.",
        "Столбцы листа «{tab}» переставили во время записи, и строки {cells} стоят не под своими заголовками. Удалите ровно эти строки и выполните `python -m tracker sync --again`.",
    ),
    "live_needs_google": (
        "`check --live` tries how Google behaves, so it needs a Google sheet; this book is {kind}. Leave --live away, or name the sheet: --store gsheets:ADDRESS",
        "`check --live` проверяет поведение Google, ему нужна таблица Google, а эта книга — {kind}. Уберите --live или укажите таблицу: --store gsheets:АДРЕС",
    ),
    "google_hidden_missing": (
        "The hidden tab {tab} of {path} is missing. Add it with `python -m tracker init`; the logs are then read from their beginning, which changes no sum.",
        "В {path} нет скрытого листа {tab}. Добавьте его командой `python -m tracker init`; журналы прочтутся заново с начала, суммы от этого не меняются.",
    ),
    "answer_lost": (
        "Five times the answer to a write was lost on the way. What landed is in the book, the rest is written by the next run; check the connection.",
        "Ответ на запись пять раз потерялся в пути. Что дошло, стоит в книге, остальное запишет следующий запуск; проверьте связь.",
    ),
}
# fmt: on
