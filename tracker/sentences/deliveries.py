"""Why was a delivery of a shop not understood? Each sentence with its remedy."""

from __future__ import annotations

DELIVERY_PROBLEMS: dict[str, tuple[str, str]] = {
    "delivery_source_unknown": (
        (
            "No shop's dialect is called `{shown}`. Name one of {known} in the delivery's "
            "`source`, with the shop's name behind a colon if you like."
        ),
        (
            "Формат магазина `{shown}` не известен. Укажите в поле `source` доставки один из: "
            "{known}; через двоеточие можно добавить имя магазина."
        ),
    ),
    "delivery_too_big": (
        "The delivery is larger than {limit_kib} KiB. Send the orders in smaller portions.",
        "Доставка больше {limit_kib} КиБ. Присылайте заказы меньшими порциями.",
    ),
    "delivery_too_many": (
        "The delivery holds {count} orders. Send at most {limit} at a time.",
        "В доставке {count} заказов. Присылайте не больше {limit} за раз.",
    ),
    "delivery_too_deep": (
        "The delivery nests values more than {limit} deep. Send the order itself.",
        "Вложенность значений в доставке больше {limit}. Пришлите сам заказ.",
    ),
    "delivery_not_text": (
        "The delivery holds signs that are no text in UTF-8. Have the sender write UTF-8.",
        "В доставке есть знаки, которые не являются текстом в UTF-8. Отправляйте в UTF-8.",
    ),
    "delivery_not_json": (
        (
            "The delivery is not JSON: it breaks off or goes wrong in line {line}, column "
            "{column}. Correct the sender; what it sent is kept."
        ),
        (
            "Доставка — не JSON: ошибка в строке {line}, позиция {column}. Исправьте отправку; "
            "присланное сохранено."
        ),
    ),
    "delivery_not_a_form": (
        "The delivery's form cannot be decoded. Have the sender encode it as UTF-8 (%D0%90).",
        "Форму из доставки не удалось разобрать. Кодируйте её в UTF-8 (%D0%90).",
    ),
    "delivery_not_an_object": (
        "The delivery is JSON, but no order: send an object, or a list of objects.",
        "Доставка — JSON, но не заказ: пришлите объект или список объектов.",
    ),
    "delivery_number": (
        "The delivery holds the number {shown}, which no shop means. Correct the sender.",
        "В доставке стоит число {shown}, которого не бывает. Исправьте отправку.",
    ),
    "delivery_field_twice": (
        "`{field}` stands twice in one object of the delivery. Send it once.",
        "Поле `{field}` стоит в доставке дважды. Присылайте его один раз.",
    ),
    "delivery_too_many_fields": (
        "The delivery has more than {limit} nested fields. Send the order alone.",
        "В доставке больше {limit} вложенных полей. Присылайте только сам заказ.",
    ),
    "delivery_currency_unsaid": (
        (
            "The shop does not say the order's currency, and `currency` in Settings cannot be "
            "read. Correct it there; the order is read again at the next sync."
        ),
        (
            "Магазин не называет валюту заказа, а `currency` в «Настройках» не читается. "
            "Исправьте её; при следующей синхронизации заказ прочитается заново."
        ),
    ),
    "delivery_not_of_tilda": (
        (
            "The delivery has neither `payment` nor `formid`, so it is no order and no form of "
            "Tilda. Give Tilda the address as a Webhook; a letter or a bot's text will not do."
        ),
        (
            "В доставке нет ни `payment`, ни `formid`: это не заказ и не форма Tilda. Укажите "
            "адрес в Tilda как Webhook; письмо или текст из бота не подойдут."
        ),
    ),
    "delivery_field_missing": (
        "The delivery has no `{field}`, and an order cannot do without it. Add it and send again.",
        "В доставке нет поля `{field}`, а без него заказ не понять. Добавьте его и пришлите снова.",
    ),
    "delivery_field_unreadable": (
        "`{field}` of the delivery is of the wrong kind. Send it as the README shows.",
        "Поле `{field}` доставки не того вида. Пришлите его, как показано в README.",
    ),
    "delivery_id_unusable": (
        "`{field}` of the delivery is no id: 1 to {limit} plain signs. Correct the sender.",
        "Поле `{field}` доставки — не номер: нужно от 1 до {limit} обычных знаков. Исправьте.",
    ),
    "delivery_currency_unknown": (
        "`{field}` is {shown}, no currency of ISO 4217. Send its three letters, as in RUB.",
        "В поле `{field}` стоит {shown}; такой валюты нет в ISO 4217. Пришлите три буквы: RUB.",
    ),
    "delivery_state_unknown": (
        "`{field}` is {shown}. Send pending, paid, cancelled or refunded.",
        "В поле `{field}` стоит {shown}. Пришлите pending, paid, cancelled или refunded.",
    ),
    "delivery_time_unreadable": (
        (
            "`{field}` is {shown}, which is no moment. Send 2025-10-07T12:30:00+03:00 (in a form "
            "the plus is written %2B)."
        ),
        (
            "В поле `{field}` стоит {shown}, это не время. Пришлите 2025-10-07T12:30:00+03:00 "
            "(в форме плюс пишется как %2B)."
        ),
    ),
    "delivery_amount_unreadable": (
        "`{field}` is {shown}, which is no sum. Send digits with a dot, as in 1234.50.",
        "В поле `{field}` стоит {shown}, это не сумма. Пришлите цифры с точкой: 1234.50.",
    ),
    "delivery_amount_both_marks": (
        "`{field}` is {shown}, with a comma and a dot. Send 1990.50 with a dot alone.",
        "В поле `{field}` стоит {shown}: и запятая, и точка. Пришлите 1990.50 с одной точкой.",
    ),
    "delivery_amount_ambiguous": (
        "`{field}` is {shown}, a thousand or a fraction. Send 1234 or 1.234 with a dot.",
        "В поле `{field}` стоит {shown}: тысяча или дробь? Пришлите 1234 или 1.234 с точкой.",
    ),
    "delivery_amount_too_fine": (
        "`{field}` is {shown}, finer than the currency's smallest coin. Send a rounded sum.",
        "В поле `{field}` стоит {shown} — мельче монеты этой валюты. Пришлите округлённую сумму.",
    ),
    "delivery_amount_negative": (
        "`{field}` is {shown}, below zero. Send it without the minus.",
        "В поле `{field}` стоит {shown}, меньше нуля. Пришлите без минуса.",
    ),
    "delivery_quantity_big": (
        "`{field}` is {shown}; a line has {limit} pieces at most. Send the true number.",
        "В поле `{field}` стоит {shown}, а в строке не больше {limit} штук. Пришлите верное число.",
    ),
    "delivery_refund_estimate": (
        (
            "The delivery is an estimate of a refund, not a refund. Send the webhook "
            "refunds/create or orders/updated instead."
        ),
        (
            "Доставка — расчёт возврата, а не сам возврат. Присылайте вебхук refunds/create или "
            "orders/updated."
        ),
    ),
    "delivery_refund_without_order": (
        (
            "The delivery is refund {shown} and does not say of which order. Send the order "
            "itself (order.updated), which lists its refunds."
        ),
        (
            "Доставка — возврат {shown}, но не сказано, какого заказа. Присылайте сам заказ "
            "(order.updated), в нём есть список возвратов."
        ),
    ),
    "delivery_shop_error": (
        (
            "The shop sent its own error ({shown}) in place of an order. Open the order in the "
            "shop and save it, so that it is sent again."
        ),
        (
            "Вместо заказа магазин прислал свою ошибку ({shown}). Откройте заказ в магазине и "
            "сохраните, чтобы он отправился снова."
        ),
    ),
}
