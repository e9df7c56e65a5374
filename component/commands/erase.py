"""`erase`: everything about the caller goes, after a time in which they may think again."""

from component.commands.common import confirmation, is_confirmed, unconfirmed
from component.dialogue import Call, Command
from component.forms import Done, Form, Outcome, Refused


async def step(call: Call) -> Outcome:
    """What goes and what stays; or, once asked for, the way back."""
    known = await call.world.memory.known(call.account)
    if known.person is None:
        return Refused(text="rights-not-verified")
    number = known.person.number
    due_at = await call.world.store.erasures.due_at(number)
    if not call.answers:
        wait = call.world.texts.duration(call.language, call.world.settings.identity.erase_after)
        summary = call.say("erase-summary", window=wait) if due_at is None else call.say("erase-cancel", until=due_at)
        return Form(
            title=call.say("command-erase"),
            instructions=call.say("confirm-instructions" if due_at is None else "erase-waits"),
            fields=confirmation(call, summary),
            is_last=True,
        )
    if not is_confirmed(call.answers[0]):
        return unconfirmed()
    if due_at is None:
        due_at = await call.world.registrar.ask_erasure(number, by=call.account)
        return Done(note=call.say("erase-asked", until=due_at))
    if await call.world.registrar.cancel_erasure(number, by=call.account):
        return Done(note=call.say("erase-cancelled"))
    return Refused(text="erase-too-late")


COMMAND = Command(name="erase", step=step, is_for_barred=True)
