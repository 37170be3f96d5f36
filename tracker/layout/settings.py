"""What can the owner decide about the programme? Keys of Settings, usual values, meanings."""

from __future__ import annotations

from tracker.layout.owner import NOTIFY
from tracker.layout.shared import LANGUAGES
from tracker.layout.spec import Choice, SettingSpec

# fmt: off
SETTINGS: tuple[SettingSpec, ...] = (
    SettingSpec("program_name", "Affiliate programme",
                "The programme's name, as partners read it in letters.",
                "Название программы, как его видят партнёры в письмах."),
    SettingSpec("currency", "RUB",
                "The programme's currency, by its three letters.",
                "Валюта программы, три буквы."),
    SettingSpec("time_zone", "Europe/Moscow",
                "The zone in which days, months and holds are counted.",
                "Часовой пояс, по которому считаются дни, месяцы и холд."),
    SettingSpec("language", "ru",
                "The language of the book and of letters to partners who have no other: ru or en.",
                "Язык книги и писем партнёрам, у которых не указан другой: ru или en.",
                LANGUAGES),
    SettingSpec("rate", "10%",
                "What a partner earns whose row and code name no rate: 10%, or 500 RUB an order.",
                "Ставка, если её нет ни у промокода, ни у партнёра: 10% или 500 RUB за заказ."),
    SettingSpec("base", "goods",
                "What the percent is taken from: goods, before_discount (goods before the "
                "discount), with_shipping (goods and postage) or paid (all the customer paid).",
                "С чего берётся процент: goods — товары, before_discount — товары до скидки, "
                "with_shipping — товары с доставкой, paid — всё, что заплатил покупатель.",
                (Choice("goods", "товары"), Choice("before_discount", "до скидки"),
                 Choice("with_shipping", "с доставкой"), Choice("paid", "оплачено"))),
    SettingSpec("hold_days", "14",
                "How many days a commission waits before it becomes payable.",
                "Сколько дней вознаграждение ждёт, прежде чем идёт к выплате."),
    SettingSpec("min_payout", "1000",
                "The smallest payout in the programme's currency; for another currency add a row "
                "such as min_payout_EUR.",
                "Наименьшая выплата в валюте программы; для другой валюты добавьте строку, "
                "например min_payout_EUR."),
    SettingSpec("payout_day", "15",
                "The day of the month on which you pay, as letters say.",
                "День месяца, когда вы платите; о нём говорится в письмах."),
    SettingSpec("two_codes", "review",
                "Whose is an order with codes of two partners: first, last or review (you decide).",
                "Чей заказ с промокодами двух партнёров: first — первого, last — последнего, "
                "review — решаете вы.",
                (Choice("first", "первый"), Choice("last", "последний"),
                 Choice("review", "разбор"))),
    SettingSpec("self_purchase", "flag",
                "A partner who buys with his own code: block (earns nothing), flag (earns, and "
                "stands in Review) or allow.",
                "Партнёр купил по своему промокоду: block — ничего не получает, flag — получает, и "
                "заказ стоит в «Разборе», allow — можно.",
                (Choice("block", "запретить"), Choice("flag", "отметить"),
                 Choice("allow", "разрешить"))),
    SettingSpec("cash_orders", "count",
                "An order that its shop will never report as paid: count it, or wait for you.",
                "Заказ, об оплате которого магазин не сообщит: count — считать сразу, wait — "
                "ждать вас.",
                (Choice("count", "считать"), Choice("wait", "ждать"))),
    SettingSpec("attribution", "code",
                "What makes an order a partner's: code (a code alone), code_and_click (both, of "
                "one partner), click_if_code_unbound (a code; a click where the code is nobody's) "
                "or code_or_click.",
                "По чему заказ достаётся партнёру: code — по промокоду, code_and_click — по "
                "промокоду и клику одного партнёра, click_if_code_unbound — по промокоду, а если "
                "он ничей, по клику, code_or_click — по промокоду или клику.",
                (Choice("code", "промокод"), Choice("code_and_click", "промокод и клик"),
                 Choice("click_if_code_unbound", "клик, если код ничей"),
                 Choice("code_or_click", "промокод или клик"))),
    SettingSpec("conflict", "code",
                "A link of one partner and a code of another: code, link, first_touch, last_touch "
                "or split (in equal parts).",
                "Ссылка одного партнёра и промокод другого: code — платим за промокод, link — за "
                "ссылку, first_touch — за первое касание, last_touch — за последнее, split — "
                "поровну.",
                (Choice("code", "промокод"), Choice("link", "ссылка"),
                 Choice("first_touch", "первое касание"), Choice("last_touch", "последнее касание"),
                 Choice("split", "поровну"))),
    SettingSpec("window_days", "30",
                "For how many days after a click an order counts, the last day included.",
                "Сколько дней после клика заказ засчитывается, включая последний день."),
    SettingSpec("block_if_earlier_paid_touch", "no",
                "yes: an order whose customer came by your advertisement before the partner's "
                "touch is not counted.",
                "yes — заказ не засчитывается, если до касания партнёра покупатель пришёл по "
                "вашей рекламе.",
                (Choice("no", "нет"), Choice("yes", "да"))),
    SettingSpec("code_binds", "order",
                "What an order with a code binds: order (this one only), a number of days, or "
                "always: the customer's later orders are that partner's too.",
                "Что закрепляет заказ с промокодом: order — только этот заказ, число дней или "
                "always: следующие заказы покупателя тоже достаются этому партнёру."),
    SettingSpec("link_binds", "order",
                "The same for an order that came by a click, call or lead.",
                "То же для заказа по клику, звонку или лиду."),
    SettingSpec("lead_protect_days", "30",
                "For how many days the first lead with a phone or e-mail holds against later ones.",
                "Сколько дней первый лид с телефоном или почтой защищён от более поздних."),
    SettingSpec("lead_rate", "",
                "What a lead earns: 5% of the deal, or 500 RUB. Empty: the partner's rate.",
                "Вознаграждение за лид: 5% от сделки или 500 RUB. Пусто — ставка партнёра."),
    SettingSpec("lead_pays_on", "deal",
                "When a lead earns: deal, or registration (a sum such as 500 RUB at once).",
                "Когда лид приносит деньги: deal — при сделке, registration — сразу (сумма, "
                "например 500 RUB).",
                (Choice("deal", "сделка"), Choice("registration", "регистрация"))),
    SettingSpec("direct_group", "",
                "The group in Partners that is your own sales team: customers it brought first "
                "are not counted for partners. Empty: none.",
                "Группа на листе «Партнёры», которая и есть ваш отдел продаж: покупателей, "
                "которых он привёл первым, партнёрам не засчитываем. Пусто — нет такой."),
    SettingSpec("cross_bonus", "",
                "A share of the partner's commission for a manager of yours who helped: 20%. "
                "Empty: none.",
                "Доля от вознаграждения партнёра вашему менеджеру, который помог: 20%. "
                "Пусто — нет."),
    SettingSpec("cross_bonus_from", "on_top",
                "Who pays it: on_top (you) or partner_share (it is taken from the partner's).",
                "За чей счёт: on_top — сверх вознаграждения партнёра, partner_share — из него.",
                (Choice("on_top", "сверху"), Choice("partner_share", "из доли партнёра"))),
    SettingSpec("pay_for", "all",
                "Which orders of one customer earn: all, first, 3 orders, 12 months.",
                "За какие заказы одного покупателя платить: all — все, first — первый, 3 orders — "
                "три первых, 12 months — за год с первого."),
    SettingSpec("cap_order", "",
                "The most one order earns, in the programme's currency. Empty: no limit.",
                "Наибольшее вознаграждение за заказ, в валюте программы. Пусто — без предела."),
    SettingSpec("cap_customer", "",
                "The most a partner earns by one customer. Empty: no limit.",
                "Наибольшее вознаграждение партнёра за одного покупателя. Пусто — без предела."),
    SettingSpec("cap_month", "",
                "The most a partner earns by the orders of one month. Empty: no limit.",
                "Наибольшее вознаграждение партнёра за заказы одного месяца. Пусто — без предела."),
    SettingSpec("budget_month", "",
                "The most all partners together earn by the orders of one month. Empty: no limit.",
                "Наибольшее вознаграждение всех партнёров за заказы месяца. Пусто — без предела."),
    SettingSpec("level2", "",
                "What the partner who brought a partner earns by his orders: 5%. Empty: nothing.",
                "Сколько получает партнёр, который привёл партнёра, с его заказов: 5%. Пусто — "
                "ничего."),
    SettingSpec("level2_of", "commission",
                "What that percent is taken from: commission or order.",
                "С чего берётся этот процент: commission — с вознаграждения, order — с заказа.",
                (Choice("commission", "вознаграждение"), Choice("order", "заказ"))),
    SettingSpec("approve_on", "paid",
                "From which state on an order earns: placed, paid or delivered; for one shop add a "
                "row such as approve_on_woocommerce.",
                "С какого состояния заказ засчитывается: placed — размещён, paid — оплачен, "
                "delivered — доставлен; для одного магазина добавьте строку, например "
                "approve_on_woocommerce.",
                (Choice("placed", "размещён"), Choice("paid", "оплачен"),
                 Choice("delivered", "доставлен"))),
    SettingSpec("code_pattern", "KUPON_{NAME}{NN}",
                "What new codes are made from: {NAME} the partner's name, {NN} a number, {RRRR} "
                "random letters and digits.",
                "Из чего делаются новые промокоды: {NAME} — имя партнёра, {NN} — номер, {RRRR} — "
                "случайные буквы и цифры."),
    SettingSpec("mail", "preview",
                "Letters: off, preview (files to look at) or live (they are sent).",
                "Письма: off — не делать, preview — только посмотреть, live — отправлять.",
                (Choice("off", "выключено"), Choice("preview", "просмотр"),
                 Choice("live", "отправка"))),
    SettingSpec("mail_from", "",
                "The sender of letters: Shop <partners@example.com>.",
                "От кого письма: Магазин <partners@example.com>."),
    SettingSpec("owner_email", "",
                "Where the program writes to you: on Mondays, and when orders or the program "
                "itself fall silent. you@example.com; empty for nowhere.",
                "Куда программа пишет вам: по понедельникам и если замолчат заказы или она сама. "
                "you@example.com; пусто — никуда."),
    SettingSpec("quiet_days", "7",
                "After how many days without a new order you get such a letter; 0 for never.",
                "После скольких дней без новых заказов вам придёт такое письмо; 0 — никогда."),
    SettingSpec("statement_time", "09:00",
                "From what time on the 1st statements are made, in the time zone above.",
                "С какого времени 1-го числа делаются отчёты, по указанному часовому поясу."),
    SettingSpec("payout_time", "10:00",
                "From what time on payout_day payouts are proposed.",
                "С какого времени в день payout_day предлагаются выплаты."),
    SettingSpec("check_time", "08:00",
                "From what time each day the book is checked.",
                "С какого времени каждый день проверяется книга."),
    SettingSpec("mail_unknown", "hold",
                "A letter nobody knows the fate of: hold (you decide) or resend (the same letter "
                "again, three times at most).",
                "Письмо, судьба которого неизвестна: hold — решаете вы, resend — отправить то же "
                "самое письмо снова, всего не больше трёх раз.",
                (Choice("hold", "придержать"), Choice("resend", "отправить снова"))),
    SettingSpec("mail_pause", "1",
                "How many seconds pass between two letters; 0 for none.",
                "Сколько секунд проходит между двумя письмами; 0 — нисколько."),
    SettingSpec("notify", "none",
                "Letters about new sales to partners who chose nothing: each, daily, weekly, none.",
                "Письма о новых продажах партнёрам, которые ничего не выбрали: each — о каждой, "
                "daily — раз в день, weekly — раз в неделю, none — никогда.",
                NOTIFY),
    SettingSpec("welcome", "",
                "Your own words in every welcome letter.",
                "Ваши слова в каждом приветственном письме."),
    SettingSpec("owner_digest", "weekly",
                "Ten lines to owner_email on Mondays: weekly or off.",
                "Десять строк на owner_email по понедельникам: weekly — присылать, off — нет.",
                (Choice("weekly", "раз в неделю"), Choice("off", "выключено"))),
    SettingSpec("document_days", "7",
                "How many days after a payout a partner is reminded of a missing receipt or act; "
                "0 for never.",
                "Через сколько дней после выплаты напомнить партнёру о чеке или акте; "
                "0 — никогда."),
    SettingSpec("payer_name", "",
                "Who pays, as the bank knows you; for bank files.",
                "Кто платит — как в банке; для банковских файлов."),
    SettingSpec("payer_details", "",
                "Your own account: number, BIC, INN, bank; or IBAN. For bank files.",
                "Ваш счёт: номер, БИК, ИНН, банк; или IBAN. Для банковских файлов."),
    SettingSpec("payment_purpose", "Partner commission, no VAT",
                "The purpose of a payment in bank files; the payout's id is added to it.",
                "Назначение платежа в банковских файлах; номер выплаты добавляется сам."),
    SettingSpec("tidy", "off",
                "Once a day let go of people's data that is no longer needed: daily or off. The "
                "command tidy says what that would be.",
                "Раз в день убирать личные данные, которые больше не нужны: daily — да, off — нет. "
                "Что именно, скажет команда tidy.",
                (Choice("off", "выключено"), Choice("daily", "раз в день"))),
    SettingSpec("keep_bodies_days", "90",
                "For how many days tidy keeps what shops sent word for word; later only what the "
                "program reads of it, without contacts. 0: for ever.",
                "Сколько дней tidy хранит присланное магазином дословно; потом — только то, что "
                "из него читает программа, без контактов. 0 — всегда."),
    SettingSpec("keep_leads_months", "12",
                "For how many months tidy keeps name, phone and e-mail of a closed lead. 0: for "
                "ever.",
                "Сколько месяцев tidy хранит имя, телефон и почту закрытого лида. 0 — всегда."),
)
# fmt: on


def default_of(setting: SettingSpec, language: str) -> str:
    """Give the value that a new book of that language has."""
    if setting.key == "language":
        return language
    if setting.key == "program_name" and language == "ru":
        return "Партнёрская программа"
    if setting.key == "payment_purpose" and language == "ru":
        return "Вознаграждение по партнёрской программе, НДС не облагается"
    return setting.default
