"""Tells owners what their room was set to otherwise than they chose."""

from component.outreach import Outreach
from policy.actions import Correct
from policy.rules.room_config import PREFIX


async def tell_corrected(reach: Outreach, correction: Correct) -> None:
    """Write to an owner, once, with a line for each of these fields."""
    lines = [
        await reach.write(correction.account, "config-field", field=var.removeprefix(PREFIX), value=value or None)
        for var, value in correction.fields
        if var in correction.told
    ]
    fields = "\n".join(dict.fromkeys(lines))
    await reach.tell(correction.account, "notice-config-corrected", room=correction.room, fields=fields)
