"""`appeal`: against sanctions and the blacklist, and against what befell rooms, by those who answer for them."""

from component.commands.common import sanction_line
from component.commands.group_lines import measure_line
from component.commands.targets import read_number
from component.dialogue import Call, Command
from component.forms import Done, Field, FieldKind, Form, Option, Outcome, Refused, choice_field
from component.memory import Known
from storage import holders
from storage.appeals import Appeal, Draft, against
from storage.blacklistings import Blacklisting

_LONGEST = 1000
_MOST = 20
_SANCTION, _MEASURE, _BLACKLISTING = "sanction", "measure", "blacklisting"


async def step(call: Call) -> Outcome:
    """Against what; why; then it is on its way."""
    known = await call.world.memory.known(call.account)
    options = await _options(call, known)
    if not call.answers:
        return await _ask(call, known, options)
    chosen = call.answers[0]["against"]
    if all(option.value != chosen for option in options):
        return Refused(text="appeal-over")
    if len(call.answers) == 1:
        asked = Field(var="words", label=call.say("field-appeal-words"), is_required=True, longest=_LONGEST)
        return Form(
            title=call.say("command-appeal"), instructions=call.say("appeal-why"), fields=(asked,), is_last=True
        )
    kind, _, digits = chosen.partition(" ")
    number = read_number(digits)
    draft = Draft(
        holder=known.holder,
        account=call.account,
        words=call.answers[1]["words"],
        sanction=number if kind == _SANCTION else None,
        measure=number if kind == _MEASURE else None,
        blacklisting=number if kind == _BLACKLISTING else None,
    )
    filed = await call.world.performer.appeals.file(draft)
    if filed is None:
        return Refused(text="appeal-over")
    return Done(title=call.say("command-appeal"), note=call.say("appeal-done", number=filed))


async def _options(call: Call, known: Known) -> list[Option]:
    """What can still be appealed against, the newest first."""
    appeals = call.world.store.appeals
    since = call.world.now() - call.world.settings.appeals.window
    sanctions = await appeals.sanctions_open_to(known.holder, since)
    managed = call.world.memory.affiliations.managed_by(call.account)  # also who may not act as one any more
    who = (call.account, None if known.person is None else known.person.number)
    measures = await appeals.measures_open_to(*who, managed, since)
    blacklistings = await call.world.store.blacklistings.open_to(*who, managed, since)
    options = [
        Option(value=f"{_BLACKLISTING} {each.number}", label=blacklisting_line(call, each)) for each in blacklistings
    ]
    options += [
        Option(value=f"{_SANCTION} {each.sanction.number}", label=sanction_line(call, each.sanction))
        for each in sanctions
    ]
    options += [
        Option(value=f"{_MEASURE} {each.number}", label=f"{each.room}: {measure_line(call, each)}") for each in measures
    ]
    return options[:_MOST]


async def _ask(call: Call, known: Known, options: list[Option]) -> Form | Done:
    pending = [appeal_line(call, each) for each in await call.world.store.appeals.of(known.holder)]
    if not options:
        window = call.world.texts.duration(call.language, call.world.settings.appeals.window)
        return Done(note="\n".join((call.say("appeal-none", window=window), *pending)))
    fields = (
        *([Field(var="pending", kind=FieldKind.FIXED, value="\n".join(pending))] if pending else []),
        choice_field("against", call.say("field-appeal-against"), options),
    )
    return Form(title=call.say("command-appeal"), instructions=call.say("appeal-instructions"), fields=fields)


def appeal_line(call: Call, appeal: Appeal) -> str:
    """Number, since when, and against what, in one line."""
    kind, number = against(appeal.draft)
    return call.say("appeal-line", number=appeal.number, at=appeal.at, kind=kind, against=number)


def blacklisting_line(call: Call, act: Blacklisting) -> str:
    """Number, whom or what it is against, since when and why, in one line."""
    account, person = holders.parse(act.holder)
    subject = act.room or account or str(person)
    kind = "room" if act.room is not None else "account" if person is None else "person"
    return call.say("blacklisting-line", number=act.number, kind=kind, name=subject, at=act.at, reason=act.reason)


COMMAND = Command(name="appeal", step=step, is_for_barred=True)
