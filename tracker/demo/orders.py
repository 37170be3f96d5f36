"""What did the shop's customers order in two months, and what became of each order?

The table is the whole story in sixty lines: the sums of the book can be worked out from it with
pencil and paper. A code takes 100 roubles off the goods; postage earns nobody a commission.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from tracker.demo.goods import CODE_SAVES, PRODUCTS, RUB_PER_EUR

ZONE = ZoneInfo("Europe/Moscow")
YEAR = 2026
DINA = "dina@example.com"
SOURCES = {"shop": "shopify:tea", "woo": "woocommerce:cups", "bot": "generic"}

# number, placed, where, codes, basket, postage, then what is special about it:
# EUR; by=ADDRESS the buyer; test; late=TIME delivered late; first=STATE and paid=TIME; hold: nobody
# has paid; staff: a discount that is no code; twice: delivered twice; click=ID by which link.
# \u0410 is a Cyrillic A, which looks like the Latin one; _ is a blank.
TABLE = """
5210401  09-01 10:12  shop  -                S      300
8401     09-02 09:40  woo   -                OO     300
5210402  09-02 11:20  shop  ANNA10           TO     0
5210403  09-03 18:05  shop  ЧАЙ              TC     300
8402     09-04 12:31  woo   vera10           G      0    first=pending paid=09-04_12:38
T-101    09-05 20:14  bot   ANNA10           P      300
5210404  09-06 13:02  shop  GLEB7            O      300
8403     09-07 16:47  woo   dina             BS     0
8404     09-08 10:20  woo   чай              P      300
8405     09-09 21:15  woo   anna10           G      0
T-102    09-10 08:55  bot   FIRSTCUP         C      300
5210405  09-11 19:33  shop  VERA10           B      300
5210406  09-12 14:08  shop  SUMMER25         OC     300
5210407  09-13 11:41  shop  -                T      0    staff
T-103    09-15 17:26  bot   DINA             T      300
5210408  09-16 22:10  shop  AUTUMN           BC     300  twice
T-104    09-17 09:18  bot   TEATIME          OO     300
T-105    09-17 19:52  bot   TEATIME          CC     300
T-106    09-18 12:44  bot   GLEB7            T      300
T-107    09-19 15:05  bot   VERA10           TO     0
8406     09-20 10:37  woo   opening          SC     300
T-108    09-21 13:29  bot   _anna10_         SS     300
5210409  09-22 20:01  shop  DINA             C      300  by=dina@example.com
5210410  09-24 16:16  shop  ЧАЙ              SC     300
5210411  09-26 18:48  shop  ANNA10           T      300
8407     09-28 11:03  woo   vera10           SO     300  first=on-hold paid=09-28_17:20
5210412  09-29 09:57  shop  GLEB7            C      300
8408     09-30 21:40  woo   autumn           OC     300
5210413  10-01 00:10  shop  AUTUMN           TO     0
5210414  10-01 12:25  shop  -                B      300
5210415  10-02 10:00  shop  ЧАЙ              G      0
5210416  10-02 10:30  shop  ANNA10           C      300  test
T-109    10-03 19:11  bot   ANNA10-TG        TS     0
8409     10-04 14:52  woo   gleb7            G      0
T-110    10-05 09:33  bot   -                OC     300  click=c-102
8410     10-05 17:08  woo   dina             T      300
8411     10-06 20:45  woo   firstcup         BC     300
T-111    10-07 11:19  bot   TEATIME          SS     300  click=c-103
5210417  10-08 13:37  shop  ANNA10           P      300
5210418  10-08 21:30  shop  GLEB7            TT     0
T-112    10-09 18:22  bot   ANNA10,VERA10    TB     0
8412     10-10 10:06  woo   tgtea            P      300
T-113    10-11 15:40  bot   DINA             P      300
T-114    10-12 12:12  bot   VERA10           P      300
8413     10-13 09:48  woo   anna10           OO     300
8414     10-14 20:29  woo   чай              T      300
T-115    10-16 14:17  bot   GLEB7            O      300
5210419  10-17 11:55  shop  DINA-GIFT        BC     300
5210420  10-18 19:04  shop  VERA10           SC     300
8415     10-19 16:33  woo   summer25         G      0
5210421  10-20 08:41  shop  ANNA10           G      0    EUR
5210422  10-21 12:00  shop  TEATIME          TC     300  late=10-27_09:30
8416     10-23 13:58  woo   gleb7            S      300
T-116    10-24 10:24  bot   \u0410NNA10      O      300
8417     10-25 17:46  woo   dina-gift        GC     0
T-117    10-26 21:07  bot   AUTUMN           G      0
T-118    10-27 12:39  bot   ANNA10           B      300
5210423  10-29 18:50  shop  DINA             TC     300  hold
8418     10-30 09:15  woo   чай              OC     300
5210424  10-31 16:20  shop  ANNA10           V      0
"""

# order, when, what: a refund of goods in all so far, or cancelled. `alone`: the shop sends the
# refund by itself, and it overtakes the order.
AFTERWARDS = """
8405     09-14 10:15  refund    1000
T-107    09-21 09:30  cancelled
8414     10-19 12:20  refund    1000
5210411  10-22 15:45  refund    3100
5210422  10-23 11:10  alone     1100
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One order of the table; sums in `currency`, major units."""

    number: str
    placed: datetime
    where: str
    codes: tuple[str, ...]
    basket: str
    postage: Decimal
    currency: str = "RUB"
    buyer: str = ""
    test: bool = False
    staff: bool = False
    late: datetime | None = None
    first: str = ""
    paid: datetime | None = None
    twice: bool = False
    click: str = ""

    @property
    def source(self) -> str:
        """The source as the order log names it."""
        return SOURCES[self.where]

    def price(self, item: str) -> Decimal:
        """The price of one product in the order's currency."""
        price = PRODUCTS[item].price
        return price if self.currency == "RUB" else price / RUB_PER_EUR

    @property
    def discount(self) -> Decimal:
        """What was taken off the goods."""
        saved = CODE_SAVES if self.codes or self.staff else Decimal(0)
        return saved if self.currency == "RUB" else saved / RUB_PER_EUR

    @property
    def goods(self) -> Decimal:
        """What the customer pays for the goods."""
        return sum((self.price(item) for item in self.basket), Decimal(0)) - self.discount

    @property
    def total(self) -> Decimal:
        """What the customer pays in all."""
        return self.goods + self.postage


@dataclass(frozen=True, slots=True)
class Version:
    """An order as its shop knows it at a moment; `refunded` goods in all, major units."""

    at: datetime
    state: str
    refunded: Decimal = Decimal(0)
    refunded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """What became of an order later."""

    number: str
    at: datetime
    what: str
    goods: Decimal = Decimal(0)


def moment(text: str) -> datetime:
    """Read `09-01 10:12` of the demo's year, as the shop's clock shows it."""
    return datetime.strptime(f"{YEAR}-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)


def orders() -> list[Order]:
    """All sixty, oldest first."""
    return [_order(re.split(r" {2,}", line)) for line in TABLE.strip().splitlines()]


def _order(cells: list[str]) -> Order:
    number, placed, where, codes, basket, postage, *rest = (cell.strip() for cell in cells)
    words = rest[0].split() if rest else []
    said = dict(word.split("=", 1) for word in words if "=" in word)
    typed = () if codes == "-" else tuple(code.replace("_", " ") for code in codes.split(","))
    times = {
        name: moment(said[name].replace("_", " ")) for name in ("late", "paid") if name in said
    }
    return Order(
        number=number,
        placed=moment(placed),
        where=where,
        codes=typed,
        basket=basket,
        postage=Decimal(postage),
        currency="EUR" if "EUR" in words else "RUB",
        buyer=said.get("by", ""),
        click=said.get("click", ""),
        test="test" in words,
        staff="staff" in words,
        late=times.get("late"),
        first="pending" if "hold" in words else said.get("first", ""),
        paid=times.get("paid"),
        twice="twice" in words,
    )


def events() -> list[Event]:
    """What became of the orders, oldest first."""
    found = []
    for line in AFTERWARDS.strip().splitlines():
        number, when, what, *goods = (cell.strip() for cell in re.split(r" {2,}", line))
        found.append(Event(number, moment(when), what, Decimal(goods[0]) if goods else Decimal(0)))
    return found


def versions(order: Order) -> Iterator[Version]:
    """Every version of an order that its shop sends, the first one first."""
    yield Version(order.placed, order.first or "paid")
    if order.paid is not None:
        yield Version(order.paid, "paid")
    for event in events():
        if event.number == order.number and event.what == "cancelled":
            yield Version(event.at, "cancelled")
        elif event.number == order.number and event.what == "refund":
            whole = event.goods >= order.total
            yield Version(event.at, "refunded" if whole else "paid", event.goods, event.at)
