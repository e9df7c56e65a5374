"""From a parsed TOML document to typed settings, collecting every fault on the way instead of stopping at the first."""

import difflib
import math
import re
from collections.abc import Callable, Mapping
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

from config.durations import parse_duration
from config.settings import Seconds, Section, Settings

Complain = Callable[[str, str], None]
"""Takes the key's path and the reason."""

S = TypeVar("S", bound=Section)

_WORDS = {
    "int": "a whole number",
    "float": "a number",
    "str": "text",
    "bool": "true or false",
    "array": "a list",
    "object": "a table",
    "null": "nothing",
}
_TYPE = re.compile(r"`(\w+)(?: \| null)?`")
_KEBAB = "must be lower-case letters and digits, in groups joined by single hyphens (kebab-case)"
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PLAIN_NAME = re.compile(r"[\w-]{1,60}")
_ELEMENT = re.compile(r" - at `\$\[(\d+)\](.*)`$")


def read_settings(document: Mapping[str, object], complain: Complain) -> Settings | None:
    """Convert the whole document; None when there was something to complain about."""
    return read_table(Settings, document, complain)


def read_table(kind: type[S], document: Mapping[str, object], complain: Complain) -> S | None:
    """Convert a document of any kind; None when there was something to complain about."""
    count = 0

    def count_and_complain(key: str, reason: str) -> None:
        nonlocal count
        count += 1
        complain(key, reason)

    values = _read_table(kind, document, "", count_and_complain)
    return None if count else msgspec.convert(values, kind, dec_hook=_decode)


def known_keys(kind: type[Section]) -> dict[str, Any]:
    """Keys of a table, as they are written in the file, with their types, Annotated kept."""
    hints = get_type_hints(kind, include_extras=True)
    return {field.encode_name: hints[field.name] for field in msgspec.structs.fields(kind)}


class Shape(Enum):
    """How tables stand below a key."""

    ONE = "[key]"
    LIST = "[[key]]"
    NAMED = "[key.NAME]"


def table_type(kind: Any) -> tuple[type[Section] | None, Shape]:  # noqa: ANN401 - a type form, which has no type
    """Which table a key's type leads to, and whether the key holds one, a list of them, or one for each name."""
    bare = get_args(kind)[0] if get_origin(kind) is Annotated else kind
    shape = Shape.ONE
    if get_origin(bare) in {Union, UnionType}:
        return table_type(next(inner for inner in get_args(bare) if inner is not NoneType))
    if get_origin(bare) is tuple:
        bare, shape = get_args(bare)[0], Shape.LIST
    elif get_origin(bare) is dict:
        bare, shape = get_args(bare)[1], Shape.NAMED
    return (bare if isinstance(bare, type) and issubclass(bare, Section) else None), shape


def choices_of(kind: Any) -> tuple[str, ...]:  # noqa: ANN401
    """The values of the Literal somewhere in a type, as written down; () if there is none."""
    if get_origin(kind) is Literal:
        return get_args(kind)
    return next((found for inner in get_args(kind) if (found := choices_of(inner))), ())


def _read_table(kind: type[Section], value: object, path: str, complain: Complain) -> dict[str, object]:
    if not isinstance(value, Mapping):
        complain(path, f"must be a table, [{path}]")
        return {}
    known = known_keys(kind)
    values: dict[str, object] = {}
    for key, inner in value.items():
        here = f"{path}.{key}" if path else key
        if key not in known:
            complain(here, f"unknown key; {nearest(key, known)}")
            continue
        table, shape = table_type(known[key])
        if table is None:
            _read_leaf(known[key], inner, here, complain)
            values[key] = inner
        elif shape is Shape.LIST:
            values[key] = _read_tables(table, inner, here, complain)
        elif shape is Shape.NAMED:
            values[key] = _read_named(table, inner, here, complain)
        else:
            values[key] = _read_table(table, inner, here, complain)
    for field in msgspec.structs.fields(kind):
        if field.required and field.encode_name not in value:
            complain(f"{path}.{field.encode_name}" if path else field.encode_name, "is missing")
    return values


def _read_tables(kind: type[Section], value: object, path: str, complain: Complain) -> list[object]:
    if not isinstance(value, list):
        complain(path, f"must be a list of tables, [[{path}]]")
        return []
    return [_read_table(kind, table, label(path, number, table), complain) for number, table in enumerate(value, 1)]


def _read_named(kind: type[Section], value: object, path: str, complain: Complain) -> dict[str, object]:
    if not isinstance(value, Mapping):
        complain(path, f"must hold tables, such as [{path}.name]")
        return {}
    values: dict[str, object] = {}
    for name, table in value.items():
        if not _SLUG.fullmatch(name):
            complain(path, f"the name {name[:60]!r} will not do: it {_KEBAB}")
            continue
        values[name] = _read_table(kind, table, f"{path}.{name}", complain)
    return values


def label(path: str, number: int, table: object) -> str:
    """The path of one table of a list: by its name if it has one, else by its place, counted from 1."""
    name = table.get("name") if isinstance(table, Mapping) else getattr(table, "name", None)
    return f"{path}[{name}]" if isinstance(name, str) and _PLAIN_NAME.fullmatch(name) else f"{path}[#{number}]"


def _read_leaf(kind: Any, value: object, path: str, complain: Complain) -> None:  # noqa: ANN401
    if isinstance(value, float) and not math.isfinite(value):
        complain(path, "must be a finite number")
        return
    try:
        msgspec.convert(value, kind, dec_hook=_decode)
    except msgspec.ValidationError as error:
        text = str(error)
        if element := _ELEMENT.search(text):
            path = f"{path}[#{int(element[1]) + 1}]"
            text = text[: element.start()]
        complain(path, _explain(text, kind))


def _decode(kind: type, value: object) -> object:
    if kind is not Seconds:
        raise NotImplementedError(kind)
    if not isinstance(value, str):
        raise ValueError('must be a duration in quotes, such as "30s" or "7d"')  # noqa: TRY004 - msgspec passes ValueErrors on
    return parse_duration(value)


def _explain(text: str, kind: Any) -> str:  # noqa: ANN401
    if text.startswith("Invalid enum value"):
        choices = [f'"{choice}"' for choice in choices_of(kind)]
        return f"must be {'one of ' if len(choices) > 1 else ''}{', '.join(choices)}; not {text.partition('value ')[2]}"
    if " matching regex " in text:
        return _KEBAB
    if " of length " in text:
        return "must not be empty"
    text = _TYPE.sub(lambda found: _WORDS.get(found[1], found[1]), text)
    return text.replace("Expected ", "must be ").replace(", got ", ", not ").replace("|", "or")


def nearest(key: str, known: Mapping[str, object]) -> str:
    """A hint at what was meant."""
    if close := difflib.get_close_matches(key, known, 1, 0.5):
        return f'did you mean "{close[0]}"?'
    return f"known here: {', '.join(known)}"
