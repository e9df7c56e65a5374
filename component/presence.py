"""Presence of the component, so that people can keep it among their contacts (RFC 6121 §3). Remembers nobody.

slixmpp would keep a roster entry for every JID that ever sent presence; that is switched off.
"""

from xml.sax.saxutils import quoteattr

from slixmpp import ComponentXMPP
from slixmpp.xmlstream import StanzaBase
from slixmpp.xmlstream.handler import Callback
from slixmpp.xmlstream.matcher import MatchXPath

from component.throttle import Throttle
from component.world import World


def setup(stream: ComponentXMPP, world: World) -> None:
    """Answer subscriptions and probes."""
    throttle = Throttle(world)
    domain = world.settings.xmpp.domain

    def take(presence: StanzaBase) -> None:
        attributes = presence.xml.attrib
        kind, sender = attributes.get("type"), attributes.get("from", "")
        if attributes.get("to") != domain or kind not in {"subscribe", "probe"}:
            return
        if not throttle.spend(sender.partition("/")[0]):
            return
        to, own = quoteattr(sender), quoteattr(domain)
        accepted = f"<presence type='subscribed' from={own} to={to}/>" if kind == "subscribe" else ""
        stream.send_raw(f"{accepted}<presence from={own} to={to}/>")

    stream.remove_handler("Presence")
    stream.register_handler(Callback("contact", MatchXPath(f"{{{stream.default_ns}}}presence"), take))
