"""The words in a stanza that others would see: texts of elements, links in markup, values of forms (XEP-0004)."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from policy.facts import Surface, Text

FORM = "{jabber:x:data}"

_SHOWN_ATTRIBUTES = frozenset(("href", "src", "alt", "title"))
_UNSEEN_FIELDS = frozenset(("FORM_TYPE", "muc#roomconfig_roomsecret"))
_FORM_SURFACES = {
    "muc#roomconfig_roomname": Surface.ROOM_NAME,
    "muc#roomconfig_roomdesc": Surface.ROOM_DESCRIPTION,
    "muc#register_roomnick": Surface.NICK,
}


def told(element: Element, surface: Surface) -> Iterator[Text]:
    """All text below an element as one text, as a client would show it."""
    value = "".join(element.itertext()).strip()
    if value:
        yield Text(surface=surface, value=value)


def linked(element: Element) -> Iterator[Text]:
    """What markup (XEP-0071) keeps in attributes: where a link leads, what stands in for a picture."""
    for part in element.iter():
        for name in _SHOWN_ATTRIBUTES.intersection(part.attrib):
            yield Text(surface=Surface.LINK, value=part.attrib[name])


def forms(query: Element) -> Iterator[Text]:
    """Everything written into the forms of a query."""
    for form in query.iterfind(FORM + "x"):
        yield from fields(form)


def fields(form: Element) -> Iterator[Text]:
    """Everything written into one form, passwords and the form's own type left out."""
    for field in form.iterfind(FORM + "field"):
        name = field.attrib.get("var", "")
        if name in _UNSEEN_FIELDS:
            continue
        surface = _FORM_SURFACES.get(name, Surface.OTHER)
        for value in _values(field):
            yield Text(surface=surface, value=value)


def _values(field: Element) -> list[str]:
    values = (value.text for value in field.iterfind(FORM + "value"))
    return [value for value in values if value and value not in {"0", "1", "true", "false"}]
