"""`rule-stats`: what each of the operator's rules did of late, for those who see whether it was right."""

from component.commands.common import fact
from component.dialogue import Call, Command
from component.forms import Done, Outcome
from component.rule_report import Line, State, first_day, make_report
from component.staff import Audience

_DAYS = 30
_MOST_LINES = 50
_OPERATORS = frozenset((State.LIVE, State.SHADOW, State.THRESHOLD))


async def step(call: Call) -> Outcome:
    """All in one answer."""
    world = call.world
    now = world.now()
    records = await world.store.rule_stats.read(first_day(now, _DAYS))
    report = make_report(records, world.settings, world.policy, now=now, days=_DAYS)
    lines = [line for line in report.lines if line.state in _OPERATORS]
    busy = [line for line in lines if line.hits or line.shadow_hits]
    idle = [line.rule for line in lines if line not in busy]
    shown = [_line(call, line) for line in busy[:_MOST_LINES]]
    if len(busy) > _MOST_LINES:
        shown.append(call.say("and-more", count=len(busy) - _MOST_LINES))
    return Done(
        title=call.say("command-rule-stats"),
        note=call.say("rule-stats-note", days=_DAYS),
        facts=(fact(call, "rules-met", shown), fact(call, "rules-idle", idle)),
    )


def _line(call: Call, line: Line) -> str:
    return call.say(
        "rule-stats-line",
        rule=line.rule,
        hits=line.hits,
        refused=line.refused,
        shadow=line.shadow_hits,
        overruled=line.overruled,
    )


COMMAND = Command(name="rule-stats", step=step, audience=Audience.MODERATORS)
