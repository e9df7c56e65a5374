"""What waits too long for staff on a real server: they are told once, also when the component is killed and is back."""

import pytest

from tests.integration.scenarios.site import MODERATED, UNHURRIED, Site
from tests.support.patterns import show

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = '[queues]\nresponse_time = "1s"\nnotify_every = "0s"\n' + UNHURRIED + MODERATED


async def test_an_appeal_that_waits_too_long_is_told_once_and_marked_where_it_is_listed(site: Site) -> None:
    room, (_, ben) = await site.gather("anna", "ben")
    judge, other = await site.moderator(), await site.moderator()
    await other.presence()
    number = await site.sanction(judge, ben.bare, "mute", room=room, length="1h")
    done = await site.command(ben, "appeal", {"against": f"sanction {number}"}, {"words": "It was not me"})
    assert done.get("status") == "completed", show(done)
    assert "Appeals: 1 (appeals)" in await site.told(other, "overdue")
    listed = await site.command(other, "appeals")
    assert "overdue" in show(listed)
    await site.roomkeeper.kill()
    await site.roomkeeper.start()
    again = await site.sanction(judge, ben.bare, "mute", room=room, length="1h")
    done = await site.command(ben, "appeal", {"against": f"sanction {again}"}, {"words": "Nor that"})
    assert "Appeals: 1 (appeals)" in await site.told(other, "overdue")  # the new one alone
