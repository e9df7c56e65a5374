"""The settings, told to operators: the reference page and the commented config file, both out of config/settings/.

`python -m config.reference` writes docs/operators/settings.md anew.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import msgspec
from msgspec import Meta, inspect

from config.durations import format_duration
from config.reader import Shape, choices_of, known_keys, table_type
from config.settings import Document, Rule, Seconds, Section, Settings

PAGE = Path(__file__).parent.parent / "docs" / "operators" / "settings.md"

_INTRO = """\
# Settings

Everything that may stand in `roomkeeper.toml`. Made from `config/settings/` by `python -m config.reference`.

Durations are a number and a unit in quotes: `"30s"`, `"10m"`, `"1h30m"`, `"7d"`, `"2w"`. Relative paths begin at the
folder of the config file. A key that is not listed here is an error. `roomkeeper check` tells what is wrong without
starting anything; a running Roomkeeper reads the file anew on SIGHUP and keeps its old settings when the new ones are
wrong.
"""

_EXAMPLES: dict[type[Section], Section] = {
    Rule: Rule(
        name="no-pills", words=("cheap pills", "free money"), patterns=("(?i)buy .{0,20}followers",), action="reject"
    ),
    Document: Document(check="gb11643"),
}


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a table."""

    name: str  # as written in the file
    field: str  # as the settings call it
    kind: Any  # as annotated
    default: object  # msgspec.NODEFAULT: required
    meaning: str


def keys_of(kind: type[Section]) -> Iterator[Key]:
    """The keys of a table, those that must be given first, then in the order they are written down."""
    kinds = known_keys(kind)
    for field in sorted(msgspec.structs.fields(kind), key=lambda field: not field.required):
        annotated = kinds[field.encode_name]
        metas = [meta for meta in get_args(annotated) if isinstance(meta, Meta)]
        default = field.default
        if field.default_factory is not msgspec.NODEFAULT:
            default = field.default_factory()
        yield Key(
            field.encode_name,
            field.name,
            annotated,
            default,
            next((meta.description for meta in metas if meta.description), ""),
        )


def to_toml(value: object) -> str:
    """One value as TOML."""
    if isinstance(value, Seconds):
        return f'"{format_duration(value)}"'
    if isinstance(value, tuple):
        return f"[{', '.join(map(to_toml, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{json.dumps(key)} = {to_toml(inner)}' for key, inner in value.items())}}}"
    return json.dumps(value, ensure_ascii=False)


# the page


def write_page() -> str:
    """docs/operators/settings.md."""
    return "\n".join([_INTRO, *_page_tables(Settings, "", {})])


def _page_tables(kind: type[Section], path: str, told: dict[type[Section], str]) -> Iterator[str]:
    """The tables below a path; `told` says where those that stand in several places were explained first."""
    again: list[str] = []
    for key in keys_of(kind):
        table, shape = table_type(key.kind)
        if table is None:
            continue
        here = _path(path, key, shape)
        header = _header(here, shape)
        if table in told:
            meaning = key.meaning[:1].lower() + key.meaning[1:].rstrip(".")
            again.append(f"`{key.name}`, as `{told[table]}`{f' ({meaning})' if meaning else ''}")
            continue
        told[table] = header
        yield f"## `{header}`\n"
        yield f"{table.__doc__}{f' {key.meaning}' if key.meaning else ''}\n"
        rows = [inner for inner in keys_of(table) if table_type(inner.kind)[0] is None]
        if rows:
            yield "| key | value | default | meaning |\n|---|---|---|---|"
            yield from (_page_row(row) for row in rows)
            yield ""
        if shape is not Shape.ONE and key.default:
            yield "By default:\n\n```toml"
            yield "\n\n".join(_tables_of(key, here))
            yield "```\n"
        yield from _page_tables(table, here, told)
    if again:
        yield f"`[{path}]` also takes the tables {'; '.join(again)}.\n"


def _page_row(key: Key) -> str:
    default = (
        "required"
        if key.default is msgspec.NODEFAULT
        else "none"
        if key.default is None
        else f"`{to_toml(key.default)}`"
    )
    kind = _kind_in_words(msgspec.inspect.type_info(key.kind), choices_of(key.kind))
    return f"| `{key.name}` | {kind} | {default} | {key.meaning} |"


def _kind_in_words(info: inspect.Type, choices: tuple[str, ...]) -> str:
    match info:
        case inspect.Metadata(type=inner):
            return _kind_in_words(inner, choices)
        case inspect.UnionType(types=types):
            return next(_kind_in_words(inner, choices) for inner in types if not isinstance(inner, inspect.NoneType))
        case inspect.LiteralType():
            return " or ".join(f"`{to_toml(choice)}`" for choice in choices)
        case inspect.VarTupleType(item_type=inner):
            return f"list of {_kind_in_words(inner, choices)}"
        case inspect.DictType():
            return "table of text"
        case inspect.CustomType():
            return "duration"
        case inspect.BoolType():
            return "`true` or `false`"
        case inspect.StrType():
            return "text"
        case inspect.IntType() | inspect.FloatType():
            bounds = (("≥", info.ge), (">", info.gt), ("≤", info.le))
            words = ", ".join(f"{sign} {bound:g}" for sign, bound in bounds if bound is not None)
            return f"{'whole number' if isinstance(info, inspect.IntType) else 'number'} {words}".strip()
    raise NotImplementedError(info)


def _path(path: str, key: Key, shape: Shape) -> str:
    here = f"{path}.{key.name}" if path else key.name
    return f"{here}.NAME" if shape is Shape.NAMED else here


def _header(path: str, shape: Shape) -> str:
    return f"[[{path}]]" if shape is Shape.LIST else f"[{path}]"


def _tables_of(key: Key, path: str) -> Iterator[str]:
    """The tables that stand there by default, each as TOML."""
    if isinstance(key.default, dict):
        yield from (_table(f"[{path.removesuffix('NAME')}{name}]", table) for name, table in key.default.items())
    elif isinstance(key.default, tuple):
        yield from (_table(f"[[{path}]]", table) for table in key.default)


def _table(header: str, table: Section) -> str:
    told = (inner for inner in keys_of(type(table)) if getattr(table, inner.field) != inner.default)
    return "\n".join([header, *(f"{inner.name} = {to_toml(getattr(table, inner.field))}" for inner in told)])


# the commented config file


def write_config(given: Mapping[str, object]) -> str:
    """A whole config file: `given` values by their paths stand, all others as comments that show the defaults."""
    return "\n".join(_config_tables(Settings, "", given)) + "\n"


def _config_tables(kind: type[Section], path: str, given: Mapping[str, object]) -> Iterator[str]:
    for key in keys_of(kind):
        table, shape = table_type(key.kind)
        if table is None:
            continue
        here = _path(path, key, shape)
        yield f"\n# {table.__doc__}{f' {key.meaning}' if key.meaning else ''}"
        if shape is Shape.ONE:
            if any(table_type(inner.kind)[0] is None for inner in keys_of(table)):
                yield f"[{here}]"
            yield from (line for inner in keys_of(table) for line in _config_key(inner, f"{here}.{inner.name}", given))
            yield from _config_tables(table, here, given)
        elif key.default:
            tables = "\n\n".join(_tables_of(key, here))
            yield "\n".join(f"#{line}" if line else "" for line in tables.splitlines())
        else:
            yield "# Such as:"
            yield f"#[[{here}]]" if shape is Shape.LIST else f"#[{here.replace('NAME', 'id-card')}]"
            example = _EXAMPLES[table]
            yield from (line for inner in keys_of(table) for line in _config_key(inner, inner.name, {}, example))


def _config_key(key: Key, path: str, given: Mapping[str, object], example: Section | None = None) -> Iterator[str]:
    if table_type(key.kind)[0] is not None:
        return
    yield f"# {key.meaning}"
    value = given.get(path, key.default if example is None else getattr(example, key.field))
    if value is None:
        yield f"# {key.name} is absent by default."
    else:
        yield f"{'' if path in given else '#'}{key.name} = {to_toml(value)}"


if __name__ == "__main__":
    PAGE.write_text(write_page())
