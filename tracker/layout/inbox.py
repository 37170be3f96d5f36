"""What comes in from outside? Leads, the webhook log, clicks and sign-ups."""

from __future__ import annotations

from tracker.layout.shared import CHECK, LANGUAGES, NOTE
from tracker.layout.spec import Choice, Column, Kind, Owner, Tab, TabSpec

LEAD_STATUSES = (
    Choice("new", "новый"),
    Choice("in_work", "в работе"),
    Choice("deal", "сделка"),
    Choice("refused", "отказ"),
    Choice("duplicate", "дубль"),
    Choice("expired", "просрочен"),
)

# fmt: off
LEADS = TabSpec(
    Tab.LEADS, "Лиды", Owner.INBOX,
    (
        Column("lead_id", "лид", Kind.ID, 16,
               "The lead's own id.",
               "Идентификатор лида."),
        Column("received_at", "получен", Kind.TIME, 26,
               "When it came, with the time zone.",
               "Когда пришёл, с часовым поясом."),
        Column("partner_id", "партнёр", Kind.ID, 14,
               "Who brought the lead.",
               "Кто привёл лида."),
        Column("name", "имя", Kind.TEXT, 24,
               "The customer's name.",
               "Имя покупателя."),
        Column("phone", "телефон", Kind.ID, 18,
               "The customer's phone.",
               "Телефон покупателя."),
        Column("email", "почта", Kind.ID, 26,
               "The customer's e-mail.",
               "Почта покупателя."),
        Column("status", "статус", Kind.CHOICE, 13,
               "You fill it: deal earns a commission. Empty: new.",
               "Заполняете вы: за сделку начисляется вознаграждение. Пусто — новый.",
               LEAD_STATUSES),
        Column("deal_amount", "сумма сделки", Kind.AMOUNT, 14,
               "You fill it: the sum of the deal.",
               "Заполняете вы: сумма сделки."),
        Column("currency", "валюта", Kind.ID, 10,
               "RUB, EUR … Empty: the programme's.",
               "RUB, EUR … Пусто — валюта программы."),
        Column("code", "промокод", Kind.ID, 16,
               "The code a caller named. It says whose the lead is where no partner is typed.",
               "Промокод, который назвал позвонивший. По нему видно, чей лид, если партнёр не "
               "вписан.",
               later=True),
        Column("number", "набранный номер", Kind.ID, 18,
               "The number that was called; Partners says whose it is.",
               "Номер, на который позвонили; чей он, сказано на листе «Партнёры».",
               later=True),
        Column("helper", "менеджер", Kind.ID, 14,
               "The manager who helped to sell: an id from Partners. He gets the cross-bonus.",
               "Менеджер, который помог продать: идентификатор с листа «Партнёры». Ему — "
               "кросс-бонус.",
               later=True),
        NOTE,
        CHECK,
    ),
    "Customers that partners sent to you; you fill in the status and the deal.",
    "Покупатели, которых прислали партнёры; статус и сделку заполняете вы.",
    "lead_id",
)

WEBHOOK_LOG = TabSpec(
    Tab.WEBHOOK_LOG, "Журнал вебхуков", Owner.INBOX,
    (
        Column("delivery_id", "доставка", Kind.ID, 22,
               "The sender's id of this delivery.",
               "Идентификатор доставки у отправителя."),
        Column("received_at", "получена", Kind.TIME, 26,
               "When it came, with the time zone.",
               "Когда пришла, с часовым поясом."),
        Column("source", "источник", Kind.ID, 16,
               "generic, zapier, make, shopify, woocommerce, tilda or uis; a shop name may follow "
               "a colon.",
               "generic, zapier, make, shopify, woocommerce, tilda или uis; через двоеточие — имя "
               "магазина."),
        Column("content_type", "формат", Kind.ID, 24,
               "Empty: application/json.",
               "Пусто — application/json."),
        Column("body", "тело", Kind.JSON, 60,
               "The delivery as it came.",
               "Запись так, как она пришла."),
    ),
    "What a shop or Zapier sent, as it came; one delivery a row.",
    "Что прислал магазин или Zapier, как есть; одна запись в строке.",
    "delivery_id",
)

CLICKS = TabSpec(
    Tab.CLICKS, "Клики", Owner.INBOX,
    (
        Column("click_id", "клик", Kind.ID, 22, "The click's own id.", "Идентификатор клика."),
        Column("clicked_at", "когда", Kind.TIME, 26,
               "When, with the time zone.",
               "Когда, с часовым поясом."),
        Column("partner_id", "партнёр", Kind.ID, 14,
               "Whose link. Empty: an advertisement.",
               "Чья ссылка. Пусто — реклама."),
        Column("ref", "метка", Kind.ID, 18, "The mark in the link.", "Метка в ссылке."),
        Column("channel", "канал", Kind.TEXT, 16, "Where the link stood.", "Где стояла ссылка."),
        Column("customer", "покупатель", Kind.ID, 26,
               "Keys of the customer; no contacts.",
               "Ключи покупателя; без контактов."),
        Column("ad_tag", "рекламная метка", Kind.ID, 18,
               "The advertisement's mark. Empty: a partner's link.",
               "Метка рекламы. Пусто — ссылка партнёра."),
    ),
    "Visits that came by a link.",
    "Переходы по ссылкам.",
    "click_id",
)

SIGN_UPS = TabSpec(
    Tab.SIGN_UPS, "Заявки", Owner.INBOX,
    (
        Column("signed_up_at", "подана", Kind.TIME, 26,
               "When, with the time zone.",
               "Когда, с часовым поясом."),
        Column("name", "имя", Kind.TEXT, 24, "The person's name.", "Имя."),
        Column("email", "почта", Kind.ID, 26, "Where to answer.", "Куда ответить."),
        Column("phone", "телефон", Kind.ID, 18, "Where to call.", "Куда позвонить."),
        Column("channel", "канал", Kind.TEXT, 20,
               "Where the person wants to tell about you.",
               "Где человек хочет о вас рассказывать."),
        Column("message", "сообщение", Kind.TEXT, 44, "What was written.", "Что написано."),
        Column("language", "язык", Kind.CHOICE, 10,
               "Language of the letters.",
               "Язык писем.",
               LANGUAGES),
    ),
    "Who wants to become a partner.",
    "Кто хочет стать партнёром.",
    "email",
)
# fmt: on

INBOX_TABS = (LEADS, WEBHOOK_LOG, CLICKS, SIGN_UPS)
