"""Reports on a real server: made in the room, handled by its managers or left standing, and how they end."""

from xml.etree.ElementTree import Element

import pytest

from tests.integration.scenarios.desk import note_of, run
from tests.integration.scenarios.site import MODERATED, UNHURRIED, Site
from tests.support.patterns import show

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = (
    """
[manager]
response_time = "1h"
notify_every = "0s"
"""
    + UNHURRIED
    + MODERATED
)
WHAT = {"subject": "message", "grounds": "abuse"}


def number_of(command: Element) -> str:
    return note_of(command).partition("report no. ")[2].partition(".")[0]


async def test_a_report_made_in_the_room_is_handled_there_and_its_outcome_told(site: Site) -> None:
    room, (anna, ben, cleo) = await site.gather("anna", "ben", "cleo")
    await ben.say(room, "you fool")
    await cleo.hear(room, "you fool")
    words = {"quote": "you fool", "who": ben.user, "words": "please look"}
    number = number_of(await run(cleo, room, "report", WHAT, words))
    assert number
    await site.told(anna, "Something has been reported in")
    form = show(await run(anna, room, "reports"))
    assert "you fool" in form
    assert cleo.user not in form
    done = await run(anna, room, "reports", {"number": number, "deed": "warned"})
    assert done.get("status") == "completed", show(done)
    assert f"no. {number} about" in await site.told(cleo, "it was right")
    case = await site.store.discipline.case(int(number))
    assert case is not None
    assert (case.account, case.closed_by) == (ben.bare, anna.bare)


async def test_a_report_about_a_manager_is_the_moderators_from_the_start(site: Site) -> None:
    room, (anna, ben) = await site.gather("anna", "ben")
    done = await run(ben, room, "report", {"subject": "occupant", "grounds": "fraud"}, {"who": anna.user, "words": ""})
    assert "Moderators look at it" in note_of(done)
    assert "No report about" in note_of(await run(anna, room, "reports"))
    moderator = await site.moderator()
    case = next(each for each in await site.store.discipline.cases(room=room))
    decision = {"number": str(case.number), "decision": "upheld", "reason": "Yes"}
    closed = await site.command(moderator, "cases", decision)
    assert closed.get("status") == "completed", show(closed)
    await site.told(ben, "decided by moderators")


async def test_a_stranger_reports_by_chat_what_happened_in_a_room(site: Site) -> None:
    room, (_, ben) = await site.gather("anna", "ben")
    cleo = await site.stranger("cleo", language="en")
    await cleo.presence()
    for line, answer in (
        (f"report {room}", "What it is about"),
        ("somebody in the room", "What is wrong"),
        ("spam", "their nickname"),
        (ben.user, "Anything else"),
        ("-", "your report no."),
    ):
        await cleo.chat(site.service, line)
        await site.told(cleo, answer)
    (case,) = await site.store.discipline.cases(room=room)
    assert case.account == ben.bare


async def test_whoever_is_banned_everywhere_can_still_report(site: Site) -> None:
    room, (_, ben) = await site.gather("anna", "ben")
    await site.sanction(await site.moderator(), ben.bare, "ban", length="1h")
    await ben.receive(f"<presence type='unavailable' from='{room}/{ben.user}'/>")
    done = await run(ben, room, "report", {"subject": "room", "grounds": "other"}, {"words": "Unfair"})
    assert number_of(done)
