"""Everything one scenario plays on: a private Prosody with the hook, the real component, and the people.

Knows how people become verified without a dialogue and how a command is run; expects nothing of either.
"""

import itertools
import secrets
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape, quoteattr

from storage.documents import Entry
from storage.registry import ClaimResult
from storage.store import Store
from storage.vault import Keyring
from tests.support.client import Client
from tests.support.patterns import matches, show
from tests.support.prosody import Prosody
from tests.support.roomkeeper import Roomkeeper
from tests.support.waiting import tries

COMMANDS = "http://jabber.org/protocol/commands"
STANZAS = "urn:ietf:params:xml:ns:xmpp-stanzas"
HOOK = "urn:roomkeeper:hook:1"

UNHURRIED = """
[[credit.tiers]]
name = "standard"
threshold = 0
message_rate = 100000.0
message_burst = 100000
"""
"""One tier that nobody can be too fast for."""

_MODERATORS = tuple(f"moderator{number}" for number in range(20))  # many: each may run only so many commands a minute
MODERATED = f"[staff]\nmoderators = {[f'{user}@localhost' for user in _MODERATORS]}\n"


@dataclass(slots=True, kw_only=True)
class Site:
    """`async with open_site(…) as site:` starts one. Names are made unique, so that many scenarios share a site."""

    prosody: Prosody
    roomkeeper: Roomkeeper
    store: Store  # the component's own database, seen from outside
    other: Roomkeeper | None = None  # a second instance: see pair.py
    clients: list[Client] = field(default_factory=list)
    _moderators: "itertools.cycle[str]" = field(default_factory=lambda: itertools.cycle(_MODERATORS))

    @property
    def service(self) -> str:
        """The component's domain."""
        return self.prosody.component

    def room(self, name: str = "room") -> str:
        """An address nobody has used."""
        return f"{name}-{secrets.token_hex(4)}@{self.prosody.muc}"

    async def stranger(self, name: str, *, language: str | None = None) -> Client:
        """Log in somebody new whom nobody knows."""
        return await self.log_in(f"{name}-{secrets.token_hex(3)}", language=language)

    async def person(self, name: str, *, language: str | None = None) -> Client:
        """Log in somebody new who is verified, and whose account's language is known."""
        client = await self.stranger(name, language=language)
        if language is not None:
            await self.store.people.set_language(client.bare, language)
        await self.verify(client.bare)
        return client

    async def gather(self, *names: str) -> tuple[str, list[Client]]:
        """A room that the first of these made; all of them hear what Roomkeeper tells them."""
        room = self.room()
        people = [await self.person(name, language="en") for name in names]
        for client in people:
            await client.presence()
            assert is_in(await client.join(room))
        return room, people

    async def told(self, client: Client, words: str) -> str:
        """Wait until Roomkeeper tells them something with these words in it; all of it."""
        return show(await client.receive(f"<message from='{self.service}'><body>{{has {words}}}</body></message>"))

    async def log_in(self, user: str, *, language: str | None = None, resource: str = "client") -> Client:
        """Log in by exactly this user name."""
        client = await Client.connect(self.prosody.c2s_port, user, language=language, resource=resource)
        self.clients.append(client)
        return client

    async def moderator(self) -> Client:
        """Log in one of those whom `MODERATED` names."""
        return await self.log_in(next(self._moderators), resource=secrets.token_hex(3))

    async def verify(self, *accounts: str) -> int:
        """Make one verified person of these accounts; the person's number. They must not have been seen before."""
        entry = Entry(document_type="passport", document_number=secrets.token_hex(8), name="Anybody")
        await self.store.registry.put((entry,), time.time())
        number = 0
        for account in accounts:
            number = await self.claim(account, entry)
        return number

    async def claim(self, account: str, entry: Entry) -> int:
        """Bind an account to whoever the registry knows by this entry."""
        claim = await self.store.registry.claim(
            account,
            entry,
            time.time(),
            max_accounts=10,
            attempts=10,
            window_s=60,
            start_score=60,
            tier="standard",
        )
        assert claim.result is ClaimResult.BOUND, claim
        assert claim.person is not None
        return claim.person.number

    async def command(self, client: Client, name: str, *forms: Mapping[str, str]) -> Element:
        """Run an ad-hoc command and submit a form for each of its steps; the last <command/>."""
        node = quoteattr(f"urn:roomkeeper:cmd:{name}")
        answer = await client.iq("set", f"<command xmlns='{COMMANDS}' node={node} action='execute'/>", self.service)
        for form in forms:
            assert answer.get("type") == "result", show(answer)
            session = quoteattr(answer[0].get("sessionid", ""))
            fields = "".join(
                f"<field var={quoteattr(var)}><value>{escape(value)}</value></field>" for var, value in form.items()
            )
            answer = await client.iq(
                "set",
                f"<command xmlns='{COMMANDS}' node={node} sessionid={session}>"
                f"<x xmlns='jabber:x:data' type='submit'>{fields}</x></command>",
                self.service,
            )
        assert answer.get("type") == "result", show(answer)
        return answer[0]

    async def sanction(self, moderator: Client, whom: str, kind: str, *, room: str = "", length: str = "") -> str:
        """Impose a sanction by the command; its number."""
        order = {"target": whom, "kind": kind, "room": room, "length": length, "reason": "Shouting"}
        done = await self.command(moderator, "sanction", order, {"confirm": "1"})
        assert done.get("status") == "completed", show(done)
        digits = "".join(each if each.isdigit() else " " for each in done.findtext("{*}note") or "").split()
        return digits[0]

    async def leave_for_good(self, client: Client, room: str) -> None:
        """Give a membership up by the command."""
        done = await self.command(client, "my-rooms", {"leave": room}, {"confirm": "1"})
        assert done.get("status") == "completed", show(done)

    async def holder(self, account: str) -> str:
        """Storage's name for whoever holds this account's places."""
        return (await self.store.people.holders_of((account,)))[0]

    async def places(self, account: str) -> set[str]:
        """The rooms an account holds places in, pending ones included."""
        memberships = await self.store.rooms.memberships_of(await self.holder(account))
        return {membership.room.jid for membership in memberships}

    async def dismiss(self) -> None:
        """Hang up on everybody."""
        while self.clients:
            self.clients.pop().abort()


@asynccontextmanager
async def open_site(
    config: str = "",
    database: str | None = None,
    /,
    **prosody: Any,  # noqa: ANN401 - Prosody's own fields
) -> AsyncIterator[Site]:
    """Start a server, the component beside it, and a second way into its database (URL; None: SQLite's file)."""
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(Prosody(**prosody))
        roomkeeper = Roomkeeper(prosody=server, config=in_database(config, database))
        if database is not None:
            roomkeeper.prepare()
            status, said = await roomkeeper.run("migrate")
            assert status == 0, said
        await stack.enter_async_context(roomkeeper)
        store = await open_store(roomkeeper.path.parent, database)
        stack.push_async_callback(store.close)
        site = Site(prosody=server, roomkeeper=roomkeeper, store=store)
        stack.push_async_callback(site.dismiss)
        yield site


def in_database(config: str, url: str | None) -> str:
    """The config with this database in it."""
    if url is None:
        return config
    table = f'[storage]\nurl = "{url}"\n'
    return config.replace("[storage]\n", table) if "[storage]\n" in config else f"{table}{config}"


async def open_store(folder: Path, url: str | None = None) -> Store:
    """Open the database of a component that has its files there."""
    return await Store.open(url or f"sqlite:///{folder / 'roomkeeper.db'}", Keyring.load(folder / "vault.keys"))


Error = tuple[str, str]
"""Condition and type of a stanza error (RFC 6120 §8.3)."""

UNVERIFIED: Error = ("registration-required", "auth")
BARRED: Error = ("forbidden", "auth")
FULL: Error = ("resource-constraint", "wait")
CROWDED: Error = ("service-unavailable", "wait")
CONTENT: Error = ("policy-violation", "modify")
TOO_FAST: Error = ("policy-violation", "wait")
NOT_ALLOWED: Error = ("not-allowed", "cancel")
FAULT: Error = ("internal-server-error", "wait")
AWAY: Error = ("remote-server-timeout", "wait")


def expect(stanza: Element, error: Error, text: str = "", language: str = "") -> None:
    """It is bounced with this error, and its text has these words and is in this language."""
    condition, kind = error
    stated = f" xml:lang={quoteattr(language)}" if language else ""
    told = f"<text xmlns='{STANZAS}'{stated}>{{has {escape(text)}}}</text>" if text or stated else ""
    name = stanza.tag.rpartition("}")[2]
    pattern = f"<{name} type='error'><error type='{kind}'><{condition} xmlns='{STANZAS}'/>{told}</error></{name}>"
    assert matches(pattern, stanza), f"not {pattern}\nbut {show(stanza)}"


async def bounce(client: Client, number: str, error: Error, text: str = "", language: str = "") -> None:
    """The message with this id comes back with this error."""
    expect(await client.receive(f"<message type='error' id='{number}'/>"), error, text, language)


def is_in(presence: Element) -> bool:
    """Whether the answer to a join is the own presence."""
    return presence.get("type") is None


async def join_in_the_end(client: Client, address: Callable[[], str], error: Error) -> str:
    """Join as soon as it is allowed, refused with this error until then; the room that it was."""
    for _ in tries():  # each waits for its answer
        room = address()
        answer = await client.join(room)
        if is_in(answer):
            return room
        expect(answer, error)
    raise AssertionError(client.show_transcript())
