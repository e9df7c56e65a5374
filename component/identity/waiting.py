"""What an applicant sees while somebody else decides: since when, and that it can be taken back."""

from component.dialogue import Call
from component.forms import Answers, Field, FieldKind, Form
from component.identity.provider import Waiting
from storage.verifications import Verification


def waiting_form(call: Call, waiting: Verification) -> Form:
    """Since when, and whether to take it back."""
    return Form(
        title=call.say("command-verify"),
        instructions=call.say("verify-waits-since", at=waiting.at, provider=waiting.provider),
        fields=(Field(var="withdraw", label=call.say("field-withdraw"), kind=FieldKind.BOOLEAN, value="0"),),
        is_last=True,
    )


async def take_back(call: Call, given: Answers) -> Waiting | None:
    """What became of that form; None when it was another one."""
    if "withdraw" not in given:
        return None
    world = call.world
    if given["withdraw"] == "1" and await world.store.verifications.withdraw(call.account, at=world.now()):
        return Waiting(text="verify-withdrawn")
    return Waiting(text="verify-waits")
