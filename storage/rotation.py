"""Changing the master key while others read and write: every owner's key is wrapped anew, some hundred at a time.

Nothing here touches the key file (`component/rotating.py` does). A rotation may be cut off anywhere and begun again:
rows say by which master key they are wrapped, and both keys stay in the file until no row needs the old one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, delete, func, select, update

from storage import seals
from storage.database import MACHINE, Database, Transaction
from storage.schema import vault_keys, vault_proofs
from storage.vault import Keyring

_CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Master:
    """A master key of the keyring by its id: how many keys it wraps, and whether a rotation has begun to replace it."""

    name: str
    wraps: int
    is_retired: bool


class Rotation:
    """Master keys of one database."""

    def __init__(self, database: Database, keyring: Keyring) -> None:
        """Rows of `database`, wrapped by master keys of `keyring`."""
        self._database = database
        self._keyring = keyring

    async def masters(self) -> tuple[Master, ...]:
        """Every master key, oldest first."""
        count = select(vault_keys.c.master, func.count().label("wraps")).group_by(vault_keys.c.master)
        async with self._database.read() as reading:
            wraps = {row.master: row.wraps for row in await reading.all(count)}
            proofs = {row.name: row.is_retired for row in await reading.all(select(vault_proofs))}
        return tuple(
            Master(
                name=name,
                wraps=wraps.get(name, 0),
                is_retired=proofs.get(seals.master_proof(name), False),
            )
            for name in self._keyring.masters
        )

    async def adopt(self, keyring: Keyring) -> None:
        """Use the key file as it is now, once it is found to hold every key this database needs.

        Raises:
            BadKeys: it does not; the keys stay as they are.
        """

        async def work(transaction: Transaction) -> None:
            await seals.prove(transaction, keyring)

        if keyring is not self._keyring:
            await self._database.write(work)
            self._keyring.adopt(keyring)

    async def retire(self, at: float) -> int:
        """Have no master key but the newest wrap anything new from now on; how many rows the others wrap.

        Raises:
            BadKeys: the keyring lacks a key this database was written with.
        """
        newest = self._keyring.newest

        async def work(transaction: Transaction) -> int:
            await seals.prove(transaction, self._keyring)
            masters = vault_proofs.c.name.startswith(seals.master_proof(""), autoescape=True)
            others = vault_proofs.c.name != seals.master_proof(newest)
            here = update(vault_proofs).where(masters, others, vault_proofs.c.is_retired.is_(False))
            if await transaction.run(here.values(is_retired=True)):
                transaction.note(MACHINE, "key-rotation-begun", "", at, master=newest)
            await transaction.run(
                update(vault_proofs).where(vault_proofs.c.name == seals.master_proof(newest)).values(is_retired=False)
            )
            return int(
                await transaction.scalar(
                    select(func.count()).select_from(vault_keys).where(vault_keys.c.master != newest)
                )
            )

        return await self._database.write(work)

    async def rewrap_some(self) -> int:
        """Wrap some hundred more keys by the newest master key; how many, 0 when none is left.

        Raises:
            BadKeys, Tampered: a key does not open; those before it are done.
        """
        newest = self._keyring.newest
        master = self._keyring.masters[newest]

        async def work(transaction: Transaction) -> int:
            rows = await transaction.all(select(vault_keys).where(vault_keys.c.master != newest).limit(_CHUNK))
            changes: list[Mapping[str, Any]] = [
                {
                    "this": row.owner,
                    "wrapped": seals.unwrap(self._keyring, row.owner, row.master, row.wrapped).wrap(master, row.owner),
                }
                for row in rows
            ]
            if changes:
                this = update(vault_keys).where(vault_keys.c.owner == bindparam("this"))
                await transaction.run(this.values(master=newest, wrapped=bindparam("wrapped")), changes)
            return len(changes)

        return await self._database.write(work)

    async def forget_others(self, at: float) -> tuple[str, ...]:
        """Once nothing is wrapped by them: need no master key but the newest any more; the ids of the others."""
        newest = self._keyring.newest

        async def work(transaction: Transaction) -> tuple[str, ...]:
            if await transaction.scalar(select(vault_keys.c.owner).where(vault_keys.c.master != newest).limit(1)):
                return ()
            others = tuple(name for name in self._keyring.masters if name != newest)
            proofs = vault_proofs.c.name.startswith(seals.master_proof(""), autoescape=True)
            await transaction.run(delete(vault_proofs).where(proofs, vault_proofs.c.name != seals.master_proof(newest)))
            transaction.note(MACHINE, "keys-rotated", "", at, master=newest, forgotten=" ".join(others))
            return others

        return await self._database.write(work)
