"""Signatures of webhooks: Standard Webhooks 1.0.0 both ways, and Chatwoot's; no I/O.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

SECRET_PREFIX = "whsec_"  # noqa: S105 (what every secret begins with)
SECRET_BYTES = 33
TOLERANCE = timedelta(minutes=5)
LONGEST_ID = 200


def new_secret() -> str:
    """A secret of more than 250 random bits, as receivers are given it; it may stand in an address."""
    while True:
        secret = base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()
        if secret.isalnum():
            return SECRET_PREFIX + secret


def headers_for(all_secrets: Sequence[str], message_id: str, at: datetime, body: bytes) -> dict[str, str]:
    """The headers with which a body is sent: signed with each secret, the present one first.

    Args:
        all_secrets: `whsec_` and base64 each.
        message_id: the same each time the same message is tried.
        at: when it is tried.
        body: exactly the bytes that are sent.
    """
    stamp = str(int(at.timestamp()))
    signatures = (_standard(secret, message_id, stamp, body) for secret in all_secrets)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": stamp,
        "webhook-signature": " ".join(f"v1,{base64.b64encode(each).decode()}" for each in signatures),
    }


def is_standard(secret: str, headers: Mapping[str, str], body: bytes, now: datetime) -> bool:
    """True when the headers carry a signature of that body by Standard Webhooks, made about now.

    Args:
        secret: `whsec_` and base64.
        headers: names in lower case.
        body: exactly the bytes that came.
        now: the present moment; a signature may be five minutes older or younger.
    """
    message_id, stamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not message_id or len(message_id) > LONGEST_ID or not _is_fresh(stamp, now):
        return False
    expected = _standard(secret, message_id, stamp, body)
    given = headers.get("webhook-signature", "").split(" ")
    return any(_matches(expected, each) for each in given if each.startswith("v1,"))


def is_chatwoot(secret: str, headers: Mapping[str, str], body: bytes, now: datetime) -> bool:
    """True when the headers carry Chatwoot's signature of that body, made about now.

    `X-Chatwoot-Signature: sha256=<hex>` is the HMAC of `<X-Chatwoot-Timestamp>.<body>`; arguments as
    `is_standard`, the secret as Chatwoot shows it.
    """
    stamp, given = headers.get("x-chatwoot-timestamp", ""), headers.get("x-chatwoot-signature", "")
    if not _is_fresh(stamp, now):
        return False
    expected = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(f"sha256={expected}".encode(), given.encode())


def _standard(secret: str, message_id: str, stamp: str, body: bytes) -> bytes:
    key = base64.b64decode(secret.removeprefix(SECRET_PREFIX))
    return hmac.new(key, f"{message_id}.{stamp}.".encode() + body, hashlib.sha256).digest()


def _matches(expected: bytes, given: str) -> bool:
    try:
        return hmac.compare_digest(expected, base64.b64decode(given[3:], validate=True))
    except (binascii.Error, ValueError):
        return False


def _is_fresh(stamp: str, now: datetime) -> bool:
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 12):
        return False
    return abs(now.timestamp() - int(stamp)) <= TOLERANCE.total_seconds()
