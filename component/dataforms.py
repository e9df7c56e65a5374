"""Forms and results as XML (XEP-0004), and answers read back from it."""

from xml.etree.ElementTree import Element, SubElement

from component.forms import Answers, Done, Field, FieldKind, Form

DATA = "jabber:x:data"
FORM = f"{{{DATA}}}x"
_FIELD = f"{{{DATA}}}field"
_VALUE = f"{{{DATA}}}value"
_MOST_FIELDS = 50
_TRUTHS = {"true": "1", "false": "0"}


class MalformedFormError(Exception):
    """What came is not the answer to a form."""


def write_form(form: Form) -> Element:
    """A form to fill in (§3.1)."""
    x = _start("form", form.title, form.instructions)
    for asked in form.fields:
        x.append(_write_field(asked))
    return x


def write_result(done: Done) -> Element | None:
    """A result (§3.1), or None where the note says it all."""
    if not done.facts:
        return None
    x = _start("result", done.title, "")
    for fact in done.facts:
        kind = "text-single" if len(fact.values) == 1 else "text-multi"
        field = SubElement(x, _FIELD, {"var": fact.var, "type": kind, "label": fact.label})
        for value in fact.values:
            SubElement(field, _VALUE).text = value
    return x


def read_submission(x: Element) -> Answers:
    """Values by field; several values of one field are lines of one text.

    A form of type cancel counts as submitted, as XEP-0050 §3.8.1 wants it.

    Raises:
        MalformedFormError: it is no submission, or has fields without a name or the same name twice.
    """
    if x.attrib.get("type") not in {"submit", "cancel"}:
        raise MalformedFormError("type is neither submit nor cancel")
    answers: dict[str, str] = {}
    for number, field in enumerate(x.iterfind(_FIELD), 1):
        var = field.attrib.get("var")
        if not var or var in answers or number > _MOST_FIELDS:
            raise MalformedFormError("a field without a name, one that comes twice, or too many of them")
        value = "\n".join(value.text or "" for value in field.iterfind(_VALUE))
        answers[var] = value
    return answers


def read_answers(form: Form, x: Element | None) -> Answers:
    """What a submission says to this form's fields; true and false read as 1 and 0 where it asks for either.

    Raises:
        MalformedFormError: there is none though the form asks something, or it is malformed.
    """
    if x is None:
        if any(asked.is_asked for asked in form.fields):
            raise MalformedFormError("no form came back")
        return {}
    answers = dict(read_submission(x))
    for asked in form.fields:
        if asked.kind is FieldKind.BOOLEAN and asked.var in answers:
            answers[asked.var] = _TRUTHS.get(answers[asked.var], answers[asked.var])
    return answers


def _start(kind: str, title: str, instructions: str) -> Element:
    x = Element(FORM, {"type": kind})
    if title:
        SubElement(x, f"{{{DATA}}}title").text = title
    for line in instructions.splitlines():
        SubElement(x, f"{{{DATA}}}instructions").text = line
    return x


def _write_field(asked: Field) -> Element:
    field = Element(_FIELD, {"type": asked.kind.value})
    if asked.kind is not FieldKind.FIXED:
        field.attrib["var"] = asked.var
    if asked.label:
        field.attrib["label"] = asked.label
    if asked.is_required:
        SubElement(field, f"{{{DATA}}}required")
    if asked.value:
        for line in asked.value.splitlines():
            SubElement(field, _VALUE).text = line
    for option in asked.options:
        element = SubElement(field, f"{{{DATA}}}option", {"label": option.label})
        SubElement(element, _VALUE).text = option.value
    return field
