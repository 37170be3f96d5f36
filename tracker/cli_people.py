"""What can be typed for people's sake? Tidy what is old, forget a person, say what stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.desk import CLOCK, STORE, Asked, busy, opened, writing
from tracker.problems import Stop, params

if TYPE_CHECKING:
    from tracker.erasing import LeftCell
    from tracker.forgetting import Person, Traces
    from tracker.running import Rest, Workplace
    from tracker.tidying import Untidy

YES = click.option("--yes", is_flag=True, help="Do it; else it is only told what would be done.")
DRY = click.option("--dry-run", is_flag=True, help="Tell what would be done: as without --yes.")


@click.command()
@STORE
@CLOCK
@YES
@DRY
@click.pass_obj
def tidy(
    asked: Asked, store: str | None, *, clock_is_right: bool, yes: bool, dry_run: bool
) -> None:
    """Let go of people's data that is no longer needed: old bodies, contacts of old leads."""
    from tracker import running, tidying

    with opened(store) as place:
        if dry_run or not yes:
            rest = running.look(place, clock_is_right=True)
            asked.language = rest.known.programme.language
            _say_tidy(tidying.untidy(place, rest), asked)
            _say(asked, "dry")
            return

        def work() -> None:
            with busy("tidy"):
                found = tidying.tidy(place, clock_is_right=clock_is_right)
            _say_tidy(found, asked)

        writing(place, work)


def _say_tidy(found: Untidy, asked: Asked) -> None:
    click.echo(tidy_counts(found))
    if found.left:
        _say(asked, "tidy_left", count=len(found.left))


def tidy_counts(found: Untidy) -> str:
    """The one line that a tidy prints: deliveries, leads, and cells of these."""
    return f"bodies={found.bodies} leads={found.leads} cells={len(found.erasures)}"


@click.command()
@STORE
@CLOCK
@YES
@DRY
@click.option("--backups", is_flag=True, help="Also delete daily copies that hold the contacts.")
@click.argument("who", type=click.Choice(["partner", "customer"]))
@click.argument("names", metavar="ID|CONTACT...", nargs=-1, required=True)
@click.pass_obj
def forget(
    asked: Asked, store: str | None, who: str, names: tuple[str, ...], *, clock_is_right: bool,
    yes: bool, dry_run: bool, backups: bool,
) -> None:  # fmt: skip
    """Erase a partner's or a customer's contacts and keep every sum: partner ID, customer MAIL."""
    from tracker import forgetting, leftovers, running

    if who == "partner" and len(names) > 1:
        raise Stop("forget_one_partner")
    with opened(store) as place:
        rest = running.look(place, clock_is_right=True)
        asked.language = rest.known.programme.language
        person = _person(who, names, rest, place)
        wanted = leftovers.needles(person.emails, person.phones)
        if dry_run or not yes:
            found = forgetting.traces(place, rest, person)
            copies = leftovers.backups_with(place.state_dir, wanted)
            _say_found(found, copies, asked)
            _say_rest(place, person, found, copies, asked)
            _say(asked, "dry")
            return

        def work() -> None:
            with busy("forget"):
                found = forgetting.forget(place, person, clock_is_right=clock_is_right)
            leftovers.drop_previews(place)
            copies = leftovers.backups_with(place.state_dir, wanted)
            _say_found(found, copies, asked)
            if backups:
                copies = _dropped(copies, asked)
            _say_rest(place, person, found, copies, asked)

        writing(place, work)


def _person(who: str, names: tuple[str, ...], rest: Rest, place: Workplace) -> Person:
    from tracker import forgetting

    if who == "partner":
        return forgetting.partner(names[0], rest.known, place.secret)
    return forgetting.customer(names, rest.known, place.secret)


def _say_found(found: Traces, copies: list[Path], asked: Asked) -> None:
    """Say what goes, in one line; and what is the owner's to clear."""
    click.echo(
        f"bodies={len(found.gists)} letters={found.letters} cells={len(found.erasures)} "
        f"left={len(found.left)} backups={len(copies)}"
    )
    for cell in found.left:
        code = "type" if cell.by else "clear"
        _say(asked, code, place=_place(cell, asked.language), by=cell.by)
    for cell in found.own:
        _say(asked, "own", place=_place(cell, asked.language))
    for one in found.unread:
        _say(asked, "unread", place=one)


def _dropped(copies: list[Path], asked: Asked) -> list[Path]:
    for copy in copies:
        copy.unlink(missing_ok=True)
        _say(asked, "backup_gone", path=copy)
    return []


def _say_rest(
    place: Workplace, person: Person, found: Traces, copies: list[Path], asked: Asked
) -> None:
    """Say what stays and why, and what no command can reach."""
    from tracker.forgotten import erased_name

    name = erased_name(person.partner_id)
    if person.partner_id and not any(cell.by == name for cell in found.left):
        _say(asked, "forgotten_partner", partner=person.partner_id, name=name)
    for code, values in _staying(place, found, copies):
        _say(asked, code, **values)


def _staying(
    place: Workplace, found: Traces, copies: list[Path]
) -> Iterator[tuple[str, dict[str, object]]]:
    from tracker import leftovers

    yield "kept_ledger", {}
    if found.paid:
        yield "kept_details", {}
    for copy in copies:
        yield "backup", {"path": copy}
    for aside in leftovers.kept_inboxes(place.state_dir):
        yield "kept_inbox", {"path": aside}
    for log in leftovers.logs_outside(place.order_log):
        yield "log", {"log": log}
    if place.store.rows_max is not None:  # a store far away
        yield "google", {}
    yield "unreached", {}


def _place(cell: LeftCell, language: str) -> str:
    from tracker.layout import title_of

    return f"{title_of(cell.tab, language)} {cell.cell}"


def _say(asked: Asked, code: str, **values: object) -> None:
    from tracker.sentences import say
    from tracker.sentences.people import PEOPLE

    click.echo(say(PEOPLE, code, params(**values), asked.language), err=True)
