"""What does the robot show the owner? Balances, Problems and the like: rewritten whole."""

from __future__ import annotations

from tracker.layout.spec import Column, Kind, Owner, Tab, TabSpec

# fmt: off
BALANCES = TabSpec(
    Tab.BALANCES, "Балансы", Owner.REPORT,
    (
        Column("partner_id", "партнёр", Kind.ID, 14, "Whose account.", "Чей счёт."),
        Column("name", "имя", Kind.TEXT, 24, "The partner's name.", "Имя партнёра."),
        Column("currency", "валюта", Kind.ID, 10,
               "Currencies are never summed.",
               "Разные валюты не складываются."),
        Column("balance", "баланс", Kind.AMOUNT, 14,
               "Everything booked so far.",
               "Всё, что начислено и выплачено."),
        Column("on_hold", "в холде", Kind.AMOUNT, 14,
               "Not payable yet: the hold is not over.",
               "Ещё не к выплате: холд не закончился."),
        Column("payable", "к выплате", Kind.AMOUNT, 14,
               "Balance without what is on hold.",
               "Баланс без того, что в холде."),
        Column("proposed", "предложено", Kind.AMOUNT, 14,
               "Stands in open rows of Payouts.",
               "Стоит в открытых строках «Выплат»."),
    ),
    "Every partner's account today.",
    "Счёт каждого партнёра на сегодня.",
    "partner_id",
)

DASHBOARD = TabSpec(
    Tab.DASHBOARD, "Сводка", Owner.REPORT,
    (
        Column("figure", "показатель", Kind.TEXT, 26, "What is counted.", "Что посчитано."),
        Column("count", "количество", Kind.NUMBER, 12, "How many.", "Сколько штук."),
        Column("amount", "сумма", Kind.AMOUNT, 14, "How much money.", "Сколько денег."),
        Column("currency", "валюта", Kind.ID, 10, "Of the amount.", "Валюта суммы."),
        Column("month", "месяц", Kind.ID, 10,
               "The last twelve months up to the latest line in Commissions.",
               "Двенадцать месяцев до последней строки «Вознаграждений»."),
        Column("commission", "вознаграждение", Kind.AMOUNT, 16,
               "Booked in that month less clawbacks, in the programme's currency.",
               "Начислено за этот месяц за вычетом удержаний, в валюте программы."),
        Column("partner", "партнёр", Kind.ID, 14,
               "The ten partners who earned most so far.",
               "Десять партнёров, которые заработали больше всех."),
        Column("earned", "заработано", Kind.AMOUNT, 13,
               "In all, less clawbacks, paid out or not, in the programme's currency.",
               "Всего за вычетом удержаний, с уже выплаченным, в валюте программы."),
        Column("account", "счёт", Kind.ID, 14,
               "The ten partners who are owed most.",
               "Десять партнёров, которым причитается больше всего."),
        Column("payable", "к выплате", Kind.AMOUNT, 13,
               "As in Balances, in the programme's currency.",
               "Как в «Балансах», в валюте программы."),
        Column("on_hold", "в холде", Kind.AMOUNT, 13,
               "As in Balances, in the programme's currency.",
               "Как в «Балансах», в валюте программы."),
    ),
    "The programme in a few figures, and what its charts are drawn from.",
    "Программа в нескольких числах и данные для её диаграмм.",
    "figure",
)

PROBLEMS = TabSpec(
    Tab.PROBLEMS, "Замечания", Owner.REPORT,
    (
        Column("tab", "лист", Kind.TEXT, 18, "Where it stands.", "Где это стоит."),
        Column("cell", "ячейка", Kind.TEXT, 12,
               "Click to go to the cell.",
               "Нажмите, чтобы перейти к ячейке."),
        Column("key", "строка", Kind.ID, 22, "Which row: its own key.", "Какая строка: её ключ."),
        Column("says", "замечание", Kind.TEXT, 90,
               "What is wrong, and what to do.",
               "Что не так и что сделать."),
        Column("lookup", "для проверки", Kind.ID, 26,
               "By this the column check finds its row.",
               "По этому столбец «проверка» находит свою строку."),
    ),
    "What could not be used, and what to do about it.",
    "Что не удалось использовать и что с этим делать.",
    "lookup",
)

REVIEW = TabSpec(
    Tab.REVIEW, "Разбор", Owner.REPORT,
    (
        Column("about", "о чём", Kind.ID, 26,
               "Copy this into Decisions.",
               "Скопируйте это в «Решения»."),
        Column("ordered_at", "заказан", Kind.TIME, 26,
               "When the order was placed.",
               "Когда сделан заказ."),
        Column("partner_id", "партнёр", Kind.ID, 18, "Who might earn it.", "Кто мог бы получить."),
        Column("amount", "сумма", Kind.AMOUNT, 14,
               "The commission in question.",
               "О каком вознаграждении речь."),
        Column("currency", "валюта", Kind.ID, 10, "Of the amount.", "Валюта суммы."),
        Column("says", "почему", Kind.TEXT, 96,
               "Why a person must decide.",
               "Почему решать человеку."),
        Column("remedy", "что сделать", Kind.TEXT, 76,
               "What to write in Decisions.",
               "Что написать в «Решениях»."),
    ),
    "What a person must decide; answer in Decisions.",
    "Что решать человеку; ответ пишите в «Решения».",
    "about",
)
PAYOUT_STATUS = TabSpec(
    Tab.PAYOUT_STATUS, "Состояние выплат", Owner.REPORT,
    (
        Column("payout_id", "выплата", Kind.ID, 22, "Which payout.", "Какая выплата."),
        Column("partner_id", "партнёр", Kind.ID, 14, "Whom it is for.", "Кому."),
        Column("name", "получатель", Kind.TEXT, 24,
               "The name as it stood when it was proposed.",
               "Имя на день, когда её предложили."),
        Column("amount", "сумма", Kind.AMOUNT, 14, "How much.", "Сколько."),
        Column("currency", "валюта", Kind.ID, 10, "Of the amount.", "Валюта суммы."),
        Column("state", "состояние", Kind.TEXT, 44,
               "What the program makes of it, and who said so.",
               "Что о ней известно программе и с чьих слов."),
        Column("paid_on", "оплачена", Kind.DATE, 13,
               "By your cell, else by the bank statement that was read.",
               "По вашей ячейке, иначе по прочитанной банковской выписке."),
        Column("reference", "платёжка", Kind.ID, 20,
               "By your cell, else by the bank statement.",
               "По вашей ячейке, иначе по банковской выписке."),
        Column("paper", "документ", Kind.TEXT, 34,
               "The receipt, act or invoice: its number, or by when it is due.",
               "Чек, акт или счёт: номер или до какого дня его ждать."),
    ),
    "What became of every payout, and which papers are missing.",
    "Что стало с каждой выплатой и каких документов не хватает.",
    "payout_id",
)
# fmt: on

REPORT_TABS = (BALANCES, DASHBOARD, PROBLEMS, REVIEW, PAYOUT_STATUS)
