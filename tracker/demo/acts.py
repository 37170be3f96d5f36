"""What happens in the two months of the demo, day by day?

The shops send, cron syncs, the owner types, partners are written to and paid: all through the
functions that the commands call, at moments the demo sets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from tracker.bank_files import export
from tracker.correspondence import send_news
from tracker.demo import cast, rules
from tracker.demo.bank import statement
from tracker.demo.cast import at
from tracker.demo.dialects import Sent
from tracker.demo.stage import Changes, Folder, Owner
from tracker.desk import WAIT_SECONDS
from tracker.diary import Diary
from tracker.double_entry import beancount
from tracker.importing import import_paid
from tracker.inbox import Inbox
from tracker.layout import Tab
from tracker.letter_files import preview
from tracker.mailing import Sending, send
from tracker.outbox import Outbox
from tracker.paying import payable, propose_payouts
from tracker.payout_facts import Fate
from tracker.problems import Stop
from tracker.running import Rest, Workplace, at_rest, look, sync
from tracker.stores.opening import open_store
from tracker.weekly_letter import weekly_letter

Made = TypeVar("Made")

SEPTEMBER, OCTOBER = "2026-09", "2026-10"
PAID_ON = date(2026, 10, 15)
BY_BANK = "boris"
"""Whose payout the owner leaves to the bank's statement."""
END = at(11, 15, 10)
"""The last moment of the demo."""


@dataclass(slots=True)
class Scene:
    """The shop at a moment: its clock is moved by hand."""

    folder: Folder
    owner: Owner
    place: Workplace
    language: str
    coming: list[Sent]
    now: datetime

    def arrive(self) -> None:
        """Append to the order log what the shops have sent until now."""
        due = [one for one in self.coming if one.at <= self.now]
        with self.folder.log.open("a", encoding="utf-8") as log:
            log.writelines(one.line() for one in due)
        self.coming = [one for one in self.coming if one.at > self.now]

    def writing(self, work: Callable[[], Made]) -> Made:
        """Do work that writes to the book. Raises Stop `book_busy` when another run has it."""
        with self.place.store.writing(WAIT_SECONDS) as mine:
            if not mine:
                raise Stop("book_busy", path=self.folder.book)
            return work()

    def sync(self) -> Rest:
        """Let the shops send, then run as cron does."""
        self.arrive()
        return self.writing(lambda: sync(self.place))

    def begin(self) -> None:
        """Lay the book out, let the owner type settings, partners and codes; welcome partners."""
        self.place.store.lay_out(self.language)
        values = cast.settings(self.language)
        settings = {key: {"value": text} for key, text in values.items()}
        rows = [*cast.opening(self.language), *rules.opening(self.language)]
        self.owner.edit(rows, {Tab.SETTINGS: settings})
        self.write_partners()

    def write_partners(self) -> Rest:
        """Run as cron does, then write to partners of what happened."""
        self.arrive()
        return self.writing(lambda: self._news(at_rest(self.place, what="letters")))

    def _news(self, rest: Rest) -> Rest:
        send_news(self.place, rest, sleep=_at_once)
        return rest

    def write_all(self) -> None:
        """Write to partners, and the owner's ten lines of a Monday."""
        rest = self.write_partners()
        self.writing(lambda: weekly_letter(self.place, rest, sleep=_at_once))

    def remember(self) -> None:
        """Type the code that was forgotten."""
        self.owner.edit(cast.forgotten_code(self.language))

    def type_more(self) -> None:
        """Type rules, a sum for a partner, a break, and a cell that cannot be understood."""
        gleb: cast.Typed = {"status": cast.paused(self.language), "parent_id": "vera"}
        changes: Changes = {Tab.PARTNERS: {"gleb": gleb}, Tab.SETTINGS: cast.LEVEL}
        rows = [*cast.thanks(self.language), *rules.october(self.language), *cast.slip()]
        self.owner.edit([*rows, *rules.clicks()], changes)
        self.sync()

    def mail(self) -> Sending:
        """Mail September's statements into the mailbox; a folder needs no pause."""
        self.arrive()
        return self.writing(lambda: send(self.place, SEPTEMBER, sleep=_at_once))

    def propose(self) -> None:
        """Propose who is to be paid."""
        self.arrive()
        self.writing(lambda: propose_payouts(self.place))

    def pay(self) -> None:
        """Pay what is proposed; all but one by the owner's cells, that one by the bank's word."""
        rest = look(self.place)
        found = [one for one in rest.plan.books.payouts() if one.fate is Fate.OPEN]
        numbered = list(enumerate(sorted(found, key=lambda one: one.partner_id), 101))
        cells: dict[str, cast.Typed] = {}
        for number, one in numbered:
            paid: cast.Typed = {"paid_on": PAID_ON, "reference": f"PP-{number}"}
            document: cast.Typed = {"document": cast.DOCUMENTS.get(one.partner_id)}
            cells[one.payout_id] = document if one.partner_id == BY_BANK else paid | document
        self.owner.edit(changes={Tab.PAYOUTS: cells})
        purpose = rest.known.programme.payment_purpose
        self.folder.bank.write_bytes(statement(numbered, PAID_ON, purpose, self.language))
        self.arrive()
        self.writing(lambda: self._news(import_paid(self.place, self.folder.bank).rest))

    def list_payouts(self) -> None:
        """Propose who is to be paid; write the files for the bank, and the ledger beside them."""
        self.propose()
        self.writing(self._export)
        rest = look(self.place)
        books = rest.plan.books
        text = beancount(books.lines, books.payouts(), rest.known.programme)
        self.folder.ledger.write_text(text, encoding="utf-8", newline="\n")

    def _export(self) -> None:
        for form, path in (("csv", self.folder.payouts), ("1c", self.folder.one_c)):
            rest = at_rest(self.place, what="payouts")
            export(self.place, rest, form, path, payable(rest))

    def plan(self) -> None:
        """Print cards with codes and the terms; try other rules."""
        self.writing(lambda: rules.print_cards(self.place, self.folder.cards, self.language))
        rules.print_terms(self.place, self.folder.terms, self.language)
        rules.try_others(self.place, self.folder.trial, self.language)

    def preview(self) -> None:
        """Write October's statements to look at."""
        preview(look(self.place), OCTOBER, self.folder.previews)


def _at_once(_seconds: float) -> None:
    """Wait for nothing: a folder needs no pause between letters."""


def opened(folder: Folder, language: str, secret: str, coming: Iterable[Sent]) -> Scene:
    """Lay the book out on the first morning, and open everything a run works with."""

    def clock() -> datetime:
        return scene.now

    def today() -> date:
        return scene.now.date()

    store = open_store(folder.store_url, today=today)
    place = Workplace(
        store=store,
        inbox=Inbox(store.state_dir / "inbox.sqlite3"),
        outbox=Outbox(store.state_dir / "outbox.sqlite3", clock),
        secret=secret.encode(),
        clock=clock,
        order_log=folder.order_log,
        smtp_url=folder.smtp_url,
        state_dir=store.state_dir,
        diary=Diary(store.state_dir / "diary.sqlite3"),
    )
    owner = Owner(folder.book, language)
    scene = Scene(folder, owner, place, language, list(coming), at(9, 1, 9))
    return scene


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that happens: when, what (English, Russian), and how."""

    at: datetime
    says: tuple[str, str]
    play: Callable[[Scene], object]


# fmt: off
ACTS = (
    Act(at(9, 1, 9), ("the book is laid out, partners and codes are typed, partners welcomed",
                      "книга размечена, партнёры и промокоды вписаны, приветствия отправлены"),
        Scene.begin),
    Act(at(9, 12, 20), ("the first orders; one code nobody knows",
                        "первые заказы; один промокод никому не знаком"), Scene.sync),
    Act(at(9, 17, 20), ("a refund, and a code that was not typed yet",
                        "возврат и ещё не вписанный промокод"), Scene.sync),
    Act(at(9, 18, 9), ("the owner types that code",
                       "владелец вписывает этот промокод"), Scene.remember),
    Act(at(9, 20, 9), ("its orders are credited",
                       "заказы по нему засчитаны"), Scene.sync),
    Act(at(9, 30, 23, 50), ("a cancelled order, and a partner's own purchase",
                            "отменённый заказ и покупка самого партнёра"), Scene.sync),
    Act(at(10, 1, 9), ("September's statements are mailed",
                       "отчёты за сентябрь разосланы"), Scene.mail),
    Act(at(10, 10, 9), ("new rules, an adjustment, a break, and a rate without its sign",
                        "новые правила, корректировка, пауза и ставка без знака"),
        Scene.type_more),
    Act(at(10, 15, 10), ("payouts are proposed", "выплаты предложены"), Scene.propose),
    Act(at(10, 15, 16), ("the owner pays and types the day; for one the bank's statement says it",
                         "владелец платит и вписывает день; за одного говорит выписка банка"),
        Scene.pay),
    Act(at(10, 26, 9), ("Monday: refunds, reminders, ten lines to the owner",
                        "понедельник: возвраты, напоминания, десять строк владельцу"),
        Scene.write_all),
    Act(at(10, 31, 23, 50), ("the last sync of October",
                             "последняя синхронизация октября"), Scene.sync),
    Act(at(11, 1, 9), ("October's statements to look at",
                       "отчёты за октябрь на просмотр"), Scene.preview),
    Act(at(11, 10, 12), ("cards with codes and the terms are printed, other rules are tried",
                         "карточки с кодами и условия напечатаны, другие правила опробованы"),
        Scene.plan),
    Act(END, ("payouts are proposed and listed for the bank",
              "выплаты предложены и выписаны для банка"), Scene.list_payouts),
)
# fmt: on
