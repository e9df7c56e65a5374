"""What several commands show the same way: sanctions, rooms, tiers, and a box to tick before weighty deeds."""

from collections.abc import Iterable

from component.dialogue import Call
from component.emergency import terms
from component.forms import Answers, Fact, Field, FieldKind, Form, Mistaken, Option, choice_field
from component.grading import category_title, grade_of, scale_title
from policy.facts import Lockdown, Quota, Room, RoomStatus, Sanction, SanctionKind
from policy.normalise import show
from storage.directory import Entry
from storage.discipline import Report
from storage.overrides import Granted
from storage.rooms import Membership

LONGEST_REASON = 500

_QUOTAS = {Quota.CREATED: "quota-created", Quota.JOINED: "quota-joined", Quota.MEMBERS: "quota-members"}
_STATUS = {
    RoomStatus.OPEN: "room-open",
    RoomStatus.SUSPENDED: "room-suspended",
    RoomStatus.CLOSED: "room-closed",
}


def status_text(call: Call, room: Room) -> str:
    """What a room's status is called."""
    return call.say("room-blacklisted" if room.is_blacklisted else _STATUS[room.status])


def shown_name(entry: Entry) -> str:
    """A room's name on one line, without characters that nobody sees or that turn others round."""
    return " ".join(show(entry.name).split()) or entry.room.jid


def quota_name(quota: Quota) -> str:
    """The id of the text that names a quota."""
    return _QUOTAS[quota]


def quota_text(call: Call, quota: Quota) -> str:
    """What a quota is called."""
    return call.say(quota_name(quota))


def override_line(call: Call, granted: Granted) -> str:
    """An exception from a quota, with its end and who made it why."""
    override = granted.override
    return call.say(
        "override-line",
        quota=quota_text(call, override.quota),
        places=override.places,
        until=override.until,
        by=granted.by,
        reason=granted.reason,
    )


def kind_text(call: Call, kind: SanctionKind) -> str:
    """What a kind of sanction is called."""
    return call.say(f"kind-{kind.value}")


def sanction_line(call: Call, sanction: Sanction) -> str:
    """Number, kind, place, end, rule and reason in one line."""
    return call.say(
        "sanction-line",
        number=sanction.number,
        kind=kind_text(call, sanction.kind),
        room=sanction.room,
        until=sanction.until,
        rule=sanction.rule,
        reason=sanction.reason,
    )


def case_rule(call: Call, case: Report) -> str:
    """The rule that opened a case, or that people did."""
    return call.say("case-reported") if case.is_reported else case.rule


def case_line(call: Call, case: Report, room: str | None) -> str:
    """Number, rule, place and time in one line; the place is left out where all are the same."""
    return call.say("case-line", number=case.number, at=case.at, rule=case_rule(call, case), room=room)


def lockdown_line(call: Call, lockdown: Lockdown) -> str:
    """Number, place, what is frozen, end and reason in one line."""
    return call.say("lockdown-line", number=lockdown.number, **terms(call.world, call.language, lockdown))


def membership_line(call: Call, membership: Membership) -> str:
    """Address, code, category, scale class, role and since when in one line."""
    category, scale = grade_of(call.world, call.language, membership.room)
    return call.say(
        "membership-line",
        room=membership.room.jid,
        code=membership.room.code,
        category=category,
        scale=scale,
        role="creator" if membership.is_creator else "member",
        since=membership.since,
    )


def tier_text(call: Call, tier: str) -> str:
    """What a tier is called."""
    return call.say("tier-name", tier=tier)


def fact(call: Call, var: str, values: Iterable[str], /) -> Fact:
    """A labelled result; `fact-VAR` is its label. Nothing at all reads as such."""
    return Fact(var=var, label=call.say(f"fact-{var}"), values=tuple(values) or (call.say("nothing"),))


def confirmation(call: Call, summary: str) -> tuple[Field, ...]:
    """What is about to happen, and a box to tick."""
    return (
        Field(var="summary", kind=FieldKind.FIXED, value=summary),
        Field(var="confirm", label=call.say("confirm"), kind=FieldKind.BOOLEAN, value="0"),
    )


def grade_fields(call: Call, *, category: str, scales: Iterable[str], scale: str) -> tuple[Field, Field]:
    """Which category and which of these classes a group is to be of; what is proposed of each."""
    world, most = call.world, call.world.settings.quotas.members_per_room
    categories = [
        Option(value=name, label=category_title(world, call.language, name)) for name in world.settings.categories
    ]
    classes = [
        Option(
            value=name,
            label=call.say(
                "scale-option",
                scale=scale_title(world, call.language, name),
                members=min(world.settings.scales[name].members, most),
            ),
        )
        for name in scales
    ]
    return (
        choice_field("category", call.say("field-category"), categories, value=category),
        choice_field("scale", call.say("field-scale"), classes, value=scale),
    )


def confirmation_form(call: Call, command: str, summary: str) -> Form:
    """The last form of a command by this name: what is about to happen, and a box to tick."""
    return Form(
        title=call.say(f"command-{command}"),
        instructions=call.say("confirm-instructions"),
        fields=confirmation(call, summary),
        is_last=True,
    )


def is_confirmed(answers: Answers) -> bool:
    """Whether the box was ticked."""
    return answers["confirm"] == "1"


def reason_field(call: Call) -> Field:
    """Why: written to the person and into the audit."""
    return Field(var="reason", label=call.say("field-reason"), is_required=True, longest=LONGEST_REASON)


def reason_of(answers: Answers) -> str:
    """The reason as a part of sentences: without a full stop of its own."""
    return answers["reason"].rstrip(".。 ") or answers["reason"]


def unconfirmed() -> Mistaken:
    """Shown again: the box was not ticked."""
    return Mistaken(text="not-confirmed", var="confirm")
