"""A rotation cut off anywhere, any number of times: nothing is ever unreadable, and the last one finishes."""

import asyncio
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from component import rotating
from storage import rotation
from storage.rotation import Rotation
from storage.store import Store
from storage.vault import Keyring
from tests.unit.storage.databases import KEYS_TEXT, T0, entry, opened_copy, url_of

PEOPLE = 7
STEPS = 20
"""More than one rotation of that many people takes, two at a time, each step cut before and after."""


class CutOffError(Exception):
    """As by SIGKILL."""


class Watch:
    """Counts steps, each one before and after it is done, and cuts off at one of them."""

    def __init__(self, cut: int) -> None:
        self.left = cut

    def step(self) -> None:
        self.left -= 1
        if self.left == 0:
            raise CutOffError

    def around(self, real: Callable[..., object]) -> Callable[..., object]:
        def sync(*arguments: object) -> object:
            self.step()
            done = real(*arguments)
            self.step()
            return done

        async def later(*arguments: object) -> object:
            self.step()
            done = await real(*arguments)  # type: ignore[misc]
            self.step()
            return done

        return later if asyncio.iscoroutinefunction(real) else sync


@settings(max_examples=25, deadline=None)
@given(cuts=st.lists(st.integers(1, STEPS), max_size=4))
def test_a_rotation_cut_off_anywhere_goes_on_and_nothing_is_unreadable_meanwhile(
    template: Path, cuts: list[int]
) -> None:
    async def play() -> None:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            keys = folder / "vault.keys"
            keys.write_text(KEYS_TEXT)
            keys.chmod(0o600)
            async with opened_copy(template, folder) as store:
                await store.registry.put([entry(number) for number in range(PEOPLE)], T0)
            running = await Store.open(url_of(folder), Keyring.load(keys))
            try:
                for turn, cut in enumerate((*cuts, 0)):
                    await rotate(folder, keys, cut)
                    await look(running, turn)
                    again = await Store.open(url_of(folder), Keyring.load(keys))  # after a restart
                    await look(again, 100 + turn)
                    await again.close()
                [master] = Keyring.load(keys).masters
                assert [each.name for each in await running.rotation.masters()][-1] == master
            finally:
                await running.close()

    asyncio.run(play())


async def rotate(folder: Path, keys: Path, cut: int) -> None:
    watch = Watch(cut)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(rotation, "_CHUNK", 2)
        patched.setattr(rotating, "_replace", watch.around(rotating._replace))
        for step in ("retire", "rewrap_some", "forget_others"):
            patched.setattr(Rotation, step, watch.around(getattr(Rotation, step)))
        try:
            keyring = rotating.add_master(keys)
            store = await Store.open(url_of(folder), keyring)
            try:
                await rotating.rotate(store.rotation, keys)
            finally:
                await store.close()
        except CutOffError:
            return
    assert await wrapped(folder, keys) == {Keyring.load(keys).newest}


async def wrapped(folder: Path, keys: Path) -> set[str]:
    store = await Store.open(url_of(folder), Keyring.load(keys))
    masters = {master.name for master in await store.rotation.masters() if master.wraps}
    await store.close()
    return masters


async def look(store: Store, turn: int) -> None:
    """Every record opens, and a new key can be made."""
    known = [entry(number, f"Changed {turn}") for number in range(PEOPLE)]
    put = await store.registry.put([*known, entry(1000 + turn)], T0)
    assert (put.changed, put.added) == (PEOPLE, 1)
