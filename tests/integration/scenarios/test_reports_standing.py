"""A report that nobody handles in time, on a real server: the moderators' then, and one strike, also over a restart."""

import pytest

from tests.integration.scenarios.desk import note_of, run
from tests.integration.scenarios.site import MODERATED, UNHURRIED, Site
from tests.support.patterns import show

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = (
    """
[manager]
response_time = "1s"
notify_every = "0s"
"""
    + UNHURRIED
    + MODERATED
)


async def test_a_report_left_standing_costs_each_manager_one_strike_and_goes_to_the_moderators(site: Site) -> None:
    room, (anna, ben, cleo) = await site.gather("anna", "ben", "cleo")
    done = await run(cleo, room, "report", {"subject": "occupant", "grounds": "spam"}, {"who": ben.user, "words": ""})
    assert "managers look at it first" in note_of(done)
    await anna.receive(f"<message from='{site.service}'><body>{{has was left standing}}</body></message>")
    holder = await site.holder(anna.bare)
    for _ in range(2):
        await site.roomkeeper.kill()
        await site.roomkeeper.start()
    (strike,) = await site.store.manager_strikes.of(holder)
    (case,) = await site.store.discipline.cases(room=room)
    assert strike.cause.report == case.number
    moderator = await site.moderator()
    assert f"No. {case.number} " in show(await site.command(moderator, "cases"))
    decision = {"number": str(case.number), "decision": "overruled", "reason": "A misunderstanding"}
    closed = await site.command(moderator, "cases", decision)
    assert closed.get("status") == "completed", show(closed)
    await cleo.receive(f"<message from='{site.service}'><body>{{has nothing was found}}</body></message>")
    (strike,) = await site.store.manager_strikes.of(holder)
    assert strike.is_overruled
