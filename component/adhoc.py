"""Commands by ad-hoc commands (XEP-0050) with data forms (XEP-0004), on the component's domain.

COMPAT: slixmpp 1.17's own xep_0050 plugin is not used: it finds a session by its id alone, whoever asks, keeps any
number of them, does not know XEP-0050 §4.4's errors, and its steps are chained handlers that chat could not share.
"""

import secrets
from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement

from slixmpp import ComponentXMPP

from component.commands import COMMANDS, node_of
from component.dataforms import FORM, MalformedFormError, read_answers, write_form, write_result
from component.dialogue import (
    Busy,
    Crowded,
    Dialogue,
    DialogueError,
    Dialogues,
    Ended,
    Forbidden,
    Key,
    NoWayBack,
)
from component.edge import LANG, Edge, Request, RequestError
from component.forms import Answers, Done, Form, Refused, accept
from component.texts import Param
from component.throttle import Throttle
from component.world import World
from policy.facts import Room

NAMESPACE = "http://jabber.org/protocol/commands"
_OOB = "jabber:x:oob"
_COMMAND = f"{{{NAMESPACE}}}command"
_ACTIONS = frozenset(("execute", "next", "prev", "complete", "cancel"))
BY_NODE = {node_of(command): command for command in COMMANDS}


def setup(stream: ComponentXMPP, world: World) -> Dialogues[Dialogue]:
    """Answer commands sent to the component; the dialogues that this opens."""
    adhoc = AdHoc(world)
    Edge(stream, world).serve(_COMMAND, adhoc.handle)
    return adhoc.dialogues


class AdHoc:
    """The ad-hoc way in: sessions bound to the full JID that began them."""

    def __init__(self, world: World) -> None:
        """No session open."""
        self.dialogues: Dialogues[Dialogue] = Dialogues(world)
        self._world = world
        self._throttle = Throttle(world)

    async def handle(self, request: Request) -> Element:
        """One command request, and what it leads to."""
        if request.kind != "set":
            raise RequestError("bad-request", "modify", "error-not-a-set")
        node = request.payload.attrib.get("node", "")
        if request.to.partition("/")[0] != self._world.settings.xmpp.domain or node not in BY_NODE:
            raise RequestError("item-not-found", "cancel", "error-no-such-command")
        return await self.run(node, request)

    async def run(self, node: str, request: Request, room: Room | None = None) -> Element:
        """The same for a node that there is, on the component's domain or on a room's address.

        Raises:
            RequestError: it cannot be answered otherwise.
        """
        if not self._throttle.spend(request.account):
            raise RequestError("policy-violation", "wait", "error-too-fast")
        try:
            return await self._run(node, request, room)
        except DialogueError as error:
            raise _refusal(error) from None

    async def _run(self, node: str, request: Request, room: Room | None) -> Element:
        session = request.payload.attrib.get("sessionid", "")
        action = request.payload.attrib.get("action", "execute")
        if action not in _ACTIONS:
            raise _bad("malformed-action", "error-bad-action")
        if session:
            return await self._go_on((request.sender, session), node, action, request, room)
        if action != "execute":
            raise _bad("bad-sessionid", "error-bad-session")
        return await self._begin(node, request, room)

    async def _begin(self, node: str, request: Request, room: Room | None) -> Element:
        dialogue = Dialogue(BY_NODE[node], self._world, request.account, request.language, room)
        key = (request.sender, secrets.token_urlsafe(12))
        outcome = await dialogue.begin()
        if isinstance(outcome, Form):
            self.dialogues.open(key, dialogue)
        return self._write(key, dialogue, outcome)

    async def _go_on(self, key: Key, node: str, action: str, request: Request, room: Room | None) -> Element:
        dialogue = self.dialogues.find(key)
        form = dialogue.form
        if form is None or node_of(dialogue.command) != node or not _is_in(dialogue, room):
            raise _bad("bad-sessionid", "error-bad-session")
        forward = "complete" if form.is_last else "next"
        if action == "cancel":
            self.dialogues.end(key)
            return self._shell(key, dialogue, "canceled")
        if action == "prev":
            return self._write(key, dialogue, await dialogue.back())
        if action not in {"execute", forward}:
            raise _bad("bad-action", "error-bad-action")
        answers = self._read(form, request)
        answers, fault = accept(form, answers)
        if fault is not None:
            if fault.is_malformed:
                raise _bad("bad-payload", fault.text, fault.params)
            problem = self._world.texts.get(dialogue.language, fault.text, **fault.params)
            dialogue.form = form.again(answers, problem, fault.var)
            return self._write(key, dialogue, dialogue.form)
        try:
            outcome = await dialogue.answer(answers)
        except Forbidden:
            self.dialogues.end(key)
            raise
        return self._write(key, dialogue, outcome)

    @staticmethod
    def _read(form: Form, request: Request) -> Answers:
        try:
            return read_answers(form, request.payload.find(FORM))
        except MalformedFormError:
            raise _bad("bad-payload", "error-bad-form") from None

    def _write(self, key: Key, dialogue: Dialogue, outcome: Form | Done | Refused) -> Element:
        if isinstance(outcome, Form):
            shell = self._shell(key, dialogue, "executing")
            forward = "complete" if outcome.is_last else "next"
            actions = SubElement(shell, f"{{{NAMESPACE}}}actions", {"execute": forward})
            for action in ("prev", forward) if dialogue.has_previous else (forward,):
                SubElement(actions, f"{{{NAMESPACE}}}{action}")
            if outcome.problem:
                _note(shell, "error", outcome.problem)
            shell.append(write_form(outcome))
            return shell
        self.dialogues.end(key)
        shell = self._shell(key, dialogue, "completed")
        if isinstance(outcome, Refused):
            _note(shell, "error", self._world.texts.get(dialogue.language, outcome.text, **outcome.params))
            return shell
        _note(shell, "info", outcome.note)
        result = write_result(outcome)
        if result is not None:
            shell.append(result)
        if outcome.link:
            SubElement(SubElement(shell, f"{{{_OOB}}}x"), f"{{{_OOB}}}url").text = outcome.link
        return shell

    @staticmethod
    def _shell(key: Key, dialogue: Dialogue, status: str) -> Element:
        node = node_of(dialogue.command)
        return Element(_COMMAND, {"node": node, "sessionid": key[1], "status": status, LANG: dialogue.language})


def _is_in(dialogue: Dialogue, room: Room | None) -> bool:
    return (None if dialogue.room is None else dialogue.room.code) == (None if room is None else room.code)


def _note(shell: Element, kind: str, text: str) -> None:
    SubElement(shell, f"{{{NAMESPACE}}}note", {"type": kind}).text = text


def _bad(specific: str, text: str, params: Mapping[str, Param] | None = None) -> RequestError:
    """XEP-0050 §4.4: a bad request, and what is bad about it."""
    return RequestError("bad-request", "modify", text, params, specific=f"{{{NAMESPACE}}}{specific}")


def _refusal(error: DialogueError) -> RequestError:
    match error:
        case Forbidden():
            return RequestError("forbidden", "cancel", "error-forbidden")
        case Crowded():
            return RequestError("resource-constraint", "wait", "error-crowded")
        case Busy():
            return RequestError("unexpected-request", "wait", "error-busy")
        case Ended():
            specific = f"{{{NAMESPACE}}}session-expired"
            return RequestError("not-allowed", "cancel", "error-session-ended", specific=specific)
        case NoWayBack():
            return _bad("bad-action", "error-bad-action")
        case _:
            return _bad("bad-sessionid", "error-bad-session")
