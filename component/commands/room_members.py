"""Whom a manager means in their own room, and who is not theirs to sanction."""

from component.commands.targets import Target, find_target, is_own
from component.dialogue import Call
from component.forms import Field, Mistaken, Refused
from component.staff import is_staff
from policy.facts import Room

RULE = "manager"
"""What stands where a machine's sanction names its rule. No ladder counts it."""


def member_field(call: Call) -> Field:
    """Who it is about."""
    return Field(var="who", label=call.say("field-member"), is_required=True, longest=3071)


async def find_there(call: Call, room: Room, text: str) -> Target | Mistaken:
    """Somebody in the room by their nickname, or a member by their account's address; whoever they are."""
    memory = call.world.memory
    nicks = [each.jid.partition("/")[0] for each in memory.occupants(room.jid) if each.nick == text]
    address = nicks[0] if nicks else text
    unknown = Mistaken(text="no-such-member", params={"who": text, "room": room.jid}, var="who")
    if "@" not in address:
        return unknown  # a person's number is for moderators
    target = await find_target(call, address, "who")
    if isinstance(target, Mistaken):
        return unknown
    is_inside = any(memory.occupancy.is_in(room.jid, account) for account in target.accounts)
    if not is_inside and not await memory.holds_place(target.holder, room.jid):
        return unknown
    return target


async def find_member(call: Call, room: Room, text: str) -> Target | Mistaken | Refused:
    """The same, if they are a manager's to sanction."""
    target = await find_there(call, room, text)
    if isinstance(target, Mistaken):
        return target
    if is_own(call, target):
        return Refused(text="sanction-self")
    if any(call.world.memory.affiliations.manages(account, room.jid) for account in target.accounts):
        return Refused(text="member-manages")
    if any(is_staff(account, call.world.settings.staff) for account in target.accounts):
        return Refused(text="member-is-staff")
    return target
