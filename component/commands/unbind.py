"""`unbind`: takes one of the caller's accounts off them."""

from component.commands.common import confirmation_form, is_confirmed, unconfirmed
from component.dialogue import Call, Command
from component.forms import Done, Form, Option, Outcome, Refused, choice_field
from storage.persons import Unbound

_LONGEST = 3071
_REASON = "asked for by the person"


async def step(call: Call) -> Outcome:
    """Which account; then what follows from it; then it happens."""
    known = await call.world.memory.known(call.account)
    if known.person is None:
        return Refused(text="rights-not-verified")
    number = known.person.number
    accounts = await call.world.store.people.accounts_of(number)
    if not call.answers:
        return Form(
            title=call.say("command-unbind"),
            instructions=call.say("unbind-instructions"),
            fields=(
                choice_field(
                    "account",
                    call.say("field-account"),
                    [Option(value=account, label=account) for account in accounts],
                    value="",
                    longest=_LONGEST,
                ),
            ),
        )
    account = call.answers[0]["account"]
    if len(call.answers) == 1:
        kind = "last" if len(accounts) == 1 else "one"
        return confirmation_form(call, "unbind", call.say("unbind-summary", account=account, kind=kind))
    if not is_confirmed(call.answers[1]):
        return unconfirmed()
    match await call.world.registrar.unbind(account, number, by=call.account, reason=_REASON):
        case Unbound.DONE:
            return Done(note=call.say("unbind-done", account=account))
        case Unbound.SANCTIONED:
            return Refused(text="unbind-sanctioned")
        case Unbound.NOT_BOUND:
            return Refused(text="unbind-not-bound", params={"account": account})


COMMAND = Command(name="unbind", step=step)
