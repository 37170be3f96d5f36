"""Sentences for logs that are pulled from an address or another inbox."""

from __future__ import annotations

# fmt: off
PULLING_STOPS: dict[str, tuple[str, str]] = {
    "log_address": (
        "TRACKER_ORDER_LOG names {log}, which is no address that can be asked. Write https://example.com/log, without a name or password in it; what opens the log belongs in TRACKER_ORDER_LOG_TOKEN.",
        "В TRACKER_ORDER_LOG указан {log}, а обратиться по такому адресу нельзя. Напишите https://example.com/log, без имени и пароля; ключ к журналу укажите в TRACKER_ORDER_LOG_TOKEN.",
    ),
    "log_plain": (
        "The order log {log} lies on the open internet and is asked by http, where everybody on the way can read the orders. Write https:// in TRACKER_ORDER_LOG.",
        "Журнал заказов {log} находится в открытом интернете, а по http заказы может прочитать любой на пути. Напишите в TRACKER_ORDER_LOG https://.",
    ),
    "log_private": (
        "The order log {log} leads to this machine or to a private network. If that is meant, set TRACKER_ALLOW_PRIVATE=yes; else correct TRACKER_ORDER_LOG.",
        "Журнал заказов {log} ведёт на этот компьютер или в частную сеть. Если так и задумано, задайте TRACKER_ALLOW_PRIVATE=yes; если нет, исправьте TRACKER_ORDER_LOG.",
    ),
    "log_host": (
        "The host of the order log {log} is not known. Correct TRACKER_ORDER_LOG, or look whether this machine is online.",
        "Сервер журнала заказов {log} не найден. Исправьте TRACKER_ORDER_LOG или проверьте, есть ли на этом компьютере интернет.",
    ),
    "log_unreachable": (
        "The order log {log} does not answer. Look whether its server runs and is open to this machine; the next run goes on where this one stopped.",
        "Журнал заказов {log} не отвечает. Проверьте, работает ли его сервер и доступен ли он с этого компьютера; следующий запуск продолжит с того же места.",
    ),
    "log_certificate": (
        "The order log {log} could not prove who it is: its certificate is not valid. Renew the certificate, or write the host in TRACKER_ORDER_LOG as the certificate names it.",
        "Журнал заказов {log} не подтвердил, что он тот самый: его сертификат недействителен. Обновите сертификат или укажите в TRACKER_ORDER_LOG сервер так, как он назван в сертификате.",
    ),
    "log_slow": (
        "The order log {log} takes too long to answer. The next run goes on where this one stopped; if this repeats, look at its server.",
        "Журнал заказов {log} отвечает слишком долго. Следующий запуск продолжит с того же места; если это повторится, проверьте его сервер.",
    ),
    "log_busy": (
        "The order log {log} asks to come back later. The next run goes on where this one stopped; if this repeats, run it less often.",
        "Журнал заказов {log} просит обратиться позже. Следующий запуск продолжит с того же места; если это повторится, запускайте программу реже.",
    ),
    "log_redirected": (
        "The order log {log} sends on to another place, or in a circle. Write the address where it really is in TRACKER_ORDER_LOG.",
        "Журнал заказов {log} перенаправляет в другое место или по кругу. Укажите в TRACKER_ORDER_LOG адрес, где он находится на самом деле.",
    ),
    "log_too_big": (
        "The order log {log} answers with more than 16 MiB for a single delivery. Look at its server: it has to honour `limit`.",
        "Журнал заказов {log} отвечает больше чем 16 МиБ на одну запись. Проверьте его сервер: он должен учитывать `limit`.",
    ),
    "log_broken": (
        "The answer of the order log {log} broke off. The next run goes on where this one stopped; if this repeats, look at its server.",
        "Ответ журнала заказов {log} оборвался. Следующий запуск продолжит с того же места; если это повторится, проверьте его сервер.",
    ),
    "log_token": (
        "TRACKER_ORDER_LOG_TOKEN holds a sign that cannot be sent to {log}: only Latin letters, digits and signs without spaces can. Copy the key anew.",
        "В TRACKER_ORDER_LOG_TOKEN есть знак, который нельзя отправить на {log}: годятся только латинские буквы, цифры и знаки без пробелов. Скопируйте ключ заново.",
    ),
    "log_denied": (
        "The order log {log} does not let us in (status {status}). Set TRACKER_ORDER_LOG_TOKEN to the key that it asks for; of our own receiver that is its TRACKER_API_KEY.",
        "Журнал заказов {log} нас не впускает (статус {status}). Укажите в TRACKER_ORDER_LOG_TOKEN ключ, которого он ждёт; у нашего приёмника это его TRACKER_API_KEY.",
    ),
    "log_not_found": (
        "There is no order log at {log} (status {status}). Correct the address in TRACKER_ORDER_LOG; that of our own receiver ends with /log.",
        "По адресу {log} нет журнала заказов (статус {status}). Исправьте адрес в TRACKER_ORDER_LOG; у нашего приёмника он кончается на /log.",
    ),
    "log_status": (
        "The order log {log} answers with status {status} instead of deliveries. The next run asks again; if this repeats, look at its server.",
        "Журнал заказов {log} вместо записей отвечает статусом {status}. Следующий запуск спросит снова; если это повторится, проверьте его сервер.",
    ),
    "log_not_json": (
        "The answer of the order log {log} is not what a log says: a JSON object with the list `deliveries` and the text or null `next`. Look whether the address in TRACKER_ORDER_LOG is right.",
        "Ответ журнала заказов {log} не похож на журнал: нужен объект JSON со списком `deliveries` и текстом или null в `next`. Проверьте адрес в TRACKER_ORDER_LOG.",
    ),
    "log_inbox_missing": (
        "There is no inbox {path}. Correct TRACKER_ORDER_LOG; a receiver makes its inbox when it starts.",
        "Нет файла входящих {path}. Исправьте TRACKER_ORDER_LOG; приёмник создаёт свой файл входящих при запуске.",
    ),
    "log_inbox_unreadable": (
        "The inbox {path} cannot be read. Check that it is the inbox of a receiver (inbox.sqlite3), not of a newer version of the program, and that you may read it.",
        "Файл входящих {path} не читается. Проверьте, что это файл приёмника (inbox.sqlite3), что он не от более новой версии программы и что у вас есть право его читать.",
    ),
}
# fmt: on
