"""How is a SEPA file written? A library writes pain.001 and checks it against its schema."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from tracker.bank.sepa import SCHEMA, SepaFile, SepaPayment
from tracker.problems import Stop

_SPACE = f"{{urn:iso:std:iso:20022:tech:xsd:{SCHEMA}}}"
_BEGIN = b'<?xml version="1.0" encoding="UTF-8"?>\n'


def sepa_xml(file: SepaFile) -> bytes:
    """Write the file: one batch, the same bytes for the same payouts and day.

    Raises Stop when it would not hold to its schema, which the bank would refuse too.
    """
    from sepaxml import SepaTransfer
    from sepaxml.validation import ValidationError, try_valid_xml

    account = file.payer.account
    config = {
        "name": file.payer.name,
        "IBAN": account.iban,
        "batch": True,
        "currency": "EUR",
    } | ({"BIC": account.swift} if account.swift else {})
    # Names are in SEPA's letters already; the library would write others than the bank knows.
    writer = SepaTransfer(config, schema=SCHEMA, clean=False)
    for payment in file.payments:
        writer.add_payment(_payment(payment, file))
    found = _settled(writer.export(validate=False), file)
    try:
        try_valid_xml(found, SCHEMA)
    except ValidationError:
        # The library's own words quote names and accounts.
        raise Stop("sepa_invalid") from None
    return found


def _payment(payment: SepaPayment, file: SepaFile) -> dict[str, object]:
    said: dict[str, object] = {
        "name": payment.name,
        "IBAN": payment.iban,
        "amount": payment.cents,
        "description": payment.purpose,
        "execution_date": file.day,
        "endtoend_id": payment.end_to_end,
    }
    return said | ({"BIC": payment.swift} if payment.swift else {})


def _settled(content: bytes, file: SepaFile) -> bytes:
    """Put our ids and day where the library put the clock and a lot it drew."""
    root = ET.fromstring(content)  # noqa: S314 - what the library wrote a moment ago
    _set(root, "MsgId", file.message_id)
    _set(root, "PmtInfId", f"{file.message_id}-1")
    _set(root, "CreDtTm", f"{file.day.isoformat()}T00:00:00")
    for agent in root.iter(f"{_SPACE}DbtrAgt"):
        (bank,) = agent
        if not len(bank):  # the rulebook's words for a bank that the IBAN tells
            ET.SubElement(ET.SubElement(bank, f"{_SPACE}Othr"), f"{_SPACE}Id").text = "NOTPROVIDED"
    ET.indent(root)
    ET.register_namespace("", _SPACE.strip("{}"))
    written: bytes = ET.tostring(root, encoding="utf-8")
    return _BEGIN + written + b"\n"


def _set(root: ET.Element, name: str, text: str) -> None:
    for element in root.iter(f"{_SPACE}{name}"):
        element.text = text
