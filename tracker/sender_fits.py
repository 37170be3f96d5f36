"""Does the sender of letters fit the mail server they go through?

Providers of free mailboxes publish who may send in their name (SPF, DKIM, DMARC), and that is they
alone: a letter from such an address through another server is refused, or lands in spam
(reliability.md, section 8).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.addresses import NotASender, parse_from
from tracker.choices import Mail
from tracker.fitness import Unfit
from tracker.mail_url import MailFolder, MailServer, is_loopback, read_mail_url
from tracker.problems import Stop, params
from tracker.programme import Programme


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider of free mailboxes: its name, their domains, and the domains of its servers."""

    name: str
    mailboxes: frozenset[str]
    servers: tuple[str, ...]


def _provider(name: str, mailboxes: str, servers: str) -> Provider:
    return Provider(name, frozenset(mailboxes.split()), tuple(servers.split()))


PROVIDERS: tuple[Provider, ...] = (
    _provider("Gmail", "gmail.com googlemail.com", "gmail.com googlemail.com google.com"),
    _provider("Mail.ru", "mail.ru bk.ru inbox.ru list.ru internet.ru xmail.ru", "mail.ru"),
    _provider(
        "Yandex",
        "yandex.ru ya.ru yandex.com yandex.by yandex.kz yandex.uz yandex.ua yandex.com.tr narod.ru",
        "yandex.ru yandex.com yandex.net yandex.by yandex.kz yandex.com.tr",
    ),
    _provider(
        "Outlook",
        "outlook.com outlook.de outlook.fr hotmail.com hotmail.de hotmail.fr hotmail.it hotmail.es "
        "hotmail.co.uk live.com live.de live.fr live.ru live.co.uk msn.com passport.com",
        "outlook.com office365.com hotmail.com live.com",
    ),
    _provider(
        "Yahoo",
        "yahoo.com yahoo.de yahoo.fr yahoo.it yahoo.es yahoo.co.uk yahoo.co.jp ymail.com "
        "rocketmail.com aol.com",
        "yahoo.com yahoo.co.jp yahoo.co.uk yahoo.de aol.com",
    ),
    _provider("iCloud", "icloud.com me.com mac.com", "me.com icloud.com"),
    _provider(
        "Rambler", "rambler.ru lenta.ru autorambler.ru myrambler.ru ro.ru rambler.ua", "rambler.ru"
    ),
    _provider(
        "GMX and WEB.DE",
        "gmx.de gmx.net gmx.com gmx.at gmx.ch web.de mail.com",
        "gmx.net gmx.com web.de mail.com",
    ),
    _provider("Proton", "proton.me protonmail.com protonmail.ch pm.me", "protonmail.ch proton.me"),
    _provider("Zoho", "zohomail.com zohomail.eu", "zoho.com zoho.eu zoho.in"),
    _provider("Fastmail", "fastmail.com fastmail.fm", "fastmail.com messagingengine.com"),
)
"""Who gives mailboxes to everybody, and through which servers those may send."""


def foreign_provider(address: str, host: str) -> str:
    """Name the provider of a free mailbox whose letters would go through another's server.

    Empty when all is well: an address of one's own domain, the provider's own server, or one on
    this very machine, which passes letters on by rules of its own.
    """
    provider = _of(address)
    if provider is None or is_loopback(host) or _within(host, provider.servers):
        return ""
    return provider.name


def refuse_foreign(address: str, host: str) -> None:
    """Raise Stop `mail_from_freemail` for a sender whose letters no server would let pass."""
    provider = foreign_provider(address, host)
    if provider:
        raise Stop("mail_from_freemail", domain=_domain(address), provider=provider, host=host)


def unfit_sender(programme: Programme, smtp_url: str) -> list[Unfit]:
    """Tell what is wrong with the sender, as far as Settings and TRACKER_SMTP_URL show it.

    Nothing while letters are off, nor while they are only looked at and no server is named.
    """
    live = programme.mail is Mail.LIVE
    if programme.mail is Mail.OFF or not (live or smtp_url.strip()):
        return []
    try:
        server = read_mail_url(smtp_url)
    except Stop as stop:
        return [Unfit("sender_no_server", params(why=stop.code), live)]
    sender = parse_from(programme.mail_from)
    if isinstance(sender, NotASender):
        return [Unfit("sender_missing", params(), live)]
    return [] if isinstance(server, MailFolder) else _unfit(sender.address, server)


def _unfit(address: str, server: MailServer) -> list[Unfit]:
    domain, login = _domain(address), server.user
    provider = foreign_provider(address, server.host)
    if provider:
        said = params(domain=domain, provider=provider, host=server.host)
        return [Unfit("sender_freemail", said, wants_a_person=True)]
    if "@" not in login:  # a login that is no address tells nothing
        return []
    if not _alike(domain, _domain(login)):
        said = params(domain=domain, login=_domain(login))
        return [Unfit("sender_other_domain", said, wants_a_person=False)]
    if _of(address) is not None and address.lower() != login.lower():
        return [Unfit("sender_other_mailbox", params(host=server.host), wants_a_person=False)]
    return []


def _of(address: str) -> Provider | None:
    domain = _domain(address)
    return next((one for one in PROVIDERS if domain in one.mailboxes), None)


def _domain(address: str) -> str:
    return address.rpartition("@")[2].lower().rstrip(".")


def _within(host: str, domains: Iterable[str]) -> bool:
    name = host.lower().rstrip(".")
    return any(name == domain or name.endswith(f".{domain}") for domain in domains)


def _alike(one: str, other: str) -> bool:
    """Whether two domains are the same, or one is a part of the other, or the same provider's."""
    first, second = _of(f"@{one}"), _of(f"@{other}")
    if first is not None and first is second:
        return True
    return _within(one, [other]) or _within(other, [one])
