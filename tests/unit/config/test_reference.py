"""The reference page and the commented config file say what config/settings/ says."""

import re
import tomllib

import msgspec

from config.reader import read_settings, table_type
from config.reference import PAGE, keys_of, write_config, write_page
from config.settings import Document, Pack, Rule, Section, Settings, Tier

GIVEN = {"xmpp.domain": "keeper.example.org", "xmpp.muc": "rooms.example.org", "xmpp.secret_file": "secret"}


def read(text: str) -> Settings:
    complaints: list[tuple[str, str]] = []
    settings = read_settings(tomllib.loads(text), lambda key, reason: complaints.append((key, reason)))
    assert settings is not None, complaints
    return settings


def test_reference_page_is_current() -> None:
    assert PAGE.read_text() == write_page(), "run: python -m config.reference"


def test_every_setting_is_explained() -> None:
    seen: set[type[Section]] = set()

    def unexplained(kind: type[Section]) -> list[str]:
        found: list[str] = []
        if kind in seen:
            return found
        seen.add(kind)
        for key in keys_of(kind):
            table, _ = table_type(key.kind)
            if table is not None:
                assert table.__doc__, table
                found += unexplained(table)
            elif not key.meaning:
                found.append(f"{kind.__name__}.{key.name}")
        return found

    assert unexplained(Settings) == []
    assert unexplained(Pack) == []


def test_commented_config_holds_what_was_given_and_the_defaults() -> None:
    settings = read(write_config(GIVEN))
    assert settings == msgspec.convert(
        {"xmpp": {"domain": "keeper.example.org", "muc": "rooms.example.org", "secret_file": "secret"}}, Settings
    )


def test_comments_of_the_config_can_be_taken_away_as_they_are() -> None:
    text = write_config(GIVEN)
    bare = read(re.sub(r"(?m)^#(?=[\w\[])", "", text))
    identity = msgspec.structs.replace(bare.identity, documents={})
    assert msgspec.structs.replace(bare, rules=(), identity=identity) == read(text)
    assert bare.identity.documents == {"id-card": Document(check="gb11643")}
    assert [rule.name for rule in bare.rules] == ["no-pills"]


def test_page_names_units_bounds_and_choices() -> None:
    page = write_page()
    assert '| `busy_timeout` | duration | `"3s"` |' in page
    assert "| `port` | whole number ≥ 1, ≤ 65535 | `5347` |" in page
    assert '| `on_error` | `"deny"` or `"allow"` | `"deny"` |' in page
    assert "`[rules.all]` also takes the tables `links`, as `[rules.links]`;" in page
    assert "`not`, as `[[rules.all]]` (this must not be met)" in page
    assert "| `threshold` | whole number ≥ 0, ≤ 100 | required |" in page
    assert {key.name for key in keys_of(Tier)} | {key.name for key in keys_of(Rule)} <= set(
        re.findall(r"`(\w+)`", page)
    )
