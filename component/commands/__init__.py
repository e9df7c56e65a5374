"""The commands, one a file. The order here is the order in which people see them."""

from component.commands import (
    adjust_credit,
    audit,
    blacklist,
    cases,
    classify,
    find,
    group,
    held,
    info,
    lift,
    lockdown,
    my_rooms,
    override,
    person,
    rectified,
    reload,
    retract,
    room,
    room_rules,
    rule_stats,
    rules,
    sanction,
    status,
    verify,
)
from component.dialogue import Command

COMMANDS: tuple[Command, ...] = (
    verify.COMMAND,
    status.COMMAND,
    rules.COMMAND,
    my_rooms.COMMAND,
    find.COMMAND,
    info.COMMAND,
    room_rules.COMMAND,
    rectified.COMMAND,
    person.COMMAND,
    room.COMMAND,
    classify.COMMAND,
    held.COMMAND,
    cases.COMMAND,
    sanction.COMMAND,
    lift.COMMAND,
    retract.COMMAND,
    blacklist.COMMAND,
    group.COMMAND,
    lockdown.COMMAND,
    adjust_credit.COMMAND,
    rule_stats.COMMAND,
    override.COMMAND,
    audit.COMMAND,
    reload.COMMAND,
)

_PREFIX = "urn:roomkeeper:cmd:"


def node_of(command: Command) -> str:
    """The command's node (XEP-0050 §2.4), a stable name."""
    return _PREFIX + command.name
