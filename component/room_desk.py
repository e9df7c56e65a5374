"""Commands on a room's own address (XEP-0050): which room they are about is answered.

All of them are for its owners and admins, some for everybody. The room itself never sees what is answered here; who is
offered nothing of what they ask for gets the room's own answer.
"""

from xml.etree.ElementTree import Element

from component.adhoc import BY_NODE, AdHoc
from component.adhoc import NAMESPACE as COMMANDS_NODE
from component.ask import Ask
from component.commands import COMMANDS
from component.disco import INFO, ITEMS, describe_command, describe_list, list_commands
from component.edge import Request, RequestError, stated_language
from component.managing import manages
from component.world import World
from policy.facts import Room

_TO_MANAGERS = tuple(command for command in COMMANDS if command.is_for_rooms)
_TO_VISITORS = tuple(command for command in _TO_MANAGERS if command.is_for_visitors)


class RoomDesk:
    """Answers for the rooms of one service."""

    def __init__(self, world: World) -> None:
        """No dialogue open."""
        self._world = world
        self._adhoc = AdHoc(world)
        self.dialogues = self._adhoc.dialogues

    async def answer(self, ask: Ask, room: Room, language: str | None) -> Element | None:
        """What the room is asked about its commands; None: that is for the room to answer.

        Raises:
            RequestError: to be answered with this error.
            StorageError: storage is out of reach.
        """
        query = ask.request
        if query is None:
            return None
        is_manager = manages(self._world, ask.account, room.jid)
        offered = _TO_MANAGERS if is_manager else _TO_VISITORS
        node = query.attrib.get("node", "")
        texts = self._world.texts
        picked = texts.pick(stated_language(query), ask.language, language)
        if query.tag == f"{{{COMMANDS_NODE}}}command":
            if node not in BY_NODE or (not is_manager and BY_NODE[node] not in offered):
                return None
            if BY_NODE[node] not in offered:
                raise RequestError("item-not-found", "cancel", "error-no-such-command")
            request = Request(kind="set", sender=ask.sender, to=room.jid, payload=query, language=picked)
            return await self._adhoc.run(node, request, room)
        reply = Element(query.tag, {"node": node})
        if query.tag == f"{{{ITEMS}}}query":
            if node != COMMANDS_NODE:
                return None
            list_commands(reply, texts, picked, offered, room.jid)
        elif node == COMMANDS_NODE and query.tag == f"{{{INFO}}}query":
            describe_list(reply, texts, picked)
        elif node in BY_NODE and BY_NODE[node] in offered:
            describe_command(reply, texts, picked, BY_NODE[node])
        else:
            return None
        return reply
