"""What counts as evidence? The setting `attribution` (field.md A1 to A3).

The table of its 36 cases stands in docs/attribution.md, and a test plays it.
"""

from __future__ import annotations

from tracker.policy import Mode
from tracker.problems import params
from tracker.whose.answers import UNSAID, wants
from tracker.whose.question import Ground, Question

OWNERLESS = frozenset({"code_unknown", "code_unknown_look_alike", "code_unbound", "code_shared"})
"""What is said of a code that no partner owns, listed or not."""

_STOPPED = frozenset({"code_paused", "code_leaked"})
"""A partner's code the owner stopped by hand."""


def evidence_of(
    codes: list[Ground], links: list[Ground], asked: Question
) -> tuple[list[Ground], list[Ground]]:
    """Refuse the codes and touches that are no evidence by the setting."""
    mode = asked.policy.attribution
    if mode is Mode.CODE:
        return codes, []
    if mode is Mode.CODE_AND_CLICK:
        return _both(codes, links, asked)
    links = [_beside_refused(link, codes) for link in links]
    if mode is Mode.CLICK_IF_CODE_UNBOUND:
        links = [_where_code_is_free(link, codes, asked) for link in links]
    return codes, links


def _both(
    codes: list[Ground], links: list[Ground], asked: Question
) -> tuple[list[Ground], list[Ground]]:
    """A code and a touch of the same partner; one without the other is none."""
    touched = {link.partner_id for link in links if link.able}
    days = asked.policy.window_days
    alone = [code for code in codes if code.able and code.partner_id not in touched]
    judged = [_without_click(code, alone, days) if code in alone else code for code in codes]
    named = {code.partner_id for code in judged if code.able}
    kept = [
        link if link.partner_id in named or not link.able else _not_enough(link, asked)
        for link in links
    ]
    return judged, kept


def _without_click(code: Ground, alone: list[Ground], days: int) -> Ground:
    """A code without a touch; of several partners' codes the reason names all."""
    partners = dict.fromkeys(one.partner_id for one in alone)
    if len(partners) == 1:
        said = params(code=code.candidate.code, partner=code.partner_id, days=days)
        return code.but("code_without_click", said)
    names = ", ".join(one.candidate.code for one in alone)
    said = params(codes=names, partners=", ".join(partners), days=days)
    return code.but("codes_without_click", said)


def _where_code_is_free(link: Ground, codes: list[Ground], asked: Question) -> Ground:
    """A touch counts where the order carries a code that is nobody's, and none that may earn."""
    able = {code.partner_id for code in codes if code.able}
    if not link.able or link.partner_id in able:
        return link
    if able:
        said = params(partner=link.partner_id, rule=asked.policy.attribution.value)
        return link.but("lost_to_code", said)
    free = any(code.candidate.why in OWNERLESS for code in codes)
    return link if free else _not_enough(link, asked)


def _not_enough(link: Ground, asked: Question) -> Ground:
    said = dict(link.candidate.params) | {"rule": asked.policy.attribution.value}
    return link.but("click_not_enough", params(**said))


def _beside_refused(link: Ground, codes: list[Ground]) -> Ground:
    """Refuse the touch of a partner whose own code on the order may not earn."""
    found = refused_code(link.partner_id, codes) if link.able else None
    if found is None:
        return link
    other, why = found
    said = dict(link.candidate.params) | {"other": other}
    return link.but(f"click_beside_{why}", params(**said))


def refused_code(partner_id: str, codes: list[Ground]) -> tuple[str, str] | None:
    """The partner's own code on the order that may not earn, and how it was refused.

    Neither a click nor a binding stands in for it: that would undo what the owner set. None where
    another code of his may earn, or where it is not known yet whether this one may.
    """
    own = [code for code in codes if code.partner_id == partner_id]
    if any(code.able for code in own):
        return None
    for code in own:
        if code.candidate.why in _STOPPED:
            return code.candidate.code, "stopped_code"
    for code in own:
        why = code.candidate.why
        if not (wants(why) or why in UNSAID):
            return code.candidate.code, "refused_code"
    return None
