"""What does Google answer when it refuses? A status, a sentence and a code, as JSON.

Learned from:
- the shape {"error": {"code", "message", "status", "details"}}, the sentences of 403 and 404
  [cassettes test_access_private_spreadsheet, test_access_non_existing_spreadsheet];
- 429 and SERVICE_DISABLED with their details [recorded errors in the tests of r-lib/gargle];
- a bad `fields` mask: the cause stands only in details [the same];
- a protected cell, the cell limit, No grid with id [issues quoted in shared/sheets.md, 1.4];
- an Office file: FAILED_PRECONDITION [doc]; 401 [doc].
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

Json = dict[str, Any]

PROTECTED = (
    "You are trying to edit a protected cell or object. "
    "Please contact the spreadsheet owner to remove protection if you need to edit."
)
TOO_MANY_CELLS = (
    "This action would increase the number of cells in the workbook "
    "above the limit of 10000000 cells."
)
_HELP = "https://console.developers.google.com/apis/api/sheets.googleapis.com/overview?project=1"


class Refused(Exception):
    """Google will not do it: the HTTP status, the code and the sentence of its answer."""

    def __init__(self, status: int, code: str, message: str, details: Sequence[Json] = ()) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.details = list(details)

    @property
    def body(self) -> bytes:
        error: Json = {"code": self.status, "message": self.message, "status": self.code}
        if self.details:
            error["details"] = self.details
        return json.dumps({"error": error}, ensure_ascii=False).encode()


class Unsupported(Exception):
    """Google can do it and this fake cannot: a test that needs it must teach the fake first."""


def invalid(message: str, details: Sequence[Json] = ()) -> Refused:
    return Refused(400, "INVALID_ARGUMENT", message, details)


def no_grid(sheet_id: int) -> Refused:
    return invalid(f"No grid with id: {sheet_id}")


def bad_mask(path: str) -> Refused:
    violation = {
        "field": path,
        "description": "Error expanding 'fields' parameter. "
        f"Cannot find matching fields for path '{path}'.",
    }
    kind = "type.googleapis.com/google.rpc.BadRequest"
    return invalid(
        "Request contains an invalid argument.", [{"@type": kind, "fieldViolations": [violation]}]
    )


def forbidden() -> Refused:
    return Refused(403, "PERMISSION_DENIED", "The caller does not have permission")


def not_found() -> Refused:
    return Refused(404, "NOT_FOUND", "Requested entity was not found.")


def office_file() -> Refused:
    return Refused(
        400,
        "FAILED_PRECONDITION",
        "This operation is not supported for this document. "
        "The document must not be an Office file.",
    )


def unauthenticated() -> Refused:
    return Refused(
        401,
        "UNAUTHENTICATED",
        "Request had invalid authentication credentials. Expected OAuth 2 access token, "
        "login cookie or other valid authentication credential. See "
        "https://developers.google.com/identity/sign-in/web/devconsole-project.",
    )


def narrow_scope() -> Refused:
    return Refused(403, "PERMISSION_DENIED", "Request had insufficient authentication scopes.")


def service_disabled() -> Refused:
    message = (
        "Google Sheets API has not been used in project 1 before or it is disabled. Enable it by "
        f"visiting {_HELP} then retry. If you enabled this API recently, wait a few minutes for "
        "the action to propagate to our systems and retry."
    )
    link = {"description": "Google developers console API activation", "url": _HELP}
    return Refused(
        403,
        "PERMISSION_DENIED",
        message,
        [
            {"@type": "type.googleapis.com/google.rpc.Help", "links": [link]},
            _info("SERVICE_DISABLED", {"service": "sheets.googleapis.com"}),
        ],
    )


def quota(kind: str) -> Refused:
    """Say 429; `kind` is Read or Write."""
    message = (
        f"Quota exceeded for quota metric '{kind} requests' and limit '{kind} requests per minute "
        "per user' of service 'sheets.googleapis.com' for consumer 'project_number:1'."
    )
    metadata = {
        "quota_metric": f"sheets.googleapis.com/{kind.lower()}_requests",
        "quota_limit": f"{kind}RequestsPerMinutePerUser",
        "quota_limit_value": "60",
        "service": "sheets.googleapis.com",
    }
    return Refused(429, "RESOURCE_EXHAUSTED", message, [_info("RATE_LIMIT_EXCEEDED", metadata)])


def internal() -> Refused:
    return Refused(500, "INTERNAL", "Internal error encountered.")


def unavailable() -> Refused:
    return Refused(503, "UNAVAILABLE", "The service is currently unavailable.")


def _info(reason: str, metadata: Json) -> Json:
    return {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": reason,
        "domain": "googleapis.com",
        "metadata": {"consumer": "projects/1"} | metadata,
    }
