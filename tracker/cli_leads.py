"""What can be typed about leads? How they stand, and one more for a partner."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from tracker.desk import CLOCK, STORE, Asked, opened, say_waiting, writing

if TYPE_CHECKING:
    from tracker.running import Rest


@click.group(invoke_without_command=True)
@STORE
@click.pass_context
def leads(context: click.Context, store: str | None) -> None:
    """Show leads by status: how many, their deals, and what they earned."""
    if context.invoked_subcommand is not None:
        return
    from tracker import running

    asked: Asked = context.obj
    with opened(store) as place:
        rest = running.look(place, clock_is_right=True)
        asked.language = rest.known.programme.language
        _print(rest)


@leads.command()
@STORE
@CLOCK
@click.argument("partner")
@click.option("--name", default="", help="The customer's name.")
@click.option("--phone", default="", help="The customer's phone; it or --email is needed.")
@click.option("--email", default="", help="The customer's e-mail.")
@click.option("--note", default="", help="Anything worth remembering.")
@click.option("--code", default="", help="The code the customer named.")
@click.option("--helper", default="", metavar="ID", help="The manager who helped.")
@click.pass_obj
def add(  # noqa: PLR0913 - one for each option
    asked: Asked, store: str | None, *, clock_is_right: bool, partner: str, name: str, phone: str,
    email: str, note: str, code: str, helper: str,
) -> None:  # fmt: skip
    """Register a customer for PARTNER, unless an earlier registration of him still holds."""
    from tracker import running
    from tracker.problems import params
    from tracker.registering import Typed, register
    from tracker.sentences import say
    from tracker.sentences.leads import LEAD_SAYS

    typed = Typed(
        partner_id=partner, name=name, phone=phone, email=email, note=note, code=code, helper=helper
    )
    with opened(store) as place:
        rest = running.look(place, clock_is_right=True)
        asked.language = rest.known.programme.language

        def work() -> None:
            found = register(place, typed, clock_is_right=clock_is_right)
            said = params(lead=found.lead_id, partner=partner, until=found.until)
            which = "added_unprotected" if found.until is None else "added"
            click.echo(say(LEAD_SAYS, which, said, asked.language))
            say_waiting(found.rest)

        writing(place, work)


def _print(rest: Rest) -> None:
    """One line a status, its columns aligned."""
    from tracker.layout import LAYOUT, Tab
    from tracker.lead_figures import lead_figures
    from tracker.sentences import say
    from tracker.sentences.leads import LEAD_SAYS

    language = rest.known.programme.language
    figures = lead_figures(rest.plan.registered, rest.plan.books.orders)
    if not figures:
        click.echo(say(LEAD_SAYS, "none", (), language))
        return
    words = {c.en: c.ru for c in LAYOUT[Tab.LEADS].column("status").choices}
    rows = [tuple(say(LEAD_SAYS, w, (), language) for w in ("status", "count", "deals", "earned"))]
    for one in figures:
        name = words[one.status] if language == "ru" else one.status
        rows.append((name, str(one.count), _sums(one.deals), _sums(one.earned)))
    widths = [max(len(row[at]) for row in rows) for at in range(4)]
    for row in rows:
        cells = (text.ljust(width) for text, width in zip(row, widths, strict=True))
        click.echo("  ".join(cells).rstrip())


def _sums(by_currency: Mapping[str, int]) -> str:
    from tracker.money import decimal_text

    sums = (f"{decimal_text(minor, unit)} {unit}" for unit, minor in sorted(by_currency.items()))
    return ", ".join(sums) or "—"
