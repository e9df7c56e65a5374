"""Service discovery on the component's domain (XEP-0030): what it is, which commands it has, whom to write to.

Stateless: everything is read from the world when it is asked for.
"""

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement

from slixmpp import ComponentXMPP

from component import presence
from component.adhoc import NAMESPACE as COMMANDS_NODE
from component.commands import COMMANDS, node_of
from component.dataforms import DATA, FORM
from component.dialogue import Command, is_shut_out
from component.edge import Edge, Request, RequestError
from component.search import SEARCH
from component.texts import Texts
from component.world import World

INFO = "http://jabber.org/protocol/disco#info"
ITEMS = "http://jabber.org/protocol/disco#items"
_CONTACT = "http://jabber.org/network/serverinfo"
_FEATURES = (INFO, ITEMS, COMMANDS_NODE, DATA, SEARCH, "urn:xmpp:ping")
_PING = "{urn:xmpp:ping}ping"


def setup(stream: ComponentXMPP, world: World) -> None:
    """Answer discovery, pings (XEP-0199) and presence."""
    disco = Disco(world)
    edge = Edge(stream, world)
    edge.serve(f"{{{INFO}}}query", disco.info)
    edge.serve(f"{{{ITEMS}}}query", disco.items)
    edge.serve(_PING, disco.ping)
    presence.setup(stream, world)


class Disco:
    """Answers for one component."""

    def __init__(self, world: World) -> None:
        """Nothing is kept but the world."""
        self._world = world

    async def info(self, request: Request) -> Element:
        """Identities and features (§3.1)."""
        node = self._node(request)
        query = Element(f"{{{INFO}}}query")
        texts, language = self._world.texts, request.language
        if node:
            query.attrib["node"] = node
        if not node:
            _identity(query, "component", "generic", "Roomkeeper")
            _features(query, *_FEATURES)
            self._contact(query)
        elif node == COMMANDS_NODE:
            describe_list(query, texts, language)
        else:
            describe_command(query, texts, language, self._command(node, request))
        return query

    async def items(self, request: Request) -> Element:
        """The list of commands, only those the asker may run (XEP-0050 §2.2)."""
        node = self._node(request)
        query = Element(f"{{{ITEMS}}}query")
        domain = self._world.settings.xmpp.domain
        texts, language = self._world.texts, request.language
        if node:
            query.attrib["node"] = node
        if not node:
            name = texts.get(language, "commands-title")
            SubElement(query, f"{{{ITEMS}}}item", {"jid": domain, "node": COMMANDS_NODE, "name": name})
        elif node == COMMANDS_NODE:
            may = [command for command in COMMANDS if self._offers(request.account, command)]
            list_commands(query, texts, language, may, domain)
        else:
            self._command(node, request)
        return query

    async def ping(self, request: Request) -> None:
        """Here."""
        self._node(request)

    def _node(self, request: Request) -> str:
        if request.kind != "get":
            raise RequestError("bad-request", "modify", "error-not-a-get")
        if request.to.partition("/")[0] != self._world.settings.xmpp.domain:
            raise RequestError("item-not-found", "cancel", "error-nobody-here")
        return request.payload.attrib.get("node", "")

    def _command(self, node: str, request: Request) -> Command:
        for command in COMMANDS:
            if node_of(command) == node:
                if not self._world.may(request.account, command.audience):
                    raise RequestError("forbidden", "auth", "error-forbidden")
                return command
        raise RequestError("item-not-found", "cancel", "error-no-such-command")

    def _offers(self, account: str, command: Command) -> bool:
        return self._world.may(account, command.audience) and not is_shut_out(self._world, account, command)

    def _contact(self, query: Element) -> None:
        """Contact addresses (XEP-0157): the component itself, and whom the operator names."""
        form = SubElement(query, FORM, {"type": "result"})
        _field(form, "FORM_TYPE", "hidden", _CONTACT)
        _field(form, "support-addresses", "list-multi", f"xmpp:{self._world.settings.xmpp.domain}")
        contacts = self._world.settings.moderation.contact
        if contacts:
            _field(form, "abuse-addresses", "list-multi", *contacts)


def describe_list(query: Element, texts: Texts, language: str) -> None:
    """What a list of commands is (XEP-0050 §2.2)."""
    _identity(query, "automation", "command-list", texts.get(language, "commands-title"))
    _features(query, INFO, ITEMS)


def describe_command(query: Element, texts: Texts, language: str, command: Command) -> None:
    """What one command is (§2.3)."""
    _identity(query, "automation", "command-node", texts.get(language, f"command-{command.name}"))
    _features(query, INFO, COMMANDS_NODE, DATA)


def list_commands(query: Element, texts: Texts, language: str, commands: Iterable[Command], jid: str) -> None:
    """Which commands there are at an address (§2.2)."""
    for command in commands:
        name = texts.get(language, f"command-{command.name}")
        SubElement(query, f"{{{ITEMS}}}item", {"jid": jid, "node": node_of(command), "name": name})


def _identity(query: Element, category: str, kind: str, name: str) -> None:
    SubElement(query, f"{{{INFO}}}identity", {"category": category, "type": kind, "name": name})


def _features(query: Element, *features: str) -> None:
    for feature in features:
        SubElement(query, f"{{{INFO}}}feature", {"var": feature})


def _field(form: Element, var: str, kind: str, *values: str) -> None:
    field = SubElement(form, f"{{{DATA}}}field", {"var": var, "type": kind})
    for value in values:
        SubElement(field, f"{{{DATA}}}value").text = value
