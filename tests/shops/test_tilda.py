"""Is a Tilda cart read in whichever way it is written, and nothing else taken for one?"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.shops.conftest import FORM, RECEIVED, Reader
from tests.shops.test_rules import OrderOf
from tracker.model import OrderVersion, Ping, State, Unreadable

CART: dict[str, Any] = {"sys": "tinkoff", "systranid": "55", "orderid": "17", "amount": "1000"}
PRODUCTS = [{"name": "Чашка", "price": "400", "quantity": "2"}, {"name": "Чай", "price": "200"}]


def order(order_of: OrderOf, body: dict[str, Any] | None = None, **cart: Any) -> OrderVersion:
    return order_of("tilda", {"formid": "f1", "payment": CART | cart} | (body or {}))


def code_of(found: Any) -> tuple[str, str]:
    assert isinstance(found, Unreadable), found
    return found.code, dict(found.params).get("field", "")


# Rule 19: three ways to write one cart.
def test_an_object_a_text_and_flat_fields_in_any_order_say_the_same(order_of: OrderOf) -> None:
    cart = CART | {"products": PRODUCTS}
    flat = {f"payment[{name}]": value for name, value in CART.items()}
    for number, product in enumerate(PRODUCTS):
        flat |= {f"payment[products][{number}][{name}]": x for name, x in product.items()}
    backwards = dict(reversed(flat.items()))
    bodies = ({"payment": cart}, {"payment": json.dumps(cart)}, flat, backwards)

    nested, *others = [order_of("tilda", body | {"formid": "f1"}) for body in bodies]

    assert [one.items for one in others] == [nested.items] * 3
    assert [one.price for one in nested.items or ()] == [Decimal(400), Decimal(200)]
    form = order_of("tilda", urlencode(backwards | {"formid": "f1"}), FORM)
    assert {(one.order_id, one.total) for one in (nested, form, *others)} == {("17", 100000)}


@pytest.mark.parametrize(
    ("product", "price"),
    [
        ("Чашка=400", "400"),
        ("Чашка = синяя = 400.50", "400.5"),
        ("a=b", None),
        ("Чашка=", None),
        ("Чашка", None),
        ("Чашка=" + "9" * 500, None),
    ],
)
def test_a_product_in_one_text_ends_with_its_price(
    order_of: OrderOf, product: str, price: str | None
) -> None:
    (item,) = order(order_of, products=[product]).items or ()

    assert item.price == (None if price is None else Decimal(price))


@pytest.mark.parametrize("amount", ["1000", "1000.00", 1000, 1000.0, " 1 000,00"])
def test_a_sum_is_text_or_a_number(order_of: OrderOf, amount: Any) -> None:
    assert order(order_of, amount=amount).total == 100000


def test_the_postage_is_a_part_of_the_amount(order_of: OrderOf) -> None:
    found = order(order_of, amount="1300", subtotal="1000", delivery_price=300)

    assert (found.total, found.shipping) == (130000, 30000)


def test_an_order_for_nothing_is_an_order(order_of: OrderOf) -> None:
    found = order(order_of, sys="robokassa", systranid="0", amount="0")

    assert (found.total, found.state) == (0, State.PAID)


@pytest.mark.parametrize(
    ("payment", "state", "cash"),
    [
        ({"sys": "tinkoff"}, State.PAID, False),
        ({"sys": "TINKOFF", "systranid": None}, State.PAID, False),
        ({"sys": "none", "systranid": "0"}, State.PENDING, True),
        ({"sys": "None"}, State.PENDING, True),
        ({"sys": " CASH "}, State.PENDING, True),
        ({"sys": "banktransfer"}, State.PENDING, True),
        ({"sys": ""}, State.PENDING, True),
        ({"sys": None}, State.PENDING, True),
        ({"sys": "tinkoff", "systranid": "0"}, State.PENDING, True),
        ({"sys": "tinkoff", "systranid": 0}, State.PENDING, True),
    ],
)
def test_an_order_is_paid_when_a_payment_system_took_the_money(
    order_of: OrderOf, payment: dict[str, Any], state: State, cash: object
) -> None:
    found = order(order_of, **payment)

    assert (found.state, found.cash) == (state, cash)


@pytest.mark.parametrize(
    ("ids", "order_id"),
    [
        ({"orderid": "17", "systranid": "55"}, "17"),
        ({"orderid": 17}, "17"),
        ({"orderid": "0", "systranid": "55"}, "55"),
        ({"orderid": "", "systranid": "0"}, "1:2"),
    ],
)
def test_the_orders_number_goes_before_the_payments_and_the_forms(
    order_of: OrderOf, ids: dict[str, Any], order_id: str
) -> None:
    assert order(order_of, {"tranid": "1:2"}, **ids).order_id == order_id


@pytest.mark.parametrize("name", ["email", "Email", "EMAIL", "Еmail", "еmаil", " Email "])
def test_case_and_letters_that_look_alike_do_not_matter(order_of: OrderOf, name: str) -> None:
    assert order(order_of, {name: "buyer@example.com"}).email == "buyer@example.com"


def test_two_fields_of_one_name_cost_nothing_and_the_first_contact_counts(
    order_of: OrderOf,
) -> None:
    fields = [("Сколько", "1"), ("Сколько", "2"), ("Email", ""), ("Email", "a@example.com")]
    fields += [("email", "b@example.com"), *((f"payment[{k}]", v) for k, v in CART.items())]

    found = order_of("tilda", urlencode(fields), FORM)

    assert (found.email, found.total) == ("a@example.com", 100000)


@pytest.mark.parametrize("name", ["amount", "orderid", "promocode"])
def test_a_sum_a_number_or_a_code_that_stands_twice_is_refused_by_name(
    reads: Reader, name: str
) -> None:
    fields = [*((f"payment[{k}]", v) for k, v in (CART | {"promocode": "IVAN"}).items())]
    (found,) = reads("tilda", urlencode([*fields, (f"payment[{name}]", "2")]), FORM)

    assert code_of(found) == ("delivery_field_unreadable", f"payment.{name}")


def test_the_code_is_the_carts_or_that_of_the_owners_own_field(order_of: OrderOf) -> None:
    assert order(order_of, promocode=" ЧАЙ осень ").codes == ("ЧАЙ осень",)
    assert order(order_of, {"Promocode": "IVAN"}).codes == ("IVAN",)
    assert order(order_of, {"Promocode": "IVAN"}, promocode="MARIA").codes == ("MARIA",)
    assert order(order_of, promocode="").codes is None


@pytest.mark.parametrize(
    ("fields", "ref"),
    [
        ({"ref": "ivan"}, "ivan"),
        ({"referer": "https://example.com/?ref=ivan#rec1"}, "ivan"),
        ({"COOKIES": "a=b; TILDAUTM=utm_source%3Dvk%7C%7C%7Cref%3Divan; c=d"}, "ivan"),
        ({"COOKIES": "a=b; ref=ivan; TILDAUTM=utm_source%3Dvk; c=ref=eve"}, None),
        ({"ref": "maria", "referer": "https://example.com/?ref=ivan"}, "maria"),
    ],
)
def test_the_partners_link_is_a_field_the_page_or_the_visit(
    order_of: OrderOf, fields: dict[str, str], ref: str | None
) -> None:
    assert order(order_of, fields).ref == ref


def test_neither_cookies_nor_keys_are_kept(order_of: OrderOf) -> None:
    secret = {"COOKIES": "sid=s3cret", "API-key": "s3cret", "Authorization": "Bearer s3cret"}

    assert "s3cret" not in repr(order(order_of, secret))


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ({"test": "test"}, "delivery_ping"),
        ("test=test", "delivery_ping"),
        ({"Name": "Анна", "formid": "f1"}, "delivery_form_without_order"),
        ({"Name": "Анна", "tranid": "1:2", "payment": ""}, "delivery_form_without_order"),
        ({"FormName": "Call", "payment": []}, "delivery_form_without_order"),
    ],
)
def test_a_test_call_and_a_form_without_a_cart_are_no_orders(
    reads: Reader, body: Any, why: str
) -> None:
    assert reads("tilda", body) == (Ping(why=why),)


def test_an_order_made_as_a_test_pays_nobody(order_of: OrderOf) -> None:
    assert order(order_of, {"test": "test"}).test is True


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ({"text": "Order #17 ... Payment Amount: 3290 RUB"}, ("delivery_not_of_tilda", "")),
        ({"payment": "paid"}, ("delivery_field_unreadable", "payment")),
        ({"payment": ["a"]}, ("delivery_field_unreadable", "payment")),
        ({"payment": '{"a":1,"a":2}'}, ("delivery_field_twice", "a")),
        ({"payment": '{"a":' * 30 + "1" + "}" * 30}, ("delivery_too_deep", "")),
        ({"payment": {"amount": "1"}}, ("delivery_field_missing", "payment.orderid")),
        ({"payment": {"orderid": "1"}}, ("delivery_field_missing", "payment.amount")),
        ({"payment": CART | {"amount": "50%"}}, ("delivery_amount_unreadable", "payment.amount")),
        ({"payment": CART, "payment[amount]": 1}, ("delivery_field_unreadable", "payment")),
        (
            {"payment": CART | {"products": [7]}},
            ("delivery_field_unreadable", "payment.products[0]"),
        ),
    ],
)
def test_what_cannot_be_a_cart_is_refused_by_name(
    reads: Reader, body: Any, refusal: tuple[str, str]
) -> None:
    (found,) = reads("tilda", body)

    assert code_of(found) == refusal


def test_an_order_is_in_the_programmes_currency_as_of_when_it_came(order_of: OrderOf) -> None:
    found = order(order_of)

    assert (found.currency, found.ordered_at, found.undated) == ("RUB", RECEIVED, True)
