"""SIGTERM: what is under way is finished, nothing is lost, and it is over within ten seconds, come what may."""

import asyncio
import sqlite3
import time
from contextlib import closing

from tests.integration.scenarios.site import UNHURRIED, is_in, open_site
from tests.integration.scenarios.talk import Talk, check, drain


async def test_stopped_and_started_under_load_every_message_is_delivered_once() -> None:
    async with open_site(UNHURRIED) as site:
        room = site.room()
        listener, *talkers = [Talk(client=await site.person("talker"), room=room) for _ in range(4)]
        for talk in (listener, *talkers):
            assert is_in(await talk.client.join(room))
        talking = [asyncio.create_task(talk.go_on(lambda talk: len(talk.said) == 150)) for talk in talkers]
        await talkers[0].wait_for(30)
        begun = time.monotonic()
        assert await site.roomkeeper.stop() == 0
        assert time.monotonic() - begun < 10
        await site.roomkeeper.start()
        await asyncio.gather(*talking)
        check(talkers, await drain(listener.client, room))
        assert not any(talk.bounced for talk in talkers)


async def test_denials_noted_a_moment_ago_are_in_the_audit_after_a_stop() -> None:
    async with open_site() as site:
        zoe = await site.stranger("zoe")
        room = site.room()
        assert not is_in(await zoe.join(room))
        assert await site.roomkeeper.stop() == 0
        entries = await site.store.audit.read(50)
        assert any(record.entry.deed == "denied" and record.entry.actor == zoe.bare for record in entries)
        status, said = await site.roomkeeper.run("audit", "verify")
        assert status == 0, said


async def test_with_the_database_locked_it_still_ends_within_ten_seconds() -> None:
    async with open_site(UNHURRIED) as site:
        anna = await site.person("anna")
        assert is_in(await anna.join(site.room()))
        with closing(sqlite3.connect(site.roomkeeper.path.parent / "roomkeeper.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            for _ in range(5):
                await anna.send(f"<presence to='{site.room()}/anna'/>")
            await anna.say(f"nowhere@{site.prosody.muc}", "hello")  # answered, so the others are under way
            begun = time.monotonic()
            status = await site.roomkeeper.stop()
            assert time.monotonic() - begun < 10
            assert status == 0
            other.execute("ROLLBACK")
