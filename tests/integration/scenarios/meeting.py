"""Two people in one room for a whole table of cases: what one says either comes back, or the other hears it."""

import itertools
from dataclasses import dataclass, field

from tests.integration.scenarios.site import CONTENT, Site, bounce
from tests.support.client import Client
from tests.support.patterns import show


@dataclass(slots=True, kw_only=True)
class Meeting:
    """Anna, who owns the room, and Ben, who tries things. Both stay for all cases of a file."""

    site: Site
    room: str
    anna: Client
    ben: Client
    _numbers: "itertools.count[int]" = field(default_factory=itertools.count)

    @property
    def number(self) -> int:
        """A number nobody has used."""
        return next(self._numbers)

    def message(self, payload: str, number: str, *, is_private: bool = False) -> str:
        """The XML of a message by Ben, to the room or to Anna through it."""
        to, kind = (f"{self.room}/{self.anna.user}", "chat") if is_private else (self.room, "groupchat")
        return f"<message type='{kind}' id='{number}' to='{to}' xml:lang='en'>{payload}</message>"

    async def is_refused(self, payload: str, rule: str, *, is_private: bool = False) -> None:
        """A message with this payload comes back and reaches nobody."""
        number = f"bad-{self.number}"
        await self.ben.send(self.message(payload, number, is_private=is_private))
        await bounce(self.ben, number, CONTENT, rule, "en")
        await self.nothing_came(number)

    async def is_heard(self, payload: str, *, is_private: bool = False) -> str:
        """A message with this payload reaches Anna; as it came."""
        number = f"good-{self.number}"
        await self.ben.send(self.message(payload, number, is_private=is_private))
        return show(await self.anna.receive(f"<message id='{number}' from='{self.room}/{self.ben.user}'/>"))

    async def nothing_came(self, *words: str) -> None:
        """Nothing that Anna has received so far and not looked at has any of these words in it."""
        marker = f"the end {self.number}"
        await self.ben.say(self.room, marker)
        await self.anna.hear(self.room, marker)
        seen = [text for text in map(show, self.anna.unread) if any(word in text for word in words)]
        self.anna.unread.clear()
        self.ben.unread.clear()
        assert seen == []


async def open_meeting(site: Site) -> Meeting:
    """Both join a new room, Anna first."""
    anna, ben = await site.person("anna", language="en"), await site.person("ben", language="en")
    room = site.room()
    await anna.join(room)
    await ben.join(room)
    return Meeting(site=site, room=room, anna=anna, ben=ben)
