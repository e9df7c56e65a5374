"""The private server and the raw client do what every scenario relies on."""

import secrets

import pytest

from tests.support.client import Client, RefusedError
from tests.support.patterns import matches
from tests.support.prosody import Prosody


async def test_two_users_talk_in_a_room_of_a_private_server() -> None:
    async with Prosody(hook=False) as prosody:
        anna = await Client.connect(prosody.c2s_port, "anna", language="zh-Hans")
        ben = await Client.connect(prosody.c2s_port, "ben")
        room = f"{secrets.token_hex(4)}@{prosody.muc}"
        assert matches("<presence><x xmlns='http://jabber.org/protocol/muc#user'/></presence>", await anna.join(room))
        await ben.join(room)
        await anna.say(room, "hello <ben>")
        heard = await ben.hear(room, "hello <ben>")
        assert matches(f"<message from='{room}/anna' xml:lang='zh-Hans'/>", heard)
        await ben.leave(room)
        assert matches("<presence type='error'/>", await anna.join("room@nowhere.localhost"))
        await anna.close()
        await ben.close()


async def test_what_nobody_may_see_is_noticed_without_waiting() -> None:
    async with Prosody(hook=False) as prosody:
        anna = await Client.connect(prosody.c2s_port, "anna")
        room = f"{secrets.token_hex(4)}@{prosody.muc}"
        await anna.join(room)
        await anna.say(room, "first")
        await anna.say(room, "second")
        await anna.receive_none("<message><body>never</body></message>", until="<message><body>first</body></message>")
        await anna.say(room, "third")
        with pytest.raises(AssertionError, match=r"anna must not see .*second"):
            await anna.receive_none(
                "<message><body>second</body></message>", until="<message><body>third</body></message>"
            )
        anna.abort()


async def test_accounts_and_rooms_outlive_a_restart_when_asked_to() -> None:
    accounts = {"anna": "wonder land"}
    async with Prosody(
        hook=False, accounts=accounts, storage="internal", muc_options={"muc_room_default_persistent": True}
    ) as prosody:
        room = f"{secrets.token_hex(4)}@{prosody.muc}"
        with pytest.raises(RefusedError):
            await Client.connect(prosody.c2s_port, "anna", password="wrong")
        anna = await Client.connect(prosody.c2s_port, "anna", password="wonder land")
        await anna.join(room)
        await prosody.stop()
        await prosody.start()
        ben = await Client.connect(prosody.c2s_port, "anna", password="wonder land", resource="again")
        answer = await ben.iq("get", "<query xmlns='http://jabber.org/protocol/disco#info'/>", room)
        assert matches("<iq type='result'/>", answer)
        await ben.close()
