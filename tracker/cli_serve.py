"""What can be typed to receive what shops send? One command, which runs until it is stopped."""

from __future__ import annotations

import ipaddress
import logging
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.desk import STORE, Asked, clock
from tracker.environment import Environment, load, open_to_others
from tracker.problems import params
from tracker.sentences import doctor_says
from tracker.sentences.receiver import NOT_LOOPBACK, VENDOR_UNKNOWN, VENDOR_UNREAD

if TYPE_CHECKING:
    from tracker.hooks import Secrets

INBOX = "inbox.sqlite3"


@click.command()
@STORE
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8080, show_default=True,
              help="The port to listen on; 0 for any free one.")  # fmt: skip
@click.option("--inbox", type=click.Path(path_type=Path), metavar="PATH",
              help="Keep deliveries in this file, with no book; else beside the book.")  # fmt: skip
@click.pass_obj
def serve(asked: Asked, store: str | None, host: str, port: int, inbox: Path | None) -> None:
    """Receive what shops send, and answer 2xx when it is kept; until SIGTERM or Ctrl+C."""
    environment = load(store)
    from tracker.hooks import Secrets
    from tracker.receiver.limits import read_rate

    secrets = Secrets.of(environment.hook_secrets)
    rate = read_rate(environment.hook_rate)
    if inbox is None:
        from tracker.stores.opening import state_folder

        inbox = state_folder(environment.store, environment.state) / INBOX
    from tracker.receiver.serving import Receiver, Settings

    _log_to_stderr()
    receiver = Receiver(
        Settings(
            inbox=inbox.resolve(),
            secrets=secrets,
            clock=clock,
            api_key=environment.api_key,
            public_url=environment.public_url,
            rate=rate,
            host=host,
            port=port,
        )
    )
    if not _only_here(host):
        click.echo(NOT_LOOPBACK[asked.language == "ru"], err=True)
    for line in (*_open(environment, asked.language), *_waiting(secrets, asked.language)):
        click.echo(line, err=True)
    names = ",".join(sorted(name.lower() for name in environment.hook_secrets)) or "-"
    begun = f"listening on {receiver.address} sources={names} inbox={inbox.resolve()}"
    receiver.run(lambda: click.echo(begun))


def _open(environment: Environment, language: str) -> Iterator[str]:
    """Name each file of secrets that others may read."""
    for path in open_to_others(environment.files):
        yield doctor_says("env_open", params(path=path), language)


def _waiting(secrets: Secrets, language: str) -> Iterator[str]:
    """Say of each source that nobody can read that its deliveries wait."""
    from tracker.hooks import known_vendors

    known = ", ".join(known_vendors())
    for one in secrets.unread():
        says = (VENDOR_UNREAD if one.known else VENDOR_UNKNOWN)[language == "ru"]
        yield says.format(name=one.variable, vendor=one.vendor, known=known)


def _only_here(host: str) -> bool:
    """Tell whether nobody but this machine can reach the address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.casefold() == "localhost"


def _log_to_stderr() -> None:
    """Write what the receiver tells to standard error, one line each, at UTC."""
    handler = logging.StreamHandler()
    form = logging.Formatter("%(asctime)sZ %(message)s", "%Y-%m-%dT%H:%M:%S")
    form.converter = time.gmtime
    handler.setFormatter(form)
    log = logging.getLogger("tracker.receiver")
    log.handlers = [handler]
    log.setLevel(logging.INFO)
    log.propagate = False
