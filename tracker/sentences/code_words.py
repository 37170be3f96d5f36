"""What do commands and cards say of codes? What was made, whose one is, what it asks of orders."""

from __future__ import annotations

Catalogue = dict[str, tuple[str, str]]

# fmt: off
CODES_SAID: Catalogue = {
    "made": (
        "New in the tab {tab}: {count:code|codes}.",
        "На лист «{tab}» добавлено: {count:промокод|промокода|промокодов}."),
    "would": (
        "Nothing was written. Without --dry-run as many codes are made, and those drawn by lot are others.",
        "Ничего не записано. Без --dry-run промокодов будет столько же, а случайные знаки выпадут другие."),
    "all_have": (
        "Every active partner has a code.",
        "У каждого активного партнёра есть промокод."),
    "file": ("{path}: {count:code|codes}", "{path}: {count:промокод|промокода|промокодов}"),
    "channel": ("channel {channel}", "канал {channel}"),
    "listed": (
        "{count:code|codes}, of these {serials:serial|serials}; {uses:use|uses}",
        "{count:промокод|промокода|промокодов}, из них {serials:серийный|серийных|серийных}; {uses:применение|применения|применений}"),
}

SHOWN: Catalogue = {
    "read_as": ("“{typed}” is read as {named}", "«{typed}» прочитан как {named}"),
    "works": ("works on {day}", "{day} действует"),
    "stopped": ("does not work on {day}: {why}", "{day} не действует: {why}"),
    "owner": ("partner: {partner}", "партнёр: {partner}"),
    "nobody": ("partner: nobody", "партнёр: никто"),
    "kind": ("kind: {kind}", "вид: {kind}"),
    "variant": ("variant of: {named}", "вариант промокода: {named}"),
    "status": ("status: {status}", "статус: {status}"),
    "campaign": ("campaign: {campaign}", "кампания: {campaign}"),
    "uses": ("used: {uses:time|times}", "применён: {uses:раз|раза|раз}"),
    "uses_of": ("used: {uses:time|times} of {limit}, {left} left", "применён: {uses:раз|раза|раз} из {limit}, осталось {left}"),
    "terms": ("terms: {terms}", "условия: {terms}"),
}

CARD_HEADINGS: Catalogue = {
    "code": ("code", "промокод"),
    "qr": ("qr", "qr"),
    "partner_id": ("partner_id", "партнёр"),
    "name": ("name", "имя"),
    "valid_to": ("valid_to", "действует по"),
}

CARD_WORDS: Catalogue = {
    "title": ("Codes: {programme}", "Промокоды: {programme}"),
    "until": ("valid through {until}", "действует по {until}"),
}
# fmt: on
