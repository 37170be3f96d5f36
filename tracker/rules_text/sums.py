"""What do the terms say of what an order earns? Rates, special rates, tiers, limits, others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tracker.known import Known
from tracker.ladders import fits, narrowness
from tracker.policy import LeadPays, Span
from tracker.precedence import PRECEDENCE
from tracker.programme import Code, Partner, Programme, normal_code
from tracker.rates import Rate
from tracker.rulebook import Buyer, Rule, Tier
from tracker.rules_text.clauses import Clause, kind_of, money, said
from tracker.words import same_word


def earning_clauses(known: Known, partner: Partner | None) -> Iterator[Clause]:
    """Everything from the usual rate to the limits."""
    programme = known.programme
    rate = programme.rate
    if partner is not None and partner.rate is not None:
        rate = partner.rate
    yield Clause(f"rate_{kind_of(rate)}", said(rate=rate))
    if any(one.fixed is None for one in (rate, *_others_rates(known, partner))):
        yield Clause(f"base_{programme.base}")
    if rules := tuple(_rules(known, partner)):
        yield Clause("rules", items=rules)
    rows = sorted((one for one in known.tiers if _fits(one, partner)), key=_in_order)
    tiers = tuple(_tier(one, programme) for one in rows)
    if tiers:
        yield Clause("tiers", items=tiers)
        if len({narrowness(one) for one in rows if one.bonus is None}) > 1:
            yield Clause("tiers_narrow", term=False)
    if tiers or _several(known, partner):
        places = tuple(Clause(f"place_{place.source}") for place in PRECEDENCE)
        yield Clause("precedence_tiers" if tiers else "precedence", parts=places, term=False)
    yield from _limits(programme)
    yield from _others(programme)
    if partner is not None and partner.currency:
        yield Clause("pay_currency", said(currency=partner.currency))


def _several(known: Known, partner: Partner | None) -> bool:
    """Whether more than one rate may fit an order."""
    partners = known.partners.values() if partner is None else (partner,)
    who = {one.partner_id for one in partners}
    coded = any(code.rate is not None for code in known.codes if code.partner_id in who)
    return bool(known.rules or coded or any(one.rate is not None for one in partners))


def _others_rates(known: Known, partner: Partner | None) -> Iterator[Rate]:
    """Rates that may stand instead of the usual one: of rules and tiers, and of his own codes."""
    rows: list[Rule | Tier | Code] = [*known.rules, *known.tiers]
    if partner is not None:
        rows += [code for code in known.codes if code.partner_id == partner.partner_id]
    return (row.rate for row in rows if row.rate is not None)


def own_codes(known: Known, partner: Partner | None) -> frozenset[str]:
    """The normal forms of a partner's codes."""
    if partner is None:
        return frozenset()
    owned = (code for code in known.codes if code.partner_id == partner.partner_id)
    return frozenset(normal_code(code.code) for code in owned)


def _rules(known: Known, partner: Partner | None) -> Iterator[Clause]:
    """The rules that can fit, by priority: those that name another partner are not shown."""
    codes, common = own_codes(known, partner), 0
    for rule in sorted(known.rules, key=lambda rule: rule.priority):
        if rule.partner_id or rule.code:
            mine = partner is not None and rule.partner_id in {"", partner.partner_id}
            if mine and (not rule.code or normal_code(rule.code) in codes):
                yield _rule(rule, place=common + 1)
            continue
        common += 1
        if _in_group(rule.group, partner):
            yield _rule(rule)


def _in_group(group: str, partner: Partner | None) -> bool:
    return not group or partner is None or same_word(group, partner.group)


def _fits(tier: Tier, partner: Partner | None) -> bool:
    return not tier.partner_id if partner is None else fits(tier, partner)


def _in_order(tier: Tier) -> tuple[object, ...]:
    """By kind, then threshold: how rows are sorted in the tab changes no terms."""
    goal = tier.bonus is not None
    kind = (tier.counts, tier.currency, tier.period, goal, tier.mode)
    return -narrowness(tier), *kind, tier.start, tier.tier_id


def _rule(rule: Rule, place: int = 0) -> Clause:
    parts = tuple(_conditions(rule)) or (Clause("for_any"),)
    if rule.rate is None:
        return Clause("rule_not_counted", parts=parts, place=place)
    return Clause("rule_rate", said(rate=rule.rate), parts=parts, place=place)


def _conditions(rule: Rule) -> Iterator[Clause]:
    """What must hold for a rule to fit, column by column."""
    for name in ("group", "campaign", "code", "sku", "category", "region", "channel"):
        value = getattr(rule, name)
        if value:
            yield Clause(f"for_{name}", said(name=value))
    if rule.evidence:
        yield Clause("for_evidence", said(evidence_word=rule.evidence))
    if rule.customer is not Buyer.ANY:
        yield Clause(f"for_{rule.customer}")
    yield from days_clauses(rule.valid_from, rule.valid_to)


def days_clauses(first: date | None, last: date | None) -> Iterator[Clause]:
    """From which day to which something holds, both included; nothing where it always does."""
    if first is not None and last is not None:
        yield Clause("from_to", said(day=first, last_day=last))
    elif first is not None:
        yield Clause("from_day", said(day=first))
    elif last is not None:
        yield Clause("to_day", said(last_day=last))


def _tier(tier: Tier, programme: Programme) -> Clause:
    currency = tier.currency or programme.currency
    parts: list[Clause] = []
    if tier.group:
        parts.append(Clause("for_group", said(name=tier.group)))
    parts += days_clauses(tier.valid_from, tier.valid_to)
    if tier.counts == "sales":
        reached = {"sum": money(tier.start, currency)}
    else:
        reached = {"count" if tier.rate is None else "number": str(tier.start)}
    period = {"period_word": f"period_{tier.period}"}
    if tier.rate is None:
        bonus = {"bonus_sum": money(tier.bonus or 0, currency)}
        values = said(**reached, **period, **bonus)
        return Clause(f"tier_{tier.counts}_bonus", values, tuple(parts))
    values = said(**reached, **period, rate=tier.rate, mode_word=f"{tier.counts}_{tier.mode}")
    return Clause(f"tier_{tier.counts}_rate", values, tuple(parts))


def _limits(programme: Programme) -> Iterator[Clause]:
    policy = programme.policy
    if policy.pay_for.span is not Span.ALL:
        first = policy.pay_for.span is Span.ORDERS and policy.pay_for.count == 1
        code = "pay_for_first" if first else f"pay_for_{policy.pay_for.span}"
        yield Clause(code, () if first else said(count=policy.pay_for.count))
    for name in ("cap_order", "cap_customer", "cap_month", "budget_month"):
        minor = getattr(policy, name)
        if minor is not None:
            yield Clause(name, said(sum=money(minor, programme.currency)))


def _others(programme: Programme) -> Iterator[Clause]:
    """What others earn by an order: who brought the partner, and a manager who helped."""
    policy = programme.policy
    if policy.level2 is not None:
        kind = kind_of(policy.level2)
        of = str(policy.level2_of) if kind == "percent" else kind
        yield Clause(f"level2_{of}", said(rate=policy.level2))
    if policy.cross_bonus:
        share = f"{policy.cross_bonus.normalize():f}%"
        yield Clause(f"cross_bonus_{policy.cross_bonus_from}", said(rate=share))


def lead_clauses(programme: Programme, partner: Partner | None) -> Iterator[Clause]:
    """What a lead earns, when, and how long the first registration holds."""
    policy = programme.policy
    own = None if partner is None else partner.rate
    rate = policy.lead_rate or own or programme.rate
    if policy.lead_pays_on is LeadPays.DEAL:
        yield Clause(f"lead_deal_{kind_of(rate)}", said(rate=rate))
    elif rate.fixed is not None:  # a percent has nothing to be taken from
        yield Clause("lead_registration", said(rate=rate))
    if policy.lead_protect_days:
        yield Clause("lead_protect", said(days=policy.lead_protect_days))
