"""Who is asking? A service account proves itself with a signed claim and gets a bearer token.

Learned from: the claim (iss, scope, aud, exp, iat, RS256), grant_type
urn:ietf:params:oauth:grant-type:jwt-bearer, and the answer {"access_token", "expires_in",
"token_type"} [doc, OAuth 2.0 for server to server applications]; a claim that is valid for more than
an hour, is too old, or is signed with a deleted key: 400 invalid_grant, "Invalid JWT Signature."
[doc, its table of errors; the sentence for times: doc]; an unknown account: "Invalid grant: account not
found" [issues].
"""

from __future__ import annotations

import base64
import json
import secrets
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

TOKEN_URI = "https://oauth2.googleapis.com/token"
"""Whom a claim is meant for, wherever the request is led."""

GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
HOUR = 3600


@dataclass(frozen=True, slots=True)
class Token:
    email: str
    scopes: frozenset[str]
    expires: float


@dataclass(slots=True)
class Accounts:
    """The service accounts that Google knows, their public keys, and the tokens given out."""

    keys: dict[str, rsa.RSAPublicKey | None] = field(default_factory=dict)
    tokens: dict[str, Token] = field(default_factory=dict)
    scopes_asked: list[str] = field(default_factory=list)

    def revoke_key(self, email: str) -> None:
        """Delete the account's key, as in the Cloud console. Tokens given out live on."""
        self.keys[email] = None

    def forget_tokens(self) -> None:
        self.tokens.clear()

    def grant(self, body: bytes) -> tuple[int, dict[str, Any]]:
        """Answer a request for a token: the HTTP status and the JSON body."""
        form = {key: one[0] for key, one in parse_qs(body.decode()).items()}
        if form.get("grant_type") != GRANT:
            return _refusal("unsupported_grant_type", "Invalid grant_type: ")
        try:
            head, claim, signature = form.get("assertion", "").split(".")
            claims = json.loads(_decoded(claim))
            signed = f"{head}.{claim}".encode()
        except ValueError:
            return _refusal("invalid_grant", "Invalid JWT: Failed to parse.")
        if claims.get("iss") not in self.keys:
            return _refusal("invalid_grant", "Invalid grant: account not found")
        if not _verified(self.keys[claims["iss"]], signed, _decoded(signature)):
            return _refusal("invalid_grant", "Invalid JWT Signature.")
        return self._claimed(claims)

    def _claimed(self, claims: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        now = time.time()
        issued, expires = float(claims.get("iat", 0)), float(claims.get("exp", 0))
        # A minute of grace on either side: the account's clock is seldom ours.
        if issued > now + 60 or expires < now - 60 or expires - issued > HOUR:
            says = (
                "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable "
                "timeframe. Check your iat and exp values in the JWT claim."
            )
            return _refusal("invalid_grant", says)
        if claims.get("aud") != TOKEN_URI:
            return _refusal("invalid_grant", "Invalid JWT: aud is not this server.")
        if not claims.get("scope"):
            return _refusal("invalid_scope", "Invalid OAuth scope or ID token audience provided.")
        self.scopes_asked.append(claims["scope"])
        name = "ya29." + secrets.token_urlsafe(24)
        self.tokens[name] = Token(claims["iss"], frozenset(claims["scope"].split()), now + HOUR)
        return 200, {"access_token": name, "expires_in": HOUR - 1, "token_type": "Bearer"}

    def bearer(self, authorization: str) -> Token | None:
        """Find who holds the token of this header."""
        token = self.tokens.get(authorization.removeprefix("Bearer "))
        return token if token and token.expires > time.time() else None


def _refusal(error: str, says: str) -> tuple[int, dict[str, Any]]:
    return 400, {"error": error, "error_description": says}


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _verified(key: rsa.RSAPublicKey | None, signed: bytes, signature: bytes) -> bool:
    if key is None:
        return False
    try:
        key.verify(signature, signed, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        return False
    return True
