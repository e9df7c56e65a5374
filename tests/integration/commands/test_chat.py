"""The same commands by chat over a real server, for clients that have no ad-hoc commands."""

import secrets
import time
from xml.sax.saxutils import escape

import pytest

from storage.documents import Entry
from tests.integration.scenarios.site import MODERATED, Site, is_in
from tests.support.client import Client

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = MODERATED


async def tell(site: Site, client: Client, body: str, answer: str) -> None:
    """Write to the component; its answer has these words."""
    await client.chat(site.service, body)
    await client.receive(f"<message type='chat' from='{site.service}'><body>{{has {escape(answer)}}}</body></message>")


async def register(site: Site) -> str:
    """Somebody the registry knows; their document's number."""
    number = secrets.token_hex(6)
    entry = Entry(document_type="id-card", document_number=number, name="王小明")
    await site.store.registry.put((entry,), time.time())
    return number


async def test_somebody_verifies_by_chat_and_is_let_in(site: Site) -> None:
    number, anna, room = await register(site), await site.stranger("anna", language="en"), site.room()
    assert not is_in(await anna.join(room))
    await tell(site, anna, "hello", "Write “help”")
    await tell(site, anna, "help", "verify: ")
    await tell(site, anna, "verify", "1. identity card")
    await tell(site, anna, "1", "Number of the document")
    await tell(site, anna, number, "Your name")
    await tell(site, anna, "王小明", "you are verified")
    assert is_in(await anna.join(room))


async def test_the_same_in_chinese(site: Site) -> None:
    number, wang, room = await register(site), await site.stranger("wang"), site.room()
    await tell(site, wang, "帮助", "验证: ")
    await tell(site, wang, "验证", "证件类型")
    await tell(site, wang, "身份证", "证件号码")
    await tell(site, wang, number, "姓名")
    await tell(site, wang, "王小明", "已通过实名验证")
    assert is_in(await wang.join(room))
    await tell(site, wang, "我的群", room)
    await tell(site, wang, "2", "永久退出")
    await tell(site, wang, "是", "您已退出")
    await tell(site, wang, "我的群", "还没有加入任何群")


async def test_a_moderator_bans_and_lifts_by_chat(site: Site) -> None:
    ben, moderator, room = await site.person("ben", language="en"), await site.moderator(), site.room()
    await ben.presence()
    await ben.join(room)
    await tell(site, moderator, f"sanction {ben.bare}", "Kind of sanction")
    await tell(site, moderator, "ban", "Room's address")
    await tell(site, moderator, room, "For how long")
    await tell(site, moderator, "1d", "Reason")
    await tell(site, moderator, "Shouting", "may not come back")
    await tell(site, moderator, "yes", "Done")
    await ben.receive("<message type='chat'><body>{has You have been banned}</body></message>")
    await ben.receive(f"<presence type='unavailable' from='{room}/{ben.user}'/>")
    await tell(site, ben, "status", "Shouting")
    await tell(site, moderator, f"lift {ben.bare}", "Which one")
    await tell(site, moderator, "1", "Was it right")
    await tell(site, moderator, "1", "Reason")
    await tell(site, moderator, "Sorry", "has ended")
    await ben.receive("<message type='chat'><body>{has has been lifted}</body></message>")
    assert is_in(await ben.join(room))


async def test_errors_and_chatter_are_not_answered(site: Site) -> None:
    anna = await site.stranger("anna", language="en")
    for quiet in (
        f"<message type='error' to='{site.service}'><body>help</body></message>",
        f"<message type='headline' to='{site.service}'><body>help</body></message>",
        f"<message type='chat' to='{site.service}'><composing xmlns='http://jabber.org/protocol/chatstates'/></message>",
    ):
        await anna.send(quiet)
    await anna.chat(site.service, "status")
    await anna.receive_none(
        "<message><body>{has verify: }</body></message>",
        until="<message type='chat'><body>{has To object or to ask}</body></message>",
    )


async def test_the_component_can_be_kept_among_contacts(site: Site) -> None:
    anna = await site.stranger("anna")
    await anna.presence()
    await anna.send(f"<presence type='subscribe' to='{site.service}'/>")
    await anna.receive(f"<presence from='{site.service}'/>")  # available: Prosody keeps "subscribed" to itself
