"""Does mail leave at all? One letter to an address of the owner's choice, and by which server."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from tracker.outgoing import Letter, LetterKind
from tracker.problems import Params, Stop, params

if TYPE_CHECKING:
    from tracker.postman import Fate
    from tracker.running import Rest, Workplace


def send_test(place: Workplace, rest: Rest, address: str) -> Fate:
    """Send one test letter, whatever the setting mail says. Call it while holding `store.writing`.

    Raises Stop (`mail_test_address`, `mail_from_missing`, and what a transport raises).
    """
    from tracker.addresses import email_problem, needed_sender
    from tracker.postman import deliver
    from tracker.smtp import open_transport

    if email_problem(address):
        raise Stop("mail_test_address")
    sender = needed_sender(rest.known.programme.mail_from)
    with open_transport(place.smtp_url, sender.address) as transport:
        letter = place.outbox.freeze(_test_letter(rest, sender.address, address))
        (fate,) = deliver([letter], place.outbox, transport, 0, lambda _seconds: None)
    return fate


def _test_letter(rest: Rest, sender: str, address: str) -> Letter:
    from tracker.envelopes import address_of, build, fill, sender_of
    from tracker.wording import plain

    programme, at = rest.known.programme, rest.now.astimezone(rest.known.programme.zone)
    told = {
        "program": plain(programme.program_name),
        "at": at.strftime("%Y-%m-%d %H:%M"),
        "zone": plain(programme.time_zone),
    }
    digest = hashlib.sha256(f"{address}\n{rest.now.isoformat()}".encode()).hexdigest()[:24]
    built = build(
        fill("test", programme.language, told),
        f"te.{digest}",
        sender_of(programme.mail_from, programme.program_name),
        address_of("", address),
        at,
    )
    return Letter(
        kind=LetterKind.TEST,
        statement_id=f"{LetterKind.TEST}:{digest}",
        partner_id="",
        month="",
        from_address=sender,
        to_address=address,
        message_id=built.message_id,
        content=built.raw,
        frozen_figures="{}",
    )


def server_facts(place: Workplace, rest: Rest) -> Params:
    """Tell which server letters go through, from whom, and whether with a login; no secret."""
    from tracker.mail_url import MailFolder, read_mail_url

    found = read_mail_url(place.smtp_url)
    if isinstance(found, MailFolder):
        return params(server=f"folder:{found.path}", mail_from=rest.known.programme.mail_from)
    shown = f"{found.host}:{found.port} ({found.security.value})"
    return params(server=shown, mail_from=rest.known.programme.mail_from)
