"""What is a tab, a column, a choice? The kinds of things the layout is made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Tab(StrEnum):
    """Every tab by its English title, in the order they stand in the book."""

    SETTINGS = "Settings"
    PARTNERS = "Partners"
    CODES = "Codes"
    LINKS = "Links"
    RULES = "Rules"
    TIERS = "Tiers"
    FX = "Fx"
    ADJUSTMENTS = "Adjustments"
    DECISIONS = "Decisions"
    LEADS = "Leads"
    WEBHOOK_LOG = "Webhook log"
    CLICKS = "Clicks"
    SIGN_UPS = "Sign-ups"
    JOURNAL = "Journal"
    COMMISSIONS = "Commissions"
    PAYOUTS = "Payouts"
    STATEMENTS = "Statements"
    CODE_HISTORY = "Code history"
    RUNS = "Runs"
    BALANCES = "Balances"
    DASHBOARD = "Dashboard"
    PROBLEMS = "Problems"
    REVIEW = "Review"
    PAYOUT_STATUS = "Payout status"


class Kind(StrEnum):
    """What a column's cells hold; it decides the number format and the drop-down."""

    TEXT = "text"
    ID = "id"
    AMOUNT = "amount"
    RATE = "rate"
    DATE = "date"
    NUMBER = "number"
    CHOICE = "choice"
    YES_NO = "yes or no"
    CHECK = "check"
    TIME = "time"
    JSON = "JSON"


class Owner(StrEnum):
    """Whose tab it is: who may write where (design.md section 3)."""

    OWNER = "owner"
    INBOX = "inbox"
    LEDGER = "ledger"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Choice:
    """One word of a drop-down: the model's value and its Russian twin."""

    en: str
    ru: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a tab.

    Attributes:
        key: the English heading, letter for letter; the name by which a row is read.
        ru: the Russian heading.
        kind: what its cells hold.
        width: in characters.
        note_en, note_ru: the note at the heading: what to type and what empty means.
        choices: the words of the drop-down; empty when anything may be typed.
        owner_fills: a column of a ledger tab that the owner fills, so it is not locked.
        later: came after the first books were made, so a book without it works on (`init` adds it).
    """

    key: str
    ru: str
    kind: Kind
    width: int
    note_en: str
    note_ru: str
    choices: tuple[Choice, ...] = ()
    owner_fills: bool = False
    later: bool = False


@dataclass(frozen=True, slots=True)
class TabSpec:
    """One tab: its titles, whose it is, its columns in order, and which of them is a row's key."""

    tab: Tab
    ru: str
    owner: Owner
    columns: tuple[Column, ...]
    about_en: str
    about_ru: str
    key_column: str

    def column(self, key: str) -> Column:
        """Give the column of that key. Raises KeyError."""
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(f"{self.tab}: {key}")

    def optional(self, key: str) -> bool:
        """Whether the book works without this column: nothing is read from it."""
        people = self.owner in {Owner.OWNER, Owner.INBOX}
        return self.column(key).later or (people and key in {"check", "meaning", "note"})


@dataclass(frozen=True, slots=True)
class SettingSpec:
    """One row of Settings: its key, the value it has in a new book, and what it means."""

    key: str
    default: str
    meaning_en: str
    meaning_ru: str
    choices: tuple[Choice, ...] = ()


YES = Choice("yes", "да")
NO = Choice("no", "нет")
