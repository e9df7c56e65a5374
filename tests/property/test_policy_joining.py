"""Nobody is in by asking: what always holds at the doors of rooms, whatever mode they have and whoever comes."""

from hypothesis import given
from hypothesis import strategies as st

from policy.actions import Admit, Apply, TakePlace
from policy.facts import Facts, Kind, Person, Room
from policy.grading import join_mode_of, lets_in
from policy.joining import Answer, Entrance, Joining, JoinMode, Way, normal_answer
from policy.rule import LETS_IN
from policy.verdict import Decision
from tests.property.strategies import AT, ROOM, accounts, moments, persons, troublesome
from tests.unit.policy.making import LENIENT, judged, settings

BY = settings(identity=LENIENT)
entrances = st.builds(
    Entrance,
    admitted_by=st.none() | st.sampled_from(Way),
    waiting_since=st.none() | moments,
    answer=st.none() | st.sampled_from(Answer),
    words=troublesome,
)
doors = st.builds(
    Room,
    jid=st.just(ROOM),
    code=st.just("K7QX-2M9D-4"),
    joining=st.none() | st.builds(Joining, mode=st.sampled_from(JoinMode), question=troublesome),
    approval_until=st.none() | moments,
)


@given(
    kind=st.sampled_from(sorted(LETS_IN - {Kind.CREATE}, key=lambda kind: kind.value)),
    account=accounts,
    person=st.none() | persons,
    room=doors,
    entrance=st.none() | entrances,
)
def test_strangers_come_in_only_where_everybody_may_or_when_they_are_admitted(
    kind: Kind, account: object, person: Person | None, room: Room, entrance: Entrance | None
) -> None:
    facts = Facts(
        at=AT,
        kind=kind,
        account=account,  # type: ignore[arg-type]
        person=person,
        room_jid=ROOM,
        room=room,
        entrance=entrance,
    )
    verdict = judged(facts, BY)
    taken = [action for action in verdict.actions if isinstance(action, TakePlace)]
    if kind is Kind.APPLY:
        assert not taken
    elif join_mode_of(room, BY, AT) is not JoinMode.OPEN and not (entrance and lets_in(entrance.admitted_by, room, AT)):
        assert verdict.decision is not Decision.ALLOW
        assert not taken
    for action in verdict.actions:
        if isinstance(action, Apply):
            assert {reason.rule for reason in verdict.reasons} <= {action.rule}
        if isinstance(action, Admit):
            assert verdict.decision is Decision.ALLOW


@given(troublesome)
def test_an_answer_is_right_whatever_it_is_made_of(text: str) -> None:
    assert normal_answer(text) == normal_answer(f"  {text} ")
