"""`my-rooms`: the rooms the caller is a member of, and a way to leave one for good."""

from component.commands.common import confirmation_form, fact, is_confirmed, membership_line, unconfirmed
from component.dialogue import Call, Command
from component.forms import Done, Field, FieldKind, Form, Mistaken, Option, Outcome
from storage.rooms import Membership

_NONE = ""


async def step(call: Call) -> Outcome:
    """The list, then the room to leave, then a last question."""
    known = await call.world.memory.known(call.account)
    memberships = await call.world.store.rooms.memberships_of(known.holder)
    if not memberships:
        return Done(note=call.say("my-rooms-none"))
    if not call.answers:
        return _list(call, memberships)
    chosen = call.answers[0]["leave"]
    if chosen == _NONE:
        lines = [membership_line(call, membership) for membership in memberships]
        return Done(
            title=call.say("command-my-rooms"),
            note=call.say("my-rooms-kept"),
            facts=(fact(call, "rooms", lines),),
        )
    membership = next((at for at in memberships if at.room.jid == chosen), None)
    if membership is None:
        return Mistaken(text="my-rooms-not-in", params={"room": chosen}, var="leave")
    if len(call.answers) == 1:
        text = "my-rooms-leave-created" if membership.is_creator else "my-rooms-leave"
        return confirmation_form(call, "my-rooms", call.say(text, room=chosen))
    if not is_confirmed(call.answers[1]):
        return unconfirmed()
    number = None if known.person is None else known.person.number
    await call.world.performer.leave(call.account, number, chosen, by=call.account)
    return Done(note=call.say("my-rooms-left", room=chosen))


def _list(call: Call, memberships: tuple[Membership, ...]) -> Form:
    options = [Option(value=at.room.jid, label=membership_line(call, at)) for at in memberships]
    return Form(
        title=call.say("command-my-rooms"),
        instructions=call.say("my-rooms-instructions", count=len(memberships)),
        fields=(
            Field(
                var="rooms",
                kind=FieldKind.FIXED,
                value="\n".join(option.label for option in options),
            ),
            Field(
                var="leave",
                label=call.say("my-rooms-field"),
                kind=FieldKind.LIST,
                options=(Option(value=_NONE, label=call.say("my-rooms-leave-none")), *options),
                longest=3071,
            ),
        ),
    )


COMMAND = Command(name="my-rooms", step=step)
