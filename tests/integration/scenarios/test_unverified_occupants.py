"""Where joining needs no identity but posting does, somebody unverified may sit in a room and listen, no more."""

import pytest

from tests.integration.scenarios.site import UNVERIFIED, Site, bounce, expect, is_in

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = '[identity]\nrequired_for = ["create", "post"]\n'


async def test_a_listener_hears_and_is_not_heard_by_any_door(site: Site) -> None:
    anna, zoe = await site.person("anna"), await site.stranger("zoe", language="zh")
    room = site.room()
    expect(await zoe.join(room), UNVERIFIED, "建群", "zh-Hans")
    await anna.join(room)
    assert is_in(await zoe.join(room))
    await anna.say(room, "welcome")
    await zoe.hear(room, "welcome")

    await bounce(zoe, await zoe.say(room, "psst"), UNVERIFIED, "参与", "zh-Hans")
    await bounce(zoe, await zoe.chat(f"{room}/{anna.user}", "psst"), UNVERIFIED)
    expect(await zoe.join(room, "psst"), UNVERIFIED)  # a change of nickname
    await zoe.send(f"<presence id='status' to='{room}/{zoe.user}'><status>psst</status></presence>")
    expect(await zoe.receive("<presence id='status'/>"), UNVERIFIED)
    await zoe.send(f"<message type='groupchat' id='subject' to='{room}'><subject>psst</subject></message>")
    await bounce(zoe, "subject", UNVERIFIED)

    await zoe.send(f"<presence to='{room}/{zoe.user}'><show>away</show></presence>")
    await anna.receive(f"<presence from='{room}/{zoe.user}'><show>away</show></presence>")
    await zoe.leave(room)
    await anna.receive_none(
        "<message><body>psst</body></message>", until=f"<presence type='unavailable' from='{room}/{zoe.user}'/>"
    )
    assert not [each for each in anna.unread if "psst" in "".join(each.itertext()) or "psst" in each.get("from", "")]
