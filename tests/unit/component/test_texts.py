"""Texts: both languages say the same things, everything said exists, and values read as people write them."""

import ast
import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import ast as ftl
from fluent.syntax import parse
from fluent.syntax.visitor import Visitor

from component.texts import LANGUAGES, MOMENTS, Language, Param, Texts, words

CHECKOUT = Path(__file__).parents[3]
TEXTS = Texts("en", "keeper.example")

DENIALS: dict[str, dict[str, Param]] = {
    "deny-unverified": {"deed": "join"},
    "deny-lapsed": {"deed": "post"},
    "deny-blacklisted": {},
    "deny-room-blacklisted": {},
    "deny-banned": {"until": 0, "reason": "spam"},
    "deny-muted": {"until": 1_800_000_000.0, "reason": "spam"},
    "deny-posting-suspended": {"until": 0, "reason": "spam"},
    "deny-held": {"rule": "adverts"},
    "deny-too-fast": {},
    "deny-created-full": {"limit": 5, "used": 5},
    "deny-joined-full": {"limit": 0, "used": 0},
    "deny-members-full": {"limit": 500},
    "deny-content": {"rule": "adverts"},
    "deny-own-rule": {"rule": "no-tea"},
    "deny-links": {"tier": "restricted"},
    "deny-files": {"tier": "restricted"},
    "deny-invitations": {"tier": "house"},
    "deny-encrypted": {},
    "deny-rules-unaccepted": {},
    "deny-suspended": {},
    "deny-closed": {},
    "deny-adopting": {},
    "deny-lookalike": {},
    "deny-room-signs": {},
    "deny-too-long": {"limit": 10_000},
    "deny-too-many": {"limit": 100},
    "deny-target-unverified": {"account": "romeo@example"},
    "deny-target-barred": {"account": "romeo@example"},
    "deny-target-joined-full": {"account": "romeo@example"},
    "deny-target-standing": {"account": "romeo@example"},
    "deny-target-unnamed": {},
    "deny-target-members-full": {"limit": 50},
    "deny-target-created-full": {"account": "romeo@example"},
    "deny-managing": {"until": 0, "reason": "neglect"},
    "deny-creating": {"until": 1_800_000_000.0, "reason": "neglect"},
    "deny-closed-for": {"reason": "spam"},
    "deny-reserved": {},
    "deny-lockdown": {"deed": "join", "until": 1_800_000_000.0, "reason": "spam", "room": ""},
    "deny-raid": {"until": 1_800_000_000.0},
    "deny-founding-kept": {},
    "deny-founding-unasked": {},
    "deny-founding-scale": {},
    "deny-founding-tier": {},
    "deny-founding-early": {"until": 1_800_000_000.0},
    "deny-fault": {},
    "deny-join-question": {"room": "hall@rooms.example", "question": "Who wrote it?"},
    "deny-join-wrong": {"room": "hall@rooms.example"},
    "deny-join-spent": {"room": "hall@rooms.example"},
    "deny-join-approval": {"room": "hall@rooms.example"},
    "deny-join-invite": {"room": "hall@rooms.example"},
    "deny-application-filed": {},
    "deny-application-waiting": {},
    "deny-application-paused": {"until": 1_800_000_000.0},
    "deny-application-too-many": {"limit": 5},
    "deny-application-crowded": {},
    "deny-config": {"field": "publicroom", "value": "0"},
}
"""Every denial with the parameters that policy gives it."""

NEXT_STEPS = re.compile(r"please|write “|you are welcome|can still|请|发消息|欢迎|可以", re.IGNORECASE)


class Names(Visitor):
    """Variables and messages that an entry names."""

    def __init__(self) -> None:
        super().__init__()
        self.variables: set[str] = set()
        self.messages: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802 - Fluent's name
        self.variables.add(node.id.name)

    def visit_MessageReference(self, node: ftl.MessageReference) -> None:  # noqa: N802 - Fluent's name
        self.messages.add(node.id.name)


@cache
def entries(language: Language) -> dict[str, Names]:
    found: dict[str, Names] = {}
    for file in sorted((CHECKOUT / "component" / "locale" / language).glob("*.ftl")):
        for entry in parse(file.read_text(encoding="utf-8")).body:
            assert not isinstance(entry, ftl.Junk), f"{file}: {entry.content}"
            if isinstance(entry, ftl.Message):
                assert entry.id.name not in found, f"{entry.id.name} stands twice"
                names = Names()
                names.visit(entry)
                found[entry.id.name] = names
    return found


def variables(language: Language, text: str) -> set[str]:
    """Those of a message and of all it refers to."""
    names = entries(language)[text]
    return names.variables.union(*(variables(language, other) for other in names.messages))


def sources() -> Iterator[ast.AST]:
    for folder in ("component", "policy"):
        for file in (CHECKOUT / folder).rglob("*.py"):
            yield from ast.walk(ast.parse(file.read_text(encoding="utf-8")))


def said() -> set[str]:
    """Ids that the code asks for by name."""
    found: set[str] = set()
    for node in sources():
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        constants = [each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
        if name == "fact":
            found.update(f"fact-{each}" for each in constants)
        elif name in {"say", "_puzzle", "_tell", "tell", "write", "_tell_creator"}:
            found.update(each for each in constants if "@" not in each)
        elif name == "get" and len(node.args) > 1 and "texts" in ast.unparse(node.func):
            found.update(constants[-1:])
        elif name in {"denial", "RequestError", "_bad"}:
            found.update(each for each in constants if re.match(r"(deny|error|form)-", each))
        for keyword in node.keywords:
            if keyword.arg == "text" and isinstance(keyword.value, ast.Constant):
                found.add(str(keyword.value.value))
    return found


def test_both_languages_have_the_same_texts_with_the_same_variables() -> None:
    assert entries("en").keys() == entries("zh-Hans").keys()
    for text in entries("en"):
        assert variables("en", text) == variables("zh-Hans", text), text


def test_everything_the_code_says_exists() -> None:
    assert said() <= entries("en").keys()
    assert len(said()) > 100


def test_no_text_is_unused() -> None:
    constants: set[str] = set()
    patterns: list[re.Pattern[str]] = []
    for node in sources():
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            constants.add(node.value)
        elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            parts = [re.escape(str(e.value)) if isinstance(e, ast.Constant) else "(.+)" for e in node.values]
            patterns.append(re.compile("".join(parts)))
    referred = {other for names in entries("en").values() for other in names.messages}

    def is_used(text: str) -> bool:
        made = (pattern.fullmatch(text) for pattern in patterns)
        return text in constants | referred or any(match and set(match.groups()) <= constants for match in made)

    assert [text for text in entries("en") if not is_used(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_can_be_written_whatever_its_values(language: Language, caplog: pytest.LogCaptureFixture) -> None:
    for value in (None, "x", 1, 7, 1_800_000_000.0):
        for text in entries(language):
            written = TEXTS.get(language, text, **dict.fromkeys(variables(language, text) - {"service"}, value))
            assert written
            assert not re.search(r"[\u2066-\u2069{}]", written), written
    assert caplog.records == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", DENIALS)
def test_every_denial_says_what_to_do_next(text: str, language: Language, caplog: pytest.LogCaptureFixture) -> None:
    written = TEXTS.get(language, text, **DENIALS[text])
    assert NEXT_STEPS.search(written), written
    assert caplog.records == []
    assert variables(language, text) <= {"service", *DENIALS[text]}


def test_no_denial_is_left_out() -> None:
    assert {text for text in entries("en") if text.startswith("deny-")} == DENIALS.keys()


def test_an_unverified_person_is_told_where_to_verify() -> None:
    for language in LANGUAGES:
        assert "keeper.example" in TEXTS.get(language, "deny-unverified", deed="create")
    assert "验证" in TEXTS.get("zh-Hans", "deny-unverified", deed="create")


@pytest.mark.parametrize(
    ("wanted", "picked"),
    [
        (("zh",), "zh-Hans"),
        (("zh-CN",), "zh-Hans"),
        (("zh_TW",), "zh-Hans"),
        (("ZH-hans",), "zh-Hans"),
        (("en-GB",), "en"),
        (("fr", "zh"), "zh-Hans"),
        ((None, "en"), "en"),
        (("", None, "fr"), "en"),
        ((), "en"),
        (("zhx",), "en"),
    ],
)
def test_the_first_language_we_have_is_picked(wanted: tuple[str | None, ...], picked: str) -> None:
    assert TEXTS.pick(*wanted) == picked


def test_the_default_is_the_operators() -> None:
    assert Texts("zh-Hans", "k").pick("fr") == "zh-Hans"


def test_moments_are_written_with_their_zone() -> None:
    assert "until 15 Jan 2027, 08:00 UTC" in TEXTS.get("en", "deny-muted", until=1_800_000_000.0, reason="r")
    assert "2027年1月15日 08:00（UTC）" in TEXTS.get("zh", "deny-muted", until=1_800_000_000.0, reason="r")
    assert "UTC" in TEXTS.get("en", "deny-muted", until=datetime(2027, 1, 1, tzinfo=UTC), reason="r")
    assert "until a moderator" in TEXTS.get("en", "deny-muted", until=None, reason="r")
    assert "until a moderator" in TEXTS.get("en", "deny-muted", until=0, reason="r")
    assert TEXTS.get("en", "deny-muted", until=1e30, reason="r")
    assert {"until", "since", "at"} == MOMENTS


def test_numbers_that_name_something_have_no_separators() -> None:
    assert "12345" in TEXTS.get("en", "lift-over", number=12345)


@pytest.mark.parametrize(
    ("seconds", "written"),
    [(0, "1 second"), (59, "59 seconds"), (60, "1 minute"), (61, "2 minutes"), (5400, "2 hours"), (86400, "1 day")],
)
def test_durations_are_rounded_up(seconds: float, written: str) -> None:
    assert TEXTS.duration("en", seconds) == written


def test_a_missing_text_or_value_never_raises(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        assert TEXTS.get("en", "no-such-text") == "no-such-text"
        assert TEXTS.get("en", "deny-content")
    assert len(caplog.records) == 2


def test_words_are_those_of_all_languages() -> None:
    assert {"help", "帮助"} <= words(TEXTS, "words-help")
    assert "help" not in words(TEXTS, "words-help", "zh-Hans")


def test_no_two_commands_share_a_word() -> None:
    seen: dict[str, str] = {}
    for text in entries("en"):
        if text.startswith("words-") and text not in {"words-yes", "words-no", "words-skip"}:
            for word in words(TEXTS, text):
                assert seen.setdefault(word, text) == text, word
