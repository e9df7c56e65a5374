"""The form of registration with a room (XEP-0045 §7.10), as Roomkeeper offers it where strangers must ask first."""

from xml.etree.ElementTree import Element

from component.dataforms import write_form as write
from component.forms import Field, FieldKind, Form
from component.texts import Texts
from component.wording import FORM

ANSWER = "x-roomkeeper-answer"
"""The field for the answer to a room's question, or for why somebody wants to come in."""

LONGEST = 500
_REGISTER = "jabber:iq:register"
_TYPE = "http://jabber.org/protocol/muc#register"
_NICK = "muc#register_roomnick"


def write_form(texts: Texts, language: str, question: str) -> Element:
    """What a stranger has to fill in; without a question, the room's managers approve."""
    label = question or texts.get(language, "field-why")
    about = "join-register-question" if question else "join-register-approval"
    fields = (
        Field(var="FORM_TYPE", kind=FieldKind.HIDDEN, value=_TYPE),
        Field(var=_NICK, label=texts.get(language, "field-nick"), is_required=True),
        Field(var=ANSWER, label=label, is_required=bool(question)),
    )
    query = Element(f"{{{_REGISTER}}}query")
    query.append(
        write(Form(title=texts.get(language, "command-join"), instructions=texts.get(language, about), fields=fields))
    )
    return query


def read_answer(query: Element) -> str | None:
    """What a submitted form says there, as far as anybody would read it; None when it says nothing."""
    for field in query.iterfind(f"{FORM}x/{FORM}field"):
        if field.attrib.get("var") == ANSWER:
            text = " ".join(value.text or "" for value in field.iterfind(FORM + "value")).strip()
            return text[:LONGEST] or None
    return None
