"""Forms as a conversation: a question for each field, an answer read back, results as lines. Knows no stanzas."""

from component.forms import Done, Fault, Field, FieldKind, Form, check
from component.texts import Texts, words


def opening(form: Form) -> str:
    """What is said before the first question of a form."""
    shown = (asked.value for asked in form.fields if asked.kind is FieldKind.FIXED and not _repeats(form, asked))
    return "\n".join(part for part in (form.title, form.instructions, *shown) if part)


def question(texts: Texts, language: str, asked: Field) -> str:
    """One field as a question, with what may be answered."""
    lines = [asked.label]
    if asked.kind is FieldKind.BOOLEAN:
        lines.append(texts.get(language, "chat-answer-boolean"))
    elif asked.kind is FieldKind.LIST:
        lines += [f"{number}. {option.label}" for number, option in enumerate(asked.options, 1)]
        lines.append(texts.get(language, "chat-answer-list"))
    if not asked.is_required and asked.kind is FieldKind.TEXT:
        kept = asked.value or None
        lines.append(texts.get(language, "chat-answer-optional", value=kept))
    return "\n".join(lines)


def read(texts: Texts, asked: Field, text: str) -> tuple[str, Fault | None]:
    """The value somebody means by their answer, and what is wrong with it."""
    value = text.strip()
    word = value.casefold()
    if not asked.is_required and word in words(texts, "words-skip"):
        value = asked.value if asked.kind is FieldKind.TEXT else ""
    elif asked.kind is FieldKind.BOOLEAN:
        if word in words(texts, "words-yes"):
            value = "1"
        elif word in words(texts, "words-no"):
            value = "0"
    elif asked.kind is FieldKind.LIST:
        value = _choose(asked, value)
    fault = check(asked, value)
    return value, fault


def result(done: Done) -> str:
    """A result as lines."""
    lines = [done.note]
    for fact in done.facts:
        if len(fact.values) == 1:
            lines.append(f"{fact.label}: {fact.values[0]}")
        else:
            lines += ["", f"{fact.label}:", *fact.values] if fact.values else []
    return "\n".join(lines)


def _repeats(form: Form, shown: Field) -> bool:
    """Whether a list to choose from says the same again."""
    lines = shown.value.splitlines()
    return any(set(lines) <= {option.label for option in asked.options} for asked in form.fields if asked.options)


def _choose(asked: Field, text: str) -> str:
    """The option meant by its place in the list, its label or its value; else the text itself, at fault then."""
    number = text.rstrip(".。、 ")
    if number.isascii() and number.isdigit() and len(number) <= len(str(len(asked.options))):
        place = int(number)
        if 0 < place <= len(asked.options):
            return asked.options[place - 1].value
    for option in asked.options:
        if text.casefold() in {option.label.casefold(), option.value.casefold()}:
            return option.value
    return text
