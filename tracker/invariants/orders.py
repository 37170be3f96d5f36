"""Has every order one owner, lasting terms and an explanation, and was none lost on the way?"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tracker.invariants.examined import OWN, Account, Examined, Fault, Step, folded_again, money
from tracker.lines import JournalLine, Key
from tracker.money import exponent
from tracker.problems import Params, params
from tracker.programme import Code, normal_code
from tracker.sentences import split_reason

_NOTHING_OWED = frozenset({"waiting", "pending", "cancelled", "refunded"})


def one_attribution(book: Examined) -> Fault | None:
    """I5: an order earns one partner at most, the one its line names."""
    sums = book.sums()
    for key, chain in book.chains.items():
        for line in chain:
            named = sorted({o.partner_id for o in line.owed if o.role == "order"})
            if key[0] not in OWN and any(who != line.partner_id for who in named):
                return _about(book, line, "two_earn", partners=", ".join(named))
        earning = {who for (who, role, _), minor in sums.get(key, {}).items()
                   if role == "order" and minor}  # fmt: skip
        if len(earning) > 1:
            return _about(book, chain[-1], "two_earn", partners=", ".join(sorted(earning)))
    return None


def frozen_terms(book: Examined) -> Fault | None:
    """I6: rate and base of an order's partner and code never change, nor the day of payment."""
    for key, chain in book.chains.items():
        if key[0] in OWN:
            continue
        rates: dict[tuple[str, str], tuple[str, str]] = {}
        days: dict[str, date | None] = {}
        for line in chain:
            if not line.partner_id:
                continue
            code = normal_code(dict(split_reason(line.reason)[1]).get("code", ""))
            now = (line.rate, line.base_rule)
            first = rates.setdefault((line.partner_id, code), now)
            day = days.setdefault(line.partner_id, line.payable_on)
            if first != now or day != line.payable_on:
                was, is_now = f"{' '.join(first)} {day}", f"{' '.join(now)} {line.payable_on}"
                return _about(book, line, "terms_changed", was=was, now=is_now)
    return None


def reversal_bound(book: Examined) -> Fault | None:
    """I7: an order holds between 0 and what it ever owed; cancelled or wholly refunded, 0."""
    sums = book.sums()
    for key, chain in book.chains.items():
        latest = chain[-1]
        ever: dict[Account, int] = defaultdict(int)
        for line in chain:
            for one in line.owed:
                account = (one.partner_id, one.role, one.currency)
                ever[account] = max(ever[account], one.minor)
        nothing = key[0] not in OWN and (
            latest.state in _NOTHING_OWED or _Sums(latest).wholly_refunded
        )
        for account, minor in sums.get(key, {}).items():
            if account[1] not in {"order", "lead"}:
                continue
            bound = 0 if nothing else ever[account]
            if folded_again(chain[0]) and not nothing:
                bound = max(bound, minor)
            if not 0 <= minor <= bound:
                said = {"held": money(minor, account[2]), "bound": money(bound, account[2])}
                return _about(book, latest, "beyond_bound", partner=account[0], **said)
    return None


def explanation(book: Examined) -> Fault | None:
    """I15: what a Journal line says comes to what it owes, and every row says why it stands."""
    for chain in book.chains.values():
        for line in chain:
            found = _unexplained(line)
            if found is not None:
                return _about(book, line, found[0], **dict(found[1]))
    for step in book.ours.values():
        if step.key not in book.broken and not _explained(book, step):
            said = params(about="/".join(step.key), line=step.row.line_id)
            cell = step.row.cells.get("fact", "")
            return Fault(code="row_unexplained", params=said, tab="Commissions", cell=cell)
    return None


def _unexplained(line: JournalLine) -> tuple[str, Params] | None:
    """What a Journal line does not explain of itself."""
    if line.owed and not (line.reason and line.decision):
        return "no_reason", ()
    if line.source in {"adjustment", "payout"}:
        return None
    due = _due(line) if line.partner_id else None
    owed = [(o.partner_id, o.minor, o.currency) for o in line.owed]
    if owed == ([(line.partner_id, *due)] if due is not None and due[0] else []):
        return None
    right = money(*due) if due is not None else "0"
    return "owed_not_explained", params(right=right, partner=line.partner_id or "-")


def _due(line: JournalLine) -> tuple[int, str]:
    """Work a line's commission out from its own cells: minor units and their currency."""
    if line.source == "lead":
        base, counts = line.base or 0, line.state == "deal"
    else:
        sums = _Sums(line)
        base = sums.base(line.base_rule)
        counts = line.state == "paid" and not sums.wholly_refunded and base == line.base
    if not counts:
        return 0, line.currency
    if line.rate.endswith("%"):
        exact = Fraction(base) * Fraction(line.rate.removesuffix("%")) * Fraction(1, 100)
        return _half_up(exact), line.currency
    amount, currency = line.rate.split(" ")
    return int(Decimal(amount).scaleb(exponent(currency))), currency


class _Sums:
    """An order's sums by its facts, in minor units, refunds told apart."""

    def __init__(self, line: JournalLine) -> None:
        said: dict[str, Any] = line.parsed()
        fields = said.get("f", {})
        rows = [row[2:5] for row in fields.get("refunds") or ()]
        rows += [row[1:4] for row in said.get("lone", {}).values()]
        places = exponent(line.currency)
        self.total, self.shipping, self.tax, self.discount = (
            int(fields.get(name) or 0) for name in ("total", "shipping", "tax", "discount")
        )
        parts = zip(*rows, strict=True) if rows else ((), (), ())
        self.back = [_rounded(sum(map(Decimal, part), Decimal(0)), places) for part in parts]

    @property
    def wholly_refunded(self) -> bool:
        """Whether nothing is left of the goods, or of all."""
        goods = max(0, self.total - self.shipping - self.tax)
        return sum(self.back) > 0 and (sum(self.back) >= self.total or self.back[0] >= goods > 0)

    def base(self, rule: str) -> int:
        """What a percent is taken from."""
        if rule == "paid":
            return max(0, self.total - sum(self.back))
        left = self.total - self.tax - self.back[0] - self.shipping
        if rule == "before_discount":
            left += self.discount
        if rule == "with_shipping":
            left += self.shipping - self.back[1]
        return max(0, left)


def _rounded(amount: Decimal, places: int) -> int:
    """Half up to the coin; refunds are never below zero."""
    return _half_up(Fraction(amount.scaleb(places)))


def _half_up(exact: Fraction) -> int:
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)


def _explained(book: Examined, step: Step) -> bool:
    """Whether a row's Journal line stands, says so much, and in the same words."""
    chain = book.chains.get(step.key)
    if chain is None:
        return False
    if folded_again(chain[0]) and step.n < chain[0].n:
        return True
    fact = book.facts.get(step.row.values.get("fact", ""))
    if fact is None or (fact.key, fact.n) != (step.key, step.n):
        return False
    if step.row.values.get("because") != fact.decision:
        return False
    owed = {(o.partner_id, o.role, o.currency): o.minor for o in fact.owed}
    return owed.get(step.account, 0) == step.after


_COUNTS = ("attributed", "unattributed", "waiting", "seen", "quarantined", "written")


def nothing_vanishes(book: Examined) -> Fault | None:
    """I16: every order that came is in the Journal, line by line, with an answer."""
    for key, line_id in book.broken.items():
        if not line_id:
            return _lost(key, "journal_gap")
    for key, chain in book.chains.items():
        latest = chain[-1]
        if not (key[0] in OWN or latest.partner_id or latest.reason):
            return _about(book, latest, "no_answer")
    for run in book.runs:
        if not any(run.get(name) for name in _COUNTS):
            continue  # a file that was written or read: it counted no orders
        parts = [run.get(name, "") for name in _COUNTS[:4]]
        numbers = [int(part) if part.isdecimal() else -1 for part in parts]
        if sum(numbers[:3]) != numbers[3]:
            said = params(run=run.get("run_id", ""))
            return Fault(code="run_not_whole", params=said, tab="Runs", cell=run.get("cell", ""))
    lost = min(book.seen - book.chains.keys() - book.broken.keys(), default=None)
    return None if lost is None else _lost(lost, "order_vanished")


def _lost(key: Key, code: str) -> Fault:
    return Fault(code=code, params=params(about="/".join(key)), tab="Journal")


def unambiguous_code(book: Examined) -> Fault | None:
    """I17: no code is two partners' on one day."""
    rows: dict[str, list[Code]] = defaultdict(list)
    for code in book.known.codes:
        rows[normal_code(code.code)].append(code)
    for same in rows.values():
        open_until: list[tuple[date, str]] = []
        for row in sorted(same, key=lambda one: one.valid_from or date.min):
            begins, ends = row.valid_from or date.min, row.valid_to or date.max
            for until, other in open_until:
                if until >= begins and other != row.partner_id:
                    said = params(
                        code=row.code, partners=f"{other or '-'}, {row.partner_id or '-'}"
                    )
                    return Fault(code="code_two_owners", params=said, tab="Codes", cell=row.cell)
            open_until.append((ends, row.partner_id))
    return None


def _about(book: Examined, line: JournalLine, code: str, **values: object) -> Fault:
    said = params(about="/".join(line.key), **values)
    return Fault(code=code, params=said, tab="Journal", cell=book.cells.get(line.line_id, ""))
