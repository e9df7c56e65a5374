"""`reload`: read the config file anew, and say what that changed or why it was refused."""

from component.commands.common import fact
from component.dialogue import Call, Command
from component.forms import Done, Fact, Outcome
from component.reloading import NotReloaded, Reloaded, reload
from component.staff import Audience


async def step(call: Call) -> Outcome:
    """All in one answer."""
    outcome = await reload(call.world, by=call.account)
    title = call.say("command-reload")
    if isinstance(outcome, NotReloaded):
        return Done(title=title, note=call.say("reload-refused"), facts=(fact(call, "problems", outcome.problems),))
    facts = tuple(_changes(call, outcome))
    if not facts:
        return Done(title=title, note=call.say("reload-unchanged"))
    return Done(
        title=title,
        note=call.say("reload-restart" if outcome.needs_restart else "reload-done"),
        facts=facts,
    )


def _changes(call: Call, changes: Reloaded) -> list[Fact]:
    listed = (
        ("rules-added", changes.added),
        ("rules-removed", changes.removed),
        ("rules-changed", changes.changed),
        ("sections", changes.sections),
    )
    return [fact(call, var, names) for var, names in listed if names]


COMMAND = Command(name="reload", step=step, audience=Audience.ADMINS)
