"""What may the owner choose from? The closed lists of Settings and Partners."""

from __future__ import annotations

from enum import StrEnum

from tracker.problems import Stop


class TwoCodes(StrEnum):
    """Whose is an order with codes of two partners?"""

    FIRST = "first"
    LAST = "last"
    REVIEW = "review"


class SelfPurchase(StrEnum):
    """What about a partner who buys with his own code?"""

    BLOCK = "block"
    FLAG = "flag"
    ALLOW = "allow"


class CashOrders(StrEnum):
    """Does an order count that its shop will never report as paid?"""

    COUNT = "count"
    WAIT = "wait"


class Mail(StrEnum):
    """Do letters leave the house?"""

    OFF = "off"
    PREVIEW = "preview"
    LIVE = "live"

    def refuse_unless_live(self) -> None:
        """Raise Stop `mail_not_live` while they do not."""
        if self is not Mail.LIVE:
            raise Stop("mail_not_live", mail=self.value)


class MailUnknown(StrEnum):
    """What about a letter that may have left, or not?"""

    HOLD = "hold"
    RESEND = "resend"

    @property
    def copies(self) -> int:
        """How many copies of one letter may leave altogether."""
        return 3 if self is MailUnknown.RESEND else 1


class Notify(StrEnum):
    """How often does a partner want to read of new sales?"""

    NONE = "none"
    EACH = "each"
    DAILY = "daily"
    WEEKLY = "weekly"


class TaxStatus(StrEnum):
    """What is a partner to the tax office? It decides which paper goes with a payout."""

    UNSAID = ""
    SELF_EMPLOYED = "self_employed"
    SOLE_TRADER = "sole_trader"
    COMPANY_RU = "company_ru"
    PERSON = "person"
    COMPANY = "company"
