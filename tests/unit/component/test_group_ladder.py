"""The ladder for groups without a server: imposed, missed, claimed, released, undone; what is stored, who is told."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from component.forms import Done, Form, Refused
from component.group_ladder import BY_DEADLINE, BY_MODERATOR, BY_STRIKES
from component.performer import Recorded
from config.settings import GroupLadder, GroupStep, Ladders, ManagerLadder, Seconds
from policy.actions import Punish, Strike, TakePlace
from policy.facts import Room, RoomStatus, SanctionKind
from policy.group_ladder import MeasureKind
from policy.verdict import Decision, Verdict
from storage.database import MACHINE
from storage.errors import Unavailable
from storage.incidents import Incident
from storage.measures import End, Measure, Order
from storage.undoing import overrule
from tests.support.office import ADMIN, MODERATOR, MUC, Office, open_office

HALL = f"hall@{MUC}"
OWNER, MEMBER, ADMIN_OF_HALL = "owner@example", "member@example", "helper@example"
DAY = 86400.0
STEPS = (
    GroupStep(
        sanction="warn", strikes=3, persons=2, within=Seconds(DAY), checklist={"en": "tidy up", "zh-Hans": "整理"}
    ),
    GroupStep(sanction="suspend", strikes=5, within=Seconds(2 * DAY)),
    GroupStep(sanction="close"),
)
NO_STEPS = ManagerLadder(steps=())
REASON = {"reason": "a nest of scams."}
YES = {"confirm": "1"}


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path, ladders=Ladders(group=GroupLadder(steps=STEPS), manager=NO_STEPS)) as world:
        world.meter.is_in_step = True
        await world.verified(OWNER, "O1")
        await world.member(OWNER, HALL, creates=True)
        await world.member(MEMBER, HALL)
        world.memory.affiliations.note(HALL, OWNER, "owner")
        world.memory.affiliations.note(HALL, ADMIN_OF_HALL, "admin")
        yield world


async def hall(office: Office) -> Room:
    found = await office.store.rooms.find(HALL)
    assert found is not None
    return found


async def standing(office: Office) -> Measure | None:
    return await office.store.measures.standing((await hall(office)).code)


async def held(office: Office) -> Measure:
    measure = await standing(office)
    assert measure is not None
    return measure


async def strike(office: Office, count: int, rule: str = "no-spam") -> None:
    """Strikes as a verdict has them, each by somebody else."""
    for _ in range(count):
        number = len(office.effects.said) + int(office.now() * 7) % 1000
        office.clock.at += 1
        each = Strike(
            account=f"s{number}-{office.clock.at}@example",
            person=None,
            room=HALL,
            rule=rule,
            evidence="",
            expires_s=90 * DAY,
        )
        incident = Incident(actions=(each,), at=office.now())
        await office.store.discipline.record(incident, office.performer.sanctions.terms())
        await office.performer.act(Recorded(verdict=Verdict(decision=Decision.DENY, actions=(each,))))


async def impose(office: Office, kind: MeasureKind, *, within_s: float | None = None) -> Measure:
    now = await standing(office)
    code = (await hall(office)).code
    order = Order(
        code=code,
        kind=kind,
        rule=BY_MODERATOR,
        reason="scams",
        by=MODERATOR,
        after=None if now is None else now.number,
        within_s=within_s,
    )
    measure = await office.performer.group_ladder.impose(order)
    assert measure is not None
    return measure


def told(office: Office, whom: str) -> list[str]:
    return [text for to, text, _ in office.effects.said if to == whom]


# strikes


async def test_strikes_warn_the_room_and_its_managers_hear_what_to_do(office: Office) -> None:
    await strike(office, 2)
    assert await standing(office) is None
    await strike(office, 1)
    measure = await held(office)
    assert (measure.kind, measure.rule, measure.by) == (MeasureKind.WARN, BY_STRIKES, MACHINE)
    assert measure.due_at == office.now() + DAY
    (text,) = told(office, OWNER)
    assert "warned" in text
    assert "tidy up" in text
    assert "“rectified”" in text
    assert told(office, ADMIN_OF_HALL) == [text]
    assert told(office, MEMBER) == []


async def test_more_strikes_suspend_it_once(office: Office) -> None:
    await strike(office, 9)
    measure = await held(office)
    assert (measure.kind, (await hall(office)).status) == (MeasureKind.SUSPEND, RoomStatus.SUSPENDED)
    assert [each.end for each in await office.store.measures.history(measure.code)] == [None, End.REPLACED]
    assert len(told(office, OWNER)) == 2


async def test_hits_of_the_rooms_own_rules_never_count(office: Office) -> None:
    await strike(office, 9, rule="room:no-tea")
    assert await standing(office) is None


async def test_moderators_sanctions_in_the_room_count_and_machines_do_not(office: Office) -> None:
    for number, by in enumerate((MODERATOR, MODERATOR, MACHINE)):
        punish = Punish(
            kind=SanctionKind.MUTE, account=f"m{number}@example", person=None, room=HALL, rule="x", lasts_s=1
        )
        await office.performer.sanctions.impose(punish, by=by, reason="r")
    assert await standing(office) is None
    await strike(office, 1)
    assert (await held(office)).kind is MeasureKind.WARN


async def test_what_was_before_a_release_does_not_count_again(office: Office) -> None:
    await strike(office, 3)
    await office.performer.group_ladder.release((await held(office)).number, by=MODERATOR, reason="r")
    await strike(office, 2)
    assert await standing(office) is None
    await strike(office, 1)
    assert (await held(office)).kind is MeasureKind.WARN


async def test_passing_the_room_on_does_not_reset_the_ladder(office: Office) -> None:
    await strike(office, 4)
    office.memory.affiliations.note(HALL, OWNER, "none")
    office.memory.affiliations.note(HALL, MEMBER, "owner")
    await strike(office, 1)
    assert (await held(office)).kind is MeasureKind.SUSPEND
    assert len(told(office, MEMBER)) == 1


# deadlines


async def test_a_missed_deadline_goes_one_step_up_exactly_once(office: Office) -> None:
    ladder = office.performer.group_ladder
    await impose(office, MeasureKind.WARN, within_s=DAY)
    assert await ladder.keep() == office.now() + DAY
    office.clock.at += DAY
    await asyncio.gather(*(ladder.keep() for _ in range(5)))
    measure = await held(office)
    assert (measure.kind, measure.rule, measure.due_at) == (MeasureKind.SUSPEND, BY_DEADLINE, office.now() + 2 * DAY)
    assert len(await office.store.measures.history(measure.code)) == 2
    assert sum("missed its deadline" in text for text in told(office, MODERATOR)) == 1


async def test_a_clock_that_was_set_back_escalates_nothing_twice(office: Office) -> None:
    await impose(office, MeasureKind.WARN, within_s=DAY)
    office.clock.at += DAY
    await office.performer.group_ladder.keep()
    office.clock.at -= 30 * DAY
    await office.performer.group_ladder.keep()
    assert (await held(office)).kind is MeasureKind.SUSPEND
    assert len(await office.store.measures.history((await held(office)).code)) == 2


async def test_the_whole_ladder_is_climbed_by_doing_nothing(office: Office) -> None:
    await impose(office, MeasureKind.WARN, within_s=DAY)
    for wait in (DAY, 2 * DAY, DAY):
        office.clock.at += wait
        await office.performer.group_ladder.keep()
    assert (await held(office)).kind is MeasureKind.CLOSE
    assert [room for room, _ in office.effects.destroyed] == [HALL]
    assert await office.performer.group_ladder.keep() is None


async def test_where_the_ladder_ends_the_measure_stands_and_that_is_told_once(office: Office) -> None:
    office.settle(ladders=Ladders(group=GroupLadder(steps=STEPS[:1])))
    await impose(office, MeasureKind.WARN, within_s=DAY)
    office.clock.at += DAY
    for _ in range(3):
        assert await office.performer.group_ladder.keep() is None
    assert (await held(office)).kind is MeasureKind.WARN
    assert sum("missed" in text for text in told(office, MODERATOR)) == 1


async def test_a_deadline_of_a_room_that_its_owners_destroyed_leads_nowhere(office: Office) -> None:
    await impose(office, MeasureKind.SUSPEND, within_s=DAY)
    await office.store.rooms.close(HALL, office.now(), reason="destroyed", by="server")
    office.clock.at += DAY
    assert await office.performer.group_ladder.keep() is None
    assert office.effects.destroyed == []
    assert (await hall(office)).status is RoomStatus.CLOSED  # and its address is barred: it cannot be made anew


async def test_a_deadline_that_passes_while_storage_is_away_is_kept_later(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    await impose(office, MeasureKind.WARN, within_s=DAY)
    office.clock.at += DAY
    with monkeypatch.context() as patch:

        async def away(_: Order, __: float) -> Measure | None:
            raise Unavailable("away")

        patch.setattr(office.store.measures, "impose", away)
        with pytest.raises(Unavailable):
            await office.performer.group_ladder.keep()
    await office.performer.group_ladder.keep()
    assert (await held(office)).kind is MeasureKind.SUSPEND


# closing


async def test_closing_frees_places_destroys_the_room_and_tells_everybody(office: Office) -> None:
    await impose(office, MeasureKind.CLOSE)
    assert office.effects.destroyed == [(HALL, told(office, MEMBER)[0])]
    assert "closed" in told(office, OWNER)[0]
    for account in (OWNER, MEMBER):
        known = await office.memory.known(account)
        counts = await office.store.rooms.counts(known.holder, None)
        assert (counts.created, counts.joined) == (0, 0)
    closed = await hall(office)
    assert (closed.status, closed.closed_for, closed.is_blacklisted) == (RoomStatus.CLOSED, "scams", False)
    assert await office.store.measures.unfinished() == ()


@pytest.mark.parametrize("is_in_step", [True, False])
async def test_a_room_that_could_not_be_destroyed_is_destroyed_later(office: Office, *, is_in_step: bool) -> None:
    office.effects.destroys, office.meter.is_in_step = False, is_in_step
    await impose(office, MeasureKind.CLOSE)
    assert told(office, MEMBER) == []
    assert (await hall(office)).status is RoomStatus.CLOSED
    assert await office.performer.group_ladder.keep() == office.now() + 20
    office.effects.destroys = office.meter.is_in_step = True
    assert await office.performer.group_ladder.keep() is None
    assert len(told(office, MEMBER)) == 1


async def test_a_closed_room_found_on_the_server_is_not_taken_over(office: Office) -> None:
    await impose(office, MeasureKind.CLOSE)
    adopted = await office.store.rooms.adopt(HALL, office.now(), ["a:x@example"])
    assert adopted.status is RoomStatus.CLOSED
    assert await office.store.rooms.members_of(HALL) == ()


async def test_a_closed_room_can_be_blacklisted_from_the_start_with_its_people(office: Office) -> None:
    done = await office.run("group", MODERATOR, {"room": HALL}, {"deed": "blacklist"}, {**REASON, "people": "1"}, YES)
    assert isinstance(done, Done), done
    assert (await hall(office)).is_blacklisted
    for account, is_barred in ((OWNER, True), (ADMIN_OF_HALL, True), (MEMBER, False)):
        known = await office.memory.known(account)
        assert (known.account.is_blacklisted or bool(known.person and known.person.is_blacklisted)) is is_barred


# undoing


async def test_undoing_gives_back_what_was_there_before_with_its_full_time(office: Office) -> None:
    ladder = office.performer.group_ladder
    await impose(office, MeasureKind.WARN, within_s=DAY)
    office.clock.at += DAY
    await ladder.keep()
    office.clock.at += 60
    assert await ladder.undo((await held(office)).number, by=MODERATOR, reason="appeal")
    measure = await held(office)
    assert (measure.kind, measure.due_at) == (MeasureKind.WARN, office.now() + DAY)
    assert (await hall(office)).status is RoomStatus.OPEN
    assert "taken back" in told(office, OWNER)[-1]


async def test_a_closing_that_is_undone_gives_members_their_places_and_waits_for_the_founder(office: Office) -> None:
    await impose(office, MeasureKind.SUSPEND)
    measure = await impose(office, MeasureKind.BLACKLIST)
    await office.verified(MEMBER, "M1")  # became a person meanwhile
    assert await office.performer.group_ladder.undo(measure.number, by=ADMIN, reason="appeal")
    again = await hall(office)
    owner, member = await office.memory.known(OWNER), await office.memory.known(MEMBER)
    assert (again.status, again.code, again.is_blacklisted) == (RoomStatus.SUSPENDED, measure.code, False)
    assert owner.person is not None
    assert again.reserved_for == ("", owner.person.number)
    assert set(await office.store.rooms.members_of(HALL)) == {owner.holder, member.holder}
    assert HALL not in await office.store.rooms.open_rooms()  # the server has not made it yet
    assert (await held(office)).kind is MeasureKind.SUSPEND
    await office.store.rooms.confirm(owner.holder, HALL, office.now())
    assert (await hall(office)).reserved_for is None


async def test_two_moderators_at_once_do_one_thing(office: Office) -> None:
    code = (await hall(office)).code
    orders = [
        Order(code=code, kind=kind, rule=BY_MODERATOR, reason="r", by=by, after=None)
        for kind, by in ((MeasureKind.WARN, MODERATOR), (MeasureKind.CLOSE, ADMIN), (MeasureKind.WARN, ADMIN))
    ]
    imposed = await asyncio.gather(*(office.performer.group_ladder.impose(order) for order in orders))
    assert sum(measure is not None for measure in imposed) == 1
    number = (await held(office)).number
    undone = await asyncio.gather(
        *(office.performer.group_ladder.undo(number, by=by, reason="r") for by in (MODERATOR, ADMIN))
    )
    assert sum(measure is not None for measure in undone) == 1


async def overrule_all(office: Office, *incidents: int) -> None:
    await office.store.discipline._database.write(
        lambda transaction: overrule(transaction, incidents, by=MODERATOR, reason="wrong", at=office.now())
    )


async def test_overruled_strikes_take_back_what_rested_on_them_alone(office: Office) -> None:
    await strike(office, 4)
    office.clock.at += DAY
    await office.performer.group_ladder.keep()
    assert (await held(office)).kind is MeasureKind.SUSPEND
    await overrule_all(office, 4)  # came after the warning: it rests on three others
    await office.performer.group_ladder.keep()
    assert (await held(office)).kind is MeasureKind.SUSPEND
    await overrule_all(office, 1)
    await office.performer.group_ladder.keep()
    assert await standing(office) is None
    assert (await hall(office)).status is RoomStatus.OPEN
    assert {each.end for each in await office.store.measures.history((await hall(office)).code)} == {End.UNDONE}


async def test_what_still_has_strikes_enough_stands(office: Office) -> None:
    await strike(office, 3)
    await office.performer.group_ladder.release((await held(office)).number, by=MODERATOR, reason="r")
    office.clock.at += 1
    await strike(office, 6)
    await overrule_all(office, 1, 2, 3)
    await office.performer.group_ladder.keep()
    assert (await held(office)).kind is MeasureKind.SUSPEND


async def test_what_a_moderator_imposed_stands_when_strikes_are_overruled(office: Office) -> None:
    await strike(office, 3)
    measure = await impose(office, MeasureKind.SUSPEND)
    await overrule_all(office, 1, 2, 3)
    await office.performer.group_ladder.keep()
    assert (await held(office)).kind is MeasureKind.SUSPEND
    await office.performer.group_ladder.undo(measure.number, by=MODERATOR, reason="r")
    await office.performer.group_ladder.keep()
    assert await standing(office) is None


# managers, and the commands


async def rectify(office: Office, account: str = OWNER) -> Done | Form | Refused:
    return await office.run("rectified", account, {"room": (await held(office)).code}, {"words": "removed them"})


async def test_a_claim_stops_the_clock_and_a_refusal_lets_it_go_on(office: Office) -> None:
    ladder = office.performer.group_ladder
    await impose(office, MeasureKind.WARN, within_s=DAY)
    office.clock.at += DAY - 3600
    assert isinstance(await rectify(office), Done)
    assert "removed them" in told(office, MODERATOR)[-1]
    office.clock.at += 30 * DAY
    assert await ladder.keep() is None
    assert (await held(office)).kind is MeasureKind.WARN
    done = await office.run("group", MODERATOR, {"room": HALL}, {"deed": "refuse"}, REASON, YES)
    assert isinstance(done, Done), done
    assert (await held(office)).due_at == office.now() + 3600
    assert "not set right yet" in told(office, OWNER)[-1]
    assert isinstance(await rectify(office), Done)  # they may say so again


async def test_a_claim_that_is_granted_releases_the_room(office: Office) -> None:
    await impose(office, MeasureKind.SUSPEND, within_s=DAY)
    await rectify(office, ADMIN_OF_HALL)
    done = await office.run("group", MODERATOR, {"room": HALL}, {"deed": "release"}, REASON, YES)
    assert isinstance(done, Done), done
    assert await standing(office) is None
    assert (await hall(office)).status is RoomStatus.OPEN
    assert "set right" in told(office, OWNER)[-1]


async def test_nobody_claims_twice_or_too_late_or_for_others_rooms(office: Office) -> None:
    await impose(office, MeasureKind.WARN, within_s=DAY)
    office.memory.affiliations.note(f"den@{MUC}", MEMBER, "owner")
    assert await office.run("rectified", MEMBER) == Refused(text="rectified-none")
    assert isinstance(await rectify(office), Done)
    assert await office.run("rectified", OWNER) == Refused(text="rectified-none")
    measure = await held(office)
    assert not await office.performer.group_ladder.claim(measure, by=OWNER, words="again")
    await office.performer.group_ladder.refuse(measure.number, by=MODERATOR, reason="no")
    office.clock.at += 2 * DAY
    assert not await office.performer.group_ladder.claim(measure, by=OWNER, words="late")


async def test_the_command_warns_with_the_steps_own_checklist_and_deadline(office: Office) -> None:
    form = await office.run("group", MODERATOR, {"room": HALL}, {"deed": "warn"})
    assert isinstance(form, Form)
    assert {field.var: field.value for field in form.fields} == {"reason": "", "within": "1d", "checklist": "tidy up"}
    done = await office.run("group", MODERATOR, {"room": HALL}, {"deed": "warn"}, REASON, YES)
    assert isinstance(done, Done)
    measure = await held(office)
    assert (measure.checklist, measure.due_at) == ({"en": "tidy up"}, office.now() + DAY)
    shown = await office.run("room", MODERATOR, {"room": HALL})
    assert isinstance(shown, Done)
    assert any("warning, by a moderator: a nest of scams" in value for fact in shown.facts for value in fact.values)
    status = await office.run("status", OWNER)
    assert isinstance(status, Done)
    assert any(fact.var == "measures" for fact in status.facts)


@pytest.mark.parametrize("within", ["soon", "0s"])
async def test_a_deadline_that_is_none_is_asked_for_again(office: Office, within: str) -> None:
    form = await office.run("group", MODERATOR, {"room": HALL}, {"deed": "warn"}, {**REASON, "within": within})
    assert isinstance(form, Form)
    assert "length" in form.problem


async def test_what_changed_meanwhile_is_not_decided_on(office: Office) -> None:
    await impose(office, MeasureKind.WARN, within_s=DAY)
    from component.commands.group import step
    from component.dialogue import Call

    answers = ({"room": HALL}, {"seen": "none", "deed": "close"})
    outcome = await step(Call(world=office, account=MODERATOR, language="en", answers=answers))
    assert outcome == Refused(text="group-meanwhile")


async def test_a_room_that_was_closed_otherwise_or_never_was_is_left_alone(office: Office) -> None:
    code = (await hall(office)).code
    await office.store.rooms.close(HALL, office.now(), reason="destroyed", by="server")
    office.memory.forget_room(HALL)
    assert await office.run("group", MODERATOR, {"room": code}) == Refused(text="group-closed-otherwise")
    den = f"den@{MUC}"
    await office.store.rooms.blacklist(den, office.now(), reason="r", by=MODERATOR)
    assert await office.run("group", MODERATOR, {"room": den}) == Refused(text="group-never-was")


async def test_a_warned_room_made_anew_has_the_same_to_set_right(office: Office) -> None:
    await impose(office, MeasureKind.WARN, within_s=DAY)
    await office.store.rooms.close(HALL, office.now(), reason="destroyed", by="server")
    office.memory.forget_room(HALL)
    await office.member(OWNER, HALL, creates=True)
    form = await office.run("rectified", OWNER)
    assert isinstance(form, Form)
    assert [option.label.partition(" · ")[0] for option in form.fields[0].options] == [HALL]


async def test_every_step_is_audited(office: Office) -> None:
    await impose(office, MeasureKind.WARN, within_s=DAY)
    await rectify(office)
    await office.performer.group_ladder.refuse((await held(office)).number, by=MODERATOR, reason="r")
    await office.performer.group_ladder.release((await held(office)).number, by=MODERATOR, reason="r")
    await impose(office, MeasureKind.CLOSE)
    await office.performer.group_ladder.undo((await held(office)).number, by=MODERATOR, reason="r")
    assert [deed for deed in await office.deeds() if deed.startswith(("group", "room-closed"))] == [
        "group-measure",
        "group-claimed",
        "group-claim-refused",
        "group-released",
        "group-measure",
        "room-closed",
        "group-measure-undone",
    ]


async def test_a_moderator_who_manages_the_room_leaves_it_to_others_but_an_admin_need_not(office: Office) -> None:
    for account in (MODERATOR, ADMIN):
        office.memory.affiliations.note(HALL, account, "owner")
    refused = await office.run("group", MODERATOR, {"room": HALL}, {"deed": "warn"})
    assert refused == Refused(text="group-own")
    assert isinstance(await office.run("group", ADMIN, {"room": HALL}, {"deed": "warn"}), Form)


async def test_who_became_another_person_meanwhile_has_the_place_as_that(office: Office) -> None:
    member = await office.verified(MEMBER, "M1")
    twin = await office.verified("twin@example", "T1")
    await office.member("twin@example", HALL)
    measure = await impose(office, MeasureKind.CLOSE)
    await office.store.persons.merge(member, twin, office.now(), by=MODERATOR, reason="one and the same")
    assert await office.performer.group_ladder.undo(measure.number, by=ADMIN, reason="appeal")
    owner = await office.memory.known(OWNER)
    assert set(await office.store.rooms.members_of(HALL)) == {owner.holder, f"p:{member}"}


# rooms made anew


async def anew(office: Office, account: str) -> Room:
    """The room at the address is gone, and somebody makes one."""
    await office.store.rooms.close(HALL, office.now(), reason="destroyed", by="server")
    office.memory.affiliations.forget(HALL)
    office.effects.said.clear()
    await office.member(account, HALL, creates=True)
    office.memory.affiliations.note(HALL, account, "owner")
    office.memory.forget_room(HALL)
    return await hall(office)


async def test_a_warned_room_made_anew_is_the_same_room_and_its_new_managers_are_told(office: Office) -> None:
    before = await hall(office)
    await strike(office, 3)
    measure = await held(office)
    room = await anew(office, MEMBER)
    assert (room.code, room.status) == (before.code, RoomStatus.OPEN)
    assert (await held(office)).due_at == measure.due_at
    assert await office.store.rooms.creator_of(room.code) == f"a:{MEMBER}"
    await office.performer.group_ladder.keep()
    (text,) = told(office, MEMBER)
    assert "warned" in text
    await strike(office, 2)
    assert (await held(office)).kind is MeasureKind.SUSPEND  # with the three from before


async def test_a_deadline_that_passed_while_the_room_was_gone_is_missed_when_it_is_back(office: Office) -> None:
    await strike(office, 3)
    await office.store.rooms.close(HALL, office.now(), reason="destroyed", by="server")
    office.clock.at += 2 * DAY
    assert await office.performer.group_ladder.keep() is None
    await office.member(MEMBER, HALL, creates=True)
    await office.performer.group_ladder.keep()
    assert (await held(office)).kind is MeasureKind.SUSPEND


async def test_a_warning_is_not_inherited_for_ever_nor_one_that_was_released(office: Office) -> None:
    code = (await hall(office)).code
    await strike(office, 3)
    await office.performer.group_ladder.release((await held(office)).number, by=MODERATOR, reason="fine")
    assert (await anew(office, MEMBER)).code != code
    code = (await hall(office)).code
    await impose(office, MeasureKind.WARN)
    await office.store.rooms.close(HALL, office.now(), reason="destroyed", by="server")
    office.clock.at += 91 * DAY
    await office.member(OWNER, HALL, creates=True)
    assert (await hall(office)).code != code


async def test_a_warned_room_that_nobody_makes_in_the_end_is_as_it_was(office: Office) -> None:
    await strike(office, 3)
    code = (await hall(office)).code
    await office.store.rooms.close(HALL, office.now(), reason="destroyed", by="server")
    place = TakePlace(
        account=MEMBER,
        person=None,
        room=HALL,
        is_creation=True,
        created_limit=9,
        joined_limit=9,
        members_limit=9,
    )
    await office.store.rooms.take(place, office.now())
    assert await office.store.rooms.release(f"a:{MEMBER}", HALL)
    await office.member(MEMBER, HALL, creates=True)
    assert (await hall(office)).code == code
