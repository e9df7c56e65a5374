"""Verdicts as XML (docs/protocol.md): what the hook is told."""

from collections.abc import Sequence
from functools import lru_cache
from xml.etree.ElementTree import Element, tostring
from xml.sax.saxutils import escape, quoteattr

from component.ask import Ask
from component.edge import RequestError
from component.parse import HOOK
from policy.hats import Hat
from policy.verdict import Condition

HATS = "urn:roomkeeper:hats:1#"
_STANZAS = "urn:ietf:params:xml:ns:xmpp-stanzas"
_ALLOW = f"<verdict xmlns='{HOOK}' action='allow'/></iq>"


class Answers:
    """Writes answers for one MUC service."""

    def __init__(self, muc: str) -> None:
        """`muc` is the service's domain, which asked and is answered."""
        self._to = quoteattr(muc)
        self._address = lru_cache(maxsize=4096)(quoteattr)

    def _result(self, ask: Ask) -> str:
        return f"<iq type='result' id={quoteattr(ask.id)} from={self._address(ask.address)} to={self._to}>"

    def allow(self, ask: Ask) -> str:
        """Let the stanza go on."""
        return self._result(ask) + _ALLOW

    def let_in(self, ask: Ask, hats: Sequence[tuple[Hat, str]]) -> str:
        """Let a join go on, the newcomer wearing these hats with these titles."""
        worn = "".join(
            f"<hat {' '.join(f'{name}={quoteattr(value)}' for name, value in attributes_of(hat, title).items())}/>"
            for hat, title in hats
        )
        return f"{self._result(ask)}<verdict xmlns='{HOOK}' action='allow'><hats>{worn}</hats></verdict></iq>"

    def describe(self, ask: Ask, fields: Sequence[tuple[str, str]]) -> str:
        """Let a query for a room's disco#info go on, with what the room's own answer is to say more."""
        told = "".join(f"<field var={quoteattr(var)}><value>{escape(value)}</value></field>" for var, value in fields)
        verdict = f"<verdict xmlns='{HOOK}' action='allow'><description>{told}</description></verdict>"
        return f"{self._result(ask)}{verdict}</iq>"

    def replace(self, ask: Ask, stanza: Element) -> str:
        """Have this stanza go on in its place."""
        return (
            f"{self._result(ask)}<verdict xmlns='{HOOK}' action='replace'><forwarded xmlns='urn:xmpp:forward:0'>"
            f"{tostring(stanza, encoding='unicode')}</forwarded></verdict></iq>"
        )

    def reply(self, ask: Ask, payload: Element | None = None) -> str:
        """Answer an IQ in the room's place; without a payload: with an empty result."""
        inner = "" if payload is None else tostring(payload, encoding="unicode")
        return f"{self._result(ask)}<verdict xmlns='{HOOK}' action='reply'>{inner}</verdict></iq>"

    def refuse(self, ask: Ask, error: RequestError, text: str, language: str) -> str:
        """Answer an IQ in the room's place with an error."""
        specific = "" if error.specific is None else tostring(Element(error.specific), encoding="unicode")
        return (
            f"{self._result(ask)}<verdict xmlns='{HOOK}' action='deny'><error type='{error.error_type}'>"
            f"<{error.condition} xmlns='{_STANZAS}'/>"
            f"<text xmlns='{_STANZAS}' xml:lang={quoteattr(language)}>{escape(text)}</text>{specific}"
            f"</error></verdict></iq>"
        )

    def deny(self, ask: Ask, condition: Condition, text: str, language: str) -> str:
        """Bounce it with a stanza error (RFC 6120 §8.3) and what to do next."""
        return (
            f"{self._result(ask)}<verdict xmlns='{HOOK}' action='deny'><error type='{condition.error_type}'>"
            f"<{condition.element} xmlns='{_STANZAS}'/>"
            f"<text xmlns='{_STANZAS}' xml:lang={quoteattr(language)}>{escape(text)}</text>"
            f"</error></verdict></iq>"
        )


def attributes_of(hat: Hat, title: str) -> dict[str, str]:
    """Of a hat's element (docs/protocol.md)."""
    bound = {"affiliations": " ".join(hat.affiliations)} if hat.affiliations else {}
    return {"uri": HATS + hat.name, "title": title, **bound}
