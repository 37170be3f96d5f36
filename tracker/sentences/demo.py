"""Sentences of the demo: what it made, where to look, and what to try next."""

from __future__ import annotations

from tracker.layout import Tab

Pair = tuple[str, str]

# fmt: off
HEAD: Pair = (
    "Two months of a made-up tea shop are in {path}.",
    "Два месяца выдуманного чайного магазина — в папке {path}.")
BOOK: Pair = (
    "the book: {partners} partners, {codes} codes, {orders} orders, {lines} ledger lines. Its tabs:",
    "книга: партнёров {partners}, промокодов {codes}, заказов {orders}, строк учёта {lines}. Её листы:")
TABS: dict[Tab, Pair] = {
    Tab.COMMISSIONS: (
        "every line says why; find order {order}: earned, paid out, then taken back",
        "каждая строка говорит почему; найдите заказ {order}: начислен, выплачен, удержан"),
    Tab.JOURNAL: (
        "every order and the decision about it, the refused ones too",
        "все заказы и решение по каждому, отказы тоже"),
    Tab.REVIEW: (
        "what only a person can decide ({review}): two codes, an own purchase, unknown codes",
        "что решает только человек ({review}): два промокода, покупка себе, незнакомые промокоды"),
    Tab.PROBLEMS: (
        "what could not be used ({problems}), each with its place and remedy",
        "что не удалось использовать ({problems}): где и как исправить"),
    Tab.CODES: (
        "the last row: a rate without its sign, so `check` beside it is red",
        "последняя строка: ставка без знака, и «проверка» рядом красная"),
    Tab.PAYOUTS: (
        "October's, paid on the 15th; November's, open until you type `paid_on`",
        "октябрьские, оплачены 15-го; ноябрьские открыты, пока вы не впишете день оплаты"),
    Tab.BALANCES: (
        "who is owed what, what is on hold, what can be paid",
        "кому сколько должны, что в холде, что к выплате"),
}
MAILBOX: Pair = (
    "September's statements as they were mailed, {letters} letters",
    "отчёты за сентябрь, как они отправлены, писем {letters}")
PREVIEWS: Pair = (
    "October's statements to look at; open {shown} in a browser",
    "отчёты за октябрь на просмотр; откройте {shown} в браузере")
PAYOUTS: Pair = (
    "the list for the bank, {payouts} payouts, {total}",
    "список для банка, выплат {payouts}, {total}")
LOG: Pair = (
    "what the shops sent, one delivery a line",
    "что прислали магазины, по записи в строке")
NEXT: Pair = ("Next:", "Дальше:")
SYNC: Pair = (
    "says written=0: nothing is new, and the file stays as it is",
    "скажет written=0: нового нет, файл остаётся как есть")
WHY: Pair = ("tells the whole path of that order", "расскажет весь путь этого заказа")
CHECK: Pair = (
    "the doctor: names what wants a person, and ends with 3",
    "проверка: назовёт, что ждёт человека, и закончит с кодом 3")
MEND: Pair = (
    "Then mend the red cell: in {tab} make the rate of DINA-GIFT `15%`, save, close, and sync again:\ntwo orders that waited for it are credited.",
    "Потом исправьте красную ячейку: на листе «{tab}» впишите DINA-GIFT ставку `15%`, сохраните,\nзакройте и синхронизируйте снова: два заказа, которые её ждали, будут засчитаны.")
# fmt: on
