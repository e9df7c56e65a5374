"""What the parts of a running component share; made once by `component/service.py`."""

import asyncio
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from component.identity.issuer import Issuers
from component.listening import Listening
from component.memory import Memory
from component.meter import Meter
from component.posts import Posts
from component.staff import Audience, may
from component.texts import Texts
from component.webclient import WebClient
from config.loader import Loaded
from config.settings import Settings
from policy.engine import Policy
from storage.store import Store

if TYPE_CHECKING:
    from component.performer import Performer
    from component.persons.registrar import Registrar


@dataclass(slots=True, kw_only=True)
class World:
    """INVARIANT: `loaded` and `policy` are swapped together, by a reload that succeeded."""

    loaded: Loaded
    policy: Policy
    store: Store
    memory: Memory
    texts: Texts
    meter: Meter = field(default_factory=Meter)
    posts: Posts = field(default_factory=Posts)
    listening: Listening = field(default_factory=Listening)
    web: WebClient = field(default_factory=WebClient)
    issuers: Issuers = field(init=False)
    something_waits: asyncio.Event = field(default_factory=asyncio.Event)  # for `component/identity/keeper.py`
    doorbell: asyncio.Event = field(default_factory=asyncio.Event)  # there is news for `component/porter.py`
    reloading: asyncio.Lock = field(default_factory=asyncio.Lock)  # one reload at a time
    duties: asyncio.Event = field(default_factory=asyncio.Event)  # something new for `component/persons/keeper.py`
    performer: "Performer" = field(init=False)  # made next, since it needs this world
    registrar: "Registrar" = field(init=False)  # likewise

    def __post_init__(self) -> None:
        """What rests on parts that are there already."""
        self.issuers = Issuers(self.web, self.now)

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self.loaded.settings

    def may(self, account: str, audience: Audience) -> bool:
        """Whether the account (bare JID) may run what is for this audience."""
        if audience is Audience.MANAGERS and self.memory.affiliations.managed_by(account):
            return True
        return may(account, audience, self.settings.staff)

    @staticmethod
    def now() -> float:
        """Unix seconds: the one clock of the component."""
        return time.time()
