"""Sentences of the receiver: why it could not start, and what a shop is answered."""

from __future__ import annotations

# fmt: off
RECEIVER_STOPS: dict[str, tuple[str, str]] = {
    "nothing_to_serve": (
        "There is nobody to receive from: set TRACKER_HOOK_SECRET_<SOURCE> for each shop (for example TRACKER_HOOK_SECRET_WOOCOMMERCE), and TRACKER_API_KEY if another machine is to read the deliveries.",
        "Не от кого принимать: задайте TRACKER_HOOK_SECRET_<ИСТОЧНИК> для каждого магазина (например TRACKER_HOOK_SECRET_WOOCOMMERCE), а если записи будет читать другая машина — ещё и TRACKER_API_KEY.",
    ),
    "api_key_short": (
        'TRACKER_API_KEY has fewer than {limit} characters and could be guessed. Set a longer one, for example the output of: python -c "import secrets; print(secrets.token_urlsafe(32))"',
        'TRACKER_API_KEY короче {limit} знаков, и его можно подобрать. Задайте длиннее, например то, что выведет: python -c "import secrets; print(secrets.token_urlsafe(32))"',
    ),
    "api_key_odd": (
        "TRACKER_API_KEY holds a space or a sign that cannot be sent: only Latin letters, digits and signs without spaces can. Set another one.",
        "В TRACKER_API_KEY есть пробел или знак, который нельзя отправить: годятся только латинские буквы, цифры и знаки без пробелов. Задайте другой ключ.",
    ),
    "public_url_odd": (
        "TRACKER_PUBLIC_URL is no address that a shop could call. Write how the outside calls the receiver, such as https://hooks.example.com, or remove it.",
        "TRACKER_PUBLIC_URL — не адрес, к которому может обратиться магазин. Напишите, как приёмник зовётся снаружи, например https://hooks.example.com, или удалите.",
    ),
    "hook_rate_odd": (
        "TRACKER_HOOK_RATE must be a whole number of deliveries a second, from 1 to {limit}. Correct it, or remove it for the usual 100.",
        "TRACKER_HOOK_RATE — целое число записей в секунду, от 1 до {limit}. Исправьте или удалите: тогда будет обычное значение 100.",
    ),
    "port_taken": (
        "Port {port} is in use by another program, perhaps by a receiver that runs already. Stop that one, or choose another port with --port.",
        "Порт {port} занят другой программой — возможно, уже запущенным приёмником. Остановите её или выберите другой порт через --port.",
    ),
    "address_unusable": (
        "The receiver cannot listen on {host}:{port} ({why}). Name an address of this machine with --host (127.0.0.1 behind a reverse proxy, 0.0.0.0 for all), and a port that you may use.",
        "Приёмник не может слушать {host}:{port} ({why}). Укажите в --host адрес этой машины (127.0.0.1 за обратным прокси, 0.0.0.0 для всех) и порт, который вам разрешён.",
    ),
    "hook_secret_short": (
        'One of the secrets in {name} has fewer than {limit} characters and could be guessed; a comma parts two secrets. Set a longer one, for example the output of: python -c "import secrets; print(secrets.token_urlsafe(32))"',
        'Один из секретов в {name} короче {limit} знаков, и его можно подобрать; запятая разделяет два секрета. Задайте длиннее, например то, что выведет: python -c "import secrets; print(secrets.token_urlsafe(32))"',
    ),
    "hook_secret_empty": (
        "{name} holds an empty secret. Set the secret of the shop, or remove the variable; several secrets are parted by single commas.",
        "В {name} пустой секрет. Укажите секрет магазина или удалите переменную; несколько секретов разделяйте одной запятой.",
    ),
}

# English, Russian: said when the receiver begins to listen.
NOT_LOOPBACK = (
    "This address can be reached from other machines, without encryption. Put a reverse proxy with TLS (Caddy, nginx) in front of it, and let only the proxy through.",
    "Этот адрес доступен с других машин и без шифрования. Поставьте перед ним обратный прокси с TLS (Caddy, nginx) и пускайте только через него.",
)

# The same: for a variable whose vendor nobody knows, and for one whose orders nobody can read yet.
VENDOR_UNKNOWN = (
    "{name}: {vendor} is no vendor known to this version: its deliveries are kept and wait. Known are {known}: if one of these was meant, correct the name.",
    "{name}: сервис {vendor} этой версии не известен: его записи хранятся и ждут. Известны {known}: если имелся в виду один из них, исправьте имя.",
)
VENDOR_UNREAD = (
    "{name}: deliveries of {vendor} are kept, but this version does not read them yet: they wait.",
    "{name}: записи {vendor} хранятся, но эта версия их ещё не читает: они ждут.",
)

# What the sender of a request reads; nothing of the request is repeated.
HOOK_ANSWERS: dict[str, str] = {
    "hook_unknown": "Nothing is received at this address. Check the source in the address, and that its secret is set where the receiver runs; a source that signs has no secret in its address.",
    "hook_secret_missing": "This source does not sign, so the secret belongs at the end of the address: /hooks/SOURCE/SECRET.",
    "hook_secret_wrong": "The secret in the address is not the one set for this source. Copy the address anew.",
    "hook_body_empty": "The body is empty. Send the order in it.",
    "hook_body_unreadable": "The body cannot be read as an order. Send JSON or a form in UTF-8.",
    "hook_encoding": "The body is compressed. Send it without Content-Encoding.",
    "signature_missing": "The signature is missing. Set the secret in the shop's webhook, so that it signs.",
    "signature_unreadable": "The signature cannot be read: it is not of this source's form, or there are several that differ.",
    "signature_old": "The signed time is more than 5 minutes away from the receiver's clock. Send it again with the time of sending, and check both clocks.",
    "signature_wrong": "The signature does not fit the body. Check that the shop signs with the secret set for this source, and that nothing on the way changes the body.",
    "delivery_too_big": "The body is larger than 256 KiB. Send the orders in smaller portions.",
    "delivery_too_deep": "The body nests values more than 20 deep. Send the order itself.",
    "delivery_not_text": "The body holds signs that are no text in UTF-8. Write UTF-8.",
    "delivery_not_json": "The body is neither JSON nor a form. Send application/json or application/x-www-form-urlencoded.",
    "delivery_not_a_form": "The body is a form that cannot be decoded. Encode it as UTF-8, with at most 1,000 fields.",
    "delivery_number": "The body holds a number that no shop means, such as NaN or one of more than 20 digits.",
    "delivery_field_twice": "A field stands twice in one object of the body. Send it once.",
}

# The same for what is refused before anybody asks who sent it, and for what is not its fault.
RECEIVER_ANSWERS: dict[str, str] = {
    "not_found": "There is nothing at this address. Deliveries go to /hooks/SOURCE.",
    "method_wrong": "This address takes no such request. Use a method that the header Allow names.",
    "body_slow": "The body did not arrive in time. Send it again, all at once.",
    "too_fast": "This source sends too fast. Send this again after the seconds that the header Retry-After names.",
    "http_wrong": "This is no request in HTTP/1.1 that could be read.",
    "head_slow": "The head of the request did not arrive in time. Send it all at once.",
    "head_too_big": "The headers of the request are larger than 32 KiB. Send fewer.",
    "crowded": "Too many connections are open. Send this again later.",
    "queue_full": "Too much waits to be kept already. Send this again later.",
    "stopping": "The receiver is about to stop, and this was not kept. Send it again in a minute.",
    "state_full": "The disk is full, and this was not kept. Send it again later.",
    "state_busy": "The inbox is in use by another run, and this was not kept. Send it again later.",
    "state_unwritable": "The inbox cannot be written, and this was not kept. Send it again later.",
    "state_unreadable": "The inbox cannot be read, and this was not kept. Send it again later.",
    "state_put_back": "The inbox was put back from a copy in a way that needs its owner, and this was not kept. Send it again later.",
    "unexpected": "Something went wrong here, and this was not kept. Send it again later.",
}
# fmt: on
