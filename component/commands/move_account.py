"""`move-account`: the old account names the new one and gets a code; the new one takes its place by that code."""

from component.commands.common import confirmation_form, fact, is_confirmed, unconfirmed
from component.dialogue import Call, Command
from component.forms import Done, Field, FieldKind, Form, Mistaken, Outcome, Refused
from component.memory import Known
from component.persons.documents import refusal_of
from config.addresses import prepare_bare_jid
from storage.persons import Moved


async def step(call: Call) -> Outcome:
    """Whoever is verified leaves this account; whoever is not comes with a code."""
    known = await call.world.memory.known(call.account)
    if known.person is not None:
        return await _leave(call, known)
    refusal = refusal_of(call.world, call.account)
    if refusal is not None:
        return refusal
    if not call.answers:
        return Form(
            title=call.say("command-move-account"),
            instructions=call.say("move-code-instructions"),
            fields=(Field(var="code", label=call.say("field-code"), kind=FieldKind.SECRET, is_required=True),),
            is_last=True,
        )
    match await call.world.registrar.confirm_move(call.account, call.answers[0]["code"]):
        case Moved.DONE:
            return Done(note=call.say("move-done"))
        case Moved.REFUSED:
            return Mistaken(text="move-refused", var="code")
        case Moved.BOUND:
            return Refused(text="move-bound", params={"account": call.account})


async def _leave(call: Call, known: Known) -> Outcome:
    assert known.person is not None  # noqa: S101 - looked at before
    if not call.answers:
        return Form(
            title=call.say("command-move-account"),
            instructions=call.say("move-instructions", account=call.account),
            fields=(Field(var="account", label=call.say("field-new-account"), is_required=True),),
        )
    try:
        new = prepare_bare_jid(call.answers[0]["account"].strip().removeprefix("xmpp:").partition("/")[0])
    except ValueError:
        return Mistaken(text="not-an-account", var="account")
    if new.partition("@")[2] == call.world.settings.xmpp.muc:
        return Mistaken(text="room-is-no-person", var="account")
    if new == call.account:
        return Mistaken(text="move-same", var="account")
    refusal = refusal_of(call.world, new)
    if refusal is not None:
        return Mistaken(text=refusal.text, params=refusal.params, var="account")
    if len(call.answers) == 1:
        return confirmation_form(call, "move-account", call.say("move-summary", old=call.account, new=new))
    if not is_confirmed(call.answers[1]):
        return unconfirmed()
    code = await call.world.registrar.begin_move(call.account, new, known.person.number)
    window = call.world.texts.duration(call.language, call.world.settings.identity.move_within)
    return Done(note=call.say("move-begun", account=new, window=window), facts=(fact(call, "code-move", [code]),))


COMMAND = Command(name="move-account", step=step)
