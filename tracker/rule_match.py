"""Which rules of the tab Rules fit an order? The first by priority decides.

A rule about a product or category decides about those lines; one without decides about all that
is left. Facts are asked for only where a rule that fits otherwise needs them. What the shop does
not say fits no rate; a rule "not counted" that may fit is for a person to decide.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from tracker.asked import Asker
from tracker.code_book import CodeBook
from tracker.places import place_fits
from tracker.precedence import Source
from tracker.problems import Params, params
from tracker.programme import Code, Programme, normal_code
from tracker.rates import Rate
from tracker.rulebook import Buyer, Rule
from tracker.terms import ItemRate
from tracker.wanting import wanting
from tracker.words import same_word


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A partner's claim to an order, as rules look at it.

    Attributes:
        names: the code and the one it is a variant of, in normal form.
        evidence: code, click, call or lead; `channel` is where the link stood.
    """

    partner_id: str
    group: str = ""
    names: frozenset[str] = frozenset()
    campaign: str = ""
    evidence: str = ""
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A rule that is about a claim, with what it still asks of the order."""

    rule: Rule
    asks: tuple[Callable[[Rule, Claim, Asker], bool | None], ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """What the rules say: the rate and where it stands (None: no rule), and those of lines."""

    rate: Rate | None
    source: str
    items: tuple[ItemRate, ...]


def claims(
    partner_id: str, group: str, code: Code | None, channel: str, evidence: str, book: CodeBook
) -> tuple[Claim, tuple[Narrowed, ...]]:
    """Say what rules compare, and which rules are about such a claim, whatever the order says."""
    row = () if code is None else (code.code, code.partner_id, code.variant_of, code.campaign)
    key = ("rules", partner_id, group, channel, evidence, *row)
    if key not in book.memo:
        about = claim(partner_id, group, code, channel, evidence, book)
        book.memo[key] = about, narrowed(book.rules, about)
    found: tuple[Claim, tuple[Narrowed, ...]] = book.memo[key]
    return found


def claim(
    partner_id: str, group: str, code: Code | None, channel: str, evidence: str, book: CodeBook
) -> Claim:
    """Say what rules compare. The owner's word for an order with a code stands as the code."""
    if code is None:
        return Claim(partner_id=partner_id, group=group, evidence=evidence, channel=channel)
    main = main_code(code, book)
    return Claim(
        partner_id=partner_id,
        group=group,
        names=frozenset({normal_code(code.code), normal_code(main.code)}),
        campaign=code.campaign or main.campaign,
        evidence="code" if evidence == "decision" else evidence,
        channel=channel,
    )


def main_code(code: Code, book: CodeBook) -> Code:
    """The row of the code this one is a variant of; of the same owner, else the code itself."""
    if not code.variant_of:
        return code
    rows = book.codes.get(normal_code(code.variant_of), ())
    return next((row for row in rows if row.partner_id == code.partner_id), code)


def denied(
    partner_id: str,
    group: str,
    code_row: Code | None,
    channel: str,
    evidence: str,
    book: CodeBook,
    programme: Programme,
    asker: Asker,
) -> tuple[str, Params] | None:
    """Say why a partner may not be credited, as far as rules and rates tell; None where he may.

    `rule_not_counted` and its twin for a person to decide, `rule_unknown`; or what is missing
    before anybody can be paid right (`tracker.wanting`).
    """
    if missing := wanting(partner_id, code_row, book, programme, asker):
        return missing
    about, rules = claims(partner_id, group, code_row, channel, evidence, book)
    denying = [at for at, one in enumerate(rules) if one.rule.rate is None]
    if not denying:
        return None
    taken: dict[int, Rule] = {}
    for found in _fitting(rules[: denying[-1] + 1], about, asker):
        rule = found.rule
        if found.unknown and rule.rate is None:
            return "rule_unknown", params(rule=rule.priority)
        if found.lines is not None:
            taken |= dict.fromkeys(found.lines, rule)
        elif not found.unknown:
            earns = rule.rate is not None or any(one.rate for one in taken.values())
            return None if earns else ("rule_not_counted", params(rule=rule.priority))
    return _all_taken_out(taken, asker)


def _all_taken_out(taken: dict[int, Rule], asker: Asker) -> tuple[str, Params] | None:
    """Refuse an order of which rules take every line out; of several the first is named."""
    if not taken or any(rule.rate is not None for rule in taken.values()):
        return None
    if len(taken) < len(asker.items() or ()):
        return None
    return "rule_not_counted", params(rule=min(rule.priority for rule in taken.values()))


def matched(about: Claim, rules: Sequence[Narrowed], asker: Asker) -> Matched:
    """Find the rate that rules name for an order that is counted, and those of its lines.

    A whole-order rule "not counted" takes out what no earlier rule pays for. Where nothing would
    be left, the order is counted by the owner's word, and "not counted" is passed over.
    """
    items: list[ItemRate] = []
    taken: set[int] = set()
    rate, source = None, ""
    for found in _fitting(rules, about, asker):
        rule, name = found.rule, f"{Source.RULE} {found.rule.priority}"
        if found.lines is not None:
            if found.lines:
                items.append(ItemRate(rule.sku, rule.category, _text(rule.rate), name))
                taken |= found.lines
        elif found.unknown:
            continue
        elif rule.rate is not None:
            rate, source = rule.rate, name
            break
        elif any(one.rate for one in items):
            items.append(ItemRate("", "", "", name))
            break
    if items and not any(one.rate for one in items) and len(taken) == len(asker.items() or ()):
        items = []
    return Matched(rate, source, tuple(items))


def _text(rate: Rate | None) -> str:
    return "" if rate is None else str(rate)


@dataclass(frozen=True, slots=True)
class _Found:
    """A rule that fits. `lines`: those it is about, None for the whole order or lines unsaid.

    `unknown`: the order, or a line no earlier rule took, may fit it: the shop does not say.
    """

    rule: Rule
    lines: frozenset[int] | None
    unknown: bool


def _fitting(rules: Sequence[Narrowed], about: Claim, asker: Asker) -> Iterator[_Found]:
    """Give the rules that fit, or may fit, in the order of their priority."""
    taken: set[int] = set()
    lines: tuple[tuple[str, str], ...] | None = ()
    for one in rules:
        if (fit := still_fits(one, about, asker)) is False:
            continue
        rule = one.rule
        if not (rule.sku or rule.category):
            yield _Found(rule, None, fit is None)
            continue
        lines = lines if lines != () else asker.items()  # asked for once, and only here
        if lines is None:
            yield _Found(rule, None, unknown=True)
            continue
        own, unknown = _own_lines(rule, lines, taken)
        if own or unknown:
            mine = frozenset(own) if fit else frozenset()
            taken |= mine
            yield _Found(rule, mine, unknown or fit is None)


def _own_lines(
    rule: Rule, lines: Sequence[tuple[str, str]], taken: Collection[int]
) -> tuple[list[int], bool]:
    """The lines a rule is about that no earlier one took, and whether one more may be."""
    own: list[int] = []
    unknown = False
    for number, line in enumerate(lines):
        if number not in taken:
            answer = _line_fits(rule, *line)
            if answer:
                own.append(number)
            unknown = unknown or answer is None
    return own, unknown


def narrowed(rules: Iterable[Rule], about: Claim) -> tuple[Narrowed, ...]:
    """Take the rules about a claim, in their order; what is left is asked of each order."""
    return tuple(Narrowed(rule, _asks(rule)) for rule in rules if _about(rule, about))


def _asks(rule: Rule) -> tuple[Callable[[Rule, Claim, Asker], bool | None], ...]:
    dated = rule.valid_from is not None or rule.valid_to is not None
    given = (dated, rule.region, rule.channel, rule.customer is not Buyer.ANY)
    asks = (_in_time, _place, _channel, _customer)
    return tuple(ask for ask, there in zip(asks, given, strict=True) if there)


def still_fits(one: Narrowed, about: Claim, asker: Asker) -> bool | None:
    """Whether a rule fits an order, lines of goods not looked at; None where that is unknown."""
    unknown = False
    for ask in one.asks:
        answer = ask(one.rule, about, asker)
        if answer is False:
            return False
        unknown = unknown or answer is None
    return None if unknown else True


def _in_time(rule: Rule, _about: Claim, asker: Asker) -> bool:
    """Whether the day of the order is among the rule's; both dates are included."""
    day = asker.placed_on()
    begun = rule.valid_from is None or rule.valid_from <= day
    return begun and (rule.valid_to is None or day <= rule.valid_to)


def _about(rule: Rule, about: Claim) -> bool:
    """What needs nothing of the order: whose claim it is, and by what."""
    if rule.partner_id and rule.partner_id != about.partner_id:
        return False
    if rule.group and not same_word(rule.group, about.group):
        return False
    if rule.evidence and rule.evidence != about.evidence:
        return False
    if rule.code and normal_code(rule.code) not in about.names:
        return False
    return not rule.campaign or same_word(rule.campaign, about.campaign)


def _place(rule: Rule, _about: Claim, asker: Asker) -> bool | None:
    return place_fits(rule.region, asker.fact("city"), asker.fact("country"))


def _channel(rule: Rule, about: Claim, asker: Asker) -> bool | None:
    """By where the partner's link stood, or by the order's own channel."""
    if about.channel and same_word(rule.channel, about.channel):
        return True
    channel = asker.fact("channel")
    return None if channel is None else same_word(rule.channel, channel)


def _customer(rule: Rule, _about: Claim, asker: Asker) -> bool | None:
    if not asker.customer_known():
        return None
    return asker.returning() is (rule.customer is Buyer.RETURNING)


def _line_fits(rule: Rule, sku: str, category: str) -> bool | None:
    """Whether a rule is about a line; None where the line lacks what the rule names."""
    unknown = False
    for wanted, stands in ((rule.sku, sku), (rule.category, category)):
        if wanted and stands and not same_word(wanted, stands):
            return False
        unknown = unknown or bool(wanted and not stands)
    return None if unknown else True
