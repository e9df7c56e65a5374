"""The fields that applicants fill in, as forms show them, and the document that what was filled in speaks of."""

from collections.abc import Mapping

from component.dialogue import Call
from component.forms import Field, FieldKind, Mistaken, Option, choice_field
from component.persons.documents import fault_of
from component.world import World
from config.settings import ASKED, Asked, Settings
from storage.documents import Entry


def document_fields(call: Call, asked: tuple[Asked, ...] = ASKED) -> tuple[Field, ...]:
    """A field for each; what they hold is secret."""
    return tuple(_field(call, each) for each in asked)


def entry_of(given: Mapping[str, str], settings: Settings) -> Entry:
    """The document among what was filled in; where no type is asked for, it is the first."""
    return Entry(
        document_type=given.get("type") or settings.identity.document_types[0],
        document_number=given["number"],
        name=given["name"],
    )


def fault_in(given: Mapping[str, str], world: World) -> Mistaken | None:
    """What is wrong with the document by itself, before anybody is asked."""
    entry = entry_of(given, world.settings)
    return Mistaken(text="verify-incomplete") if not entry.is_complete else fault_of(world, entry)


def label_of(call: Call, asked: Asked) -> str:
    """What the field is called in the caller's language: the operator's word, else ours."""
    language = call.language
    own = asked.label.get(language) or next(iter(asked.label.values()), "")
    return own or call.say(f"verify-{asked.name}")


def _field(call: Call, asked: Asked) -> Field:
    label = label_of(call, asked)
    if asked.name == "type":
        types = call.world.settings.identity.document_types
        return choice_field(
            "type", label, [Option(value=name, label=call.say("document-type", type=name)) for name in types]
        )
    return Field(var=asked.name, label=label, kind=FieldKind.SECRET, is_required=asked.required, longest=asked.longest)
