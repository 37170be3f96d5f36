"""What is said of payouts that no file for the bank lists, and of many that are left out alike?

Codes with (English, Russian).
"""

from __future__ import annotations

Catalogue = dict[str, tuple[str, str]]

_KEPT: Catalogue = {
    "payout_kept_marked": (
        "you have typed {shown} beside it. Fill in paid_on if the money left, or clear the row's cells",
        "рядом с ней вы вписали «{shown}». Впишите дату в столбец «выплачено», если деньги ушли, или очистите ячейки строки",
    ),
    "payout_kept_unread": (
        "its row in Payouts cannot be read, so you may have marked it. Mend the cell that Problems names",
        "её строка на листе «Выплаты» не читается: возможно, вы её уже отметили. Исправьте ячейку, названную на листе «Замечания»",
    ),
    "payout_kept_gone": (
        "its row in Payouts is gone. Type its payout_id in a new row, with void to free it or with paid_on",
        "её строки на листе «Выплаты» нет. Впишите её номер в новую строку: с итогом «аннулировано» или с датой оплаты",
    ),
    "payout_kept_bank": (
        "a bank statement says that it was paid on {shown}. Look at its row in Payouts",
        "по банковской выписке она оплачена {shown}. Посмотрите её строку на листе «Выплаты»",
    ),
    "payout_kept_double": (
        "{shown} has paid lines of it already. Type void as its result",
        "её строки уже оплатила выплата {shown}. Поставьте ей итог «аннулировано»",
    ),
    "payout_kept_torn": (
        "lines of it are no longer in the book. Type void as its result, or paid_on if it was paid",
        "её строк в книге больше нет. Поставьте ей итог «аннулировано» или дату, если она оплачена",
    ),
}
_KEPT_HEAD = (
    "Payout {payout} of {partner} ({amount} {unit}) goes into no file: ",
    "Выплата {payout} партнёру {partner} ({amount} {unit}) не входит ни в один файл: ",
)
HELD_BACK_PROBLEMS: Catalogue = {
    code: (f"{_KEPT_HEAD[0]}{english}.", f"{_KEPT_HEAD[1]}{russian}.")
    for code, (english, russian) in _KEPT.items()
}

_MANY_LEFT: Catalogue = {
    "payout_not_asked": (
        "they are in {currency}, and only {asked} was asked for",
        "они в {currency}, а просили только {asked}",
    ),
    "payout_file_full": (
        "it is full at {limit} rows. Mark its payouts as paid and export again",
        "в него входит не больше {limit} строк. Отметьте его выплаты и выгрузите ещё раз",
    ),
    "payout_method_other": (
        "they are to be paid another way ({method}); --export csv lists all",
        "платить нужно иначе ({method}); все есть в --export csv",
    ),
    "payout_currency_other": (
        "it cannot pay {currency}; --export csv lists all",
        "{currency} в этом формате не заплатить; все есть в --export csv",
    ),
    "payout_reference_cut": (
        "Wise cuts references in their currency to {limit} signs, and the payout's id would be lost; --export csv lists all",
        "Wise в их валюте обрезает назначение до {limit} знаков, и номер выплаты потерялся бы; все есть в --export csv",
    ),
}
_MANY_KEPT: Catalogue = {
    "payout_kept_marked": (
        "you have typed {shown} beside them. Fill in paid_on where the money left, or clear the cells",
        "рядом с ними вы вписали «{shown}». Впишите дату в столбец «выплачено», где деньги ушли, или очистите ячейки",
    ),
    "payout_kept_unread": (
        "their rows in Payouts cannot be read. Mend the cells that Problems names",
        "их строки на листе «Выплаты» не читаются. Исправьте ячейки, названные на листе «Замечания»",
    ),
    "payout_kept_gone": (
        "their rows in Payouts are gone. Type each payout_id in a new row, with void or with paid_on",
        "их строк на листе «Выплаты» нет. Впишите номера в новые строки: с итогом «аннулировано» или с датой оплаты",
    ),
}
BANK_FILE_MANY: Catalogue = {
    **{
        code: (
            f"Not in the {{form}} file, {{count}} payouts ({{names}}): {english}.",
            f"Нет в файле {{form}}, выплат: {{count}} ({{names}}): {russian}.",
        )
        for code, (english, russian) in _MANY_LEFT.items()
    },
    **{
        code: (
            f"In no file, {{count}} open payouts ({{names}}): {english}.",
            f"Ни в одном файле, открытых выплат: {{count}} ({{names}}): {russian}.",
        )
        for code, (english, russian) in _MANY_KEPT.items()
    },
}
"""The same of several at once, where none has anything of its own to mend."""
