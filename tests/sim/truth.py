"""What should the book say? A plain reckoning of the shop's own words, in fractions.

Nothing here is the program's: dictionaries, `Fraction`, and the terms of the programme as its
owner typed them. Where a run decides what holds (whether it saw a hand-over before an order), the
model names every answer that is right, and keeps to the one that the book gave when it came to
rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from fractions import Fraction

PLACES = {"RUB": 2, "EUR": 2, "JPY": 0}

Account = tuple[str, str, str]
"""(order_id, partner_id, currency)"""
Sums = Mapping[str, Mapping[Account, int]]
"""By order, what it stands as."""


@dataclass(frozen=True, slots=True)
class Version:
    """An order as the shop described it once; sums in decimal text, `stamp` is its updated_at."""

    order_id: str
    stamp: int
    placed: float
    currency: str
    codes: tuple[str, ...]
    total: str
    shipping: str = "0"
    refunded: str = "0"
    state: str = "paid"

    @property
    def goods(self) -> Fraction:
        """What the percent is taken from."""
        left = Fraction(self.total) - Fraction(self.shipping) - Fraction(self.refunded)
        counts = self.state == "paid" and Fraction(self.refunded) < Fraction(self.total)
        return max(left, Fraction(0)) if counts else Fraction(0)

    @property
    def sold(self) -> bool:
        """Whether it is one of its partner's orders: paid, and something of it is left."""
        back, goods = Fraction(self.refunded), Fraction(self.total) - Fraction(self.shipping)
        return self.state == "paid" and not (back >= Fraction(self.total) or back >= goods > 0)


@dataclass(frozen=True, slots=True)
class CodeTerms:
    """Who may own a code, the rate beside it, and when it was handed over (to the last of them).

    `handed_known` tells whether a run had seen the first owner before; `added` is when the row was
    typed, where that was after the first order.
    """

    owners: tuple[str, ...]
    rate: str = ""
    handed: float = 0.0
    handed_known: bool = False
    added: float = 0.0


@dataclass
class Truth:
    """The shop's orders and the owner's terms.

    Attributes:
        rates: those each partner had, the first one first.
        cap: what one order earns at most, in roubles; it binds no other money.
        tier: from which of a partner's orders on another rate replaces his own, and that rate.
        pins: what the book answered at rest about (order, codes, decision): partner and rate.
        rested: whether the book was at rest once, and so has seen every code's first owner.
        doubtful: whether the row of a code or partner was away or unreadable for a while.
        wounded: the orders, by (source, order_id), of whose ledger lines the owner has damaged
            one since the book was last at rest; wounds: those lines, by id.
        doubted: whether so much was damaged at once that the book could not show that it was: what
            statements said then is wrong, and told once it is put back.
    """

    codes: dict[str, CodeTerms]
    rates: dict[str, list[str]]
    cap: str = ""
    tier: tuple[int, str] | None = None
    versions: dict[str, dict[int, Version]] = field(default_factory=dict)
    unsure: dict[str, dict[int, Version]] = field(default_factory=dict)
    decisions: dict[str, tuple[str, str]] = field(default_factory=dict)
    adjustments: dict[str, tuple[str, str]] = field(default_factory=dict)
    pins: dict[tuple[str, ...], tuple[str, str]] = field(default_factory=dict)
    clock_jumped: bool = False
    rested: bool = False
    doubtful: bool = False
    wounded: set[tuple[str, str]] = field(default_factory=set)
    wounds: set[str] = field(default_factory=set)
    doubted: bool = False

    def copy(self) -> Truth:
        return deepcopy(self)

    def hear(self, version: Version, *, acked: bool) -> None:
        """A delivery was sent; of one that was not acked nobody knows whether it is kept."""
        known = self.versions if acked else self.unsure
        known.setdefault(version.order_id, {})[version.stamp] = version

    def wound(self, key: tuple[str, str], line_id: str, *, terms: bool) -> None:
        """A ledger line was damaged; with it the terms may be gone that were fixed there."""
        self.wounded.add(key)
        self.wounds.add(line_id)
        if terms:
            self.pins = {at: pin for at, pin in self.pins.items() if at[0] != key[1]}

    def heal(self) -> None:
        """All is put back, and the book is at rest."""
        self.wounded.clear()
        self.wounds.clear()

    def latest(self, order_id: str) -> Version:
        """The version that counts when everything acked is known."""
        return max(self.versions[order_id].values(), key=lambda one: one.stamp)

    def due(self, version: Version, rate: str) -> int:
        """What a version owes at a rate, in the smallest coins, half up; no more than the cap."""
        minor = self._uncapped(version, rate)
        if not self.cap or currency(version, rate) != "RUB":
            return minor
        return min(minor, int(Fraction(self.cap) * 100))

    def _uncapped(self, version: Version, rate: str) -> int:
        unit = 10 ** PLACES[version.currency]
        if rate.endswith("%"):
            exact = version.goods * Fraction(rate[:-1]) / 100 * unit
            return int(exact + Fraction(1, 2))
        number, _, _ = rate.partition(" ")
        gone = Fraction(version.refunded) >= Fraction(version.total) > 0
        return 0 if version.state != "paid" or gone else int(Fraction(number) * unit)

    def answers(self, version: Version) -> list[tuple[str, str]]:
        """Every (partner, rate) that may be right for it; nobody is ("", "")."""
        what, whose = self.decisions.get(version.order_id, ("", ""))
        if what == "refuse":
            return [("", "")]
        if what == "assign":
            # Whose it was already keeps the terms of his code.
            own = [one for one in self._by_codes(version) if one[0] == whose]
            return [*((whose, rate) for rate in self.rates[whose]), *own]
        return self._by_codes(version)

    def _by_codes(self, version: Version) -> list[tuple[str, str]]:
        said = [code.strip().upper() for code in version.codes]
        codes = [self.codes[code] for code in said if code in self.codes]
        if not codes:
            return [("", "")]
        found: list[tuple[str, str]] = []
        for terms in codes:
            sure = len(terms.owners) == 1 or (
                terms.handed_known and not self.clock_jumped and version.placed < terms.handed
            )
            for owner in terms.owners[:1] if sure else terms.owners:
                rates = [terms.rate] if terms.rate else self.rates[owner]
                found += [(owner, rate) for rate in rates]
        away = self.doubtful or any(version.placed < terms.added for terms in codes)
        if away and self.clock_jumped:
            # Refused while the row was away, and placed too long ago by the wrong clock to be
            # decided again.
            found.append(("", ""))
        owners = {owner for owner, _ in found} - {""}
        if len(codes) > 1 and len(owners) > 1:
            # Two partners: the owner has to decide, unless both codes were one partner's then.
            shared = {owner for owner in owners if all(owner in one.owners for one in codes)}
            earn = owners if self.doubtful else shared
            return [("", ""), *(one for one in found if one[0] in earn)]
        return found

    def pin_key(self, version: Version) -> tuple[str, ...]:
        """What an order is decided by: while it stays, so does the answer."""
        return (version.order_id, *version.codes, *self.decisions.get(version.order_id, ()))

    def rates_of(self, partner: str, rate: str) -> list[str]:
        """The rate, and that of the tier where one may replace it: never a code's own."""
        own = any(partner in one.owners and one.rate == rate for one in self.codes.values())
        return [rate] if own or not partner or self.tier is None else [rate, self.tier[1]]

    def _reached(self, order_id: str, partner: str, sums: Sums) -> set[bool]:
        """Whether the order is one of those from which on the tier holds; both if nobody knows."""
        mine, (start, _) = self.latest(order_id), self.tier or (0, "")
        earlier = [
            self._whose(one, sums)
            for one in self.versions
            if (self.latest(one).placed, one) < (mine.placed, order_id)
        ]
        sure = sum(1 for who in earlier if who == {partner})
        perhaps = sum(1 for who in earlier if partner in who)
        return {sure + 1 >= start, perhaps + 1 >= start}

    def _whose(self, order_id: str, sums: Sums) -> set[str]:
        """As whose order one may count; nobody is ""."""
        if ("generic", order_id) in self.wounded:
            return {*self.rates, ""}
        if not self.latest(order_id).sold:
            return {""}
        stands = sums.get(order_id, {})
        return {who for _, who, _ in stands} or {who for who, _ in self._answered(order_id)}

    def expected(self, order_id: str, sums: Sums | None = None) -> list[dict[Account, int]]:
        """The sums by account that are right for an order at rest; any one of them.

        `sums` are what the others stand as, which tells how many of them a partner has.
        """
        version = self.latest(order_id)
        found = []
        for partner, fixed in self._answered(order_id):
            rates = self.rates_of(partner, fixed)
            if len(rates) > 1 and sums is not None:
                rates = [rates[reached] for reached in self._reached(order_id, partner, sums)]
            for rate in rates:
                minor = self.due(version, rate) if partner else 0
                account = (order_id, partner, currency(version, rate))
                found.append({account: minor} if minor else {})
        return found

    def _answered(self, order_id: str) -> list[tuple[str, str]]:
        """Every partner and rate that may be right for an order at rest."""
        version = self.latest(order_id)
        heard = {**self.unsure.get(order_id, {}), **self.versions[order_id]}
        pinned = self.pins.get(self.pin_key(version))
        if len({one.codes for one in heard.values()}) > 1:
            pinned = None  # with other codes in between it was decided anew
        return [pinned] if pinned else self.answers(version)

    def possible(self, order_id: str) -> set[tuple[str, str, int]]:
        """Every (partner, currency, sum) that some version and some answer explain."""
        heard = {**self.unsure.get(order_id, {}), **self.versions.get(order_id, {})}
        found = set()
        for version in heard.values():
            pinned = self.pins.get(self.pin_key(version))
            for partner, fixed in [*self.answers(version), *([pinned] if pinned else [])]:
                for rate in self.rates_of(partner, fixed) if partner else ():
                    found.add((partner, currency(version, rate), self.due(version, rate)))
        # A decision changes whose an order is; what it owed before is explained by its codes.
        if order_id in self.decisions:
            kept = self.decisions.pop(order_id)
            found |= self.possible(order_id)
            self.decisions[order_id] = kept
        return found

    def pin(self, order_id: str, stands: dict[Account, int]) -> None:
        """Keep to the answer that the book gave at rest, where it says more than nothing."""
        version = self.latest(order_id)
        told = [
            (partner, fixed)
            for partner, fixed in self.answers(version)
            for rate in self.rates_of(partner, fixed)
            if (minor := self.due(version, rate) if partner else 0)
            and stands == {(order_id, partner, currency(version, rate)): minor}
        ]
        # A tier's rate does not tell which one of the partner's stands behind it.
        if told and (self.tier is None or len(set(told)) == 1):
            self.pins.setdefault(self.pin_key(version), told[0])

    def adjusted(self, partner: str) -> int:
        """What the owner's adjustments come to, in kopecks."""
        mine = [amount for who, amount in self.adjustments.values() if who == partner]
        return sum(int(Fraction(amount) * 100) for amount in mine)


def currency(version: Version, rate: str) -> str:
    """In which money an order is owed: a rate that is a sum has its own."""
    return version.currency if rate.endswith("%") else rate.partition(" ")[2]
