"""Keys, and sealing with them: AES-256-GCM for what must stay secret, HMAC-SHA-256 for what must be found all the same.

Knows no tables. Every owner (holder text, "p:12" or "a:juliet@example.org") has a key of their own, wrapped by a
master key; the owner is the associated data of all that is sealed, so that no record opens under another's name.
"""

import base64
import binascii
import hashlib
import hmac
import os
import re
import secrets
import stat
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.errors import BadKeys, Tampered
from storage.signing import Signer

_KEY_BYTES = 32
_NONCE_BYTES = 12
_MASTER_ID = re.compile(r"[A-Za-z0-9._-]{1,32}")
_LARGEST_FILE = 65536


class Key:
    """A secret key that shows itself to nobody."""

    __slots__ = ("_cipher", "_secret")

    def __init__(self, secret: bytes) -> None:
        """`secret` is 32 bytes."""
        self._secret = secret
        self._cipher = AESGCM(secret)

    @classmethod
    def generate(cls) -> Self:
        """A new random key."""
        return cls(secrets.token_bytes(_KEY_BYTES))

    def __repr__(self) -> str:
        return "Key(***)"

    def seal(self, owner: str, kind: str, plain: bytes) -> bytes:
        """Nonce and sealed text; opens only for the same owner and kind."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, plain, _associated(owner, kind))

    def open(self, owner: str, kind: str, sealed: bytes) -> bytes:
        """What was sealed.

        Raises:
            Tampered: it was not sealed with this key for this owner and kind, or it was changed.
        """
        try:
            return self._cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], _associated(owner, kind))
        except (InvalidTag, ValueError):
            raise Tampered(f"a sealed record ({kind}) of {owner} does not open") from None

    def wrap(self, master: "Key", owner: str) -> bytes:
        """Seal this key itself with a master key."""
        return master.seal(owner, "key", self._secret)

    def unwrap(self, owner: str, wrapped: bytes) -> "Key":
        """The key that was wrapped.

        Raises:
            Tampered: as `open`.
        """
        return Key(self.open(owner, "key", wrapped))

    def tag(self, *parts: str) -> str:
        """HMAC-SHA-256 over the parts, as hex."""
        mac = hmac.new(self._secret, digestmod=hashlib.sha256)
        for part in parts:
            data = part.encode(errors="surrogatepass")
            mac.update(len(data).to_bytes(8, "big") + data)
        return mac.hexdigest()


class Keyring:
    """The index key, the master keys by id, and those that sign the audit; oldest first.

    Read anew from their file when that has changed.
    """

    __slots__ = ("_source", "index", "masters", "signers")

    def __init__(
        self, index: Key, masters: Mapping[str, Key], signers: tuple[Signer, ...] = (), source: Path | None = None
    ) -> None:
        """`source` is the file they come from, if it is one."""
        self.index = index
        self.masters = MappingProxyType(dict(masters))
        self.signers = signers
        self._source = source

    def __repr__(self) -> str:
        return f"Keyring(masters={list(self.masters)})"

    @property
    def newest(self) -> str:
        """The id of the master key that was added last."""
        return next(reversed(self.masters))

    def adopt(self, other: "Keyring") -> None:
        """Use another state of the same keys from now on.

        Raises:
            BadKeys: the index key is another one; nothing has changed.
        """
        if self.index.tag("same") != other.index.tag("same"):
            raise BadKeys("the index key is another one: every blind index rests on it, and it never changes")
        self.masters, self.signers = other.masters, other.signers

    def refresh(self) -> None:
        """Read the file again, where there is one: somebody may have added a master key.

        Raises:
            BadKeys: as `load` and `adopt`; the keys stay as they are.
        """
        if self._source is not None:
            self.adopt(Keyring.load(self._source))

    @classmethod
    def generate(cls) -> str:
        """The text of a key file with new random keys."""
        index, signing = (base64.b64encode(secrets.token_bytes(_KEY_BYTES)).decode() for _ in range(2))
        return (
            "# Roomkeeper's vault keys. Without them no identity can be read: keep a copy apart from the database.\n"
            "# `roomkeeper keys rotate` changes the master key; the index key stays.\n"
            f"index {index}\n{cls.generate_master()}"
            "# This one signs the audit. A new one goes below the old one; keep both.\n"
            f"signing {signing}\n"
        )

    @staticmethod
    def generate_master() -> str:
        """The line of a key file for one more random master key."""
        return f"master {secrets.token_hex(4)} {base64.b64encode(secrets.token_bytes(_KEY_BYTES)).decode()}\n"

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a key file.

        Raises:
            BadKeys: with path and reason: missing, open to others, malformed.
        """
        text = read_key_file(path)
        try:
            return cls.parse(text, path)
        except BadKeys as error:
            raise BadKeys(f"{path} {error}") from None

    @classmethod
    def parse(cls, text: str, source: Path | None = None) -> Self:
        """Read the text of a key file: `index BASE64`, `master ID BASE64`, `signing BASE64`, # for comments.

        `source` is where it stands.

        Raises:
            BadKeys: with line and reason; never with what stands there.
        """
        index: Key | None = None
        masters: dict[str, Key] = {}
        signers: list[Signer] = []
        lines = [(number, line.split()) for number, line in enumerate(text.splitlines(), 1)]
        for number, words in lines:
            if not words or words[0].startswith("#"):
                continue
            match words:
                case ["index", encoded]:
                    if index is not None:
                        raise BadKeys(f"line {number}: there can be one index key only")
                    index = Key(_decode(number, encoded))
                case ["master", name, encoded] if _MASTER_ID.fullmatch(name):
                    if name in masters:
                        raise BadKeys(f"line {number}: this master key id was used before")
                    masters[name] = Key(_decode(number, encoded))
                case ["signing", encoded]:
                    signers.append(Signer(_decode(number, encoded)))
                case _:
                    raise BadKeys(f"line {number}: neither `index BASE64` nor `master ID BASE64` nor `signing BASE64`")
        if index is None:
            raise BadKeys("has no `index` line")
        if not masters:
            raise BadKeys("has no `master` line")
        return cls(index, masters, tuple(signers), source)


def read_key_file(path: Path) -> str:
    """The text of a key file.

    Raises:
        BadKeys: with path and reason: missing, open to others, no text.
    """
    try:
        with open(path, "rb", opener=_open_at_once) as file:
            mode = os.fstat(file.fileno()).st_mode
            if not stat.S_ISREG(mode):
                raise BadKeys(f"{path} is not a file")
            if mode & 0o077:
                raise BadKeys(f"{path} is open to other users (mode {stat.S_IMODE(mode):04o}): chmod 600 it")
            data = file.read(_LARGEST_FILE + 1)
    except OSError as error:
        raise BadKeys(f"{path} cannot be read: {error.strerror}") from None
    if len(data) > _LARGEST_FILE:
        raise BadKeys(f"{path} is too large to be a key file")
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise BadKeys(f"{path} is not UTF-8 text") from None


def _open_at_once(path: str, flags: int) -> int:
    """A pipe nobody writes to must not make us wait."""
    return os.open(path, flags | os.O_NONBLOCK)


def _associated(owner: str, kind: str) -> bytes:
    return f"{owner}\n{kind}".encode(errors="surrogatepass")


def _decode(number: int, encoded: str) -> bytes:
    try:
        secret = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raise BadKeys(f"line {number}: the key is not base64") from None
    if len(secret) != _KEY_BYTES:
        raise BadKeys(f"line {number}: the key has {len(secret)} bytes, not {_KEY_BYTES}")
    return secret
