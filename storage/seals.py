"""The vault's rows: which key belongs to whom, and whether the keyring is the one this database was made with."""

from sqlalchemy import insert, select

from storage.database import Reading, Transaction
from storage.errors import BadKeys, Tampered
from storage.schema import vault_keys, vault_proofs
from storage.vault import Key, Keyring

_PROOF = b"roomkeeper"
_INDEX = "index"


async def key_of(reading: Reading, keyring: Keyring, owner: str) -> Key | None:
    """The owner's key.

    Raises:
        BadKeys: its master key is not in the keyring.
        Tampered: it does not open.
    """
    row = await reading.first(select(vault_keys).where(vault_keys.c.owner == owner))
    return None if row is None else unwrap(keyring, owner, row.master, row.wrapped)


def unwrap(keyring: Keyring, owner: str, master: str, wrapped: bytes) -> Key:
    """Likewise, from a row already read."""
    if master not in keyring.masters:
        raise BadKeys(f"there is no master key {master}")
    return keyring.masters[master].unwrap(owner, wrapped)


def new_key(keyring: Keyring, owner: str) -> tuple[Key, dict[str, object]]:
    """A new key and its row."""
    key = Key.generate()
    wrapped = key.wrap(keyring.masters[keyring.newest], owner)
    return key, {"owner": owner, "master": keyring.newest, "wrapped": wrapped}


async def seal(transaction: Transaction, keyring: Keyring, owner: str, kind: str, text: str) -> bytes:
    """Seal a text for its owner, whose key is made if there is none."""
    key = await key_of(transaction, keyring, owner)
    if key is None:
        key, row = new_key(keyring, owner)
        await transaction.run(insert(vault_keys).values(row))
    return key.seal(owner, kind, text.encode(errors="surrogatepass"))


async def open_sealed(reading: Reading, keyring: Keyring, owner: str, kind: str, sealed: bytes) -> str:
    """The text.

    Raises:
        BadKeys, Tampered: as `key_of`; the key is gone; the record was changed.
    """
    key = await key_of(reading, keyring, owner)
    if key is None:
        raise Tampered(f"the key of {owner} is gone")
    return key.open(owner, kind, sealed).decode(errors="surrogatepass")


async def prove(transaction: Transaction, keyring: Keyring) -> None:
    """Check every key this database was written with, and leave a proof of new ones.

    Raises:
        BadKeys: a key is missing or another one.
    """
    proofs = {row.name: row.proof for row in await transaction.all(select(vault_proofs).order_by(vault_proofs.c.name))}
    keys = {_INDEX: keyring.index, **{f"master {name}": key for name, key in keyring.masters.items()}}
    for name, proof in proofs.items():
        if name not in keys:
            raise BadKeys(f"the {name} key, with which this database was written, is missing")
        try:
            keys[name].open(name, "proof", proof)
        except Tampered:
            raise BadKeys(f"the {name} key is not the one this database was written with") from None
    for name in keys.keys() - proofs.keys():
        proof = keys[name].seal(name, "proof", _PROOF)
        await transaction.run(insert(vault_proofs).values(name=name, proof=proof))
