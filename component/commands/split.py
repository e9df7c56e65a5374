"""`split`: takes a merge back, or an account off a person it does not belong to."""

from component.commands.common import confirmation_form, is_confirmed, reason_field, reason_of, unconfirmed
from component.commands.targets import Target, find_target, is_own, name_of
from component.dialogue import Call, Command
from component.forms import Done, Field, Form, Mistaken, Option, Outcome, Refused, choice_field
from component.staff import Audience
from storage.persons import Unbound

_MERGE, _ACCOUNT = "merge", "account"
_LONGEST = 3100


async def step(call: Call) -> Outcome:
    """Whom; then what is to be parted from them, and why; then it happens."""
    if not call.answers:
        return Form(
            title=call.say("command-split"),
            instructions=call.say("split-instructions"),
            fields=(Field(var="target", label=call.say("field-target"), is_required=True),),
        )
    target = await find_target(call, call.answers[0]["target"])
    if isinstance(target, Mistaken):
        return target
    if target.number is None:
        return Mistaken(text="not-verified-target", params={"name": name_of(call, target)}, var="target")
    if is_own(call, target):
        return Refused(text="person-own")
    if await call.world.store.erasures.due_at(target.number) is not None:
        return Refused(text="person-erasing", params={"name": name_of(call, target)})
    options = await _options(call, target)
    if len(call.answers) == 1:
        return _choice(call, target, options)
    part, reason = call.answers[1]["part"], reason_of(call.answers[1])
    option = next((each for each in options if each.value == part), None)
    if option is None:
        return Refused(text="split-meanwhile")
    if len(call.answers) == 2:  # noqa: PLR2004 - forms are counted
        summary = call.say("split-summary", part=option.label, name=name_of(call, target), reason=reason)
        return confirmation_form(call, "split", summary)
    if not is_confirmed(call.answers[2]):
        return unconfirmed()
    return await _part(call, target.number, part, reason)


async def _options(call: Call, target: Target) -> tuple[Option, ...]:
    assert target.number is not None  # noqa: S101 - looked at before
    merges = await call.world.store.persons.merges_of(target.number)
    return (
        *(
            Option(
                value=f"{_MERGE}:{merge.number}",
                label=call.say(
                    "split-merge", merged=str(merge.merged), at=merge.at, accounts=", ".join(merge.accounts)
                ),
            )
            for merge in merges
        ),
        *(
            Option(value=f"{_ACCOUNT}:{account}", label=call.say("split-account", account=account))
            for account in await call.world.store.people.accounts_of(target.number)
        ),
    )


def _choice(call: Call, target: Target, options: tuple[Option, ...]) -> Outcome:
    if not options:
        return Refused(text="split-nothing", params={"name": name_of(call, target)})
    return Form(
        title=call.say("command-split"),
        instructions=call.say("split-choose", name=name_of(call, target)),
        fields=(
            choice_field("part", call.say("field-part"), options, value="", longest=_LONGEST),
            reason_field(call),
        ),
    )


async def _part(call: Call, number: int, part: str, reason: str) -> Outcome:
    kind, _, name = part.partition(":")
    if kind == _MERGE:
        done = await call.world.registrar.split(int(name), by=call.account, reason=reason)
        return Done(note=call.say("split-done", survivor=str(done.survivor), merged=str(done.merged)))
    unbound = await call.world.registrar.unbind(name, number, by=call.account, reason=reason, is_forced=True)
    if unbound is not Unbound.DONE:
        return Refused(text="split-meanwhile")
    return Done(note=call.say("split-unbound", account=name))


COMMAND = Command(name="split", step=step, audience=Audience.IDENTITY_OFFICERS)
