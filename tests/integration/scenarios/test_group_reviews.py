"""Reviews of groups on a real server: told ahead, due, decided; over kills, restarts, reloads, and rooms made anew."""

import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from xml.etree.ElementTree import Element

import pytest

from policy.group_ladder import MeasureKind
from storage.measures import Order
from tests.integration.scenarios.site import MODERATED, NOT_ALLOWED, UNHURRIED, Site, bounce, is_in, open_site
from tests.support.client import Client
from tests.support.patterns import show
from tests.support.waiting import tries

pytestmark = pytest.mark.asyncio(loop_scope="module")

OWNER = "http://jabber.org/protocol/muc#owner"
TITLES = '[categories.general]\ntitle = { en = "General" }\n'


def config(every: str = "2s", ahead: str = "1s", within: str = "30d") -> str:
    """Every group is due so long after its founding or last review."""
    times = f'tell_before = "{ahead}"\nwithin = "{within}"\nnotify_every = "0s"\n'
    return f'[reviews]\n{times}{TITLES}review_every = "{every}"\n{UNHURRIED}{MODERATED}'


@asynccontextmanager
async def open_reviewed(settings: str) -> AsyncIterator[tuple[Site, Client, str]]:
    """A site with one group, and its owner."""
    async with open_site(settings) as site:
        room, (anna,) = await site.gather("anna")
        site.roomkeeper.hang_up()  # which looks at all groups at once, not within a minute
        yield site, anna, room


async def pick(site: Site, moderator: Client, room: str) -> str:
    """The number of the group's review, once it is in the moderators' queue."""
    for _ in tries():  # each waits for its answer
        answer = await moderator.iq("get", "<query xmlns='jabber:iq:version'/>", site.service)
        assert answer is not None
        for review in await site.store.reviews.waiting(limit=50):
            if review.room.jid == room:
                return str(review.number)
    raise AssertionError(f"{room} is not due")


async def decide(site: Site, moderator: Client, number: str, deed: str, *more: Mapping[str, str]) -> Element:
    done = await site.command(
        moderator, "group-reviews", {"review": number}, {"deed": deed}, {"reason": "Looked at it"}, *more
    )
    assert done.get("status") == "completed", show(done)
    return done


async def test_a_group_falls_due_everybody_is_told_and_it_may_stay() -> None:
    async with open_reviewed(config()) as (site, anna, room):
        moderator = await site.moderator()
        await moderator.presence()
        told = await site.told(anna, "will review your group")
        assert room in told
        number = await pick(site, moderator, room)
        await site.told(moderator, "group-reviews")
        form = await site.command(moderator, "group-reviews", {"review": number})
        assert f"owner: {anna.bare}" in show(form)
        await decide(site, moderator, number, "keep")
        await site.told(anna, "stays as it is. Looked at it.")
        page = show(await site.command(anna, "info", {"room": room}))
        assert "last reviewed on" in page


async def test_a_review_that_nobody_decides_is_overdue_over_a_restart_and_may_end_in_a_suspension() -> None:
    async with open_reviewed(config(within="2s")) as (site, anna, room):
        moderator = await site.moderator()
        await moderator.presence()
        number = await pick(site, moderator, room)
        await site.roomkeeper.stop()
        await site.roomkeeper.start()
        await site.told(moderator, "overdue")
        assert await pick(site, moderator, room) == number
        status, page = await site.roomkeeper.run("stats")
        assert status == 0
        assert "1 overdue" in page
        await decide(site, moderator, number, "suspend", {"confirm": "1"})
        await site.told(anna, "has been suspended")
        await bounce(anna, await anna.say(room, "hello"), NOT_ALLOWED)


async def test_killed_before_it_is_due_it_is_due_once_after_the_start() -> None:
    async with open_reviewed(config(every="3s", ahead="2s")) as (site, anna, room):
        moderator = await site.moderator()
        await moderator.presence()
        await site.told(anna, "will review your group")
        await site.roomkeeper.kill()
        await site.roomkeeper.start()
        await pick(site, moderator, room)
        await site.told(moderator, "One group is due")
        assert len(await site.store.reviews.waiting(limit=9)) == 1


async def test_killed_right_after_a_decision_what_follows_from_it_follows_after_the_start() -> None:
    async with open_reviewed(config()) as (site, anna, room):
        number = int(await pick(site, await site.moderator(), room))
        await site.roomkeeper.kill()
        (review,) = await site.store.reviews.waiting(limit=9)
        order = Order(
            code=review.room.code, kind=MeasureKind.SUSPEND, rule="moderator", reason="Adverts", by="m@x", after=None
        )
        assert await site.store.reviews.decide(number, time.time(), by="m@x", reason="Adverts", order=order)
        await site.roomkeeper.start()
        await site.told(anna, "has been suspended; reading still works. Reason: Adverts.")
        await bounce(anna, await anna.say(room, "hello"), NOT_ALLOWED)


async def test_killed_right_after_it_was_said_that_a_group_may_stay_its_owner_hears_of_it_after_the_start() -> None:
    async with open_reviewed(config()) as (site, anna, room):
        number = int(await pick(site, await site.moderator(), room))
        await site.roomkeeper.kill()
        assert await site.store.reviews.decide(number, time.time(), by="m@x", reason="Fine", order=None)
        await site.roomkeeper.start()
        await site.told(anna, "stays as it is. Fine.")


async def test_a_shorter_period_holds_from_the_reload_on() -> None:
    async with open_reviewed(config(every="365d")) as (site, anna, room):
        moderator = await site.moderator()
        assert await site.store.reviews.waiting(limit=9) == ()
        site.roomkeeper.configure(config(every="2s"))
        site.roomkeeper.hang_up()
        await site.told(anna, "will review your group")
        await pick(site, moderator, room)


async def test_a_group_that_is_destroyed_and_made_anew_is_still_due() -> None:
    async with open_reviewed(config()) as (site, anna, room):
        moderator = await site.moderator()
        number = await pick(site, moderator, room)
        assert (await anna.iq("set", f"<query xmlns='{OWNER}'><destroy/></query>", room)).get("type") == "result"
        await anna.receive(f"<presence type='unavailable' from='{room}/{anna.user}'/>")
        assert is_in(await anna.join(room))
        assert await pick(site, moderator, room) == number


async def test_a_busy_group_is_due_though_its_category_asks_for_no_review() -> None:
    settings = (
        '[reviews]\ntell_before = "0s"\nnotify_every = "0s"\n'
        '[activity.quiet]\n[activity.busy]\nmessages = 2\nmembers = 1\nreview_every = "1s"\nneeds_managers = 2\n'
    )
    async with open_reviewed(settings + UNHURRIED + MODERATED) as (site, anna, room):
        moderator = await site.moderator()
        for text in ("hello", "anybody?"):
            await anna.say(room, text)
            await anna.hear(room, text)
        await site.roomkeeper.stop()  # what was counted is written down
        await site.roomkeeper.start()
        await site.told(anna, "should have 2 owners and admins and has 1")
        number = await pick(site, moderator, room)
        form = await site.command(moderator, "group-reviews", {"review": number})
        assert "should have 2" in show(form)
