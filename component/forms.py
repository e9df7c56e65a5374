"""What a command asks and answers, as values: forms, results, refusals. Knows no XML and no chat; both show these.

All texts in them are written out already, in the language of whoever runs the command.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from unicodedata import category

from component.texts import Param

LONGEST = 200
"""Characters one line of an answer may have, where its field says nothing else."""

Answers = Mapping[str, str]
"""Values of one form by field; booleans are "1" and "0", what was left empty is ""."""


class FieldKind(Enum):
    """Types of XEP-0004 §3.3 that the commands use."""

    TEXT = "text-single"
    SECRET = "text-private"  # noqa: S105 - a type of field
    BOOLEAN = "boolean"
    LIST = "list-single"
    HIDDEN = "hidden"
    FIXED = "fixed"  # shown, never answered


_LONGEST_SHOWN = 4000
"""Characters of an answer that are shown again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    var: str
    label: str = ""
    kind: FieldKind = FieldKind.TEXT
    is_required: bool = False
    value: str = ""  # what it starts with; the text of a FIXED one
    options: tuple[Option, ...] = ()
    longest: int = LONGEST

    @property
    def is_asked(self) -> bool:
        """Whether somebody has to see and answer it."""
        return self.kind not in {FieldKind.HIDDEN, FieldKind.FIXED}


def choice_field(
    var: str, label: str, options: Iterable[Option], *, value: str | None = None, longest: int = LONGEST
) -> Field:
    """One of these, of which there is at least one, has to be chosen; the first is proposed unless `value` is."""
    options = tuple(options)
    proposed = options[0].value if value is None else value
    return Field(
        var=var,
        label=label,
        kind=FieldKind.LIST,
        is_required=True,
        value=proposed,
        options=options,
        longest=longest,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One step. `is_last`: after it the command is done, so that clients offer to complete it."""

    title: str
    instructions: str
    fields: tuple[Field, ...]
    is_last: bool = False
    problem: str = ""  # what was wrong with the answers before
    mistaken: str = ""  # the field it was wrong in, if it was one

    def again(self, answers: Answers, problem: str = "", mistaken: str = "") -> "Form":
        """The same form, filled in as it was answered, but for secrets and what no client sends."""
        fields = tuple(
            replace(asked, value=answers[asked.var])
            if asked.is_asked and asked.kind is not FieldKind.SECRET and _may_be_shown(asked, answers.get(asked.var))
            else asked
            for asked in self.fields
        )
        return replace(self, fields=fields, problem=problem, mistaken=mistaken)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One labelled line of a result, or several."""

    var: str
    label: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """The command came to its end."""

    note: str
    title: str = ""
    facts: tuple[Fact, ...] = ()
    link: str = ""  # where it goes on (XEP-0066)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """The command ends here and nothing was done: the text's id with its parameters."""

    text: str
    params: Mapping[str, Param] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistaken:
    """The answers will not do: the form is shown again, saying why. `var`: the field at fault, if it is one."""

    text: str
    params: Mapping[str, Param] = field(default_factory=dict)
    var: str = ""


Outcome = Form | Done | Refused | Mistaken


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One value that a field does not take."""

    var: str
    text: str
    params: Mapping[str, Param]
    is_malformed: bool = False  # no client that shows the form would send it


def _may_be_shown(asked: Field, value: str | None) -> bool:
    """A text that is somewhat too long is there to be shortened; what no client would send comes from none."""
    if value is None or len(value) > _LONGEST_SHOWN:
        return False
    fault = check(asked, value)
    return fault is None or not fault.is_malformed


def accept(form: Form, given: Answers) -> tuple[Answers, Fault | None]:
    """What was answered to the form's fields, trimmed, and the first fault in it.

    Fields that nobody asked for are dropped; hidden ones keep the form's value, whatever comes back.
    """
    answers: dict[str, str] = {}
    fault: Fault | None = None
    for asked in form.fields:
        if asked.kind is FieldKind.FIXED:
            continue
        if asked.kind is FieldKind.HIDDEN:
            answers[asked.var] = asked.value
            continue
        answers[asked.var] = given.get(asked.var, "").strip()
        fault = fault or check(asked, answers[asked.var], is_given=asked.var in given)
    return answers, fault


def check(asked: Field, value: str, *, is_given: bool = True) -> Fault | None:
    """What is wrong with a value for this field, if anything."""
    name = {"field": asked.label}
    if not value:
        if not asked.is_required:
            return None
        return Fault(var=asked.var, text="form-missing", params=name, is_malformed=not is_given)
    if len(value) > asked.longest:
        return Fault(var=asked.var, text="form-too-long", params={**name, "limit": asked.longest})
    if any(category(character) == "Cc" for character in value):
        return Fault(var=asked.var, text="form-unprintable", params=name)
    if asked.kind is FieldKind.BOOLEAN and value not in {"0", "1"}:
        return Fault(var=asked.var, text="form-not-boolean", params=name, is_malformed=True)
    if asked.kind is FieldKind.LIST and all(option.value != value for option in asked.options):
        return Fault(var=asked.var, text="form-not-an-option", params=name, is_malformed=True)
    return None
