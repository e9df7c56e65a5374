"""Lockdowns and raids."""

from typing import Annotated, Literal

from msgspec import Meta

from config.settings.shared import Seconds, Section


class Emergency(Section, frozen=True, kw_only=True):
    """Lockdowns, by the command `lockdown`, and raids: many strangers coming into one room at once."""

    lasts: Annotated[Seconds, Meta(description="How long a lockdown lasts, unless the command says so.")] = Seconds(
        3600
    )
    exempt_staff: Annotated[bool, Meta(description="No lockdown holds for those who have a role in `[staff]`.")] = True
    raid: Annotated[
        Literal["act", "shadow", "off"],
        Meta(
            description="What a raid leads to: strangers need approval for `raid_for` (members only, where the "
            "category's `join_modes` know no approval), a line in log and audit, or nothing."
        ),
    ] = "act"
    raid_joins: Annotated[
        int, Meta(ge=2, description="New members a minute that no room need have seen before; fewer are no raid.")
    ] = 100
    raid_factor: Annotated[
        float, Meta(ge=1, description="How many times as many as usual in the room it must be besides.")
    ] = 6.0
    raid_for: Annotated[Seconds, Meta(description="How long that holds.")] = Seconds(900)
