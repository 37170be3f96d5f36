"""What can be typed about letters? Which want a person, a test letter, and what came back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.desk import CANNOT_RUN, STORE, Asked, busy, opened, writing
from tracker.problems import Params, params
from tracker.sentences import reason_says, say, split_reason
from tracker.sentences.mail import MAIL_SAID

if TYPE_CHECKING:
    from tracker.bounces import Taken
    from tracker.running import Rest, Workplace

WANTS_A_PERSON = 3


@click.command()
@STORE
@click.option("--test", "address", metavar="ADDRESS",
              help="Send one test letter there, whatever the setting mail says.")  # fmt: skip
@click.option("--resend", metavar="NAME",
              help="Send a letter of unknown fate, or a refused one, again.")  # fmt: skip
@click.option("--settle", metavar="NAME",
              help="A letter arrived, or is to be let be; or an address is right.")  # fmt: skip
@click.option("--bounces", metavar="PATH",
              help="Read what came back: .eml, folder, mbox, or - for stdin.")  # fmt: skip
@click.pass_obj
def mail(
    asked: Asked, store: str | None, *, address: str | None, resend: str | None,
    settle: str | None, bounces: str | None,
) -> None:  # fmt: skip
    """Name the letters that want you: unknown, refused, sent back; 3 when there are any."""
    given = [one for one in (address, resend, settle, bounces) if one is not None]
    if len(given) > 1:
        raise click.UsageError("--test, --resend, --settle and --bounces go one at a time")
    with opened(store) as place:
        if bounces is not None:
            _take_bounces(asked, place, bounces)
            return
        from tracker import running

        rest = running.look(place, clock_is_right=True)
        asked.language = rest.known.programme.language
        if not given:
            _list(asked, place, rest)
            return

        def work() -> None:
            with busy("mail"):
                if address is not None:
                    left = _test(asked, place, rest, address)
                elif resend is not None:
                    left = _resend(asked, place, rest, resend)
                else:
                    left = _settle(asked, place, rest, settle or "")
            if not left:
                raise SystemExit(CANNOT_RUN)

        writing(place, work)


def _list(asked: Asked, place: Workplace, rest: Rest) -> None:
    """One line a letter: name, kind, partner, month, state, tries, and why in words."""
    from tracker.held_letters import wanting

    found = wanting(place, rest)
    for one in found:
        about = " ".join(filter(None, [one.name, one.kind.value, one.partner_id, one.month]))
        why = reason_says(one.why, asked.language)
        click.echo(f"{about} {one.state} tries={one.tries}: {why}")
    if not found:
        click.echo(_says("nothing", (), asked), err=True)
        return
    for after in dict.fromkeys(one.after for one in found):
        names = ", ".join(one.name for one in found if one.after == after)
        click.echo(_says(after, params(names=names), asked), err=True)
    raise SystemExit(WANTS_A_PERSON)


def _test(asked: Asked, place: Workplace, rest: Rest, address: str) -> bool:
    from tracker.sender_fits import unfit_sender
    from tracker.sentences import doctor_says
    from tracker.trial_letter import send_test, server_facts

    facts = server_facts(place, rest)
    for code in ("server", "from"):
        click.echo(_says(code, facts, asked))
    for one in unfit_sender(rest.known.programme, place.smtp_url):
        if not one.wants_a_person:
            click.echo(doctor_says(one.code, one.params, asked.language), err=True)
    fate = send_test(place, rest, address.strip())
    return _tell(f"test_{fate.state}", fate.reason, asked)


def _resend(asked: Asked, place: Workplace, rest: Rest, name: str) -> bool:
    from tracker.held_letters import resend

    fate = resend(place, rest, name)
    return _tell(f"resend_{fate.state}", fate.reason, asked, name=name)


def _settle(asked: Asked, place: Workplace, rest: Rest, name: str) -> bool:
    from tracker.held_letters import settle

    click.echo(_says(settle(place, rest, name), params(name=name), asked))
    return True


def _tell(code: str, reason: str, asked: Asked, **values: object) -> bool:
    """Say what became of a letter; whether the server took it."""
    sent = code.endswith("_sent")
    why = _why(reason, asked.language, of_partner="name" in values) if reason else ""
    said = _says(code, params(why=why.rstrip("."), **values), asked)
    click.echo(said, err=not sent)
    return sent


def _why(reason: str, language: str, *, of_partner: bool) -> str:
    """Say a reason; some speak of a partner's address, and a test letter goes to none."""
    code, values = split_reason(reason)
    own = f"test_{code}"
    if not of_partner and own in MAIL_SAID:
        return say(MAIL_SAID, own, values, language)
    return reason_says(reason, language)


def _take_bounces(asked: Asked, place: Workplace, source: str) -> None:
    """Read notifications without the book: mail servers pipe them whenever they come."""
    from tracker.bounces import Heard, take

    asked.language = place.diary.told("language") or asked.language
    found = take(source, place.outbox)
    for one in found:
        if one.heard in {Heard.NOTED, Heard.KNOWN, Heard.TEMPORARY, Heard.OTHER_ADDRESS}:
            click.echo(_says(_code(one), _facts(one), asked))
    counts = {heard: sum(1 for one in found if one.heard is heard) for heard in Heard}
    told = {name: counts[Heard(name)] for name in ("noted", "known", "temporary")}
    other = len(found) - sum(told.values())
    click.echo(_says("bounces_counted", params(count=len(found), other=other, **told), asked))


def _code(one: Taken) -> str:
    owner = one.heard == "noted" and not one.partner_id
    return "bounce_noted_owner" if owner else f"bounce_{one.heard}"


def _facts(one: Taken) -> Params:
    return params(name=one.name, partner=one.partner_id, status=one.status or "-")


def _says(code: str, values: Params, asked: Asked) -> str:
    return say(MAIL_SAID, code, values, asked.language)
