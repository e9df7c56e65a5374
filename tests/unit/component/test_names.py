"""Nicknames are found in texts of any script, as they come and go."""

import pytest

from component.lookback import look_back
from component.names import _MOST_LOOKS, Names
from component.occupancy import Occupancy, Occupant
from component.recent import Recent
from config.settings import Limits
from policy.asks import Asks
from policy.facts import Kind, Surface, Text
from policy.normalise import normalise
from tests.unit.component.asking import ROOM, ask


def names(*nicks: str) -> Names:
    made = Names()
    for nick in nicks:
        made.enter(nick)
    return made


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Anna, Ben and carl d.", {"anna", "ben", "carl d."}),
        ("@anna: hi", {"anna"}),
        ("Annabel is not here", set()),
        ("bananna, and Anna", {"anna"}),
        ("小明小红你们好", {"小明", "小红"}),
        ("ＡＮＮＡ", {"anna"}),
        ("x marks the spot", set()),
        ("", set()),
    ],
)
def test_nicknames_stand_in_a_text(text: str, found: set[str]) -> None:
    room = names("Anna", "BEN", "Carl D.", "小明", "小红", "x")
    assert room.find(normalise(text).text) == found


def test_a_text_made_of_parts_of_nicknames_is_not_looked_at_without_end() -> None:
    room = names(*("a" * length for length in range(2, 1000)))
    assert room.find("a" * 10_000) == set()


@pytest.mark.parametrize(
    ("nicks", "text"),
    [
        (["ab" * 20 + "b" * length for length in range(1000)], "ab" * 5_000),
        ([f"aa{number:b}" for number in range(1000)], "aa10" * 2_500),
        (["a " * 100 + "b" * length for length in range(1000)], "a " * 5_000),
    ],
)
def test_a_room_of_nicknames_made_for_it_is_looked_at_so_often_and_no_more(nicks: list[str], text: str) -> None:
    looks = 0

    class Counting(set[str]):
        def __contains__(self, name: object) -> bool:
            nonlocal looks
            looks += 1
            return super().__contains__(name)

    room = names(*nicks)
    for by_length in vars(room)["_by_head"].values():
        by_length.update({length: Counting(found) for length, found in by_length.items()})
    room.find(text)
    assert looks <= _MOST_LOOKS


def test_a_nickname_is_there_as_long_as_a_session_has_it() -> None:
    room = names("Anna", "anna", "Anton", "x", "Anne")
    room.leave("Anne")
    room.leave("Anna")
    assert room.find("anna") == {"anna"}
    room.leave("anna")
    assert room.find("anna anton") == {"anton"}
    room.leave("x")
    room.leave("Anton")
    assert len(room) == 0
    assert not vars(room)["_by_head"]


class Here:
    """A memory with some people in one room."""

    def __init__(self, **nicks: str) -> None:
        self.recent, self.occupancy = Recent(Limits()), Occupancy()
        for account, nick in nicks.items():
            self.enter(account, nick)

    def enter(self, account: str, nick: str, resource: str = "phone") -> None:
        occupant = Occupant(jid=f"{account}@example/{resource}", nick=nick, role="participant", affiliation="none")
        self.occupancy.enter(ROOM, occupant)

    def named(self, text: str = "", *mentions: str, room: str = ROOM) -> tuple[int, int, bool]:
        question = ask(text, mentions=mentions, room=room)
        lately = look_back(self, Asks(names=True), question, "p:1", stay=None, at=0)
        return lately.named, lately.others, lately.is_room_named


def test_everybody_else_who_is_named_counts_once() -> None:
    here = Here(anna="Anna", ben="Ben", carl="Carl")
    assert here.named("anna ben ben carl") == (2, 2, False)
    assert here.named("nobody") == (0, 0, False)
    assert here.named("ben", room="") == (0, 0, False)
    here.enter("ben", "Benjamin")
    assert here.named("ben and benjamin") == (1, 2, False)
    here.enter("ben", "Benjamin", "tablet")
    here.enter("dora", "Dora")
    assert here.named("benjamin, dora") == (2, 3, False)
    here.occupancy.leave(ROOM, "ben@example/phone")
    assert here.named("benjamin, dora") == (2, 3, False)
    here.occupancy.leave(ROOM, "ben@example/tablet")
    assert here.named("benjamin, dora") == (1, 2, False)
    here.occupancy.empty(ROOM)
    assert here.named("dora") == (0, 0, False)
    here.enter("dora", "Dora")
    here.occupancy.clear()
    assert here.named("dora") == (0, 0, False)


def test_references_name_by_room_nickname_account_or_the_room_itself() -> None:
    here = Here(anna="Anna", ben="Ben", carl="Carl", dora="Dora")
    assert here.named("ben", f"{ROOM}/Ben", "ben@example", f"{ROOM}/carl") == (2, 3, False)
    assert here.named("", "somebody@else.example", "anna@example") == (1, 3, False)
    assert here.named("look", ROOM) == (3, 3, True)


def test_a_first_message_and_a_membership_are_told_where_somebody_is_a_member() -> None:
    here = Here()
    told = look_back(here, Asks(membership=True, firsts=True), ask("x", Kind.STATUS), "p:1", stay=None, at=0)
    assert (told.member_since, told.is_first) == (None, False)
    texts = (Text(surface=Surface.BODY, value="anna"),)
    assert look_back(here, Asks(), ask(texts=texts), "p:1", stay=None, at=0).named == 0
