"""The audit is signed at the start and again and again, and storage that is away only puts it off."""

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from component import notary
from component.notary import Notary
from storage.errors import Unavailable
from storage.vault import Keyring
from tests.support.office import Office, open_office


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path) as world:
        yield world


async def test_what_cannot_be_signed_now_is_signed_later(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    sign = office.store.audit.sign
    tries: list[bool] = []
    is_signed = asyncio.Event()

    async def try_to_sign(at: float) -> bool:
        tries.append(len(tries) > 0)
        if not tries[-1]:
            raise Unavailable("gone")
        outcome = await sign(at)
        is_signed.set()
        return outcome

    monkeypatch.setattr(office.store.audit, "sign", try_to_sign)
    monkeypatch.setattr(notary, "_RETRY_S", 0)
    keeping = asyncio.create_task(Notary(office).keep())
    await asyncio.wait_for(is_signed.wait(), 5)
    keeping.cancel()
    assert "waits to be signed: gone" in caplog.text
    assert "not signed" not in caplog.text
    assert (await office.store.audit.verify()).signed.count == 1


async def test_that_there_is_no_key_for_it_is_said(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    bare = Keyring(office.loaded.keyring.index, office.loaded.keyring.masters)
    office.loaded = replace(office.loaded, keyring=bare)
    with caplog.at_level(logging.WARNING):
        keeping = asyncio.create_task(Notary(office).keep())
        await asyncio.sleep(0)
        keeping.cancel()
    assert "the key file has no `signing` line" in caplog.text
