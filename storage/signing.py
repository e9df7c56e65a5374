"""Signatures by Ed25519 (RFC 8032) over the audit. Knows no tables.

A signer is 32 secret bytes in the key file; its public half goes wherever somebody is to check what it signed.
"""

import hashlib
from dataclasses import dataclass
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

PUBLIC_BYTES = 32


class Signer:
    """A secret key that shows itself to nobody."""

    __slots__ = ("_secret", "public")

    def __init__(self, secret: bytes) -> None:
        """`secret` is 32 bytes."""
        self._secret = Ed25519PrivateKey.from_private_bytes(secret)
        self.public = Public(self._secret.public_key().public_bytes_raw())

    def __repr__(self) -> str:
        return f"Signer({self.public})"

    def sign(self, purpose: str, data: bytes) -> bytes:
        """64 bytes that only this key can make; good for this purpose alone."""
        return self._secret.sign(_said(purpose, data))


@dataclass(frozen=True, slots=True)
class Public:
    """The half of a key that may be shown."""

    raw: bytes

    def __str__(self) -> str:
        return self.raw.hex()

    @classmethod
    def parse(cls, text: str) -> Self:
        """What `str` wrote.

        Raises:
            ValueError: not a public key.
        """
        raw = bytes.fromhex(text)
        if len(raw) != PUBLIC_BYTES:
            raise ValueError("not a public key")
        return cls(raw)

    def has_signed(self, signature: bytes, purpose: str, data: bytes) -> bool:
        """Whether this key made the signature."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, _said(purpose, data))
        except (InvalidSignature, ValueError):
            return False
        return True


def _said(purpose: str, data: bytes) -> bytes:
    return f"roomkeeper {purpose}\n".encode() + hashlib.sha256(data).digest()
