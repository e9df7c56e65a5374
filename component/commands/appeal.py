"""`appeal`: against one's own sanctions, and against measures against rooms by those who answer for them."""

from component.commands.common import sanction_line
from component.commands.group_lines import measure_line
from component.commands.targets import read_number
from component.dialogue import Call, Command
from component.forms import Done, Field, FieldKind, Form, Option, Outcome, Refused, choice_field
from component.memory import Known
from storage.appeals import Appeal, Draft

_LONGEST = 1000
_MOST = 20
_SANCTION, _MEASURE = "sanction", "measure"


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
    measures = await appeals.measures_open_to(known.holder, managed, since)
    options = [
        Option(value=f"{_SANCTION} {each.sanction.number}", label=sanction_line(call, each.sanction))
        for each in sanctions
    ]
    options += [
        Option(value=f"{_MEASURE} {each.number}", label=f"{each.room}: {measure_line(call, each)}") for each in measures
    ]
    return options[:_MOST]


async def _ask(call: Call, known: Known, options: list[Option]) -> Form | Done:
    pending = [_line(call, each) for each in await call.world.store.appeals.of(known.holder)]
    if not options:
        window = call.world.texts.duration(call.language, call.world.settings.appeals.window)
        return Done(note="\n".join((call.say("appeal-none", window=window), *pending)))
    fields = (
        *([Field(var="pending", kind=FieldKind.FIXED, value="\n".join(pending))] if pending else []),
        choice_field("against", call.say("field-appeal-against"), options),
    )
    return Form(title=call.say("command-appeal"), instructions=call.say("appeal-instructions"), fields=fields)


def _line(call: Call, appeal: Appeal) -> str:
    return call.say("appeal-line", number=appeal.number, at=appeal.at, kind=kind_of(appeal), against=against(appeal))


def kind_of(appeal: Appeal) -> str:
    """What it is against: a sanction, or a measure."""
    return _SANCTION if appeal.draft.measure is None else _MEASURE


def against(appeal: Appeal) -> int | None:
    """The number of that."""
    return appeal.draft.sanction if appeal.draft.measure is None else appeal.draft.measure


COMMAND = Command(name="appeal", step=step)
