"""Who is no member comes in as the room's mode says."""

from dataclasses import replace
from typing import Any

import pytest

from config.settings import Category, Joining, Settings
from policy.actions import Admit, Apply, OfferForm, Strike, TakePlace
from policy.facts import Account, Counts, Facts, Kind, Room, Surface, Target
from policy.joining import Answer, Entrance, Filing, JoinMode, Way
from policy.joining import Joining as Chosen
from policy.rules.join_mode import told
from policy.verdict import Decision, Verdict
from tests.unit.policy.making import ALICE, AT, BOB, ROOM, facts, judged, person, said, settings, texts

WAYS_IN = (Kind.JOIN, Kind.REGISTER, Kind.SUBSCRIBE, Kind.ARCHIVE, Kind.APPLY)
QUESTION = Chosen(mode=JoinMode.QUESTION, question="Who wrote it?", salt="00", answers=("ab",))


def room(mode: JoinMode | None, **fields: Any) -> Room:  # noqa: ANN401 - any field of a room
    chosen = QUESTION if mode is JoinMode.QUESTION else None if mode is None else Chosen(mode=mode)
    return Room(jid=ROOM, code="K7QX-2M9D-4", joining=chosen, **fields)


def coming(mode: JoinMode | None, kind: Kind = Kind.JOIN, **fields: Any) -> Facts:  # noqa: ANN401 - any field of facts
    known = {"room": room(mode), "role": "none", "counts": Counts(created=0, joined=0, members=0)}
    return facts(kind, **{**known, **fields})


def actions(verdict: Verdict, kind: type) -> list[Any]:
    return [action for action in verdict.actions if isinstance(action, kind)]


def graded(**fields: Any) -> Settings:  # noqa: ANN401 - any field of a category
    return settings(categories={"general": Category(**fields)})


@pytest.mark.parametrize("kind", WAYS_IN)
@pytest.mark.parametrize("mode", JoinMode)
def test_strangers_come_in_by_no_way_unless_the_room_is_open(mode: JoinMode, kind: Kind) -> None:
    verdict = judged(coming(mode, kind))
    if mode is JoinMode.OPEN or (mode is JoinMode.APPROVAL and kind is Kind.APPLY):
        expected = []
    else:
        expected = [f"deny-join-{mode.value}"]
    assert texts(verdict) == expected
    assert kind is not Kind.APPLY or TakePlace not in map(type, verdict.actions)


@pytest.mark.parametrize("kind", WAYS_IN)
@pytest.mark.parametrize("mode", JoinMode)
@pytest.mark.parametrize(
    "who",
    [
        {"is_member": True},
        {"affiliation": "member"},
        {"affiliation": "admin"},
        {"affiliation": "owner"},
        *({"entrance": Entrance(admitted_by=way)} for way in Way),
    ],
)
def test_members_and_whoever_is_admitted_come_in_freely(who: dict[str, Any], mode: JoinMode, kind: Kind) -> None:
    assert judged(coming(mode, kind, **who)).decision is Decision.ALLOW


@pytest.mark.parametrize("kind", WAYS_IN)
@pytest.mark.parametrize("way", Way)
@pytest.mark.parametrize("over_s", [60, -60])
def test_during_a_raid_managers_word_counts_and_an_answer_given_before_does_not(
    way: Way, kind: Kind, over_s: float
) -> None:
    raided = room(JoinMode.QUESTION, approval_until=AT + over_s)
    verdict = judged(coming(JoinMode.QUESTION, kind, room=raided, entrance=Entrance(admitted_by=way)))
    is_kept_out = way is Way.ANSWER and over_s > 0
    assert texts(verdict) == (["deny-join-approval"] if is_kept_out and kind is not Kind.APPLY else [])
    assert any(isinstance(action, Apply) for action in verdict.actions) == (is_kept_out and kind is not Kind.ARCHIVE)


def test_the_first_join_of_a_creator_is_free_whatever_the_category_says() -> None:
    by = graded(join_modes=("invite",), join_mode="invite")
    assert judged(coming(None, Kind.CREATE, room=None), by).decision is Decision.ALLOW


@pytest.mark.parametrize(
    ("chosen", "category", "text"),
    [
        (None, {}, []),
        (None, {"join_mode": "approval"}, ["deny-join-approval"]),
        (JoinMode.OPEN, {"join_mode": "approval"}, []),
        (JoinMode.OPEN, {"join_modes": ("approval", "invite"), "join_mode": "invite"}, ["deny-join-invite"]),
        (JoinMode.INVITE, {"join_modes": ("open",)}, []),
    ],
)
def test_a_choice_that_the_category_does_not_allow_gives_way_to_its_default(
    chosen: JoinMode | None, category: dict[str, Any], text: list[str]
) -> None:
    assert texts(judged(coming(chosen), graded(**category))) == text


@pytest.mark.parametrize(
    ("chosen", "until", "text"),
    [
        (None, AT + 1, "deny-join-approval"),
        (None, AT, None),
        (JoinMode.QUESTION, AT + 1, "deny-join-approval"),
        (JoinMode.INVITE, AT + 1, "deny-join-invite"),
    ],
)
def test_approval_may_be_required_for_a_time_of_rooms_that_are_milder(
    chosen: JoinMode | None, until: float, text: str | None
) -> None:
    verdict = judged(
        coming(chosen, room=room(chosen, approval_until=until)), graded(join_modes=("open", "question", "invite"))
    )
    assert texts(verdict) == ([] if text is None else [text])


# question


@pytest.mark.parametrize(
    ("answer", "text"),
    [(Answer.WRONG, "deny-join-wrong"), (Answer.SPENT, "deny-join-spent"), (None, "deny-join-question")],
)
def test_no_answer_but_the_right_one_lets_in(answer: Answer | None, text: str) -> None:
    verdict = judged(coming(JoinMode.QUESTION, Kind.APPLY, entrance=Entrance(answer=answer)))
    assert texts(verdict) == [text]
    assert verdict.actions == ()


def test_an_answer_that_comes_with_a_join_is_none() -> None:
    verdict = judged(coming(JoinMode.QUESTION, Kind.JOIN, entrance=Entrance(answer=Answer.RIGHT)))
    assert texts(verdict) == ["deny-join-question"]


def test_the_right_answer_admits_and_takes_no_place() -> None:
    verdict = judged(coming(JoinMode.QUESTION, Kind.APPLY, entrance=Entrance(answer=Answer.RIGHT)))
    (admit,) = verdict.actions
    assert isinstance(admit, Admit)
    assert (admit.way, admit.account, admit.person, admit.by) == (Way.ANSWER, ALICE.jid, 7, ALICE.jid)


# approval


@pytest.mark.parametrize("kind", [Kind.JOIN, Kind.REGISTER, Kind.SUBSCRIBE, Kind.APPLY])
def test_asking_for_approval_files_an_application_and_takes_no_place(kind: Kind) -> None:
    verdict = judged(coming(JoinMode.APPROVAL, kind, entrance=Entrance(words="We met at the ball.")))
    (apply,) = verdict.actions
    assert isinstance(apply, Apply)
    assert (apply.words, apply.account, apply.room) == ("We met at the ball.", ALICE.jid, ROOM)


def test_reading_the_archive_is_no_application() -> None:
    assert judged(coming(JoinMode.APPROVAL, Kind.ARCHIVE)).actions == ()


@pytest.mark.parametrize(("kind", "count"), [(Kind.JOIN, 0), (Kind.SUBSCRIBE, 0), (Kind.APPLY, 1)])
def test_operators_may_want_applications_asked_for_in_so_many_words(kind: Kind, count: int) -> None:
    by = settings(joining=Joining(attempt_applies=False))
    assert len(judged(coming(JoinMode.APPROVAL, kind), by).actions) == count


def test_whoever_waits_is_told_so_and_files_nothing() -> None:
    verdict = judged(coming(JoinMode.APPROVAL, entrance=Entrance(waiting_since=AT - 60)))
    assert texts(verdict) == ["deny-application-waiting"]
    assert verdict.actions == ()


def test_who_could_not_come_in_anyway_files_nothing() -> None:
    for by, who in (
        (None, {"person": None}),
        (None, {"counts": Counts(created=0, joined=0, members=500)}),
        (None, {"account": Account(jid="x@example.org", is_blacklisted=True)}),
    ):
        verdict = judged(coming(JoinMode.APPROVAL, **who), by)
        assert actions(verdict, Apply) == []


def test_a_full_room_takes_applications_since_they_take_no_place() -> None:
    verdict = judged(coming(JoinMode.APPROVAL, Kind.APPLY, counts=None))
    assert actions(verdict, Apply)


def test_words_of_applications_are_judged_like_all_others() -> None:
    from config.settings import Rule

    by = settings(rules=(Rule(name="spam", words=("casino",), kinds=("apply",), surfaces=("reason",)),))
    asked = coming(JoinMode.APPROVAL, Kind.APPLY, texts=said("Best casino", surface=Surface.REASON))
    verdict = judged(asked, by)
    assert texts(verdict) == ["deny-content"]
    assert [type(action) for action in verdict.actions] == [Strike]


@pytest.mark.parametrize("filing", Filing)
def test_every_outcome_of_an_application_is_told(filing: Filing) -> None:
    assert told(filing, until=AT, limit=5).text == f"deny-application-{filing.value}"


# invitations


def inviting(mode: JoinMode | None, **fields: Any) -> Facts:  # noqa: ANN401 - any field of facts
    target = Target(account=BOB, person=person(number=8), affiliation="", is_member=fields.pop("is_in", False))
    return facts(Kind.INVITE, room=room(mode), role="participant", targets=(target,), **fields)


@pytest.mark.parametrize(
    ("mode", "who", "members_invite", "count"),
    [
        (JoinMode.INVITE, {"affiliation": "owner"}, False, 1),
        (JoinMode.APPROVAL, {"affiliation": "admin"}, False, 1),
        (JoinMode.QUESTION, {"affiliation": "admin"}, False, 1),
        (JoinMode.OPEN, {"affiliation": "owner"}, False, 0),
        (JoinMode.INVITE, {"affiliation": "owner", "is_in": True}, False, 0),
        (JoinMode.INVITE, {"affiliation": "member"}, False, 0),
        (JoinMode.INVITE, {"affiliation": "member"}, True, 1),
        (JoinMode.INVITE, {"is_member": True}, True, 1),
        (JoinMode.INVITE, {}, True, 0),
    ],
)
def test_a_managers_invitation_admits(mode: JoinMode, who: dict[str, Any], *, members_invite: bool, count: int) -> None:
    by = settings(joining=Joining(members_invite=members_invite))
    verdict = judged(inviting(mode, **who), by)
    assert verdict.decision is Decision.ALLOW
    assert [(admit.account, admit.person, admit.way) for admit in actions(verdict, Admit)] == [
        (BOB.jid, 8, Way.INVITATION)
    ] * count


@pytest.mark.parametrize(("affiliation", "count"), [("owner", 1), ("member", 0)])
def test_during_a_raid_managers_invite_and_other_members_do_not(affiliation: str, count: int) -> None:
    raided = room(JoinMode.OPEN, approval_until=AT + 60)
    by = settings(joining=Joining(members_invite=True))
    verdict = judged(replace(inviting(JoinMode.OPEN, affiliation=affiliation), room=raided), by)
    assert len(actions(verdict, Admit)) == count


def test_an_invitation_that_is_refused_admits_nobody() -> None:
    barred = Target(account=Account(jid=BOB.jid, is_blacklisted=True), person=None, affiliation="")
    verdict = judged(facts(Kind.INVITE, room=room(JoinMode.INVITE), affiliation="owner", targets=(barred,)))
    assert verdict.decision is Decision.DENY
    assert actions(verdict, Admit) == []


# the form of registration


@pytest.mark.parametrize(
    ("mode", "fields", "offered"),
    [
        (JoinMode.QUESTION, {}, ["Who wrote it?"]),
        (JoinMode.APPROVAL, {}, [""]),
        (JoinMode.INVITE, {}, []),
        (JoinMode.OPEN, {}, []),
        (JoinMode.QUESTION, {"is_member": True}, []),
        (JoinMode.QUESTION, {"wants_form": False}, []),
        (JoinMode.QUESTION, {"room": None}, []),
    ],
)
def test_strangers_are_offered_a_form_that_asks_what_lets_them_in(
    mode: JoinMode, fields: dict[str, Any], offered: list[str]
) -> None:
    verdict = judged(coming(mode, Kind.QUERY, **{"wants_form": True, "counts": None, **fields}))
    assert [offer.question for offer in actions(verdict, OfferForm)] == offered
    assert verdict.decision is Decision.ALLOW
