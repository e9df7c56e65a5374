"""`roomkeeper doctor`: looks at an installation through a component stream of its own, and says what to do.

Reads only. It holds the component's domain for a moment, in which nobody else answers the hook: like a restart.
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from xml.etree.ElementTree import Element

from component.wire import StreamError, Wire, error_condition
from config.settings import Xmpp

_INFO = "{http://jabber.org/protocol/disco#info}"
_ITEMS = "{http://jabber.org/protocol/disco#items}"
_COMMANDS = "http://jabber.org/protocol/commands"
_HOOK = "urn:roomkeeper:hook:1"
_SNAPSHOT = f"<snapshot xmlns='{_HOOK}' max='1'/>"
_MOST_SERVICES = 50
_MOST_OFF_S = 30.0
_BUILT = 1_750_000_000.0  # no right clock is before this

_ADVICE = {
    "not-authorized": "the server refuses the secret: make component_secret there and xmpp.secret_file the same",
    "host-unknown": 'the server knows no such component: add Component "{domain}" to its config and reload it',
    "host-gone": 'the server knows no such component: add Component "{domain}" to its config and reload it',
    "no-xmpp": "something else listens there: put the server's component port into xmpp.port",
    "closed": "the server ended the stream without a word: look into its log",
}


class State(Enum):
    OK = "ok"
    FAILED = "failed"
    NOTED = "note"  # not wrong, but worth knowing
    UNCHECKED = "not checked"


@dataclass(frozen=True, slots=True)
class Finding:
    state: State
    text: str


Tell = Callable[[Finding], None]
Note = Callable[[State, str], None]


async def examine(xmpp: Xmpp, secret: str, tell: Tell, *, timeout_s: float = 5) -> bool:
    """Tell each finding as it is made; whether nothing failed."""
    findings: list[Finding] = []

    def note(state: State, text: str) -> None:
        findings.append(Finding(state, text))
        tell(findings[-1])

    if time.time() < _BUILT:
        note(State.FAILED, "clock: this machine's is years behind; set it, best by NTP")
    place = f"{xmpp.host}, port {xmpp.port}"
    try:
        async with Wire(xmpp.host, xmpp.port, xmpp.domain, secret, timeout_s=timeout_s) as wire:
            note(State.OK, f"server: reachable at {place}")
            note(State.OK, f"component: accepted as {xmpp.domain}")
            try:
                await _Look(wire, xmpp, note).look()
            except StreamError as error:
                note(
                    State.FAILED,
                    f"component: the stream ended while asking ({error.condition}): look into the server's log",
                )
    except StreamError as error:
        note(State.OK, f"server: reachable at {place}")
        _explain(error.condition, xmpp.domain, note)
    except TimeoutError:
        note(State.FAILED, f"server: no answer from {place} in {timeout_s:g} s; is it an XMPP server?")
    except OSError as error:
        number = error.errno or 0
        why = os.strerror(number) if number > 0 else error.strerror or str(error)
        note(
            State.FAILED,
            f"server: nobody answers at {place} ({why}): start the server, or put right xmpp.host "
            "and xmpp.port (component_ports and component_interfaces there)",
        )
    return all(finding.state is not State.FAILED for finding in findings)


def _explain(condition: str, domain: str, note: Note) -> None:
    if condition == "conflict":
        note(State.OK, f"component: the secret is accepted, and {domain} is connected: Roomkeeper is running")
        note(
            State.UNCHECKED,
            "hook, admin, clock, bypass: a domain has one stream, and Roomkeeper holds it. A line with `ready` in "
            "its log says that the hook answered; for the rest stop it and run doctor again",
        )
    else:
        advice = _ADVICE.get(condition, f"the server ended the stream ({condition}): look into its log")
        note(State.FAILED, f"component: {advice.format(domain=domain)}")


class _Look:
    """One look through an authenticated stream."""

    def __init__(self, wire: Wire, xmpp: Xmpp, note: Note) -> None:
        self._wire = wire
        self._xmpp = xmpp
        self._note = note
        self._parent = xmpp.muc.partition(".")[2]

    async def look(self) -> None:
        if await self.at_hook():
            await self.at_admin()
            await self.at_archive()
        await self.at_clock()
        await self.at_bypass()

    async def at_hook(self) -> bool:
        muc = self._xmpp.muc
        answer = await self._ask(muc, _SNAPSHOT)
        if answer is not None and answer.get("type") == "result":
            self._note(State.OK, f"hook: loaded at {muc}")
            return True
        condition = "" if answer is None else error_condition(answer)
        if condition == "forbidden":
            advice = f'is loaded but serves another component: set roomkeeper_component = "{self._xmpp.domain}"'
        elif condition in {"remote-server-not-found", "remote-server-timeout", "item-not-found"}:
            advice = "is not there: the server has no such service; put right xmpp.muc or the server's config"
        else:
            advice = 'is not loaded: add "roomkeeper" to modules_enabled of that Component and restart the server'
        self._note(State.FAILED, f"hook: {muc} {advice}")
        return False

    async def at_admin(self) -> None:
        # An admin of the service is shown its commands; nobody else is.
        muc = self._xmpp.muc
        answer = await self._ask(muc, f"<query xmlns='{_ITEMS[1:-1]}' node='{_COMMANDS}'/>")
        if answer is None or answer.get("type") != "result":
            self._note(State.UNCHECKED, f"admin: {muc} does not tell its commands")
        elif answer.find(f"{_ITEMS}query/{_ITEMS}item") is not None:
            self._note(State.OK, f"admin: {self._xmpp.domain} may act on all rooms")
        else:
            advice = f'add admins = {{ "{self._xmpp.domain}" }} to Component "{muc}" in the server\'s config'
            self._note(State.FAILED, f"admin: {self._xmpp.domain} may not act on rooms: {advice}")

    async def at_archive(self) -> None:
        # Without an archive messages have no ids, and nobody's device can be told that one was taken back (XEP-0425).
        muc = self._xmpp.muc
        answer = await self._ask(muc, f"<query xmlns='{_INFO[1:-1]}'/>")
        if answer is not None and answer.find(f"{_INFO}query/{_INFO}feature[@var='urn:xmpp:mam:2']") is not None:
            self._note(State.OK, f"archive: {muc} keeps one, so messages can be taken back")
        else:
            self._note(
                State.NOTED,
                f"archive: {muc} keeps none, so messages that are taken back stay on people's devices: add "
                '"muc_mam" to modules_enabled of that Component if they should not',
            )

    async def at_clock(self) -> None:
        asked = time.time()
        answer = await self._ask(self._parent, "<time xmlns='urn:xmpp:time'/>")
        told = None if answer is None else answer.findtext("{urn:xmpp:time}time/{urn:xmpp:time}utc")
        try:
            theirs = datetime.fromisoformat(told or "").timestamp()
        except ValueError:
            self._note(
                State.UNCHECKED, f"clock: {self._parent} does not tell the time (XEP-0202); this machine's was taken"
            )
            return
        answered = time.time()
        off_s = max(asked - theirs, theirs - answered, 0.0)
        if off_s > _MOST_OFF_S:
            self._note(State.FAILED, f"clock: {off_s:.0f} s off that of {self._parent}: set both by NTP")
        else:
            self._note(State.OK, f"clock: that of {self._parent} agrees")

    async def at_bypass(self) -> None:
        # Another service of rooms without the hook is where everybody goes who is refused here.
        answer = await self._ask(self._parent, f"<query xmlns='{_ITEMS[1:-1]}'/>")
        if answer is None or answer.get("type") != "result":
            self._note(State.UNCHECKED, f"bypass: {self._parent} does not list its services")
            return
        services = [item.get("jid", "") for item in answer.iterfind(f"{_ITEMS}query/{_ITEMS}item")]
        others = [jid for jid in services[:_MOST_SERVICES] if jid not in {"", self._xmpp.muc, self._xmpp.domain}]
        open_ones = [jid for jid in others if await self._is_unkept(jid)]
        for jid in open_ones:
            self._note(State.FAILED, f"bypass: rooms at {jid} are kept by nobody: load the hook there too, or close it")
        if not open_ones:
            self._note(State.OK, f"bypass: {self._parent} offers no other service of rooms")

    async def _is_unkept(self, jid: str) -> bool:
        answer = await self._ask(jid, f"<query xmlns='{_INFO[1:-1]}'/>")
        if answer is None or answer.find(f"{_INFO}query/{_INFO}identity[@category='conference']") is None:
            return False
        hook = await self._ask(jid, _SNAPSHOT)
        return hook is None or (hook.get("type") != "result" and error_condition(hook) != "forbidden")

    async def _ask(self, to: str, payload: str) -> Element | None:
        try:
            return await self._wire.ask(to, payload) if to else None
        except TimeoutError:
            return None
