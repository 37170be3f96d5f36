"""What do tests of returned mail stand on? Notifications as mail servers write them (RFC 3464)."""

from __future__ import annotations


def notification(
    message_id: str = "<st.1@example.com>",
    recipient: str = "ivan@example.com",
    *,
    action: str = "failed",
    status: str = "5.1.1",
    original: str = "",
    returned: str = "text/rfc822-headers",
) -> bytes:
    """One notification about one recipient; `returned` is the type of what comes with it."""
    first = f"Original-Recipient: rfc822; {original}\n" if original else ""
    text = f"""From: Mail Delivery System <MAILER-DAEMON@mx.example.net>
To: shop@example.com
Subject: Undelivered Mail Returned to Sender
Date: Mon, 02 Nov 2026 09:00:00 +0000
Message-ID: <20261102.1@mx.example.net>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="edge"

--edge
Content-Type: text/plain; charset=us-ascii

Your letter could not be delivered.

--edge
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net
Arrival-Date: Mon, 02 Nov 2026 08:59:00 +0000

{first}Final-Recipient: rfc822; {recipient}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 no such mailbox

--edge
Content-Type: {returned}

From: shop@example.com
To: ivan@example.com
Message-ID: {message_id}
Subject: October

--edge--
"""
    return text.replace("\n", "\r\n").encode()
