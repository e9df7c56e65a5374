"""What a client makes of stanzas that came back: refusals, and the steps of ad-hoc commands with their forms."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

CLIENT = "{jabber:client}"
COMMANDS = "http://jabber.org/protocol/commands"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_STANZAS = "{urn:ietf:params:xml:ns:xmpp-stanzas}"
_COMMAND = f"{{{COMMANDS}}}command"
_DATA = "{jabber:x:data}"
_UNSEEN = frozenset(("hidden",))


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A stanza error (RFC 6120 §8.3)."""

    condition: str
    kind: str
    text: str
    language: str

    def __str__(self) -> str:
        """As a client shows it."""
        return f"{self.text} ({self.condition})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a form or of a result (XEP-0004 §3.2)."""

    var: str
    kind: str
    label: str
    values: tuple[str, ...]
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One answer to a command (XEP-0050 §3.1)."""

    session: str
    status: str
    notes: tuple[str, ...]
    title: str
    instructions: tuple[str, ...]
    fields: tuple[Field, ...]

    @property
    def is_over(self) -> bool:
        """Whether the command came to its end."""
        return self.status == "completed"

    def __getitem__(self, var: str) -> str:
        """A field's values as lines; KeyError without such a field."""
        for field in self.fields:
            if field.var == var:
                return "\n".join(field.values)
        raise KeyError(var)

    def __str__(self) -> str:
        """As a client shows it."""
        return "\n".join(_told(self))


def read_refusal(stanza: Element) -> Refusal | None:
    """The error in a stanza of type error; None for any other."""
    error = stanza.find(f"{CLIENT}error")
    if stanza.get("type") != "error" or error is None:
        return None
    text = error.find(f"{_STANZAS}text")
    conditions = [child.tag.removeprefix(_STANZAS) for child in error if child.tag.startswith(_STANZAS)]
    return Refusal(
        condition=next((name for name in conditions if name != "text"), "undefined-condition"),
        kind=error.get("type", ""),
        text="" if text is None else text.text or "",
        language="" if text is None else text.get(LANG, ""),
    )


def read_step(iq: Element) -> Step:
    """The command in the result of an IQ."""
    command = iq.find(_COMMAND)
    assert command is not None, "the answer to a command holds none"
    form = command.find(f"{_DATA}x")
    form = Element("none") if form is None else form
    return Step(
        session=command.get("sessionid", ""),
        status=command.get("status", ""),
        notes=tuple(note.text or "" for note in command.iterfind(f"{{{COMMANDS}}}note")),
        title=form.findtext(f"{_DATA}title", ""),
        instructions=tuple(line.text or "" for line in form.iterfind(f"{_DATA}instructions")),
        fields=tuple(_read_field(field) for field in form.iterfind(f"{_DATA}field")),
    )


def write_form(answers: dict[str, str]) -> Element:
    """A form filled in."""
    form = Element(f"{_DATA}x", {"type": "submit"})
    for var, value in answers.items():
        field = Element(f"{_DATA}field", {"var": var})
        for line in value.splitlines() or [""]:
            element = Element(f"{_DATA}value")
            element.text = line
            field.append(element)
        form.append(field)
    return form


def _read_field(field: Element) -> Field:
    return Field(
        var=field.get("var", ""),
        kind=field.get("type", "text-single"),
        label=field.get("label", ""),
        values=tuple(value.text or "" for value in field.iterfind(f"{_DATA}value")),
        options=tuple(option.get("label", "") for option in field.iterfind(f"{_DATA}option")),
    )


def _told(step: Step) -> list[str]:
    lines = [*step.notes, *([step.title] if step.title and not step.is_over else []), *step.instructions]
    for field in step.fields:
        if field.kind in _UNSEEN:
            continue
        if field.kind == "fixed":
            lines += field.values
        elif step.is_over:
            if len(field.values) == 1:
                lines.append(f"{field.label}: {field.values[0]}")
            else:
                lines += [f"{field.label}:", *(f"  {value}" for value in field.values)]
        else:
            choice = f" ({' / '.join(field.options)})" if field.options else ""
            lines.append(f"[ {field.label}{choice} ]")
    return lines
