"""What owners set by their room's form stays within its category and class."""

from typing import Any

import pytest

from config.settings import Category, ForcedConfig, Rooms, Scale, Settings
from policy.actions import Correct
from policy.facts import Kind
from policy.rules.room_config import forced_fields
from policy.verdict import Decision
from tests.unit.policy.making import facts, judged, settings, texts

PUBLIC, SECRET, USERS = "muc#roomconfig_publicroom", "muc#roomconfig_roomsecret", "muc#roomconfig_maxusers"
PROTECTED = "muc#roomconfig_passwordprotectedroom"


def by(out_of_bounds: str = "correct", **forced: Any) -> Settings:  # noqa: ANN401 - any field that can be forced
    return settings(
        rooms=Rooms(out_of_bounds=out_of_bounds),  # type: ignore[arg-type]
        categories={"general": Category(config=ForcedConfig(**forced))},
        scales={"small": Scale(members=50)},
    )


def corrected(given: dict[str, tuple[str, ...]] | None, settings: Settings, kind: Kind = Kind.CONFIG) -> Correct | None:
    config = None if given is None else tuple(given.items())
    verdict = judged(facts(kind, config=config, affiliation="owner"), settings)
    assert verdict.decision is Decision.ALLOW, verdict
    found = [action for action in verdict.actions if isinstance(action, Correct)]
    return found[0] if found else None


@pytest.mark.parametrize(
    ("given", "fields", "told"),
    [
        ({PUBLIC: ("1",)}, ((PUBLIC, "0"),), (PUBLIC,)),
        ({PUBLIC: ("true",)}, ((PUBLIC, "0"),), (PUBLIC,)),
        ({PUBLIC: ("0",)}, None, ()),
        ({PUBLIC: ("false",)}, None, ()),
        ({PUBLIC: ("0", "1")}, ((PUBLIC, "0"),), (PUBLIC,)),  # a field that comes twice
        ({PUBLIC: ()}, ((PUBLIC, "0"),), (PUBLIC,)),
        ({}, ((PUBLIC, "0"),), ()),  # an instant room: nothing was chosen
        (None, None, ()),
    ],
)
def test_what_the_category_forces_is_in_every_form(
    given: dict[str, tuple[str, ...]] | None, fields: tuple[tuple[str, str], ...] | None, told: tuple[str, ...]
) -> None:
    for kind in (Kind.CONFIG, Kind.CREATE):
        found = corrected(given, by(public=False), kind)
        assert (found and found.fields, found.told if found else ()) == (fields, told)


@pytest.mark.parametrize(
    ("given", "is_lowered"),
    [
        (("50",), False),
        (("51",), True),
        (("5",), False),
        (("0",), True),
        (("none",), True),
        (("",), True),
        ((), True),
        (("٥",), True),
        (("9" * 30,), True),
        (("20", "90"), True),
    ],
)
def test_no_more_occupants_than_the_class_may_have_members(given: tuple[str, ...], *, is_lowered: bool) -> None:
    found = corrected({USERS: given}, by())
    assert (found is not None) == is_lowered
    if found is not None:
        assert found.fields == ((USERS, "50"),)


def test_a_room_without_passwords_has_the_secret_taken_out() -> None:
    found = corrected({SECRET: ("sesame",), PROTECTED: ("1",)}, by(password=False))
    assert found is not None
    assert dict(found.fields) == {SECRET: "", PROTECTED: "0"}
    assert corrected({SECRET: ()}, by(password=False)) is None


def test_fields_that_are_nobodys_business_pass() -> None:
    assert corrected({"muc#roomconfig_roomname": ("Tea",), "x-custom": ("1", "2")}, by()) is None


def test_who_sees_addresses_can_be_forced_too() -> None:
    found = corrected({"muc#roomconfig_whois": ("anyone",)}, by(whois="moderators"))
    assert found is not None
    assert found.fields == (("muc#roomconfig_whois", "moderators"),)


def test_what_a_room_has_that_nobody_configures_is_known_without_a_form() -> None:
    forced = by(public=False, password=False, whois="moderators")
    assert dict(forced_fields(None, forced)) == {PUBLIC: "0", SECRET: "", "muc#roomconfig_whois": "moderators"}
    assert forced_fields(None, by()) == ()


def test_operators_may_have_such_forms_refused_instead() -> None:
    verdict = judged(facts(Kind.CONFIG, config=((PUBLIC, ("1",)), (USERS, ("80",)))), by("refuse", public=False))
    assert texts(verdict) == ["deny-config", "deny-config"]
    assert corrected({}, by("refuse", public=False)) is not None  # what nobody chose is filled in all the same
