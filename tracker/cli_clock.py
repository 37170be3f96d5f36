"""What can be typed for a program that runs alone? Wake it, let it wake itself, see how it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from tracker.desk import (
    CANNOT_RUN,
    CLOCK,
    STORE,
    Asked,
    Watch,
    busy,
    clock,
    opened,
    say_problems,
    say_waiting,
    spoken,
    writing,
)
from tracker.environment import load
from tracker.problems import PATIENT
from tracker.sentences import stop_says
from tracker.sentences.clock import CHECK_WANTS

if TYPE_CHECKING:
    from tracker.checking import Findings
    from tracker.outcomes import Mailed, Outcome, Previewed, Proposed
    from tracker.running import Rest
    from tracker.workplace import Workplace

WANTS_A_PERSON = 3
LATE_AFTER_MINUTES = 24 * 60


@click.command()
@STORE
@CLOCK
@click.pass_obj
def wake(asked: Asked, store: str | None, *, clock_is_right: bool) -> None:
    """Sync, then do what is due: statements, payouts, news to partners, the check. For cron."""
    from tracker.waking import Waking

    telling = _Telling(asked)
    with opened(store, Watch.ALL) as place:

        def work() -> None:
            with busy("wake"):
                good = Waking(place, telling.tell, clock_is_right).run()
            if telling.last is not None:
                say_waiting(telling.last)
            if telling.failures and PATIENT.issuperset(telling.failures):
                raise click.exceptions.Exit(CANNOT_RUN)
            if not good:
                raise SystemExit(CANNOT_RUN)
            if telling.last is not None and telling.last.known.programme.tidy:
                _tidy_daily(place, telling.last)

        writing(place, work)


def _tidy_daily(place: Workplace, rest: Rest) -> None:
    from tracker.cli_people import tidy_counts
    from tracker.tidying import tidy_daily

    found = tidy_daily(place, rest)
    if found is not None:
        click.echo(f"tidy {tidy_counts(found)}")


@dataclass(slots=True)
class _Telling:
    """What a wake has told so far: the codes of its failures, and the book it saw last."""

    asked: Asked
    failures: list[str] = field(default_factory=list)
    last: Rest | None = None

    def tell(self, told: Outcome) -> None:
        from tracker import outcomes, running

        match told:
            case outcomes.Failed():
                self.failures.append(told.stop.code)
            case outcomes.Unsent():
                self.failures.append(told.code)
            case outcomes.Mailed() | outcomes.Newsed():
                self.last = None  # a letter that waited may have left: the next wake counts anew
            case outcomes.Proposed():
                self.last = told.rest
            case running.Rest():
                self.last = told
        _print(told, self.asked)


def _print(told: Outcome, asked: Asked) -> None:
    """Print one outcome as the command of its own would, and the check in one line."""
    from tracker import outcomes

    match told:
        case outcomes.Failed():
            click.echo(f"{told.task}: {stop_says(told.stop, asked.language)}", err=True)
        case outcomes.Unsent():
            click.echo(told.says, err=True)
        case str():
            click.echo(told, err=True)
        case outcomes.Checked():
            _print_check(told.findings)
        case outcomes.Mailed() | outcomes.Previewed() | outcomes.Proposed():
            _print_money(told, asked)
        case outcomes.Newsed():
            from tracker.cli_letters import print_written

            print_written(told.written)
            say_problems(told.written.problems, asked.language)
        case _:
            asked.language = told.known.programme.language
            click.echo(str(told.plan.counts))


def _print_money(told: Mailed | Previewed | Proposed, asked: Asked) -> None:
    from tracker import outcomes
    from tracker.showing_payouts import print_proposal
    from tracker.showing_statements import print_fates, print_statements

    match told:
        case outcomes.Mailed():
            for sending in told.sendings:
                print_fates(sending)
                say_problems(sending.problems, asked.language)
        case outcomes.Previewed():
            print_statements(told.made, told.files)
            say_problems(told.made.problems, asked.language)
        case _:
            print_proposal(told.found, told.rest)


def _print_check(found: Findings) -> None:
    wanted = "yes" if found.wants_a_person else "no"
    click.echo(f"check problems={len(found.problems)} wants_a_person={wanted}")
    say_problems(found.problems, found.language)
    if found.wants_a_person:
        click.echo(CHECK_WANTS[found.language == "ru"], err=True)


@click.command()
@STORE
@click.option("--every", "minutes", metavar="MINUTES",
              help="How often, 1 to 60; else TRACKER_SYNC_MINUTES, else 5.")  # fmt: skip
def schedule(store: str | None, *, minutes: str | None) -> None:
    """Wake every few minutes until stopped: for those without cron. Wakes once at once."""
    from tracker.scheduling import minutes_of, run

    every = minutes_of(load(store).sync_minutes if minutes is None else minutes)
    run(["wake", *(["--store", store] if store else [])], every, spoken())


@click.command()
@STORE
@click.option("--late-after", type=click.IntRange(min=1), default=LATE_AFTER_MINUTES,
              show_default=True, metavar="MINUTES",
              help="How old the last good sync may be.")  # fmt: skip
@click.pass_obj
def status(asked: Asked, store: str | None, *, late_after: int) -> None:
    """Say how it goes, from the files beside the book alone: 3 when something wants you."""
    from tracker.status import look_beside

    found = look_beside(load(store), clock(), late_after)
    asked.language = found.language or asked.language
    for name, value in found.values:
        click.echo(f"{name}={value}")
    for sentence in found.says(asked.language):
        click.echo(sentence, err=True)
    if found.troubles:
        raise SystemExit(WANTS_A_PERSON)
