"""A world for commands without a server: real storage, real texts, a clock one can set, and a record of all effects."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from component.acts import Retraction, RoomRefusedError
from component.commands import COMMANDS
from component.dialogue import Command, Dialogue
from component.forms import Done, Form, Refused, accept
from component.journal import Journal
from component.memory import Memory
from component.performer import Performer
from component.persons.registrar import Registrar
from component.texts import Texts
from component.world import World
from config.loader import Loaded
from config.settings import Settings, Staff, Xmpp
from policy.actions import TakePlace
from policy.engine import compile_policy
from policy.hats import Hat
from storage.documents import Entry
from storage.store import Store
from storage.vault import Keyring
from tests.support.tables import lay

KEEPER = "keeper.example"
MUC = "rooms.example"
MODERATOR = "mod@example"
AUDITOR = "auditor@example"
ADMIN = "admin@example"
OFFICERS = ("officer@example", "second@office", "third@office")
OFFICER = OFFICERS[0]
MORNING = 1_800_000_000.0  # 15 January 2027, 08:00 UTC


class Clock:
    """The time, which stands still until it is set."""

    at = MORNING

    def __call__(self) -> float:
        return self.at


@dataclass(slots=True)
class Effects:
    """What would have been done in rooms and said to people (the face of `component.acts.Acts`)."""

    removed: list[tuple[str, str, str]] = field(default_factory=list)
    withdrawn: list[tuple[str, str]] = field(default_factory=list)
    said: list[tuple[str, str, str]] = field(default_factory=list)
    outdated: list[str | None] = field(default_factory=list)
    retracted: list[tuple[str, ...]] = field(default_factory=list)
    retraction: Retraction | None = Retraction(rooms=(), since=None, is_announced=True)  # noqa: RUF009 - frozen
    destroyed: list[tuple[str, str]] = field(default_factory=list)
    destroys: bool = True  # whether the server says so
    affiliations: dict[tuple[str, str], str] = field(default_factory=dict)
    unreachable: set[str] = field(default_factory=set)
    hears: bool = True  # whether the server takes what is said
    configured: list[tuple[str, tuple[tuple[str, str], ...]]] = field(default_factory=list)
    worn: list[tuple[str, str, Sequence[tuple[Hat, str]]]] = field(default_factory=list)
    shows: list[int] = field(default_factory=list)  # how many wearers were told of at once
    spoken: asyncio.Event = field(default_factory=asyncio.Event)

    def remove_occupant(self, room: str, nick: str, reason: str) -> None:
        self.removed.append((room, nick, reason))

    async def expel(self, room: str, nick: str, reason: str) -> None:
        if room in self.unreachable:
            raise RoomRefusedError(room)
        self.remove_occupant(room, nick, reason)

    async def is_heard(self) -> bool:
        return self.hears

    def withdraw_affiliation(self, room: str, account: str) -> None:
        self.withdrawn.append((room, account))

    def outdate_descriptions(self, room: str | None) -> None:
        self.outdated.append(room)

    def show_hats(self, wearers: Sequence[tuple[str, str, Sequence[tuple[Hat, str]]]]) -> None:
        self.worn += wearers
        self.shows.append(len(wearers))

    async def destroy_room(self, room: str, reason: str) -> bool:
        self.destroyed.append((room, reason))
        return self.destroys

    async def affiliation_of(self, room: str, account: str) -> str:
        if room in self.unreachable:
            raise RoomRefusedError(room)
        return self.affiliations.get((room, account), "none")

    async def affiliate(self, room: str, account: str, affiliation: str) -> None:
        if room in self.unreachable:
            raise RoomRefusedError(room)
        self.affiliations[room, account] = affiliation

    def configure(self, room: str, fields: tuple[tuple[str, str], ...]) -> None:
        self.configured.append((room, fields))

    def send_chat(self, to: str, text: str, language: str) -> None:
        self.said.append((to, text, language))
        self.spoken.set()

    async def retract_from(self, account: str, room: str | None, back_s: float, reason: str) -> Retraction | None:
        self.retracted.append((account, room or "", str(back_s), reason))
        return self.retraction

    async def retract_one(self, room: str, stanza_id: str, reason: str) -> Retraction | None:
        self.retracted.append((room, stanza_id, reason))
        return self.retraction


class Office(World):
    """A world of one's own. `clock` is its time, `effects` is what it did."""

    __slots__ = ("clock", "effects")

    clock: Clock
    effects: Effects

    def now(self) -> float:  # type: ignore[override] # the real one needs no self
        return self.clock()

    def settle(self, **sections: object) -> None:
        """Other settings from now on, by section."""
        settings = self.settings
        values = {name: sections.get(name, getattr(settings, name)) for name in settings.__struct_fields__}
        object.__setattr__(self.loaded, "settings", Settings(**values))  # type: ignore[arg-type]

    # people and rooms

    async def verified(self, account: str, number: str = "A1", name: str = "Juliet Capulet") -> int:
        """Somebody known and verified; their person's number."""
        entry = Entry(document_type="passport", document_number=number, name=name)
        await self.store.registry.put([entry], self.now())
        claim = await self.store.registry.claim(
            account,
            entry,
            self.now(),
            max_accounts=3,
            attempts=5,
            window_s=3600,
            start_score=60,
            tier="standard",
        )
        assert claim.person is not None
        self.memory.forget(account)
        return claim.person.number

    async def member(self, account: str, room: str, *, creates: bool = False) -> None:
        """A confirmed place in a room."""
        known = await self.memory.known(account)
        place = TakePlace(
            account=account,
            person=None if known.person is None else known.person.number,
            room=room,
            is_creation=creates,
            created_limit=None,
            joined_limit=None,
            members_limit=None,
        )
        await self.store.rooms.take(place, self.now())
        await self.store.rooms.confirm(known.holder, room, self.now())

    # running commands

    async def run(
        self, name: str, account: str, *answers: Mapping[str, str], language: str = "en"
    ) -> Form | Done | Refused:
        """Run a command through these answers; what came last. Every answer must suit its form."""
        dialogue = Dialogue(command_named(name), self, account, language)
        outcome = await dialogue.begin()
        for given in answers:
            assert isinstance(outcome, Form), outcome
            filled = {asked.var: asked.value for asked in outcome.fields if asked.is_asked}
            assert not given.keys() - filled.keys(), f"the form asks for {sorted(filled)}"
            accepted, fault = accept(outcome, {**filled, **given})
            assert fault is None, fault
            outcome = await dialogue.answer(accepted)
        return outcome

    async def deeds(self) -> list[str]:
        """What the audit says was done, oldest first."""
        return [record.entry.deed for record in reversed(await self.store.audit.read(100))]


def command_named(name: str) -> Command:
    return next(command for command in COMMANDS if command.name == name)


@asynccontextmanager
async def open_office(folder: Path, **sections: object) -> AsyncIterator[Office]:
    """A world over a new database in `folder`, with the keys that are there or new ones."""
    staff = Staff(moderators=(MODERATOR,), identity_officers=OFFICERS, auditors=(AUDITOR,), admins=(ADMIN,))
    settings = Settings(**{"xmpp": Xmpp(domain=KEEPER, muc=MUC), "staff": staff, **sections})  # type: ignore[arg-type]
    keys = folder / "vault.keys"
    keyring = Keyring.load(keys) if keys.exists() else Keyring.parse(Keyring.generate())
    loaded = Loaded(
        path=folder / "roomkeeper.toml",
        settings=settings,
        words={},
        packs=(),
        rules_text={"en": "Be kind.\nNo advertising.", "zh-Hans": "请友善。"},
        secret="",
        storage_url=f"sqlite:///{folder / 'roomkeeper.db'}",
        keyring=keyring,
    )
    clock = Clock()
    lay(folder / "roomkeeper.db")
    store = await Store.open(loaded.storage_url, keyring)
    try:
        world = Office(
            loaded=loaded,
            policy=compile_policy(settings, {}),
            store=store,
            memory=Memory(store, settings, clock),
            texts=Texts(settings.xmpp.language, KEEPER),
        )
        world.clock, world.effects = clock, Effects()
        world.performer = Performer(world, world.effects, Journal(store))  # type: ignore[arg-type] # a recorder
        world.registrar = Registrar(world, world.effects)  # type: ignore[arg-type] # likewise
        world.meter.is_in_step = True
        yield world
    finally:
        await store.close()
