"""Names and descriptions of rooms: no characters that nobody sees and that turn others about."""

import pytest

from policy.facts import Kind, Surface, Text
from policy.verdict import ALLOW
from tests.unit.policy.making import facts, judged, texts

NAME, DESCRIPTION = Surface.ROOM_NAME, Surface.ROOM_DESCRIPTION


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u2028", "\x7f", "\x85", "\ud800", "\u202c"])
@pytest.mark.parametrize("surface", [NAME, DESCRIPTION])
@pytest.mark.parametrize("kind", [Kind.CONFIG, Kind.CREATE])
def test_signs_that_deceive_are_refused_wherever_they_stand(kind: Kind, surface: Surface, sign: str) -> None:
    written = (Text(surface=DESCRIPTION, value="plain"), Text(surface=surface, value=f"Tea{sign}house"))
    assert "deny-room-signs" in texts(judged(facts(kind, texts=written)))


@pytest.mark.parametrize("sign", ["\n", "\t", "\r"])
def test_a_name_is_one_line_and_a_description_may_have_several(sign: str) -> None:
    for surface, expected in ((NAME, ["deny-room-signs"]), (DESCRIPTION, [])):
        written = (Text(surface=surface, value=f"Tea{sign}house"),)
        assert texts(judged(facts(Kind.CONFIG, texts=written))) == expected


@pytest.mark.parametrize("name", ["茶馆", "בית התה", "شاي\u200f!", "Tea 👩‍👩‍👧 🏴\U000e0067\U000e007f", "caf\u0301e"])
def test_names_in_any_script_pass(name: str) -> None:
    assert judged(facts(Kind.CONFIG, texts=(Text(surface=NAME, value=name),))) is ALLOW


def test_what_is_written_in_the_room_is_not_its_business() -> None:
    assert judged(facts(Kind.POST, texts=(Text(surface=Surface.BODY, value="\u202etab"),))) is ALLOW
