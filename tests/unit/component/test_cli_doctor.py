"""`roomkeeper doctor` against a server that answers as told: each finding, and what to do about it."""

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from component.doctor import Finding, State, examine
from config.settings import Xmpp

MUC = "rooms.example.org"
DOMAIN = "keeper.example.org"
SECRET = "s3cret"
HOOK = "urn:roomkeeper:hook:1"
ITEMS = "http://jabber.org/protocol/disco#items"
INFO = "http://jabber.org/protocol/disco#info"
Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
CONFERENCE = f"<query xmlns='{INFO}'><identity category='conference' type='text'/></query>"


def time_element(off_s: float = 0) -> str:
    told = datetime.now(UTC) + timedelta(seconds=off_s)
    return f"<time xmlns='urn:xmpp:time'><tzo>+00:00</tzo><utc>{told:%Y-%m-%dT%H:%M:%SZ}</utc></time>"


def items(*jids: str) -> str:
    listed = "".join(f"<item jid='{jid}'/>" for jid in jids)
    return f"<query xmlns='{ITEMS}'>{listed}</query>"


def refusal(condition: str) -> str:
    return f"<error type='cancel'><{condition} xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"


@dataclass
class Server:
    """Speaks XEP-0114 to one stream; `answers` holds payloads by address and namespace asked for."""

    answers: dict[tuple[str, str], str] = field(default_factory=dict)
    stream_error: str = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b">")
        writer.write(
            b"<stream:stream xmlns='jabber:component:accept' xmlns:stream='http://etherx.jabber.org/streams' id='x1'>"
        )
        token = await reader.readuntil(b"</handshake>")
        if hashlib.sha1(b"x1" + SECRET.encode(), usedforsecurity=False).hexdigest().encode() not in token:
            self.stream_error = "not-authorized"
        if self.stream_error:
            error = f"<{self.stream_error} xmlns='urn:ietf:params:xml:ns:xmpp-streams'/>"
            writer.write(f"<stream:error>{error}</stream:error></stream:stream>".encode())
            return
        writer.write(b"<handshake/>")
        while True:
            self.answer((await reader.readuntil(b"</iq>")).decode(), writer)

    def answer(self, iq: str, writer: asyncio.StreamWriter) -> None:
        number, to, namespace = re.findall(r" id='(.*?)'.* to=\"(.*?)\".* xmlns='(.*?)'", iq)[0]
        kind = ITEMS + "#commands" if "node=" in iq else namespace
        payload = self.answers.get((to, kind), refusal("service-unavailable"))
        answered = "error" if payload.startswith("<error") else "result"
        noise = f"<message from='{MUC}' to='{DOMAIN}'><event xmlns='{HOOK}' type='left'/></message>"
        writer.write(f"{noise}<iq type='{answered}' id='{number}' from='{to}' to='{DOMAIN}'>{payload}</iq>".encode())


@asynccontextmanager
async def listening(
    serve: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
) -> AsyncIterator[Xmpp]:
    """Settings that lead to `serve`; on leaving, every stream is closed."""
    streams: list[asyncio.Future[None]] = []

    async def serve_and_close(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        streams.append(asyncio.get_running_loop().create_future())
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            await serve(reader, writer)
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()
        streams[-1].set_result(None)

    async with await asyncio.start_server(serve_and_close, "127.0.0.1") as server:
        yield Xmpp(domain=DOMAIN, muc=MUC, port=server.sockets[0].getsockname()[1])
        await asyncio.gather(*streams)


def healthy() -> dict[tuple[str, str], str]:
    return {
        (MUC, HOOK): f"<snapshot xmlns='{HOOK}'/>",
        (MUC, ITEMS + "#commands"): items(MUC),
        (MUC, INFO): f"<query xmlns='{INFO}'><feature var='urn:xmpp:mam:2'/></query>",
        ("example.org", "urn:xmpp:time"): time_element(),
        ("example.org", ITEMS): items(MUC, DOMAIN, "files.example.org"),
    }


async def findings(server: Server, secret: str = SECRET) -> tuple[bool, dict[str, Finding]]:
    told: list[Finding] = []
    async with listening(server.serve) as xmpp:
        is_well = await examine(xmpp, secret, told.append, timeout_s=2)
    return is_well, {finding.text.partition(":")[0]: finding for finding in told}


async def test_healthy_installation_is_well_in_every_point() -> None:
    is_well, found = await findings(Server(healthy()))
    assert is_well
    assert list(found) == ["server", "component", "hook", "admin", "archive", "clock", "bypass"]
    assert {finding.state for finding in found.values()} == {State.OK}


@pytest.mark.parametrize(
    ("address", "kind", "payload", "point", "advice"),
    [
        (MUC, HOOK, refusal("service-unavailable"), "hook", 'add "roomkeeper" to modules_enabled'),
        (MUC, HOOK, refusal("forbidden"), "hook", f'set roomkeeper_component = "{DOMAIN}"'),
        (MUC, HOOK, refusal("remote-server-not-found"), "hook", "put right xmpp.muc"),
        (MUC, ITEMS + "#commands", items(), "admin", f'add admins = {{ "{DOMAIN}" }} to Component "{MUC}"'),
    ],
)
async def test_fault_is_told_with_what_to_do(address: str, kind: str, payload: str, point: str, advice: str) -> None:
    is_well, found = await findings(Server({**healthy(), (address, kind): payload}))
    assert not is_well
    assert found[point].state is State.FAILED
    assert advice in found[point].text


async def test_a_service_without_an_archive_is_told_what_it_cannot_do_and_is_well() -> None:
    is_well, found = await findings(Server({**healthy(), (MUC, INFO): f"<query xmlns='{INFO}'/>"}))
    assert is_well
    assert found["archive"].state is State.NOTED
    assert '"muc_mam"' in found["archive"].text


@pytest.mark.parametrize("off_s", [300, -300])
async def test_clock_that_is_off_is_told_with_what_to_do(off_s: float) -> None:
    is_well, found = await findings(Server({**healthy(), ("example.org", "urn:xmpp:time"): time_element(off_s)}))
    assert not is_well
    assert found["clock"].state is State.FAILED
    assert "set both by NTP" in found["clock"].text


async def test_another_service_of_rooms_without_the_hook_is_a_bypass() -> None:
    answers = healthy() | {
        ("example.org", ITEMS): items(MUC, "chat.example.org", "kept.example.org"),
        ("chat.example.org", INFO): CONFERENCE,
        ("kept.example.org", INFO): CONFERENCE,
        ("kept.example.org", HOOK): refusal("forbidden"),  # has the hook, and another component
    }
    is_well, found = await findings(Server(answers))
    assert not is_well
    assert "rooms at chat.example.org are kept by nobody" in found["bypass"].text


async def test_what_the_server_does_not_tell_is_not_checked_and_no_fault() -> None:
    is_well, found = await findings(Server({(MUC, HOOK): f"<snapshot xmlns='{HOOK}'/>"}))
    assert is_well
    assert {point for point, finding in found.items() if finding.state is State.UNCHECKED} == {
        "admin",
        "clock",
        "bypass",
    }


async def test_running_roomkeeper_holds_the_stream_and_is_left_alone() -> None:
    is_well, found = await findings(Server(stream_error="conflict"))
    assert is_well
    assert "Roomkeeper is running" in found["component"].text
    assert found["hook, admin, clock, bypass"].state is State.UNCHECKED


@pytest.mark.parametrize(
    ("condition", "advice"),
    [("host-unknown", f'add Component "{DOMAIN}"'), ("policy-violation", "(policy-violation): look into its log")],
)
async def test_refused_stream_is_told_with_what_to_do(condition: str, advice: str) -> None:
    is_well, found = await findings(Server(stream_error=condition))
    assert not is_well
    assert advice in found["component"].text


async def test_wrong_secret_is_told_with_what_to_do() -> None:
    is_well, found = await findings(Server(), secret="other")
    assert not is_well
    assert "xmpp.secret_file" in found["component"].text


async def test_server_that_is_not_there_is_told() -> None:
    told: list[Finding] = []
    assert not await examine(Xmpp(domain=DOMAIN, muc=MUC, port=1), SECRET, told.append)
    assert "Connection refused" in told[-1].text


@pytest.mark.parametrize(
    ("greeting", "advice"), [(b"HTTP/1.1 400 Bad Request\r\n\r\n", "something else"), (b"", "without a word")]
)
async def test_something_else_on_the_port_is_told(greeting: bytes, advice: str) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b">")
        writer.write(greeting)

    told: list[Finding] = []
    async with listening(serve) as xmpp:
        assert not await examine(xmpp, SECRET, told.append, timeout_s=2)
    assert advice in told[-1].text


async def test_server_that_never_answers_is_told() -> None:
    async def serve(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        await reader.read()

    told: list[Finding] = []
    async with listening(serve) as xmpp:
        assert not await examine(xmpp, SECRET, told.append, timeout_s=0.05)
    assert "no answer" in told[-1].text
