"""How does the doctor's sheet, `check`, name what it looked at?"""

from __future__ import annotations

# fmt: off
SAID: dict[str, tuple[str, str]] = {
    "store": ("store: {name}", "хранилище: {name}"),
    "account": (
        "account: {account} works there; share nothing else with it",
        "аккаунт: там работает {account}; другого доступа ему не давайте",
    ),
    "standing": ("locale and time zone: {locale}, {zone}", "регион и часовой пояс: {locale}, {zone}"),
    "cells": ("cells: {cells} of {limit}", "ячейки: {cells} из {limit}"),
    "biggest": ("biggest tab: {tab}, rows: {rows}", "самый большой лист: «{tab}», строк: {rows}"),
    "pending": (
        "a sync would write now: Journal {journal}, Commissions {commissions}, Code history {history}",
        "запуск sync записал бы сейчас: «Журнал» {journal}, «Вознаграждения» {commissions}, «История промокодов» {history}",
    ),
    "nothing_pending": ("a sync would write nothing now", "запуск sync сейчас ничего не записал бы"),
    "fine": ("fine", "в порядке"),
    "ill": ("NOT SO", "НЕ ТАК"),
}
"""Words of the sheet itself."""

SHEET: dict[str, tuple[str, str]] = {
    "lines": ("ledger lines (ids, sums, whole coins)", "строки учёта (отпечатки, суммы, целые копейки)"),
    "owed": ("owed against written", "причитается и записано"),
    "orders": ("orders (one owner each, none lost)", "заказы (у каждого не больше одного партнёра, ни один не потерян)"),
    "terms": ("terms and explanations", "условия и объяснения"),
    "accounts": ("balances and plain sums", "балансы и простые суммы"),
    "payouts": ("payouts (their lines, nothing twice)", "выплаты (их строки, ничего дважды)"),
    "statements": ("statements and letters", "отчёты и письма"),
    "time": ("months and commits", "месяцы и записи программы"),
}
"""What stands at the left of the doctor's sheet, by group of invariants."""

PROMISES: dict[str, tuple[str, str]] = {
    "I1": ("a line is what its id says, and stands once", "строка такая, как говорит её отпечаток, и стоит один раз"),
    "I2": ("what an order owes is what is written", "что по заказу причитается, то и записано"),
    "I4": ("a second sync writes nothing", "повторный запуск ничего не пишет"),
    "I5": ("an order earns one partner at most", "заказ приносит вознаграждение не больше чем одному партнёру"),
    "I6": ("terms stay as they were when first credited", "условия остаются такими, какими были при первом начислении"),
    "I7": ("an order never takes back more than it gave", "по заказу не удержано больше, чем начислено"),
    "I8": ("a balance is the lines less what was paid", "баланс — это строки минус выплаченное"),
    "I9": ("whole coins, and no two currencies in one sum", "суммы в целых копейках, валюты не смешаны"),
    "I10": ("as double entry it comes to 0 in every currency", "по двойной записи в каждой валюте выходит 0"),
    "I11": ("a payout is its lines, and no line is paid twice", "выплата равна своим строкам, и ни одна строка не оплачена дважды"),
    "I12": ("a statement opens where the last one closed", "отчёт начинается с того, чем кончился прошлый"),
    "I13": ("sealed statements keep their lines", "закрытые отчёты сохраняют свои строки"),
    "I14": ("no letter leaves without a claim in the book", "ни одно письмо не ушло без записи в книге"),
    "I15": ("every sum can be worked out again from its line", "каждую сумму можно пересчитать по её строке"),
    "I16": ("no order is lost, and each has an answer", "ни один заказ не потерян, и по каждому есть ответ"),
    "I17": ("a code has one owner at a time", "у промокода в каждый день один владелец"),
    "I18": ("every line is in exactly one month", "каждая строка ровно в одном месяце"),
    "I19": ("commits are counted without a step back", "счёт записей программы не идёт назад"),
    "I23": ("limits rest on the orders that stand", "пределы опираются на те заказы, что есть в книге"),
}
"""What each invariant promises, for `check -v`."""
# fmt: on
