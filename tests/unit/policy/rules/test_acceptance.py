"""The platform's rules, accepted in their current version."""

import pytest

from config.settings import Moderation
from policy.facts import Kind, Surface
from tests.unit.policy.making import facts, judged, person, said, settings, texts

ASKED = settings(moderation=Moderation(rules_version=3, rules_required_for=("join", "post")))


@pytest.mark.parametrize(
    ("accepted", "kind", "expected"),
    [
        (0, Kind.POST, ["deny-rules-unaccepted"]),
        (2, Kind.JOIN, ["deny-rules-unaccepted"]),
        (3, Kind.POST, []),
        (4, Kind.JOIN, []),
        (0, Kind.CREATE, []),
        (0, Kind.STATUS, []),
        (0, Kind.QUERY, []),
    ],
)
def test_rules_are_accepted_before_taking_part(accepted: int, kind: Kind, expected: list[str]) -> None:
    assert texts(judged(facts(kind, person=person(rules_accepted=accepted)), ASKED)) == expected


def test_status_with_words_needs_accepted_rules() -> None:
    told = facts(Kind.STATUS, texts=said("hello", surface=Surface.STATUS))
    assert texts(judged(told, ASKED)) == ["deny-rules-unaccepted"]


def test_account_without_a_person_is_sent_to_verify_first() -> None:
    assert texts(judged(facts(person=None), ASKED)) == ["deny-unverified"]
