"""`disclose`: an identity officer asks for somebody's identity to be shown; `disclosures` goes on from there."""

from component.commands.common import confirmation_form, is_confirmed, reason_field, reason_of, unconfirmed
from component.commands.targets import find_target, is_own, name_of
from component.dialogue import Call, Command
from component.forms import Done, Field, Form, Mistaken, Outcome, Refused
from component.staff import Audience

_LONGEST_CASE = 100


async def step(call: Call) -> Outcome:
    """Whom, for which case and why; then what will happen; then it is asked for."""
    known = await call.world.memory.known(call.account)
    if known.person is None:
        return Refused(text="disclose-verify-first")
    if not call.answers:
        return Form(
            title=call.say("command-disclose"),
            instructions=call.say("disclose-instructions"),
            fields=(
                Field(var="target", label=call.say("field-target"), is_required=True),
                Field(var="case", label=call.say("field-case"), is_required=True, longest=_LONGEST_CASE),
                reason_field(call),
            ),
        )
    answers = call.answers[0]
    target = await find_target(call, answers["target"])
    if isinstance(target, Mistaken):
        return target
    if target.number is None:
        return Mistaken(text="not-verified-target", params={"name": name_of(call, target)}, var="target")
    if is_own(call, target):
        return Refused(text="disclose-own")
    reason, settings = reason_of(answers), call.world.settings.disclosure
    if len(call.answers) == 1:
        is_silent = answers["case"] in settings.silent_cases
        summary = call.say(
            "disclose-summary",
            name=name_of(call, target),
            case=answers["case"],
            reason=reason,
            window=call.world.texts.duration(call.language, settings.lapses_after),
            told=None if is_silent else call.world.texts.duration(call.language, settings.notify_after),
        )
        return confirmation_form(call, "disclose", summary)
    if not is_confirmed(call.answers[1]):
        return unconfirmed()
    asked = await call.world.store.disclosures.ask(
        target.number,
        call.world.now(),
        by=call.account,
        by_person=known.person.number,
        case_reference=answers["case"],
        reason=reason,
        lasts_s=settings.lapses_after,
    )
    for officer in call.world.settings.staff.identity_officers:
        if officer != call.account:
            await call.world.performer.reach.tell(officer, "notice-disclosure-asked", number=asked.number)
    return Done(note=call.say("disclose-asked", number=asked.number))


COMMAND = Command(name="disclose", step=step, audience=Audience.IDENTITY_OFFICERS)
