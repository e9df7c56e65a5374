"""How webhooks are signed: HMAC-SHA-256 over what it is for, when, and the body (docs/operators/identity.md).

Pure: takes the time, reads no clock. What it is for is part of what is signed, so that nothing can be sent back as
something else; the time keeps what was overheard from being used later.
"""

import hmac
import re
from collections.abc import Mapping, Sequence
from hashlib import sha256

TIMESTAMP = "Roomkeeper-Timestamp"
SIGNATURE = "Roomkeeper-Signature"
REQUEST, ANSWER, CALLBACK = "request", "answer", "callback"

_TIME = re.compile(r"[0-9]{1,12}", re.ASCII)
_ONE = re.compile(r"v1=([0-9a-f]{64})", re.ASCII)
_MOST = 4
"""Signatures looked at: two secrets while they are changed, and room to spare."""


class BadSignatureError(Exception):
    """Not to be believed: `unsigned`, `stale` or `forged`."""


def sign(secret: str, purpose: str, body: bytes, at: float) -> dict[str, str]:
    """The headers that go with a body."""
    time = str(int(at))
    return {TIMESTAMP: time, SIGNATURE: f"v1={_mac(secret, purpose, time, body)}"}


def check(
    secrets: Sequence[str], purpose: str, headers: Mapping[str, str], body: bytes, *, at: float, skew_s: float
) -> str:
    """Believe a body signed with one of the secrets, at most so long ago or ahead; the signature that was right.

    `headers` are found by names in lower case.

    Raises:
        BadSignatureError: otherwise.
    """
    time, given = headers.get(TIMESTAMP.lower(), ""), headers.get(SIGNATURE.lower(), "")
    found = [one for part in given.split(",")[:_MOST] for one in _ONE.findall(part.strip()) if one]
    if not _TIME.fullmatch(time) or not found:
        raise BadSignatureError("unsigned")
    if abs(at - int(time)) > skew_s:
        raise BadSignatureError("stale")
    right = ""
    for secret in secrets:
        wanted = _mac(secret, purpose, time, body)
        for one in found:
            right = one if hmac.compare_digest(one, wanted) else right
    if not right:
        raise BadSignatureError("forged")
    return right


def _mac(secret: str, purpose: str, time: str, body: bytes) -> str:
    signed = f"v1:{purpose}:{time}:".encode() + body
    return hmac.new(secret.encode(), signed, sha256).hexdigest()
