"""`merge`: two persons found to be one become one; `split` takes it back."""

from component.commands.common import confirmation_form, is_confirmed, reason_field, reason_of, unconfirmed
from component.commands.targets import Target, find_target, is_own, name_of
from component.dialogue import Call, Command
from component.forms import Done, Field, Form, Mistaken, Outcome, Refused
from component.staff import Audience


async def step(call: Call) -> Outcome:
    """Which two and why; then who survives; then it happens."""
    if not call.answers:
        return Form(
            title=call.say("command-merge"),
            instructions=call.say("merge-instructions"),
            fields=(
                Field(var="one", label=call.say("field-one"), is_required=True),
                Field(var="other", label=call.say("field-other"), is_required=True),
                reason_field(call),
            ),
        )
    pair = await _find(call)
    if isinstance(pair, (Mistaken, Refused)):
        return pair
    survivor, merged = pair
    reason = reason_of(call.answers[0])
    if len(call.answers) == 1:
        summary = call.say(
            "merge-summary", survivor=name_of(call, survivor), merged=name_of(call, merged), reason=reason
        )
        return confirmation_form(call, "merge", summary)
    if not is_confirmed(call.answers[1]):
        return unconfirmed()
    assert survivor.number is not None  # noqa: S101 - `_find` saw to it
    assert merged.number is not None  # noqa: S101 - likewise
    done = await call.world.registrar.merge(survivor.number, merged.number, by=call.account, reason=reason)
    return Done(note=call.say("merge-done", survivor=str(done.survivor), merged=str(done.merged)))


async def _find(call: Call) -> tuple[Target, Target] | Mistaken | Refused:
    """Both, whoever was verified first in front."""
    found: list[Target] = []
    for var in ("one", "other"):
        target = await find_target(call, call.answers[0][var], var)
        if isinstance(target, Mistaken):
            return target
        if target.person is None:
            return Mistaken(text="not-verified-target", params={"name": name_of(call, target)}, var=var)
        if is_own(call, target):
            return Refused(text="person-own")
        if await call.world.store.erasures.due_at(target.person.number) is not None:
            return Refused(text="person-erasing", params={"name": name_of(call, target)})
        found.append(target)
    one, other = sorted(found, key=_seniority)
    if one.number == other.number:
        return Mistaken(text="merge-same", var="other")
    return one, other


def _seniority(target: Target) -> tuple[float, int]:
    assert target.person is not None  # noqa: S101 - looked at before
    return target.person.verified_at, target.person.number


COMMAND = Command(name="merge", step=step, audience=Audience.IDENTITY_OFFICERS)
