"""The vault's rows: which key belongs to whom, and whether the keyring is the one this database was made with."""

from typing import Any

from sqlalchemy import Row, insert, select

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
    """Likewise, from a row already read. A master key that came into the file meanwhile is found there."""
    if master not in keyring.masters:
        keyring.refresh()
    if master not in keyring.masters:
        raise BadKeys(f"there is no master key {master}")
    return keyring.masters[master].unwrap(owner, wrapped)


async def wrapping_master(transaction: Transaction, keyring: Keyring) -> str:
    """The id of the master key that is to wrap new keys: the newest that no rotation has retired.

    INVARIANT: asked in the transaction that writes the new key, so that none is wrapped by a master key which
    a rotation, having found nothing left under it, takes out of the file.

    Raises:
        BadKeys: the keyring has none of those that are in use.
    """
    query = select(vault_proofs.c.name).where(vault_proofs.c.is_retired.is_(False))
    used = {row.name for row in await transaction.all(query)}
    for is_fresh in (False, True):
        if is_fresh:
            keyring.refresh()
        for name in reversed(keyring.masters):
            if master_proof(name) in used:
                return name
    raise BadKeys("no master key of the key file may wrap new keys: has it been replaced by an older one?")


def new_key(keyring: Keyring, master: str, owner: str) -> tuple[Key, dict[str, object]]:
    """A new key and its row, wrapped by the master key of this id."""
    key = Key.generate()
    wrapped = key.wrap(keyring.masters[master], owner)
    return key, {"owner": owner, "master": master, "wrapped": wrapped}


async def seal(transaction: Transaction, keyring: Keyring, owner: str, kind: str, text: str) -> bytes:
    """Seal a text for its owner, whose key is made if there is none."""
    key = await key_of(transaction, keyring, owner)
    if key is None:
        key, row = new_key(keyring, await wrapping_master(transaction, keyring), owner)
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
    return open_with(key, owner, kind, sealed)


async def open_evidence(reading: Reading, keyring: Keyring, row: Row[Any], kind: str) -> str:
    """What a row's `evidence` was; "" when whoever wrote it has been erased, and the key with them."""
    key = await key_of(reading, keyring, row.sealed_for)
    return "" if key is None else open_with(key, row.sealed_for, kind, row.evidence)


def open_with(key: Key, owner: str, kind: str, sealed: bytes) -> str:
    """Likewise, with the owner's key."""
    return key.open(owner, kind, sealed).decode(errors="surrogatepass")


def master_proof(master: str) -> str:
    """The name of a master key's proof."""
    return f"master {master}"


async def prove(transaction: Transaction, keyring: Keyring) -> None:
    """Check every key this database was written with, and leave a proof of new ones.

    Raises:
        BadKeys: a key is missing or another one.
    """
    proofs = {row.name: row.proof for row in await transaction.all(select(vault_proofs).order_by(vault_proofs.c.name))}
    keys = {_INDEX: keyring.index, **{master_proof(name): key for name, key in keyring.masters.items()}}
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
