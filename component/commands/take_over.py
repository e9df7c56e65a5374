"""`take-over`: whoever is offered a room by its owner takes it over, or does not want it."""

from component.commands.group_lines import choice
from component.dialogue import Call, Command
from component.forms import Done, Form, Outcome, Refused
from policy.facts import RoomStatus
from storage.handovers import Handover

_TAKE, _REFUSE = "take", "refuse"


async def step(call: Call) -> Outcome:
    """Which room, and whether."""
    offers = await _offers(call)
    if not call.answers:
        if not offers:
            return Done(note=call.say("take-over-none"))
        lines = [
            (str(each.number), call.say("take-over-line", room=each.room, account=each.giver, until=each.until))
            for each in offers
        ]
        deeds = [(each, call.say("take-over-deed", deed=each)) for each in (_TAKE, _REFUSE)]
        return Form(
            title=call.say("command-take-over"),
            instructions=call.say("take-over-instructions"),
            fields=(choice(call, "offer", lines), choice(call, "deed", deeds)),
            is_last=True,
        )
    answers, handing = call.answers[0], call.world.performer.handing
    offer = next((each for each in offers if str(each.number) == answers["offer"]), None)
    if offer is None:
        return Refused(text="take-over-over")
    if answers["deed"] == _REFUSE:
        is_done = await handing.refuse(offer)
        return Done(note=call.say("take-over-refused", room=offer.room)) if is_done else Refused(text="take-over-over")
    room = await call.world.store.rooms.by_code(offer.code)
    if room is None or room.status is RoomStatus.CLOSED:
        return Refused(text="take-over-over")
    done = await handing.accept(offer, room)
    if done is True:
        return Done(note=call.say("take-over-done", room=offer.room))
    return Refused(text="take-over-over") if done is False else Refused(text=done.text, params=dict(done.params))


async def _offers(call: Call) -> tuple[Handover, ...]:
    """To whichever of the caller's accounts."""
    person = (await call.world.memory.known(call.account)).person
    accounts = () if person is None else await call.world.store.people.accounts_of(person.number)
    return await call.world.store.handovers.offered_to((call.account, *accounts), call.world.now())


COMMAND = Command(name="take-over", step=step)
