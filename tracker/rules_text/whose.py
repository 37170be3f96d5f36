"""What do the terms say of whose an order is?"""

from __future__ import annotations

from collections.abc import Iterator

from tracker.choices import SelfPurchase
from tracker.policy import FOR_GOOD, Conflict, Mode, Policy
from tracker.programme import Programme
from tracker.rules_text.clauses import Clause, said


def whose_clauses(programme: Programme) -> Iterator[Clause]:
    """Evidence, the window, links against codes, two codes, binding."""
    policy = programme.policy
    yield Clause(f"attribution_{policy.attribution}")
    yield from _window(policy)
    if policy.attribution is Mode.CODE_OR_CLICK:
        yield Clause(f"conflict_{policy.conflict}")
    if policy.attribution in {Mode.CODE_OR_CLICK, Mode.CLICK_IF_CODE_UNBOUND}:
        yield Clause(f"several_links_{_AMONG_LINKS.get(policy.conflict, 'last')}")
    yield Clause(f"two_codes_{programme.two_codes}")
    yield from _bindings(policy)
    if programme.self_purchase is not SelfPurchase.BLOCK:
        yield Clause(f"own_purchase_{programme.self_purchase}")
    yield Clause("code_judged", term=False)


_AMONG_LINKS = {Conflict.FIRST_TOUCH: "first", Conflict.SPLIT: "split"}
_BESIDE_BINDING = {
    Conflict.CODE: "yields",
    Conflict.LAST_TOUCH: "yields",
    Conflict.LINK: "holds",
    Conflict.FIRST_TOUCH: "holds",
    Conflict.SPLIT: "split",
}
"""What a binding is worth beside the code or link of another partner (`tracker.whose`)."""


def _window(policy: Policy) -> Iterator[Clause]:
    """For how long touches count, where they count for anything: for partners or against."""
    clicks = policy.attribution is not Mode.CODE
    if not (clicks or policy.block_if_earlier_paid_touch or policy.direct_group):
        return
    days = policy.window_days
    yield Clause("window", said(days=days)) if days else Clause("window_same_day")
    if policy.lead_protect_days > days and (clicks or policy.direct_group):
        yield Clause("window_leads", said(days=policy.lead_protect_days))


def _bindings(policy: Policy) -> Iterator[Clause]:
    """Whom an order binds its customer to, and what that is worth beside another partner."""
    found = [*_binding("code_binds", policy.code_binds)]
    if policy.attribution is not Mode.CODE:
        found += _binding("link_binds", policy.link_binds)
    if found:
        yield from found
        yield Clause(f"bound_{_BESIDE_BINDING[policy.conflict]}")


def _binding(code: str, days: int) -> Iterator[Clause]:
    if days == FOR_GOOD:
        yield Clause(f"{code}_always")
    elif days:
        yield Clause(f"{code}_days", said(days=days))


def refusal_clauses(programme: Programme) -> Iterator[Clause]:
    """What is not paid for, whosever it is."""
    policy = programme.policy
    yield Clause("not_state", term=False)
    yield Clause("not_code", term=False)
    if programme.self_purchase is SelfPurchase.BLOCK:
        yield Clause("own_purchase_block")
    if policy.block_if_earlier_paid_touch:
        yield Clause("not_after_ad")
    if policy.direct_group:
        yield Clause("not_direct_sales")
    yield Clause("not_left", term=False)
