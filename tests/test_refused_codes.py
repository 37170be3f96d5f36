"""What may stand in for a partner's code that was refused, and what goes before a code that was not?"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.test_touches import candidates, click, ordered, programme
from tests.world import World
from tracker.layout import Tab
from tracker.whose.answers import Candidate
from tracker.whose.mode import refused_code
from tracker.whose.question import Ground


@pytest.mark.parametrize(
    ("cells", "fields", "why"),
    [
        ({"min_order": "5000"}, {}, "code_min_order"),
        ({"valid_to": "2026-10-01"}, {}, "code_expired"),
        ({"new_customers_only": "yes"}, {}, "code_new_only"),
        ({"hours": "01:00-02:00"}, {"codes": ["IVAN01", "FREE"]}, "code_unknown"),
    ],
)
def test_neither_a_click_nor_a_binding_lifts_what_the_owner_set_for_the_code(
    cells: dict[str, str], fields: dict[str, Any], why: str
) -> None:
    world = programme(code_binds="always", link_binds="always")
    ordered(world, "first", ordered_at="2026-09-30T10:00:00Z", codes=["IVAN01"])
    for column, value in cells.items():
        world.edit(Tab.CODES, "IVAN01", column, value)

    assert ordered(world, **{"codes": ["IVAN01"], "ref": "BLOG"} | fields) == ("", why)
    assert ordered(world, "2", codes=["MARIA01"])[0] == "maria"
    assert ordered(world, "3", ref="BLOG")[0] == "ivan"


def test_another_code_of_the_same_partner_that_may_earn_counts_beside_a_refused_one() -> None:
    world = programme()
    world.edit(Tab.CODES, "IVAN01", "status", "expired")
    world.type(Tab.CODES, code="IVAN02", partner_id="ivan")

    found = ordered(world, codes=["IVAN01", "IVAN02"], ref="BLOG")
    assert found == ("ivan", "code_of_partner")


def code(partner_id: str, why: str) -> Ground:
    """A code of a partner, with its verdict for a name."""
    candidate = Candidate(code=why, partner_id=partner_id, why=why)
    return Ground(candidate=candidate, at=datetime(2026, 10, 20, tzinfo=UTC))


@pytest.mark.parametrize(
    ("verdicts", "found"),
    [
        ([], None),
        (["code_paused"], ("code_paused", "stopped_code")),
        (["code_min_order"], ("code_min_order", "refused_code")),
        (["code_min_order", "code_paused"], ("code_paused", "stopped_code")),
        (["code_paused", "ok"], None),
        (["ok", "code_min_order"], None),
        (["code_unbound"], None),  # not known yet
        (["code_unbound", "code_expired"], ("code_expired", "refused_code")),
    ],
)
def test_a_refused_code_of_a_partner_is_named_unless_another_of_his_may_earn(
    verdicts: list[str], found: tuple[str, str] | None
) -> None:
    codes = [code("maria", "code_paused"), *(code("ivan", why) for why in verdicts)]

    assert refused_code("ivan", codes) == found


def test_a_click_that_is_too_old_says_so_beside_another_partner_s_code() -> None:
    world = programme("click_if_code_unbound")
    click(world, "2026-09-01T10:00:00Z")

    assert ordered(world, codes=["MARIA01"])[0] == "maria"
    assert [row[2].partition(" ")[0] for row in candidates(world)] == ["ok", "click_too_old"]


# The order's own advertisement.


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"codes": ["IVAN01"], "ad_tag": "yandex"}, "ad_before"),
        ({"ref": "BLOG", "ad_tag": "yandex"}, "ad_before"),
        (
            {"ref": "BLOG", "ad_tag": "yandex", "clicked_at": "2026-10-18T10:00:00Z"},
            "click_of_partner",
        ),
    ],
)
def test_the_order_s_own_ad_without_a_time_comes_before_its_code_and_link(
    fields: dict[str, Any], why: str
) -> None:
    world = programme(block_if_earlier_paid_touch="yes")

    assert ordered(world, **fields)[1] == why


def test_an_ad_takes_the_code_that_counted_and_leaves_the_others_their_own_reasons() -> None:
    world = programme(block_if_earlier_paid_touch="yes", two_codes="first")
    world.type(Tab.CODES, code="OLD", partner_id="ivan", valid_to="2026-10-01")

    assert ordered(world, codes=["IVAN01", "OLD", "MARIA01"], ad_tag="yandex")[1] == "ad_before"
    assert [(row[0], row[2].partition(" ")[0]) for row in candidates(world)] == [
        ("IVAN01", "ad_before"), ("OLD", "code_expired"), ("MARIA01", "ok")]  # fmt: skip


def test_an_ad_that_takes_nothing_says_why() -> None:
    world = programme(block_if_earlier_paid_touch="yes")
    click(world, "2026-10-05T10:00:00Z")
    ordered(world, ad_tag="yandex")
    ad = candidates(world)[-1]

    assert world.reason("1") == "click_of_partner"
    assert ad == [
        "yandex", "", "ad_after_touch ad=yandex first=2026-10-05%2013:00+03:00", "ad",
        "2026-10-19T10:00:00+00:00",
    ]  # fmt: skip


def test_where_ads_are_not_asked_about_the_path_says_so() -> None:
    world = programme()
    ordered(world, codes=["IVAN01"], ad_tag="yandex")

    assert candidates(world)[-1][2] == "ad_not_asked ad=yandex"


def test_an_order_in_review_is_decided_again_when_its_unknown_code_is_added() -> None:
    world = World()
    world.edit(Tab.CODES, "IVAN01", "regions", "Moscow")
    first = ordered(world, codes=["IVAN01", "OLGA"])
    world.type(Tab.CODES, code="OLGA", partner_id="maria")
    world.sync()

    assert first == ("", "region_unknown")
    assert (world.latest("1").partner_id, world.reason("1")) == ("maria", "code_of_partner")
