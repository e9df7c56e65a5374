"""Patterns for stanzas, written as XML: what a pattern states must be there; anything more may be.

Elements and attributes match by name and value, children in any order, text without its outer blanks. In values:
`{any}` is anything that is there, `{none}` an attribute that is not there, `{has WORDS}` a text with WORDS in it.
A pattern without a namespace means jabber:client.
"""

from xml.etree.ElementTree import Element, fromstring
from xml.sax.saxutils import escape, quoteattr

CLIENT = "jabber:client"
_XML = "{http://www.w3.org/XML/1998/namespace}"


def parse(xml: str) -> Element:
    """Parse a stanza or a pattern, in jabber:client unless it says otherwise."""
    return fromstring(f"<_ xmlns='{CLIENT}' xmlns:stream='http://etherx.jabber.org/streams'>{xml}</_>")[0]  # noqa: S314


def matches(pattern: Element | str, stanza: Element) -> bool:
    """Tell whether all that the pattern states is in the stanza."""
    if isinstance(pattern, str):
        pattern = parse(pattern)
    if pattern.tag != stanza.tag:
        return False
    if not all(_agrees(value, stanza.get(name)) for name, value in pattern.items()):
        return False
    if (text := (pattern.text or "").strip()) and not _agrees(text, (stanza.text or "").strip() or None):
        return False
    return _pairs(list(pattern), list(stanza))


def show(stanza: Element, outer: str = CLIENT) -> str:
    """Write a stanza on one line, for people: namespaces only where they change."""
    space, _, name = stanza.tag.rpartition("}")
    space = space[1:]
    declared = "" if space == outer else f" xmlns='{space}'"
    attributes = "".join(f" {key.replace(_XML, 'xml:')}={quoteattr(value)}" for key, value in stanza.items())
    children = "".join(show(child, space) + escape(child.tail or "") for child in stanza)
    inside = escape(stanza.text or "") + children
    return f"<{name}{declared}{attributes}" + (f">{inside}</{name}>" if inside else "/>")


def _agrees(wanted: str, value: str | None) -> bool:
    if wanted == "{none}":
        return value is None
    if value is None or wanted == "{any}":
        return value is not None
    if wanted.startswith("{has ") and wanted.endswith("}"):
        return wanted[5:-1] in value
    return wanted == value


def _pairs(wanted: list[Element], there: list[Element]) -> bool:
    """Find a stanza's child of its own for every child of the pattern."""
    if not wanted:
        return True
    first, *rest = wanted
    return any(
        matches(first, child) and _pairs(rest, there[:index] + there[index + 1 :]) for index, child in enumerate(there)
    )
