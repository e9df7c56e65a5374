"""Where users' IQs come in and answers leave: the one place that turns exceptions into stanza errors.

Texts are fixed and translated; what an exception says goes to the operator's log, never to a peer.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from slixmpp import ComponentXMPP, Iq
from slixmpp.xmlstream import StanzaBase
from slixmpp.xmlstream.handler import Callback
from slixmpp.xmlstream.matcher import MatchXPath

from component.texts import Param
from component.world import World
from storage.errors import StorageError

log = logging.getLogger(__name__)

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_STANZAS = "urn:ietf:params:xml:ns:xmpp-stanzas"
_LONGEST_TAG = 35  # what BCP 47 says implementations should take


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One IQ get or set from somebody, and the element in it that a handler is for."""

    kind: str  # get or set
    sender: str  # full JID, or bare
    to: str
    payload: Element
    language: str

    @property
    def account(self) -> str:
        """The sender's bare JID."""
        return self.sender.partition("/")[0]


class RequestError(Exception):
    """A stanza error to answer with (RFC 6120 §8.3), perhaps with a condition of the application's own."""

    def __init__(
        self,
        condition: str,
        error_type: str,
        text: str,
        params: Mapping[str, Param] | None = None,
        *,
        specific: str | None = None,
    ) -> None:
        """`text` is the id of a message; `specific` a tag in Clark notation."""
        super().__init__(condition)
        self.condition = condition
        self.error_type = error_type
        self.text = text
        self.params = params or {}
        self.specific = specific


Handle = Callable[[Request], Awaitable[Element | None]]
"""Answers a request with a result's payload; None for an empty result.

Raises:
    RequestError: to be answered with this error.
"""


class Edge:
    """Registers handlers on one stream and runs each request as a task of its own."""

    def __init__(self, stream: ComponentXMPP, world: World) -> None:
        """`stream` need not be connected yet."""
        self._stream = stream
        self._world = world
        self._running: set[asyncio.Task[None]] = set()  # the loop itself keeps no task alive

    def serve(self, tag: str, handle: Handle) -> None:
        """Have IQs with this child (Clark notation) answered by `handle`."""

        def take(iq: StanzaBase) -> None:
            assert isinstance(iq, Iq)  # noqa: S101 - for the type checker: the matcher asks for one
            if iq.xml.attrib.get("type") in {"get", "set"}:
                self.start(self.answer(iq, tag, handle))

        matcher = MatchXPath(f"{{{self._stream.default_ns}}}iq/{tag}")
        self._stream.register_handler(Callback(f"serve {tag}", matcher, take))

    def start(self, work: Awaitable[None]) -> None:
        """Run something in a task that is kept until it is done."""
        task = asyncio.ensure_future(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def answer(self, iq: Iq, tag: str, handle: Handle) -> None:
        """Answer one IQ with a result or a translated error; never raises."""
        language: str = self._world.texts.pick()
        try:
            payload = iq.xml.find(tag)
            if payload is None:
                return
            language = await self._language(iq, payload)
            request = Request(
                kind=iq.xml.attrib["type"],
                sender=str(iq["from"]),
                to=str(iq["to"]),
                payload=payload,
                language=language,
            )
            result = await handle(request)
        except RequestError as error:
            self._refuse(iq, error, language)
        except StorageError as error:
            log.error("storage is out of reach: %s", error)
            self._refuse(iq, FAULT, language)
        except Exception:
            log.exception("a fault of our own, answering %s", iq["from"])
            self._refuse(iq, FAULT, language)
        else:
            reply = iq.reply()  # type: ignore[no-untyped-call]
            reply.xml.attrib[LANG] = language
            if result is not None:
                reply.xml.append(result)
            reply.send()

    async def _language(self, iq: Iq, payload: Element) -> str:
        stated = stated_language(payload) or stated_language(iq.xml)
        if stated is not None:
            return self._world.texts.pick(stated)
        return self._world.texts.pick((await self._world.memory.known(iq["from"].bare)).language)

    def _refuse(self, iq: Iq, error: RequestError, language: str) -> None:
        reply = iq.reply()  # type: ignore[no-untyped-call]
        reply.xml.attrib["type"] = "error"
        element = SubElement(reply.xml, f"{{{self._stream.default_ns}}}error", {"type": error.error_type})
        SubElement(element, f"{{{_STANZAS}}}{error.condition}")
        text = SubElement(element, f"{{{_STANZAS}}}text", {LANG: language})
        text.text = self._world.texts.get(language, error.text, **error.params)
        if error.specific is not None:
            SubElement(element, error.specific)
        reply.send()


FAULT = RequestError("internal-server-error", "wait", "deny-fault")


def stated_language(element: Element) -> str | None:
    """The language an element says it is in, when that can be one."""
    tag = element.attrib.get(LANG, "")
    return tag if 0 < len(tag) <= _LONGEST_TAG else None
