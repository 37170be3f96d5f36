"""Does `why` tell how a customer came to an order, and what was looked at?"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.world import World
from tracker.explaining import explain
from tracker.layout import Tab
from tracker.lines import JournalLine
from tracker.orders import Facts, write_facts
from tracker.told_path import asked, touched

AT = datetime(2026, 10, 20, 12, tzinfo=UTC)
MOSCOW = ZoneInfo("Europe/Moscow")


def line(**said: object) -> JournalLine:
    facts = json.dumps(said, ensure_ascii=False)
    at = "2026-10-07T10:00:00+03:00"
    return JournalLine(noted_at=AT, source="generic", order_id="1", n=1, ordered_at=at,
                       currency="RUB", codes="IVAN01", facts=facts)  # fmt: skip


def test_touches_are_told_in_time_and_the_order_last() -> None:
    rows = [
        ["2026-10-05T09:00:00+00:00", "click", "ivan", "ivan-tg", "Telegram"],
        ["2026-10-02T09:00:00+00:00", "ad", "", "yandex", ""],
    ]

    assert touched(line(touches=rows), "en", MOSCOW) == [
        "how the customer came:",
        "  2026-10-02T12:00:00+03:00 advertisement yandex",
        "  2026-10-05T12:00:00+03:00 click on a link of ivan (ivan-tg, Telegram)",
        "  2026-10-07T10:00:00+03:00 order with IVAN01",
    ]


def test_without_a_touch_there_is_no_path_to_tell() -> None:
    assert touched(line(), "ru", MOSCOW) == []
    assert asked(line(), "ru") == []


@pytest.mark.parametrize(
    ("question", "answer", "en", "ru"),
    [
        (["room", ["ivan01"], 100], True,
         "fewer than 100 paid orders with ivan01 before: yes",
         "раньше оплаченных заказов с ivan01 меньше 100: да"),
        (["returning"], False, "the customer bought before: no", "покупатель уже покупал: нет"),
        (["fact", "city"], None, "city: the shop does not say", "город: магазин не сообщил"),
        (["goods"], 499999, "goods as bought: 4999.99 RUB", "товары при покупке: 4999.99 RUB"),
        (["earned_in_month", "", "RUB"], 900000,
         "all partners earned by earlier orders of the month: 9000.00 RUB",
         "все партнёры: вознаграждение за прежние заказы месяца 9000.00 RUB"),
        (["volume", "ivan", "month", "RUB"], [4, 1200000],
         "ivan before, in the month: orders 4, sales 12000.00 RUB",
         "ivan раньше, за месяц: заказов 4, продаж на 12000.00 RUB"),
        (["bound", 90, 0], ["maria", "code", "2026-09-01"],
         "the customer is bound to: maria, since 2026-09-01",
         "покупатель закреплён: за партнёром maria с 2026-09-01"),
        (["bound", 90, 0], [], "the customer is bound to: nobody",
         "покупатель закреплён: ни за кем"),
    ],
)  # fmt: skip
def test_each_question_is_told_with_its_answer(
    question: list[object], answer: object, en: str, ru: str
) -> None:
    told = line(asked={"owed": [[question, answer]]})

    assert asked(told, "en") == ["what was looked at:", f"  {en}"]
    assert asked(told, "ru") == ["на что смотрели:", f"  {ru}"]


def test_a_list_of_goods_is_noted_but_not_told() -> None:
    assert asked(line(asked={"whose": [[["items"], "0123456789abcdef"]]}), "en") == []


def test_a_click_after_the_order_is_told_and_does_not_count() -> None:
    order = ("2026-10-07T07:00:00Z", 1, "d1", "")
    fields = {"total": 100000, "ordered_at": "2026-10-07T07:00:00+00:00", "ref": "blog",
              "clicked_at": "2026-10-07T07:00:01+00:00"}  # fmt: skip
    said = write_facts(Facts(fields={name: (value, order) for name, value in fields.items()}))

    assert touched(line(**json.loads(said)), "en", MOSCOW)[1:] == [
        "  2026-10-07T10:00:00+03:00 order with IVAN01",
        "  2026-10-07T10:00:01+03:00 click (blog) after the order: does not count",
    ]


@pytest.mark.parametrize(
    ("rate", "en", "ru"),
    [
        ("10%", "terms fixed: 10% of goods, payable", "условия закреплены: 10% от товаров, к"),
        ("500 RUB", "terms fixed: 500.00 RUB, payable", "условия закреплены: 500.00 RUB, к"),
        ("10 RUB/item", "10.00 RUB per item, payable", "10.00 RUB за штуку, к выплате"),
    ],
)
def test_only_a_percent_is_told_with_what_it_is_taken_from(rate: str, en: str, ru: str) -> None:
    for language, wanted in (("en", en), ("ru", ru)):
        world = World(language=language)
        world.edit(Tab.PARTNERS, "ivan", "rate", rate)
        world.deliver("1", items=[{"sku": "tea", "quantity": 1, "price": "1000"}])
        assert wanted in explain(world.sync(), "1")
