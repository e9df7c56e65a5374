"""The stream to the server: refused, lost, made anew, and in step again without anybody's help."""

from pathlib import Path

from tests.integration.scenarios.site import UNHURRIED, Site, is_in, open_site
from tests.support.prosody import Prosody
from tests.support.roomkeeper import Roomkeeper


async def test_a_wrong_secret_is_said_clearly_and_tried_again(tmp_path: Path) -> None:
    async with Prosody() as prosody:
        roomkeeper = Roomkeeper(prosody=prosody, folder=tmp_path)
        roomkeeper.prepare()
        roomkeeper.path.write_text(roomkeeper.path.read_text().replace(prosody.secret, "another-secret"))
        await roomkeeper.start(is_ready=False)
        try:
            line = await roomkeeper.wait_for_line("not-authorized")
            assert "xmpp.secret" in line
            await roomkeeper.wait_for_line("not-authorized", after=roomkeeper.lines.index(line) + 1)
            assert not any("ready" in line for line in roomkeeper.lines)
        finally:
            assert await roomkeeper.stop() == 0


async def test_a_server_that_is_not_there_yet_is_waited_for(tmp_path: Path) -> None:
    async with Prosody() as prosody:
        await prosody.stop()
        roomkeeper = Roomkeeper(prosody=prosody, folder=tmp_path)
        roomkeeper.prepare()
        await roomkeeper.start(is_ready=False)
        try:
            await roomkeeper.wait_for_line("cannot reach|lost")
            await prosody.start()
            await roomkeeper.wait_for_line("ready")
        finally:
            assert await roomkeeper.stop() == 0


async def test_after_a_restart_of_the_server_the_component_is_back_and_in_step() -> None:
    config = "[quotas]\nrooms_created = 1\n" + UNHURRIED
    async with open_site(config, storage="internal") as site:
        anna = await site.person("anna")
        temporary = site.room("temporary")
        assert is_in(await anna.join(temporary))
        await restart(site)
        anna = await site.log_in(anna.user)
        another = site.room("another")
        assert is_in(await anna.join(another))  # the room that did not outlive the restart holds no place
        assert await site.places(anna.bare) == {another}
        await anna.say(another, "here again")
        await anna.hear(another, "here again")


async def test_a_server_that_crashes_is_waited_for_and_its_lasting_rooms_keep_their_members() -> None:
    async with open_site(UNHURRIED, storage="internal", muc_options={"muc_room_default_persistent": True}) as site:
        anna, ben = await site.person("anna"), await site.person("ben")
        room = site.room()
        assert is_in(await anna.join(room))
        item = f"<item affiliation='member' jid='{ben.bare}'/>"  # with this the server puts the room on its disk
        granted = await anna.iq("set", f"<query xmlns='http://jabber.org/protocol/muc#admin'>{item}</query>", room)
        assert granted.get("type") == "result"
        await site.prosody.kill()
        await restart(site, is_stopped=True)
        for client in (anna, ben):
            assert await site.places(client.bare) == {room}
        ben = await site.log_in(ben.user)
        assert is_in(await ben.join(room))


async def restart(site: Site, *, is_stopped: bool = False) -> None:
    first = len(site.roomkeeper.lines)
    if not is_stopped:
        await site.prosody.stop()
    await site.prosody.start()
    await site.roomkeeper.wait_for_line("ready", after=first)
