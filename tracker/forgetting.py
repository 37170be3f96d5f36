"""How is a person forgotten? Contacts go, wherever they stand; what is owed stays to the unit.

Letters and bodies go first and the book last: a run that is killed half-way still finds the
contacts by which to go on. Whoever is forgotten is known by keys of the contacts if he comes back.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from urllib.parse import unquote_plus

from tracker.book.rows import Row, rows_of
from tracker.book.run_rows import file_record
from tracker.cells import blank, shown
from tracker.customers import dialled, email_key, phone_key
from tracker.deliveries import body_sha256, storable
from tracker.erasing import LeftCell, Wanted, by_value
from tracker.forgotten import ERASED_BODY, erased_name, forgotten_keys, guard
from tracker.inbox import Mark
from tracker.known import Known
from tracker.layout import LAYOUT, Tab, address
from tracker.model import Delivery, LoneRefund, OrderVersion
from tracker.problems import Stop
from tracker.reducing import Gist, Reader, reduce
from tracker.running import CONFLICTS_MAX, Rest, Workplace, at_rest
from tracker.stores import Commit, Erase, Outcome
from tracker.tidying import nameless_lead

WHAT = "forget"
_IN_LEADS = ("name", "email", "phone", "note")
_IN_SIGN_UPS = ("name", "email", "phone", "message")
_IN_PARTNERS = ("email", "phone", "payout_details", "tax_id", "welcome", "note")
_DIGITS_KEPT = 10
"""So many last digits of a phone are the same however its country is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who is to be forgotten: a partner by his id, and contacts as typed; never shown."""

    partner_id: str = ""
    emails: tuple[str, ...] = field(default=(), repr=False)
    phones: tuple[str, ...] = field(default=(), repr=False)
    keys: frozenset[str] = frozenset()

    def named_in(self, text: str) -> bool:
        """Whether a text holds one of the contacts, as it is or as a form encodes it."""
        plain = unquote_plus(text).casefold()
        if any(email.casefold() in plain for email in self.emails):
            return True
        return any(_phone_pattern(phone).search(plain) for phone in self.phones)


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces:
    """Where a person stands.

    Attributes:
        gists: what takes the place of bodies in the inbox.
        unread: deliveries that cannot be read and name the person, by their places.
        letters: how many letters to the person the outbox has.
        erasures: what goes of the book by its value.
        left: cells that the owner has to clear; own: cells of columns of his own in those rows.
        paid: whether lines of Payouts are about the partner, with his name and account.
    """

    gists: tuple[Gist, ...] = ()
    unread: tuple[str, ...] = ()
    letters: int = 0
    erasures: tuple[Erase, ...] = ()
    left: tuple[LeftCell, ...] = ()
    own: tuple[LeftCell, ...] = ()
    paid: bool = False


def customer(contacts: Iterable[str], known: Known, secret: bytes) -> Person:
    """A customer by e-mails and phones. Raises Stop for what is neither."""
    given = [contact.strip() for contact in contacts]
    emails = tuple(one for one in given if "@" in one)
    phones = tuple(one for one in given if "@" not in one)
    currency = known.programme.currency
    if not given or not all(dialled(phone, currency) for phone in phones):
        raise Stop("forget_no_contact")
    return Person(emails=emails, phones=phones, keys=_keys(emails, phones, secret, currency))


def partner(partner_id: str, known: Known, secret: bytes) -> Person:
    """A partner by his id, with the contacts of his row. Raises Stop when there is none."""
    found = known.partners.get(partner_id)
    if found is None:
        raise Stop("forget_no_partner", partner=partner_id)
    emails, phones = tuple(filter(None, [found.email])), tuple(filter(None, [found.phone]))
    keys = _keys(emails, phones, secret, known.programme.currency)
    return Person(partner_id=partner_id, emails=emails, phones=phones, keys=keys)


def _keys(
    emails: Iterable[str], phones: Iterable[str], secret: bytes, currency: str
) -> frozenset[str]:
    keys = {email_key(secret, email) for email in emails}
    return frozenset(keys | {phone_key(secret, phone, currency) for phone in phones}) - {""}


def traces(place: Workplace, rest: Rest, person: Person) -> Traces:
    """Look where the person stands, changing nothing."""
    gists, unread, hashes = _in_inbox(place, rest.known, person)
    letters = {
        name
        for email in person.emails or ("",)
        for name in place.outbox.letters_to(person.partner_id, email)
    }
    erasures, left, own = _in_book(place, rest, person, hashes)
    payouts = rows_of(rest.snapshot.tables[Tab.PAYOUTS])
    return Traces(
        gists=tuple(gists),
        unread=tuple(unread),
        letters=len(letters),
        erasures=tuple(erasures),
        left=tuple(left),
        own=tuple(own),
        paid=any(shown(row.cell("partner_id")) == person.partner_id for row in payouts),
    )


def forget(place: Workplace, person: Person, *, clock_is_right: bool = False) -> Traces:
    """Do it, and say what was found. Call it while holding `store.writing`.

    Raises Stop as a sync does.
    """
    for _ in range(CONFLICTS_MAX):
        rest = at_rest(place, what=WHAT, clock_is_right=clock_is_right)
        found = traces(place, rest, person)
        reduce(place.inbox, found.gists)
        for email in person.emails or ("",):
            place.outbox.erase_letters(person.partner_id, email, place.clock())
        known_again = person.keys <= forgotten_keys(rest.snapshot.state)
        if known_again and not (found.gists or found.letters or found.erasures):
            return found
        commit = Commit(
            base=rest.snapshot.generation,
            appends={Tab.RUNS: [file_record(WHAT, rest.plan.noted_at, _note(person, found))]},
            state=guard(person.keys, rest.known.programme.local_date(rest.now).isoformat()),
            erasures=found.erasures,
        )
        if place.store.commit(commit) is Outcome.DONE:
            at_rest(place, what=WHAT, clock_is_right=clock_is_right)
            return found
    raise Stop("still_changing")


def _note(person: Person, found: Traces) -> str:
    """What Runs keeps of it: no contact."""
    who = f"partner={person.partner_id}" if person.partner_id else "customer"
    counts = f"bodies={len(found.gists)} letters={found.letters} cells={len(found.erasures)}"
    return f"{who} {counts}"


def _in_inbox(
    place: Workplace, known: Known, person: Person
) -> tuple[list[Gist], list[str], frozenset[str]]:
    """Gists of the person's deliveries, those that cannot be read, and the hashes of all bodies.

    Of an order that named the person every delivery counts, also those that do not.
    """
    reader, inbox = Reader(known, place.secret), place.inbox
    waiting = {one.seq: one for mark in Mark for one in inbox.marked(mark)}
    orders: set[tuple[str, str]] = set()
    mine: dict[int, Delivery] = {}
    for one in (*waiting.values(), *inbox.bodies()):
        reads = reader.read(one)
        if reader.keys(reads) & person.keys or person.named_in(one.body):
            mine[one.seq] = one
            about = (x for x in reads if isinstance(x, OrderVersion | LoneRefund))
            orders |= {(x.source, x.order_id) for x in about}
    mine |= {one.seq: one for one in inbox.of_orders(orders)}
    gists: list[Gist] = []
    unread: list[str] = []
    for one in (mine[seq] for seq in sorted(mine)):
        made = list(reader.gist(one, reader.read(one)))
        gists += [gist for gist in made if gist[1] != one.body]
        if not made:
            unread.append(one.origin or f"{one.source} {one.delivery_id}")
    return gists, unread, frozenset(one.sha256 for one in mine.values())


def _in_book(
    place: Workplace, rest: Rest, person: Person, hashes: Collection[str]
) -> tuple[list[Erase], list[LeftCell], list[LeftCell]]:
    """What goes of the book, cells for the owner to clear, and cells of columns of his own."""
    secret, currency = place.secret, rest.known.programme.currency
    wanted: dict[Tab, dict[int, Wanted]] = {tab: {} for tab in _TABS}
    own: list[LeftCell] = []
    for tab in _TABS:
        table = rest.snapshot.tables[tab]
        for row in rows_of(table):
            change: Wanted = {}
            if tab is Tab.WEBHOOK_LOG:
                change = {"body": ERASED_BODY} if _sha256(row) in hashes else {}
            elif tab is Tab.PARTNERS:
                if person.partner_id and shown(row.cell("partner_id")) == person.partner_id:
                    change = dict.fromkeys(_IN_PARTNERS, "")
                    change |= {"name": erased_name(person.partner_id)}
            elif _row_keys(row, secret, currency) & person.keys:
                change = dict.fromkeys(_IN_SIGN_UPS, "")
                if tab is Tab.LEADS:
                    change = nameless_lead(row, secret, currency, _IN_LEADS)
            if change:
                wanted[tab][row.row.number] = change
                own += _own_cells(row)
    found = [by_value(rest.snapshot.tables[tab], wanted[tab]) for tab in _TABS]
    erasures = [one for some, _ in found for one in some]
    return erasures, [one for _, some in found for one in some], own


_TABS = (Tab.PARTNERS, Tab.LEADS, Tab.SIGN_UPS, Tab.WEBHOOK_LOG)


def _row_keys(row: Row, secret: bytes, currency: str) -> frozenset[str]:
    return _keys([shown(row.cell("email"))], [shown(row.cell("phone"))], secret, currency)


def _sha256(row: Row) -> str:
    body = row.cell("body")
    return body_sha256(storable(body)) if isinstance(body, str) else ""


def _own_cells(row: Row) -> list[LeftCell]:
    """Filled cells of the row in columns that the program does not know."""
    known = {row.columns[one.key] for one in LAYOUT[row.tab].columns if one.key in row.columns}
    return [
        LeftCell(row.tab, address(place, row.row.number), "")
        for place, cell in enumerate(row.row.cells)
        if place not in known and not blank(cell)
    ]


def _phone_pattern(phone: str) -> re.Pattern[str]:
    digits = re.sub(r"\D", "", phone)[-_DIGITS_KEPT:]
    return re.compile(r"[\s().+-]{0,3}".join(digits) if len(digits) > 4 else r"(?!)")
