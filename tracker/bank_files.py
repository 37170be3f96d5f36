"""How does a file for the bank leave the house? Chosen, noted, written whole, and put into Runs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from tracker.bank.handed import Handed, handed, note
from tracker.bank.one_c import ONE_C, one_c
from tracker.bank.online import PAYPAL, WISE, WISE_EMAIL, paypal, wise, wise_email
from tracker.bank.payer import payer_in_euros, payer_in_roubles, purpose_words
from tracker.bank.registry import REGISTRY, SBP, registry, sbp_registry
from tracker.bank.sepa import SEPA, sepa_file
from tracker.bank.table import CSV, XLSX, csv_text
from tracker.bank.transfers import (
    Chosen,
    Format,
    Totals,
    Transfer,
    asked_currency,
    choose,
    totals_of,
)
from tracker.bank.words import CP1251
from tracker.book.run_rows import file_record
from tracker.layout import Tab
from tracker.out_path import refuse_file, writing_to
from tracker.outbox import PayoutEvent
from tracker.payout_facts import Payout
from tracker.problems import Problem, Stop
from tracker.programme import Partner, Programme
from tracker.running import CONFLICTS_MAX, Rest, Workplace, at_rest, commit_more
from tracker.stores import Outcome, Record
from tracker.stores.remembered import write_whole

_FORMS: dict[str, Format] = {
    form.name: form for form in (CSV, XLSX, REGISTRY, SBP, ONE_C, SEPA, PAYPAL, WISE, WISE_EMAIL)
}
FORMATS: tuple[str, ...] = tuple(_FORMS)
"""What can be typed after --export, in the order people are told of them."""

_SHA256_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What a file holds and what it leaves out; together they are all that was to be paid.

    Attributes:
        payouts: what is in the file; left: what is not, each with one of the problems.
        totals, left_totals: counts and sums of both.
        path: the file; None when nothing fitted, and none was written.
        handed_before: the payouts in the file that another one for a bank handed over already,
            with the latest such file, in the programme's zone.
    """

    payouts: tuple[Payout, ...]
    left: tuple[Payout, ...]
    problems: tuple[Problem, ...]
    totals: Totals
    left_totals: Totals
    path: Path | None
    handed_before: tuple[Handed, ...] = ()


def file_name(form: str) -> str:
    """How a format's file is called if nobody says. Raises Stop for an unknown format."""
    return format_named(form)[0].file_name


def export(
    place: Workplace, rest: Rest, form: str, path: Path, payouts: Sequence[Payout]
) -> Exported:
    """Write a file for the bank, and remember what was handed over. Hold `store.writing`.

    `form` is one of FORMATS; `paypal:EUR` takes only payouts in euros. Orders are dated by the
    local day of now. Raises Stop for an unknown format, for Settings that the format needs and
    does not find, for a file that must not be overwritten, and for one that cannot be written:
    then nothing is noted but what may have left.
    """
    asked, currency = format_named(form)
    refuse_file(place, path)
    chosen = choose(asked, payouts, rest.known.partners, currency)
    found = tuple(one.payout for one in chosen.transfers)
    exported = Exported(
        payouts=found,
        left=chosen.left,
        problems=chosen.problems,
        totals=totals_of(found),
        left_totals=totals_of(chosen.left),
        path=path if found else None,
        handed_before=_handed_before(place, found, rest.known.programme),
    )
    if not found:
        return exported
    today = rest.known.programme.local_date(place.clock())
    content = content_of(asked, chosen, rest.known.programme, rest.known.partners, today)
    _write(place, path, asked, content, found)
    _note_run(place, rest, f"payouts {asked.name}", _note(path, content, exported.totals))
    return exported


def format_named(text: str) -> tuple[Format, str]:
    """Find a format by what was typed, and the currency behind its colon. Raises Stop."""
    name, _, unit = text.partition(":")
    form = _FORMS.get(name)
    if form is None:
        raise Stop("format_unknown", format=name[:20], known=", ".join(FORMATS))
    return form, asked_currency(unit)


def refuse_settings(form: str, programme: Programme) -> None:
    """Raise Stop for Settings that a format needs and does not find, before it is asked for."""
    name = format_named(form)[0].name
    if name == ONE_C.name:
        payer_in_roubles(programme)
    elif name == SEPA.name:
        payer_in_euros(programme)
    elif name == PAYPAL.name:
        purpose_words(programme)
    elif name in {REGISTRY.name, SBP.name}:
        purpose_words(programme, letters="windows-1251")


def content_of(
    form: Format,
    chosen: Chosen,
    programme: Programme,
    partners: Mapping[str, Partner],
    today: date,
) -> bytes:
    """Write what a format says of the chosen transfers, as bytes in its encoding.

    `today` is the day of the hand-over, by which orders are dated. Raises Stop for Settings that
    the format needs and does not find.
    """
    transfers = chosen.transfers
    payouts = [one.payout for one in transfers]

    def in_windows(write: Callable[..., str]) -> bytes:
        words = purpose_words(programme, letters="windows-1251")
        return write(transfers, words).encode(CP1251)

    writers: dict[str, Callable[[], bytes]] = {
        # A spreadsheet knows UTF-8 by its mark; PayPal and Wise would read it as a letter.
        "csv": lambda: csv_text(payouts, partners).encode("utf-8-sig"),
        "xlsx": lambda: _workbook(chosen, programme, partners),
        "registry": lambda: in_windows(registry),
        "sbp": lambda: in_windows(sbp_registry),
        "1c": lambda: one_c(transfers, payer_in_roubles(programme), today).encode(CP1251),
        "sepa": lambda: _xml(transfers, programme, today),
        "paypal": lambda: paypal(transfers, purpose_words(programme)).encode("utf-8"),
        "wise": lambda: wise(transfers).encode("utf-8"),
        "wise-email": lambda: wise_email(transfers).encode("utf-8"),
    }
    return writers[form.name]()


def _workbook(chosen: Chosen, programme: Programme, partners: Mapping[str, Partner]) -> bytes:
    from tracker.bank_workbook import workbook

    payouts = [one.payout for one in chosen.transfers]
    return workbook(payouts, partners, totals_of(chosen.left), programme.language)


def _xml(transfers: Sequence[Transfer], programme: Programme, today: date) -> bytes:
    from tracker.bank_sepa import sepa_xml

    return sepa_xml(sepa_file(transfers, payer_in_euros(programme), today))


def _handed_before(
    place: Workplace, found: Sequence[Payout], programme: Programme
) -> tuple[Handed, ...]:
    known = place.outbox.payouts_at(PayoutEvent.EXPORTED)
    ids = (one.payout_id for one in found if one.payout_id in known)
    before = (handed(payout_id, *known[payout_id]) for payout_id in ids)
    return tuple(replace(one, at=one.at.astimezone(programme.zone)) for one in before if one)


def _write(
    place: Workplace, path: Path, form: Format, content: bytes, found: Sequence[Payout]
) -> None:
    outbox, event = place.outbox, PayoutEvent.EXPORTED
    with writing_to(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        # Noted before the file is there: a kill in between must not hide that it was handed over.
        known = outbox.payout_details(event)
        with outbox.together():
            for one in found:
                before = known.get(one.payout_id, "")
                said = note(form.name, str(path), place.clock(), before)
                outbox.note_payout(one.payout_id, event, said)
        write_whole(path, content)


def _note(path: Path, content: bytes, totals: Totals) -> str:
    digest = hashlib.sha256(content).hexdigest()[:_SHA256_SHOWN]
    return f"{path.name} count={totals.count} total={totals} sha256={digest}"


def _note_run(place: Workplace, rest: Rest, what: str, note: str) -> None:
    """Append the file's row to Runs, again after a conflict, and never twice."""
    row = file_record(what, place.clock().astimezone(rest.known.programme.zone), note)
    outcome = commit_more(place, rest, {Tab.RUNS: [row]})
    for _ in range(CONFLICTS_MAX):
        if outcome is Outcome.DONE:
            return
        now = at_rest(place, what="payouts")
        if outcome is Outcome.UNKNOWN and _is_there(place, row):
            return
        outcome = commit_more(place, now, {Tab.RUNS: [row]})
    if outcome is not Outcome.DONE:
        raise Stop("still_changing")


def _is_there(place: Workplace, row: Record) -> bool:
    from tracker.book.rows import rows_of

    table = place.store.read([Tab.RUNS], whole=True).tables[Tab.RUNS]
    return any(one.text("run_id") == row["run_id"] for one in rows_of(table))
