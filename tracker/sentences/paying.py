"""What is said about payouts, their papers and files for the bank? Codes with (English, Russian)."""

from __future__ import annotations

# fmt: off
PAY_PROBLEMS: dict[str, tuple[str, str]] = {
    "payout_bank_disagrees": (
        "The bank statement says that the payout {payout} was paid on {paid_on}, and its result is {result}: your cell counts. If the money did leave, clear the cell result.",
        "По банковской выписке выплата {payout} прошла {paid_on}, а её итог — {result}: считается ваша ячейка. Если деньги всё же ушли, очистите столбец «итог»."),
    "payout_superseded": (
        "The payout {payout} was freed, and its lines stand in a later one by now: it stays freed. Type void as its result again, or void the later one first.",
        "Выплата {payout} была освобождена, и её строки уже стоят в более поздней: она остаётся освобождённой. Снова поставьте ей итог «аннулировано» или сначала аннулируйте более позднюю."),
    "payout_requisites_changed": (
        "{columns} of “{partner}” changed after the payout {payout} was proposed. Pay it to the old ones, or type void as its result and propose anew.",
        "У «{partner}» после предложения выплаты {payout} изменилось: {columns}. Заплатите по прежним данным или поставьте итог «аннулировано» и предложите заново."),
    "payout_document_missing": (
        "The payout {payout} to “{partner}” was paid on {paid_on}; his act or invoice was due by {due_on}. Ask for it and type its number into the column document.",
        "Выплата {payout} партнёру «{partner}» прошла {paid_on}; акт или счёт нужен был до {due_on}. Попросите его и впишите номер в столбец «документ»."),
    "payout_receipt_missing": (
        "The payout {payout} to “{partner}” was paid on {paid_on}; a self-employed partner had to hand over the receipt by {due_on}. Ask for it and type its number into the column document.",
        "Выплата {payout} партнёру «{partner}» прошла {paid_on}; самозанятый должен был передать чек до {due_on}. Попросите чек и впишите номер в столбец «документ»."),
    "payout_paid_twice": (
        "The payout {payout} ({amount}) has lines that {other} has paid too: the money left twice. Once one of them is back, type returned as its result; or take the sum off by an adjustment.",
        "В выплате {payout} ({amount}) есть строки, оплаченные и выплатой {other}: деньги ушли дважды. Когда одна вернётся, поставьте ей итог «возвращено»; или удержите сумму корректировкой."),
    "payout_day_odd": (
        "The payout {payout} is paid on {day}, as you typed, and was proposed on {on}. It is booked so; look whether the day in paid_on is right.",
        "Выплата {payout} оплачена {day}, как вы вписали, а предложена {on}. Так и учтено; проверьте день в столбце «выплачено»."),
    "tax_id_wrong": (
        "{shown} is not the tax number (INN) of a partner with such a tax_status: a person has 12 digits, a company 10, and the last ones are check digits. Put it right in tax_id.",
        "{shown} — не ИНН партнёра с таким налоговым статусом: у физлица и ИП 12 цифр, у организации 10, последние — контрольные. Исправьте столбец «ИНН»."),
}

PAY_STOPS: dict[str, tuple[str, str]] = {
    "payouts_partner_unknown": (
        "There is no partner “{partner}”. Choose from: {known}.",
        "Партнёра «{partner}» нет. Выберите из: {known}."),
    "payouts_group_unknown": (
        "No partner is in the group “{group}”. Choose from: {known}.",
        "В группе «{group}» никого нет. Выберите из: {known}."),
    "payouts_no_groups": (
        "No partner is in a group. Name groups in the column group of the tab Partners, or choose with --partner.",
        "Ни один партнёр не входит в группу. Впишите группы в столбец «группа» листа «Партнёры» или выберите через --partner."),
    "payouts_day_unreadable": (
        "“{day}” is no day. Type it as 2026-10-15.",
        "«{day}» — не день. Наберите 2026-10-15."),
    "payouts_dates_backwards": (
        "--to {until} comes before --from {since}. Swap them.",
        "--to {until} раньше, чем --from {since}. Поменяйте их местами."),
    "payouts_to_later": (
        "--to {until} is still to come: nothing is payable before its day. Choose a day up to {today}.",
        "--to {until} ещё не наступило: раньше срока ничего не к выплате. Выберите день не позднее {today}."),
    "payouts_as_set_days": (
        "--as-set knows its days by itself (the latest payout day). Leave out --from and --to.",
        "--as-set сам знает дни (последний день выплат). Уберите --from и --to."),
    "payouts_year_unreadable": (
        "“{year}” is no year. Type it as 2026.",
        "«{year}» — не год. Наберите 2026."),
    "payouts_year_days": (
        "--year takes all payouts paid in that year. Leave out --from and --to.",
        "--year берёт все выплаты, оплаченные в этом году. Уберите --from и --to."),
}

PAY_SAID: dict[str, tuple[str, str]] = {
    "filtered": (
        "{partner} {amount} {currency}: not enough among the days asked for; --from and --to leave the rest out",
        "{partner} {amount} {currency}: за выбранные дни не набралось; остальное не входит в --from и --to"),
    "open": (
        "{payout} {partner} {amount} {currency}: proposed on {on}, not paid yet",
        "{payout} {partner} {amount} {currency}: предложена {on}, ещё не оплачена"),
    "year_total": (
        "{currency}, {status}: payouts {payouts}, paid {paid}, returned {returned}, papers {there}, missing {missing}",
        "{currency}, {status}: выплат {payouts}, выплачено {paid}, возвращено {returned}, документов {there}, не хватает {missing}"),
    "year_empty": (
        "No payout was paid in {year}.",
        "В {year} году не оплачено ни одной выплаты."),
}

PAYOUT_STATES: dict[str, tuple[str, str]] = {
    "open": ("proposed", "предложена"),
    "sent": ("sent, as you typed; paid once you type the date", "отправлена — с ваших слов; выплачена, когда впишете дату"),
    "paid_owner": ("paid, as you typed", "выплачена — с ваших слов"),
    "paid_bank": ("paid, by the bank statement", "выплачена — по банковской выписке"),
    "unknown": ("unknown: the partner's next payout waits", "неизвестно: следующая выплата партнёру ждёт"),
    "returned": ("returned: its lines are due again", "возвращена: её строки снова к выплате"),
    "void": ("void: its lines are due again", "аннулирована: её строки снова к выплате"),
    "elsewhere": ("freed: its lines stand in a later payout", "освобождена: её строки стоят в более поздней выплате"),
    "bank_says": ("the bank statement says: paid on {paid_on}", "по банковской выписке: оплачена {paid_on}"),
}
"""What became of a payout, in the tab Payout status."""

PAPER_SAID: dict[str, tuple[str, str]] = {
    "receipt": ("receipt", "чек"),
    "act": ("act", "акт"),
    "invoice": ("invoice", "счёт"),
    "document": ("document", "документ"),
    "there": ("{paper} {document}", "{paper} {document}"),
    "due": ("{paper} due by {due_on}", "{paper}: ждём до {due_on}"),
    "late": ("{paper} missing, was due by {due_on}", "{paper}: нет, нужен был до {due_on}"),
}

YEAR_HEADINGS: dict[str, tuple[str, str]] = {
    "partner_id": ("partner_id", "партнёр"),
    "name": ("name", "имя"),
    "tax_status": ("tax status", "налоговый статус"),
    "tax_id": ("tax id", "ИНН"),
    "currency": ("currency", "валюта"),
    "payouts": ("payouts", "выплат"),
    "paid": ("paid", "выплачено"),
    "returned": ("returned (not in paid)", "возвращено (не входит в выплаченное)"),
    "there": ("papers", "документов"),
    "documents": ("paper numbers", "номера документов"),
    "missing": ("papers missing", "не хватает документов"),
    "missing_payouts": ("payouts without a paper", "выплаты без документа"),
}
TAX_UNSAID = ("not said", "не указан")
# fmt: on
