"""The form by which owners set what their room is (XEP-0045 §10.2): its values read, and put right."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from component.wording import FORM

_X, _FIELD, _VALUE = FORM + "x", FORM + "field", FORM + "value"
_TYPE = "http://jabber.org/protocol/muc#roomconfig"


def read_config(query: Element) -> tuple[tuple[str, tuple[str, ...]], ...] | None:
    """The values of every field; None when nothing is submitted. A field that comes twice has the values of both."""
    forms = _submitted(query)
    if not forms:
        return None
    values: dict[str, list[str]] = {}
    for form in forms:
        for field in form.iterfind(_FIELD):
            var = field.attrib.get("var", "")
            if var and var != "FORM_TYPE":
                values.setdefault(var, []).extend(value.text or "" for value in field.iterfind(_VALUE))
    return tuple((var, tuple(found)) for var, found in values.items())


def correct(stanza: Element, fields: Sequence[tuple[str, str]]) -> Element:
    """The stanza with each of these fields once, with this value. An instant room's empty form becomes a whole one."""
    names = {var for var, _ in fields}
    first, *others = _submitted(stanza[0])
    for form in (first, *others):
        for field in form.findall(_FIELD):
            if field.attrib.get("var") in names:
                form.remove(field)
    if not any(field.attrib.get("var") == "FORM_TYPE" for field in first.iterfind(_FIELD)):
        _add(first, "FORM_TYPE", _TYPE, kind="hidden")
    for var, value in fields:
        _add(first, var, value)
    return stanza


def submission(fields: Sequence[tuple[str, str]]) -> Element:
    """A form of one's own that says this."""
    query = Element("{http://jabber.org/protocol/muc#owner}query")
    form = SubElement(query, _X, {"type": "submit"})
    _add(form, "FORM_TYPE", _TYPE, kind="hidden")
    for var, value in fields:
        _add(form, var, value)
    return query


def _submitted(query: Element) -> list[Element]:
    """Forms that are not a cancellation: what a server makes of any other type is its own affair."""
    return [form for form in query.iterfind(_X) if form.attrib.get("type") != "cancel"]


def _add(form: Element, var: str, value: str, *, kind: str | None = None) -> None:
    attributes = {"var": var} if kind is None else {"var": var, "type": kind}
    SubElement(SubElement(form, _FIELD, attributes), _VALUE).text = value
