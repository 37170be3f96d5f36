"""Who can be paid, and what was proposed? Proposals, and what a file for the bank lists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from tracker.book.writing import journal_record, payout_record
from tracker.due import payout_day
from tracker.held_back import weighed
from tracker.layout import Tab
from tracker.outbox import PayoutEvent
from tracker.owners_money import proposal_line
from tracker.payout_facts import Payout, facts_of
from tracker.payout_filters import EVERYTHING, Wanted, chosen
from tracker.payouts import Proposal, propose, propose_on, unreadable_keys
from tracker.problems import Problem, Stop, params
from tracker.running import CONFLICTS_MAX, Rest, Workplace, at_rest, commit_more
from tracker.stores import Outcome


def proposal(rest: Rest, day: date | None = None, wanted: Wanted = EVERYTHING) -> Proposal:
    """What can be paid now, or was payable on a payout day and is not proposed yet.

    Raises Stop while Settings that payouts follow cannot be read, and for days that are to come.
    """
    known = rest.known
    unreadable = unreadable_keys(known.programme)
    if unreadable:
        raise Stop("payout_settings", keys=", ".join(sorted(unreadable)))
    today = known.programme.local_date(rest.now)
    if wanted.until is not None and wanted.until > today:
        raise Stop("payouts_to_later", until=wanted.until, today=today)
    lines, payouts, partners = rest.plan.books.lines, rest.plan.books.payouts(), known.partners
    skip = doubtful(rest)
    found = (
        propose(lines, payouts, partners, known.programme, rest.now, skip, wanted=wanted)
        if day is None
        else propose_on(day, lines, payouts, partners, known.programme, skip, wanted)
    )
    return replace(found, problems=(*skipped(rest, wanted), *found.problems))


def doubtful(rest: Rest) -> frozenset[str]:
    """Partners some line of whose ledger was changed by hand: nothing is paid on its word."""
    return frozenset(problem.partner_id for problem in rest.problems) - {""}


def skipped(rest: Rest, wanted: Wanted = EVERYTHING) -> list[Problem]:
    """Name each partner who is left out of payouts until his ledger is mended."""
    return [
        Problem(
            tab=Tab.PARTNERS.value,
            cell=rest.known.partners[one].cell if one in rest.known.partners else "",
            code="partner_skipped",
            params=params(partner=one),
            key=one,
        )
        for one in sorted(doubtful(rest))
        if wanted.partner(one, rest.known.partners)
    ]


def propose_payouts(
    place: Workplace,
    *,
    clock_is_right: bool = False,
    as_set: bool = False,
    day: date | None = None,
    wanted: Wanted = EVERYTHING,
) -> tuple[Rest, Proposal]:
    """Append the proposed payouts to the book. Call it while holding `store.writing`.

    With a `day` they are what was payable on that payout day, once, whenever this is run;
    `as_set` takes the latest one. Nothing is paid by it: that is for the owner's cells to say.
    Raises Stop for `wanted` that contradicts itself.
    """
    if as_set and wanted != wanted.undated:
        raise Stop("payouts_as_set_days")
    for _ in range(CONFLICTS_MAX):
        rest = at_rest(place, what="payouts", clock_is_right=clock_is_right)
        if as_set:
            # A cron of its own keeps the hour, perhaps in another zone: only the day counts.
            day = payout_day(rest.known.programme, rest.now, timed=False)
        found = proposal(rest, day, wanted)
        if not found.payouts:
            return rest, found
        language = rest.known.programme.language
        lines = [proposal_line(one, language, rest.plan.noted_at) for one in found.payouts]
        appends = {
            Tab.PAYOUTS: [payout_record(one) for one in found.payouts],
            Tab.JOURNAL: [journal_record(line) for line in lines],
        }
        for payout in found.payouts:
            place.outbox.note_payout(payout.payout_id, PayoutEvent.PROPOSED, facts_of(payout))
        if commit_more(place, rest, appends) is Outcome.DONE:
            return at_rest(place, what="payouts", clock_is_right=clock_is_right), found
    raise Stop("still_changing")


def payable(rest: Rest, wanted: Wanted = EVERYTHING) -> list[Payout]:
    """The payouts a file for the bank lists: open, and with nothing said beside them.

    `held_back` names the others that are open. Those of a partner with a ledger problem are left
    out; `skipped` names him. `wanted` chooses by the day they were proposed, by partner and by
    the group the partner is in now.
    """
    books, left_out = rest.plan.books, doubtful(rest)
    due, _ = weighed(rest.known, books.payouts(), books.lines)
    found = [one for one in due if one.partner_id not in left_out]
    return chosen(found, wanted, rest.known.partners)


def held_back(rest: Rest, wanted: Wanted = EVERYTHING) -> list[Problem]:
    """Name each open payout of those wanted that no file lists, and say why."""
    books, left_out = rest.plan.books, doubtful(rest)
    _, problems = weighed(rest.known, books.payouts(), books.lines)
    asked = chosen(books.payouts(), wanted, rest.known.partners)
    ids = {one.payout_id for one in asked if one.partner_id not in left_out}
    return [problem for problem in problems if problem.key in ids]


def totals(payouts: Iterable[Payout]) -> dict[str, int]:
    """Control totals by currency, minor units."""
    found: dict[str, int] = {}
    for one in payouts:
        found[one.currency] = found.get(one.currency, 0) + one.minor
    return found
