"""The form of one rule of a room's own: what is asked for each matcher, and what is made of the answers."""

import re
from collections.abc import Callable
from typing import get_args
from unicodedata import category, normalize

from component.dialogue import Call
from component.forms import Answers, Field, Form, Mistaken, Option, choice_field
from config.addresses import prepare_domain
from config.durations import format_duration, parse_duration
from config.settings import Files, Managers
from policy.normalise import normalise
from policy.room_rule import Exempt, RoomAction, RoomMatcher, RoomRule

LONGEST_NAME = 32
_LONGEST_LIST = 4000
_LONGEST_WORD = 60
_LONGEST_PATTERN = 200
_LEAST_CAPS, _DEFAULT_CAPS = 5, 20
_LEAST_LENGTH, _DEFAULT_LENGTH = 10, 500
_PARTED = re.compile(r"[,，、;；]")
_TOP_LEVEL = re.compile(r"[a-z0-9-]{2,63}")
_MOST_DIGITS = 6


def make_form(call: Call, matcher: RoomMatcher, managers: Managers, rule: RoomRule | None) -> Form:
    """What is asked of a new rule, or of one that is to be changed."""
    fields = [*_about(call, matcher, rule), *_consequences(call, managers, rule)]
    if rule is None:
        name = Field(var="name", label=call.say("field-rule-name"), is_required=True, longest=LONGEST_NAME)
        fields.insert(0, name)
    return Form(
        title=call.say("command-room-rules"),
        instructions=call.say("room-rules-write", rule=None if rule is None else rule.name),
        fields=tuple(fields),
        is_last=True,
    )


def _about(call: Call, matcher: RoomMatcher, rule: RoomRule | None) -> list[Field]:
    items = "" if rule is None else ", ".join(rule.items)
    least = 0 if rule is None else rule.least
    match matcher:
        case RoomMatcher.WORDS:
            return [_listing(call, "words", items)]
        case RoomMatcher.PATTERNS:
            label = call.say("field-pattern")
            return [Field(var="pattern", label=label, is_required=True, value=items, longest=_LONGEST_PATTERN)]
        case RoomMatcher.LINKS:
            which = choice_field(
                "which",
                call.say("field-links"),
                [Option(value=value, label=call.say(f"links-{value}")) for value in ("others", "these")],
                value="others" if rule is None or rule.is_all_but else "these",
            )
            return [which, _listing(call, "domains", items, is_required=False)]
        case RoomMatcher.CAPS:
            return [_number(call, "letters", least or _DEFAULT_CAPS)]
        case RoomMatcher.LENGTH:
            return [_number(call, "characters", least - 1 if least else _DEFAULT_LENGTH)]
        case RoomMatcher.ATTACHMENTS:
            labels = [call.say("file-kind", kind=kind) for kind in get_args(Files)]
            chosen = [call.say("file-kind", kind=kind) for kind in (() if rule is None else rule.items)]
            label = call.say("field-file-kinds", kinds=", ".join(labels))
            return [Field(var="kinds", label=label, is_required=True, value=", ".join(chosen))]
        case RoomMatcher.MIXED_SCRIPT:
            return []


def _listing(call: Call, var: str, value: str, *, is_required: bool = True) -> Field:
    return Field(var=var, label=call.say(f"field-{var}"), is_required=is_required, value=value, longest=_LONGEST_LIST)


def _number(call: Call, var: str, value: int) -> Field:
    return Field(var=var, label=call.say(f"field-{var}"), is_required=True, value=str(value))


def _consequences(call: Call, managers: Managers, rule: RoomRule | None) -> list[Field]:
    chosen = None if rule is None else rule.action.value
    fields = [
        choice_field(
            "action",
            call.say("field-action"),
            [Option(value=action, label=call.say("own-rule-action", action=action)) for action in managers.actions],
            value=chosen if chosen in managers.actions else managers.actions[0],
        )
    ]
    if "mute" in managers.actions:
        length = "" if rule is None or rule.mute_s is None else format_duration(rule.mute_s)
        longest = call.world.texts.duration(call.language, managers.longest_mute)
        fields.append(Field(var="length", label=call.say("field-mute-length", longest=longest), value=length))
    if managers.exempt:
        fields.append(
            choice_field(
                "exempt",
                call.say("field-exempt"),
                [Option(value=who.value, label=call.say("own-rule-exempt-who", exempt=who.value)) for who in Exempt],
                value=Exempt.NOBODY.value if rule is None else rule.exempt.value,
            )
        )
    return fields


# what was answered


def read_rule(
    call: Call, matcher: RoomMatcher, managers: Managers, answers: Answers, rule: RoomRule | None
) -> RoomRule | Mistaken:
    """The rule that was written down, if it can be one."""
    name = _read_name(answers["name"]) if rule is None else rule.name
    if name is None:
        return Mistaken(text="not-a-rule-name", params={"limit": LONGEST_NAME}, var="name")
    about = _read_about(call, matcher, answers)
    if isinstance(about, Mistaken):
        return about
    action = RoomAction(answers["action"])
    mute_s = None
    if action is RoomAction.MUTE:
        try:
            mute_s = float(parse_duration(answers["length"]) if answers["length"] else managers.longest_mute)
        except ValueError:
            return Mistaken(text="not-a-length", var="length")
        if not 0 < mute_s <= managers.longest_mute:
            longest = call.world.texts.duration(call.language, managers.longest_mute)
            return Mistaken(text="mute-too-long", params={"longest": longest}, var="length")
    items, is_all_but, least = about
    return RoomRule(
        name=name,
        matcher=matcher,
        items=items,
        is_all_but=is_all_but,
        least=least,
        action=action,
        mute_s=mute_s,
        exempt=Exempt(answers.get("exempt", Exempt.NOBODY.value)),
    )


def _read_name(text: str) -> str | None:
    """Letters and digits of any script, in groups joined by hyphens: nothing that could rearrange a sentence."""
    name = normalize("NFKC", text).casefold().replace(" ", "-")
    groups = name.split("-")
    is_fit = len(name) <= LONGEST_NAME and all(
        group and group[0].isalnum() and all(char.isalnum() or category(char) in {"Mn", "Mc"} for char in group)
        for group in groups
    )
    return name if is_fit else None


_About = tuple[tuple[str, ...], bool, int]


def _read_about(call: Call, matcher: RoomMatcher, answers: Answers) -> _About | Mistaken:
    match matcher:
        case RoomMatcher.WORDS:
            return _read_items(answers["words"], "words", _read_word)
        case RoomMatcher.PATTERNS:
            return (answers["pattern"],), False, 0
        case RoomMatcher.LINKS:
            read = _read_items(answers["domains"], "domains", _read_domain)
            if isinstance(read, Mistaken):
                return read
            if answers["which"] == "these" and not read[0]:
                return Mistaken(text="form-missing", params={"field": call.say("field-domains")}, var="domains")
            return read[0], answers["which"] == "others", 0
        case RoomMatcher.CAPS:
            most = call.world.settings.limits.text_chars
            least = _read_number(answers["letters"], _LEAST_CAPS, most)
            return _not_a_number("letters", _LEAST_CAPS, most) if least is None else ((), False, least)
        case RoomMatcher.LENGTH:
            most = call.world.settings.limits.text_chars - 1
            least = _read_number(answers["characters"], _LEAST_LENGTH, most)
            return _not_a_number("characters", _LEAST_LENGTH, most) if least is None else ((), False, least + 1)
        case RoomMatcher.ATTACHMENTS:
            named = {call.say("file-kind", kind=kind).casefold(): kind for kind in get_args(Files)}
            named |= {kind: kind for kind in get_args(Files)}
            return _read_items(answers["kinds"], "kinds", lambda kind: named.get(kind.casefold()))
        case RoomMatcher.MIXED_SCRIPT:
            return (), False, 0


def _read_items(text: str, var: str, read: Callable[[str], str | None]) -> _About | Mistaken:
    items: list[str] = []
    for part in filter(None, map(str.strip, _PARTED.split(text))):
        item = read(part)
        if item is None:
            return Mistaken(text=f"not-in-{var}", params={"item": part[:_LONGEST_WORD]}, var=var)
        items.append(item)
    if not items and var != "domains":
        return Mistaken(text="not-in-list", var=var)
    return tuple(dict.fromkeys(items)), False, 0


def _read_word(text: str) -> str | None:
    return text if len(text) <= _LONGEST_WORD and normalise(text).text.strip() else None


def _read_domain(text: str) -> str | None:
    try:
        domain = prepare_domain(text.lstrip("."))
    except ValueError:
        return None
    return domain if "." in domain or _TOP_LEVEL.fullmatch(domain) else None


def _read_number(text: str, least: int, most: int) -> int | None:
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        return None
    return int(text) if least <= int(text) <= most else None


def _not_a_number(var: str, least: int, most: int) -> Mistaken:
    return Mistaken(text="not-in-range", params={"least": least, "most": most}, var=var)
