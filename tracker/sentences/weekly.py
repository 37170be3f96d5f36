"""What does the owner's Monday letter say? Its lines, the items of their lists, and their titles.

Every code has (English, Russian); `{orders:order|orders}` writes a number with its noun
(`tracker.sentences.plurals`).
"""

from __future__ import annotations

# fmt: off
WEEKLY: dict[str, tuple[str, str]] = {
    "nothing": (
        "No orders in the week and none in the one before, and nothing waits for you.",
        "Ни за эту неделю, ни за предыдущую заказов не было, и ничего не ждёт вашего решения."),
    "orders": (
        "{orders:order|orders}, {counted} of them counted for partners. The week before: {orders_before} and {counted_before}.",
        "{orders:заказ|заказа|заказов}, из них засчитано партнёрам: {counted}. Неделей раньше: {orders_before} и {counted_before}."),
    "count_orders": (
        "{orders:order|orders}",
        "{orders:заказ|заказа|заказов}"),
    "money": (
        "Counted orders brought {brought}; partners earn {owed}. The week before: orders brought {brought_before}; partners earned {owed_before}.",
        "Засчитанные заказы принесли {brought}; партнёрам за них причитается {owed}. Неделей раньше: заказы принесли {brought_before}; партнёрам причиталось {owed_before}."),
    "top": ("{items}.", "{items}."),
    "top_item": (
        "{partner}: {brought} from {orders:order|orders}, earning {owed}",
        "{partner} — {brought} ({orders:заказ|заказа|заказов}), причитается {owed}"),
    "average": (
        "Largest: {dear}, {high} on average ({dear_orders:order|orders}). Smallest: {cheap}, {low} ({cheap_orders:order|orders}).",
        "Самые крупные — {dear}: в среднем {high} ({dear_orders:заказ|заказа|заказов}). Самые мелкие — {cheap}: {low} ({cheap_orders:заказ|заказа|заказов})."),
    "refunds": (
        "Given back of five weeks’ sales: {items}.",
        "Из проданного за пять недель вернулось: {items}."),
    "refund_item": (
        "{partner} — {share}%, {back} of {sold} ({orders_back} of {orders:order|orders})",
        "{partner} — {share} %, {back} из {sold} (заказов: {orders_back} из {orders})"),
    "sudden": (
        "Used several times as often as before: {items}. Has the code leaked?",
        "Вводят в несколько раз чаще обычного: {items}. Не утёк ли промокод?"),
    "sudden_item": (
        "{code} — {orders:order|orders}, against {before} in all of the four weeks before",
        "{code} — {orders:заказ|заказа|заказов} против {before} за четыре недели до этого"),
    "customer": (
        "{items}. The same e-mail, phone or customer number stands on each of them.",
        "{items}. У них совпадает почта, телефон или номер покупателя."),
    "customer_item": (
        "{code} — {orders:order|orders} ({listed})",
        "{code} — {orders:заказ|заказа|заказов} ({listed})"),
    "customer_more": (
        "{code} — {orders:order|orders} ({listed} …)",
        "{code} — {orders:заказ|заказа|заказов} ({listed} …)"),
    "refused": (
        "Most orders were not counted: {items}. Each order’s reason stands in Journal.",
        "Большинство заказов не засчитано: {items}. Причина у каждого заказа — на листе «Журнал»."),
    "refused_item": (
        "{code} — {refused} of {orders:order|orders}",
        "{code} — {refused} из {orders}"),
    "unknown": (
        "Customers typed codes that nobody owns: {items}. Add them to Codes, and these orders are counted.",
        "Покупатели вводили ничьи промокоды: {items}. Впишите их на лист «Промокоды», и эти заказы засчитаются."),
    "unknown_item": (
        "{code} — {orders:order|orders}",
        "{code} — {orders:заказ|заказа|заказов}"),
    "more_codes": (
        "{more} more",
        "и ещё {more}"),
    "own": (
        "Partners bought with their own codes: {items}.",
        "Партнёры покупали по собственным промокодам: {items}."),
    "own_item": (
        "{partner} — {orders:order|orders}",
        "{partner} — {orders:заказ|заказа|заказов}"),
    "silent": (
        "No sale for 30 days now: {items}. Silent in all: {silent:partner|partners}.",
        "30 дней без продаж: {items}. Всего таких партнёров: {silent}."),
    "silent_more": (
        "No sale for 30 days now: {fresh:partner|partners}, among them {items}. Silent in all: {silent}.",
        "30 дней без продаж — {fresh:партнёр|партнёра|партнёров}, среди них {items}. Всего таких: {silent}."),
    "silent_item": (
        "{partner} (last on {day})",
        "{partner} (последняя {day})"),
    "decide": ("{items}.", "{items}."),
    "decide_review": (
        "{count:line|lines} in Review",
        "{count:строка|строки|строк} на листе «Разбор»"),
    "decide_problems": (
        "{count:line|lines} in Problems",
        "{count:строка|строки|строк} на листе «Замечания»"),
    "decide_waiting": (
        "{count:refund|refunds} without an order",
        "{count:возврат|возврата|возвратов} без заказа"),
    "decide_letters": (
        "{count:letter|letters} of unknown fate",
        "{count:письмо|письма|писем} с неизвестной судьбой"),
    "decide_payouts_open": (
        "{count:payout|payouts} to pay",
        "{count:неоплаченная выплата|неоплаченные выплаты|неоплаченных выплат}"),
    "decide_payouts_unknown": (
        "{count:payout|payouts} of unknown fate",
        "{count:выплата|выплаты|выплат} с неизвестной судьбой"),
    "decide_documents": (
        "{count:missing paper for a payout|missing papers for payouts}",
        "{count:недостающий документ|недостающих документа|недостающих документов} к выплатам"),
    "due": (
        "On {day}, by what is booked now: {payouts:payout|payouts}, in all {sums}.",
        "{day} — по тому, что проведено сейчас: {payouts:выплата|выплаты|выплат}, всего {sums}."),
}

WEEK_TITLES: dict[str, tuple[str, str]] = {
    "nothing": ("A quiet week", "Тихая неделя"),
    "orders": ("Orders", "Заказы"),
    "money": ("Money", "Деньги"),
    "top": ("Who brings money", "Кто приносит деньги"),
    "average": ("Average order", "Средний заказ"),
    "refunds": ("Who brings refunds", "У кого возвраты"),
    "sudden": ("A sudden rise", "Резкий рост"),
    "customer": ("Many orders of one customer", "Много заказов одного покупателя"),
    "refused": ("Mostly refused", "Почти всё отклонено"),
    "own": ("Own purchases", "Покупки по своим промокодам"),
    "unknown": ("Codes of nobody", "Ничьи промокоды"),
    "silent": ("Fell silent", "Замолчали"),
    "decide": ("Waits for you", "Ждёт вас"),
    "due": ("Next payouts", "Ближайшие выплаты"),
}

WEEK_SAID: dict[str, tuple[str, str]] = {
    "week_sent": (
        "The letter about the week {week} was sent to owner_email.",
        "Письмо о неделе {week} отправлено на owner_email."),
    "week_refused": (
        "The letter about the week {week} has not left for owner_email: {why}. It is tried again every hour for a day, then once a day until the next week's; with another address in owner_email at once.",
        "Письмо о неделе {week} на owner_email не отправлено: {why}. Программа повторит: сутки — каждый час, потом раз в день до следующего письма, а если сменить адрес в owner_email — сразу."),
    "week_unknown": (
        "Whether the letter about the week {week} has reached owner_email is unknown: look into your mailbox. Whether it is sent again is for the setting mail_unknown to say.",
        "Неизвестно, дошло ли письмо о неделе {week} на owner_email: загляните в почту. Отправлять ли его ещё раз, решает настройка mail_unknown."),
    "week_sending": (
        "Another run is sending the letter about the week {week}.",
        "Письмо о неделе {week} отправляет другой запуск."),
    "week_impossible": (
        "The letter about the week {week} cannot be sent to owner_email. {why}",
        "Письмо о неделе {week} не отправить на owner_email. {why}"),
}
# fmt: on
