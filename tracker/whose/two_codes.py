"""Which of several codes on an order counts? The setting `two_codes`."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.choices import TwoCodes
from tracker.problems import Params, params
from tracker.whose.answers import UNSAID, Candidate, wants
from tracker.whose.mode import OWNERLESS
from tracker.whose.question import Ground, Question

Verdict = tuple[str, Params]


def disputed(codes: list[Ground], asked: Question) -> Verdict | None:
    """Why nobody can be credited, whatever else speaks for whom; None where that is not so.

    A code of two owners, codes of two partners where the owner decides, or a partner's code of
    which it is not known yet whether it may earn.
    """
    for code in codes:
        if code.candidate.why == "two_owners":
            return "two_owners", code.candidate.params
    able = list(dict.fromkeys(code.partner_id for code in codes if code.able))
    if len(able) > 1 and asked.programme.two_codes is TwoCodes.REVIEW:
        return "two_partners", params(partners=", ".join(able))
    if able:
        return None
    candidates = [code.candidate for code in codes]
    unsettled = any(
        one.why in UNSAID or (wants(one.why) and one.why not in OWNERLESS) for one in candidates
    )
    return refused(candidates) if unsettled else None


def refused(candidates: Sequence[Candidate]) -> Verdict:
    """The reason where nothing may earn: what a person or the owner's rows can mend goes first."""
    waiting = [one for one in candidates if one.why in UNSAID]
    wanting = [one for one in candidates if wants(one.why)]
    loser = (waiting or wanting or list(candidates))[0]
    return loser.why, loser.params


def chosen_code(codes: list[Ground], asked: Question) -> tuple[Ground | None, tuple[str, ...]]:
    """The code that counts, None where none may; and the partners whose codes lose to it."""
    able = [code for code in codes if code.able]
    if not able:
        return None, ()
    chosen = able[-1] if asked.programme.two_codes is TwoCodes.LAST else able[0]
    partners = dict.fromkeys(code.partner_id for code in able)
    return chosen, tuple(who for who in partners if who != chosen.partner_id)
