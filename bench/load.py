"""The load generator: occupants over plain sockets, one thread, one epoll, bytes counted instead of parsed.

It has to be light, since it shares the machine with what it measures: of what comes in it only counts a mark that
every message's body carries once, so a delivery costs about as much as reading it from the socket.
"""

import base64
import random
import select
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

from bench.processes import cpu_s, machine_cpu_s

MARK = b"~mark~"
BODY = "We meet on Thursday at seven by the old bridge, bring the maps and something warm to drink please"
NICK = "occupant{}"
_STREAM = (
    "<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' "
    "version='1.0' to='{}'>"
)
_CHUNK = 1 << 18
_PATIENCE_S = 30
_SENDERS = 10


class BrokenRunError(Exception):
    """The server refused, lost or delayed something for too long: no figure can be trusted."""


@dataclass(slots=True, eq=False)
class Occupant:
    """One connection, logged in."""

    socket: socket.socket
    rest: bytes = b""  # too short to hold a mark, and perhaps its beginning

    @classmethod
    def connect(cls, port: int, user: str, domain: str) -> Self:
        """Log in by SASL PLAIN and bind, blocking."""
        self = cls(socket.create_connection(("127.0.0.1", port), _PATIENCE_S))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        token = base64.b64encode(f"\0{user}\0secret".encode()).decode()
        bind = "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>bench</resource></bind>"
        for said, answer in (
            (_STREAM.format(domain), b"</stream:features>"),
            (f"<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>{token}</auth>", b"<success"),
            (_STREAM.format(domain), b"</stream:features>"),
            (f"<iq type='set' id='bind'>{bind}</iq>", b"</iq>"),
        ):
            self.socket.sendall(said.encode())
            data = b""
            while answer not in data:
                if not (more := self.socket.recv(_CHUNK)):
                    raise BrokenRunError(f"{user} was not let in: {data!r}")
                data += more
        return self


@dataclass(slots=True)
class Throughput:
    """One round under full load."""

    messages: float  # deliveries by occupants
    elapsed_s: float
    server_cpu_s: float
    component_cpu_s: float
    own_cpu_s: float
    machine_cpu_s: float

    @property
    def foreign(self) -> float:
        """How many cores others kept busy meanwhile."""
        ours = self.server_cpu_s + self.component_cpu_s + self.own_cpu_s
        return max(0.0, self.machine_cpu_s - ours) / self.elapsed_s

    @property
    def rate(self) -> float:
        """Messages a second, each delivered to all."""
        return self.messages / self.elapsed_s


@dataclass(slots=True)
class Crowd:
    """Occupants who sit in the same rooms. Blocking: run it in a thread of its own."""

    port: int
    domain: str
    users: Sequence[str]
    occupants: list[Occupant] = field(default_factory=list)
    delivered: int = 0
    _epoll: select.epoll = field(default_factory=select.epoll)
    _by_fd: dict[int, Occupant] = field(default_factory=dict)
    _mark: bytes = MARK

    def connect(self) -> None:
        """Log everybody in."""
        for user in self.users:
            occupant = Occupant.connect(self.port, user, self.domain)
            self.occupants.append(occupant)
            self._by_fd[occupant.socket.fileno()] = occupant
            self._epoll.register(occupant.socket.fileno(), select.EPOLLIN)

    def close(self) -> None:
        """Hang up."""
        for occupant in self.occupants:
            occupant.socket.close()
        self._epoll.close()

    def join(self, room: str) -> None:
        """Take everybody into a room, one after the other."""
        self._mark = b"code='110'"
        for number, occupant in enumerate(self.occupants):
            history = "<x xmlns='http://jabber.org/protocol/muc'><history maxstanzas='0'/></x>"
            occupant.socket.sendall(f"<presence to='{room}/{NICK.format(number)}'>{history}</presence>".encode())
            self._pump_until(self.delivered + 1, f"joining {room}")
        self._mark = MARK
        self._settle(room)

    def throughput(self, room: str, *, window: int, seconds: float, server: int, component: int | None) -> Throughput:
        """Keep `window` messages in flight, by several senders; a message is done when everybody has it.

        A fifth of the time more is spent on warming up first. The PIDs are those whose CPU time is read.
        """
        crowd, senders = len(self.occupants), [each.socket for each in self.occupants[:_SENDERS]]
        message, turn, clock = _message(room), len(senders), time.perf_counter
        sent, base = 0, self.delivered
        first: tuple[int, float, float, float, float, float] | None = None  # after the warm-up
        begin = clock()
        while True:
            done = (self.delivered - base) // crowd
            now = clock()
            if first is None and now - begin >= seconds / 5:
                first = (self.delivered, now, *self._cpu(server, component))
            if first is not None and now - first[1] >= seconds:
                break
            while sent - done < window:
                senders[sent % turn].sendall(message)
                sent += 1
            self._pump(f"{sent - done} messages to {room}")
        messages, last = (self.delivered - first[0]) / crowd, self._cpu(server, component)
        self._pump_until(base + sent * crowd, f"the last messages to {room}")
        cpu = [after - before for after, before in zip(last, first[2:], strict=True)]
        return Throughput(messages, now - first[1], *cpu)

    def latencies(self, room: str, count: int, pick: random.Random) -> list[float]:
        """Send about `count` messages, one at a time; how long each took to reach another occupant, in seconds.

        Everybody is the receiver equally often, since fan-out serves some before others.
        """
        crowd, message = len(self.occupants), _message(room)
        sender = self.occupants[0]
        others = self.occupants[1:]
        receivers = others * max(1, count // len(others))
        pick.shuffle(receivers)
        found = []
        for receiver in receivers:
            expected = self.delivered + crowd
            before, start = self.delivered, time.perf_counter()
            sender.socket.sendall(message)
            while self.delivered == before:
                self._read(receiver)
            found.append(time.perf_counter() - start)
            self._pump_until(expected, f"a message to {room}")
        return found

    @staticmethod
    def _cpu(server: int, component: int | None) -> tuple[float, float, float, float]:
        theirs = 0.0 if component is None else cpu_s(component)
        return cpu_s(server), theirs, time.process_time(), machine_cpu_s()

    def _pump_until(self, delivered: int, what: str) -> None:
        while self.delivered < delivered:
            self._pump(what)
        if self.delivered > delivered:
            raise BrokenRunError(f"{what}: delivered more often than it was sent")

    def _pump(self, what: str) -> None:
        ready = self._epoll.poll(_PATIENCE_S)
        if not ready:
            raise BrokenRunError(f"{what}: nothing came for {_PATIENCE_S} s")
        for fd, _ in ready:
            self._read(self._by_fd[fd])

    def _read(self, occupant: Occupant) -> None:
        data = occupant.socket.recv(_CHUNK)
        if not data:
            raise BrokenRunError("the server hung up")
        if b"type='error'" in data or b'type="error"' in data:
            raise BrokenRunError(f"the server refused: {data[-2000:]!r}")
        data = occupant.rest + data
        self.delivered += data.count(self._mark)
        occupant.rest = data[1 - len(self._mark) :]

    def _settle(self, room: str) -> None:
        """Let what is still on its way come in: a message of one's own comes last."""
        self.occupants[0].socket.sendall(_message(room))
        self._pump_until(self.delivered + len(self.occupants), f"settling in {room}")


def _message(room: str) -> bytes:
    return f"<message type='groupchat' id='bench' to='{room}'><body>{BODY} {MARK.decode()}</body></message>".encode()
