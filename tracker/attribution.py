"""Whose order is it, and why?

Every code on the order becomes a candidate with its own verdict; the candidates that may earn are
then compared. Refusals are values: the losers and the rule that said no stay in the answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from tracker.orders import Facts
from tracker.problems import Params, params
from tracker.programme import (
    Code,
    CodeKind,
    CodeStatus,
    HistoryLine,
    Partner,
    PartnerStatus,
    Programme,
    SelfPurchase,
    TwoCodes,
    normal_code,
    skeleton,
)

# Refusals for want of knowledge: decided again at every sync, for the owner may add it next day.
WANT_OF_KNOWLEDGE = frozenset(
    {
        "code_unknown",
        "code_unknown_look_alike",
        "code_unbound",
        "code_unreadable",
        "partner_missing",
        "partner_unreadable",
        "two_owners",
        "two_partners",
        "settings_unreadable",
    }
)
# Orders in this state wait for a person (tab Review).
REVIEW = frozenset({"two_owners", "two_partners", "own_purchase_flagged"})
DECIDED_AGAIN_DAYS = 60

_TERMS_KEYS = frozenset(
    "currency time_zone rate base hold_days two_codes self_purchase cash_orders".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One code on an order. `why` is `ok`, or the code of the reason it may not earn."""

    code: str
    partner_id: str
    why: str
    params: Params = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """The order belongs to a partner, by this evidence."""

    partner_id: str
    code: Code | None
    evidence: str
    why: str
    params: Params
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unattributed:
    """The order belongs to nobody, for this reason."""

    why: str
    params: Params
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class CodeBook:
    """Codes, their owners in time, and the partners, as known at one sync.

    Attributes:
        codes: rows by normal form, in the order of the tab.
        history: who owned a code since when, by normal form, oldest first.
        partners: rows by id; partner_history: their states since when, oldest first.
        unreadable: normal forms of codes whose row has a cell that cannot be read.
        unreadable_partners: ids of partners whose row has one.
    """

    codes: Mapping[str, tuple[Code, ...]]
    history: Mapping[str, tuple[HistoryLine, ...]]
    partners: Mapping[str, Partner]
    partner_history: Mapping[str, tuple[HistoryLine, ...]]
    unreadable: Collection[str] = ()
    skeletons: Mapping[str, str] = field(default_factory=dict)
    unreadable_partners: Collection[str] = ()


def code_book(
    codes: Iterable[Code],
    history: Iterable[HistoryLine],
    partners: Mapping[str, Partner],
    unreadable: Collection[str] = (),
    unreadable_partners: Collection[str] = (),
) -> CodeBook:
    """Sort what is known of codes so that an order can be looked up."""
    rows: dict[str, list[Code]] = defaultdict(list)
    for code in codes:
        rows[normal_code(code.code)].append(code)
    owners: dict[str, list[HistoryLine]] = defaultdict(list)
    states: dict[str, list[HistoryLine]] = defaultdict(list)
    for line in sorted(history, key=_since):
        if line.code:
            owners[normal_code(line.code)].append(line)
        else:
            states[line.partner_id].append(line)
    return CodeBook(
        codes={name: tuple(found) for name, found in rows.items()},
        history={name: tuple(found) for name, found in owners.items()},
        partners=partners,
        partner_history={name: tuple(found) for name, found in states.items()},
        unreadable=frozenset(unreadable),
        skeletons={skeleton(name): name for name in rows},
        unreadable_partners=frozenset(unreadable_partners),
    )


def _since(line: HistoryLine) -> tuple[datetime, datetime]:
    return line.since or datetime.min.replace(tzinfo=UTC), line.noted_at


def attribute(facts: Facts, book: CodeBook, programme: Programme) -> Attribution | Unattributed:
    """Decide whose order it is, by its codes, as of the moment it was placed."""
    if facts.get("test"):
        return Unattributed(why="test_order", params=(), candidates=())
    blind = sorted(programme.unreadable & _TERMS_KEYS)
    if blind:
        values = params(keys=", ".join(blind))
        return Unattributed(why="settings_unreadable", params=values, candidates=())
    if not facts.codes:
        return Unattributed(why="no_code", params=(), candidates=())
    found: list[tuple[Candidate, Code | None]] = []
    for typed in dict.fromkeys(facts.codes):
        found += _candidates(typed, facts, book, programme)
    chosen = _choose(found, programme)
    if isinstance(chosen, Attribution) and programme.self_purchase is SelfPurchase.FLAG:
        partner = book.partners.get(chosen.partner_id)
        if partner is not None and partner.keys & facts.customer:
            return replace(chosen, why="own_purchase_flagged")
    return chosen


def _candidates(
    typed: str, facts: Facts, book: CodeBook, programme: Programme
) -> list[tuple[Candidate, Code | None]]:
    """Say of one typed code whose it was when the order was placed, and whether it may earn."""
    name, at = normal_code(typed), facts.ordered_at
    rows = book.codes.get(name, ())
    if not rows:
        why, values = _unknown(typed, name, book)
        return [(Candidate(code=typed, partner_id="", why=why, params=values), None)]
    owners = _owners(rows, book.history.get(name, ()), at, programme)
    partners = {row.partner_id for row, _ in owners}
    if len(partners) > 1:
        two = params(code=typed, partners=", ".join(sorted(partners)))
        return [
            (Candidate(code=typed, partner_id=who, why="two_owners", params=two), None)
            for who in sorted(partners)
        ]
    if not owners:
        refusals = [_window(row, facts, programme) for row in rows]
        return [(_refused(typed, rows[0], refusals[0] or ("code_expired", ())), rows[0])]
    row, status = owners[0]
    refusal = _code_refusal(row, status) or _partner_refusal(row, facts, book, programme)
    if refusal is None:
        ok = params(code=typed, partner=row.partner_id)
        return [(Candidate(code=typed, partner_id=row.partner_id, why="ok", params=ok), row)]
    return [(_refused(typed, row, refusal), row)]


def _refused(typed: str, row: Code, refusal: tuple[str, Params]) -> Candidate:
    why, values = refusal
    said = dict(values) | {"code": typed, "partner": row.partner_id}
    return Candidate(code=typed, partner_id=row.partner_id, why=why, params=params(**said))


def _unknown(typed: str, name: str, book: CodeBook) -> tuple[str, Params]:
    if name in book.unreadable:
        return "code_unreadable", params(code=typed)
    twin = book.skeletons.get(skeleton(name))
    if twin is not None:
        return "code_unknown_look_alike", params(code=typed, like=book.codes[twin][0].code)
    return "code_unknown", params(code=typed)


def _owners(
    rows: tuple[Code, ...],
    history: tuple[HistoryLine, ...],
    at: datetime,
    programme: Programme,
) -> list[tuple[Code, str]]:
    """The row or rows that owned the code at the time, each with the code's state then.

    One row: Code history tells who owned it. Several rows: their dates are an exact hand-over.
    """
    if len(rows) > 1:
        valid = [row for row in rows if _window_at(row, at, programme) is None]
        return [(row, _state_of(row, history, at)) for row in valid]
    row = rows[0]
    past = [line for line in history if line.since is None or line.since <= at]
    if not past:
        return [(row, row.status)] if _window_at(row, at, programme) is None else []
    line = past[-1]
    if line.partner_id != row.partner_id:
        earlier = Code(code=row.code, partner_id=line.partner_id, kind=row.kind, rate=row.rate)
        return [(earlier, line.status)]
    return [(row, line.status)] if _window_at(row, at, programme) is None else []


def _state_of(row: Code, history: tuple[HistoryLine, ...], at: datetime) -> str:
    own = [line for line in history if line.partner_id == row.partner_id]
    past = [line for line in own if line.since is None or line.since <= at]
    return past[-1].status if past else row.status


def _window(row: Code, facts: Facts, programme: Programme) -> tuple[str, Params] | None:
    return _window_at(row, facts.ordered_at, programme)


def _window_at(row: Code, at: datetime, programme: Programme) -> tuple[str, Params] | None:
    """Both dates are included: an end date is the end of that day in the programme's zone."""
    day = programme.local_date(at)
    if row.valid_from is not None and day < row.valid_from:
        return "code_not_yet", params(valid_from=row.valid_from)
    if row.valid_to is not None and day > row.valid_to:
        return "code_expired", params(valid_to=row.valid_to)
    return None


def _code_refusal(row: Code, status: str) -> tuple[str, Params] | None:
    if row.kind is CodeKind.SHARED:
        return "code_shared", ()
    refusals = {
        CodeStatus.PAUSED: "code_paused",
        CodeStatus.LEAKED: "code_leaked",
        CodeStatus.EXPIRED: "code_expired_by_owner",
    }
    if status in refusals:
        return refusals[CodeStatus(status)], ()
    return ("code_unbound", ()) if not row.partner_id else None


def _partner_refusal(
    row: Code, facts: Facts, book: CodeBook, programme: Programme
) -> tuple[str, Params] | None:
    partner = book.partners.get(row.partner_id)
    if partner is None:
        broken = row.partner_id in book.unreadable_partners
        return "partner_unreadable" if broken else "partner_missing", ()
    lines = book.partner_history.get(row.partner_id, ())
    past = [line for line in lines if line.since is None or line.since <= facts.ordered_at]
    status = past[-1].status if past else partner.status
    if status == PartnerStatus.PAUSED:
        return "partner_paused", ()
    if status == PartnerStatus.LEFT:
        return "partner_left", ()
    if programme.self_purchase is SelfPurchase.BLOCK and partner.keys & facts.customer:
        return "own_purchase", ()
    return None


def _choose(
    found: list[tuple[Candidate, Code | None]], programme: Programme
) -> Attribution | Unattributed:
    """Compare the candidates: one partner earns, or nobody does and the reason is named."""
    candidates = tuple(candidate for candidate, _ in found)
    if any(candidate.why == "two_owners" for candidate in candidates):
        first = next(c for c in candidates if c.why == "two_owners")
        return Unattributed(why="two_owners", params=first.params, candidates=candidates)
    able = [(candidate, code) for candidate, code in found if candidate.why == "ok"]
    if not able:
        wanting = [c for c in candidates if _wants(c.why)]
        loser = (wanting or list(candidates))[0]
        return Unattributed(why=loser.why, params=loser.params, candidates=candidates)
    partners = list(dict.fromkeys(candidate.partner_id for candidate, _ in able))
    if len(partners) > 1 and programme.two_codes is TwoCodes.REVIEW:
        values = params(partners=", ".join(partners))
        return Unattributed(why="two_partners", params=values, candidates=candidates)
    chosen, code = able[-1] if programme.two_codes is TwoCodes.LAST else able[0]
    values = chosen.params
    why = "code_of_partner"
    if len(partners) > 1:
        losers = ", ".join(who for who in partners if who != chosen.partner_id)
        why, values = f"two_codes_{programme.two_codes}", params(**dict(values), losers=losers)
    return Attribution(
        partner_id=chosen.partner_id,
        code=code,
        evidence="code",
        why=why,
        params=values,
        candidates=candidates,
    )


def _wants(why: str) -> bool:
    return why in WANT_OF_KNOWLEDGE


def decided_again(why: str, ordered_at: datetime, now: datetime) -> bool:
    """Whether a refusal is looked at anew: it was for want of knowledge, and not long ago."""
    return _wants(why) and now - ordered_at <= timedelta(days=DECIDED_AGAIN_DAYS)
