"""What happens in the two months of the demo, day by day?

The shops send, cron syncs, the owner types, partners are written to and paid: all through the
functions that the commands call, at moments the demo sets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from tracker.demo import cast
from tracker.demo.cast import at
from tracker.demo.dialects import Sent
from tracker.demo.stage import Folder, Owner
from tracker.desk import WAIT_SECONDS
from tracker.diary import Diary
from tracker.inbox import Inbox
from tracker.layout import Tab
from tracker.mailing import Sending, preview, send
from tracker.outbox import Outbox
from tracker.paying import export, propose_payouts
from tracker.payouts import Fate
from tracker.problems import Stop
from tracker.running import Rest, Workplace, at_rest, look, sync
from tracker.stores.opening import open_store

Made = TypeVar("Made")

SEPTEMBER, OCTOBER = "2026-09", "2026-10"
PAID_ON = date(2026, 10, 15)
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
        """Lay the book out, and let the owner type settings, partners and codes."""
        self.place.store.lay_out(self.language)
        values = cast.settings(self.language)
        settings = {key: {"value": text} for key, text in values.items()}
        self.owner.edit(cast.opening(self.language), {Tab.SETTINGS: settings})

    def remember(self) -> None:
        """Type the code that was forgotten."""
        self.owner.edit(cast.forgotten_code(self.language))

    def type_more(self) -> None:
        """Type a sum for a partner, a break for another, and a cell that cannot be understood."""
        paused = {"gleb": {"status": cast.paused(self.language)}}
        rows = [*cast.thanks(self.language), *cast.slip()]
        self.owner.edit(rows, {Tab.PARTNERS: paused})
        self.sync()

    def mail(self) -> Sending:
        """Mail September's statements into the mailbox; a folder needs no pause."""
        self.arrive()
        return self.writing(lambda: send(self.place, SEPTEMBER, sleep=lambda _seconds: None))

    def propose(self) -> None:
        """Propose who is to be paid."""
        self.arrive()
        self.writing(lambda: propose_payouts(self.place))

    def pay(self) -> None:
        """Pay what is proposed, and write the day and the bank's number beside it."""
        rest = look(self.place)
        found = [one for one in rest.plan.books.payouts() if one.fate is Fate.OPEN]
        found.sort(key=lambda one: one.partner_id)
        cells = {
            one.payout_id: {"paid_on": PAID_ON, "reference": f"PP-{number}"}
            for number, one in enumerate(found, 101)
        }
        self.owner.edit(changes={Tab.PAYOUTS: cells})
        self.sync()

    def list_payouts(self) -> None:
        """Propose who is to be paid, and write the list for the bank."""
        self.propose()
        rest = self.writing(lambda: at_rest(self.place, what="payouts"))
        export(self.place, rest, "csv", self.folder.payouts)

    def preview(self) -> None:
        """Write October's statements to look at."""
        preview(look(self.place), OCTOBER, self.folder.previews)


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
    Act(at(9, 1, 9), ("the book is laid out, partners and codes are typed",
                      "книга размечена, партнёры и промокоды вписаны"), Scene.begin),
    Act(at(9, 12, 20), ("the first sync; one code nobody knows",
                        "первая синхронизация; один промокод никому не знаком"), Scene.sync),
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
    Act(at(10, 10, 9), ("an adjustment, a break, and a rate without its sign",
                        "корректировка, пауза и ставка без знака"), Scene.type_more),
    Act(at(10, 15, 10), ("payouts are proposed", "выплаты предложены"), Scene.propose),
    Act(at(10, 15, 16), ("the owner pays and types the day",
                         "владелец платит и вписывает день"), Scene.pay),
    Act(at(10, 23, 12), ("refunds: after a payout, and before their order",
                         "возвраты: после выплаты и раньше самого заказа"), Scene.sync),
    Act(at(10, 31, 23, 50), ("the last sync of October",
                             "последняя синхронизация октября"), Scene.sync),
    Act(at(11, 1, 9), ("October's statements to look at",
                       "отчёты за октябрь на просмотр"), Scene.preview),
    Act(END, ("payouts are proposed and listed",
              "выплаты предложены и выписаны"), Scene.list_payouts),
)
# fmt: on
