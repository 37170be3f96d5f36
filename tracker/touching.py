"""Which touches does the book know? Links, Clicks and Leads, sorted for looking up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC

from tracker.known import Known
from tracker.lead_protection import DEAD, protected
from tracker.policy import LeadPays, Mode, Policy
from tracker.problems import Problem, params
from tracker.programme import Lead, normal_code
from tracker.rulebook import Click, Link
from tracker.touches import Evidence, Kind, Touch

Refs = dict[str, tuple[str, str]]
NOBODYS = ("", "")


def evidence(known: Known) -> Evidence:
    """Sort what is known of touches by the customer's keys; nothing where no rule asks."""
    policy = known.programme.policy
    if not asks(policy):
        return Evidence()
    refs = _refs(known.links)
    by_key: dict[str, list[Touch]] = defaultdict(list)
    by_click: dict[str, Touch] = {}
    for click in known.clicks:
        touch = _click(click, refs)
        if touch is None:
            continue
        by_click.setdefault(click.click_id, touch)
        for key in click.customer:
            by_key[key].append(touch)
    for lead in _that_count(known):
        for touch in _lead(lead):
            for key in lead.customer:
                by_key[key].append(touch)
    return Evidence(
        wanted=True,
        by_key={key: tuple(found) for key, found in by_key.items()},
        by_click=by_click,
        refs=refs,
        taken=_taken(known),
    )


def asks(policy: Policy) -> bool:
    """Whether any rule the owner chose looks at touches."""
    return (
        policy.attribution is not Mode.CODE
        or policy.block_if_earlier_paid_touch
        or bool(policy.direct_group)
        or bool(policy.cross_bonus)
    )


def _refs(links: Iterable[Link]) -> Refs:
    """Whose each link's mark is; one that names two partners is nobody's."""
    found: Refs = {}
    for ref, rows in _by_ref(links).items():
        alone = len({row.partner_id for row in rows}) == 1
        found[ref] = (rows[0].partner_id, rows[0].channel) if alone else NOBODYS
    return found


def _by_ref(links: Iterable[Link]) -> dict[str, list[Link]]:
    found: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        found[normal_code(link.ref)].append(link)
    return found


def _click(click: Click, refs: Refs) -> Touch | None:
    """A partner's click, or an advertisement; None while nobody knows whose link it was."""
    at = click.clicked_at.astimezone(UTC)
    owner, channel = refs.get(normal_code(click.ref), NOBODYS) if click.ref else NOBODYS
    partner_id = click.partner_id or owner
    if partner_id:
        label = click.ref or click.click_id
        stood = click.channel or channel
        return Touch(at=at, kind=Kind.CLICK, partner_id=partner_id, label=label, channel=stood)
    if click.ref and not click.ad_tag:
        return None
    return Touch(at=at, kind=Kind.AD, label=click.ad_tag or click.click_id, channel=click.channel)


def _that_count(known: Known) -> Iterator[Lead]:
    """Leads that are evidence for orders of the shop: those that do not earn by themselves.

    Nor do those that came to nothing, or that another partner had registered before.
    """
    if known.programme.policy.lead_pays_on is LeadPays.REGISTRATION:
        return
    taken = _taken(known)
    for lead in known.leads:
        earns = lead.is_deal and lead.minor
        if lead.status not in DEAD and lead.lead_id not in taken and not earns:
            yield lead


def _taken(known: Known) -> frozenset[str]:
    """Leads whose customer another partner had registered before, however late that came."""
    days = known.programme.policy.lead_protect_days
    held = protected(known.leads, lambda _lead: days, known.programme)
    owners = {lead.lead_id: lead.partner_id for lead in known.leads}
    return frozenset(one for one, holder in held.items() if holder.partner_id != owners[one])


def _lead(lead: Lead) -> Iterator[Touch]:
    """The touch of the lead's partner, and the manager named beside it."""
    if lead.received_at is None:
        return
    at = lead.received_at.astimezone(UTC)
    kind = Kind.CALL if lead.number or lead.code else Kind.LEAD
    if lead.partner_id:
        yield Touch(at=at, kind=kind, partner_id=lead.partner_id, label=lead.lead_id)
    if lead.helper:
        yield Touch(at=at, kind=Kind.HELP, partner_id=lead.helper, label=lead.lead_id)


def link_problems(known: Known) -> list[Problem]:
    """Rows of Links that name a partner nobody knows, or give one mark to two partners."""
    # A partner whose row cannot be read is named there, and is not to be added once more.
    named = known.partners.keys() | known.broken("Partners")
    found: list[Problem] = []
    for rows in _by_ref(known.links).values():
        for row in rows:
            if row.partner_id not in named:
                found.append(_problem(row, "link_partner_unknown", partner=row.partner_id))
            rival = next((one for one in rows if one.partner_id != row.partner_id), None)
            if rival is not None:
                found.append(_problem(row, "link_two_partners", other=rival.partner_id))
    return found


def _problem(row: Link, code: str, **values: object) -> Problem:
    said = params(ref=row.ref, **values)
    return Problem(tab="Links", cell=row.cell, code=code, params=said, key=row.ref)
