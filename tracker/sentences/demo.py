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
        "what only a person can decide ({review}): two codes, an own purchase, an unsaid channel …",
        "что решает только человек ({review}): два промокода, покупка себе, неясный канал …"),
    Tab.PROBLEMS: (
        "what could not be used or is late ({problems}), each with its place and remedy",
        "что не удалось использовать или опаздывает ({problems}): где и как исправить"),
    Tab.CODES: (
        "DINA-GIFT: a rate without its sign, so `check` beside it is red",
        "DINA-GIFT: ставка без знака, и «проверка» рядом красная"),
    Tab.TIERS: (
        "a goal that Boris has reached: five orders in a month, 500 RUB",
        "цель, которой Борис достиг: пять заказов за месяц — 500 RUB"),
    Tab.PAYOUTS: (
        "October's, paid on the 15th; November's, open until you type `paid_on`",
        "октябрьские, оплачены 15-го; ноябрьские открыты, пока вы не впишете день оплаты"),
    Tab.PAYOUT_STATUS: (
        "by whose word each is paid, yours or the bank's; whose receipt is late",
        "по чьему слову каждая оплачена, вашему или банка; чей чек не пришёл"),
    Tab.BALANCES: (
        "who is owed what, what is on hold, what can be paid",
        "кому сколько должны, что в холде, что к выплате"),
}
RULES: Pair = (
    "Rules at work (an order is a partner's by a code, else by a click); `why` tells each:",
    "Правила в деле (заказ достаётся партнёру по промокоду, а без него по клику); `why` объяснит:")
RULED: dict[str, Pair] = {
    "T-110": ("by Boris' link, without a code", "по ссылке Бориса, без промокода"),
    "T-111": ("Boris' code wins over Anna's link", "промокод Бориса важнее ссылки Анны"),
    "T-109": ("ANNA10-TG, a variant of ANNA10", "ANNA10-TG — вариант ANNA10"),
    "8411": ("a new customer, as FIRSTCUP asks", "новый покупатель, как требует FIRSTCUP"),
    "T-102": ("refused: he had bought before", "отказ: он уже покупал"),
    "8406": ("refused: the code had expired", "отказ: промокод истёк"),
    "5210424": ("a gift card: Rules do not count it", "подарочная карта: правило её не считает"),
    "5210418": ("5% of it to Vera, who brought Gleb", "с него 5% Вере: она привела Глеба"),
}
"""An order for each rule, left and right by turns."""
MAILBOX: Pair = (
    "{letters} letters as they were mailed: {kinds}",
    "письма, как они отправлены ({letters}): {kinds}")
LETTERS: dict[str, Pair] = {
    "statement": ("September's statements", "отчёты за сентябрь"),
    "welcome": ("welcomes", "приветствия"),
    "payout": ("payouts made", "выплаты"),
    "sales": ("sales of a week", "продажи за неделю"),
    "details": ("details missing", "нет реквизитов"),
    "document": ("receipt missing", "нет чека"),
    "owner": ("to you on Monday", "вам в понедельник"),
}
PREVIEWS: Pair = (
    "October's statements to look at; open {shown} in a browser",
    "отчёты за октябрь на просмотр; откройте {shown} в браузере")
PAYOUTS: Pair = (
    "November's payouts, all {payouts}, {total}",
    "ноябрьские выплаты, все {payouts}, {total}")
ONE_C: Pair = (
    "what 1C and the bank's program load: {bank_payouts} of them, {bank_total}; without {left_out}",
    "для 1С и клиент-банка: {bank_payouts} из них, {bank_total}; без {left_out}")
LEFT_OUT: dict[str, Pair] = {
    "payout_needs_account": ("{partner} (no account)", "{partner} (нет счёта)"),
    "payout_method_other": ("{partner} (by {method})", "{partner} ({method})"),
}
BANK: Pair = (
    "the bank's word on October's payouts, as `payouts --import` read it",
    "слово банка об октябрьских выплатах, как его прочла команда `payouts --import`")
LEDGER: Pair = (
    "every line as double entry; `bean-check` finds nothing wrong",
    "все строки двойной записью; `bean-check` ошибок не находит")
TERMS: Pair = (
    "the rules in plain words, as `rules` prints them",
    "правила простыми словами, как их печатает команда `rules`")
TRIAL: Pair = (
    "who would have got what in October at 12% and if links won: `simulate`",
    "кто сколько получил бы за октябрь при 12% и будь ссылка важнее: `simulate`")
CARDS: Pair = (
    "twelve codes of one use each with QR, to print and cut out: `codes new`",
    "двенадцать одноразовых промокодов с QR, распечатать и разрезать: `codes new`")
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
YEAR: Pair = (
    "the year for the accountant, with papers",
    "год для бухгалтера, с документами")
MEND: Pair = (
    "Then mend the red cell: in {tab} make the rate of DINA-GIFT `15%`, save, close, and sync again:\ntwo orders that waited for it are credited.",
    "Потом исправьте красную ячейку: на листе «{tab}» впишите DINA-GIFT ставку `15%`, сохраните,\nзакройте и синхронизируйте снова: два заказа, которые её ждали, будут засчитаны.")
# fmt: on
