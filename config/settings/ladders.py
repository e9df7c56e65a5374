"""What strikes lead to, for people, groups and those who answer for them."""

from typing import Annotated, Literal

from msgspec import Meta

from config.settings.conditions import Count
from config.settings.shared import Seconds, Section


class Step(Section, frozen=True, kw_only=True):
    """One step of a ladder."""

    strikes: Annotated[int, Meta(ge=1, description="Strikes within `window` that lead here.")]
    window: Annotated[Seconds, Meta(description="How far back strikes count.")]
    sanction: Annotated[
        Literal["notice", "mute", "suspend", "kick", "remove", "ban"],
        Meta(description="What follows. notice: a warning, nothing else; suspend: no posting, in every room."),
    ]
    lasts: Annotated[Seconds | None, Meta(description="How long; absent: until lifted.")] = None
    everywhere: Annotated[bool, Meta(description="In every room, not only where the last strike fell.")] = False
    deduct: Annotated[int, Meta(ge=0, le=100, description="Credit it costs.")] = 0


MEMBER_STEPS = (
    Step(strikes=2, window=Seconds(7 * 86400), sanction="mute", lasts=Seconds(600)),
    Step(strikes=3, window=Seconds(7 * 86400), sanction="mute", lasts=Seconds(86400), deduct=5),
    Step(strikes=5, window=Seconds(30 * 86400), sanction="ban", lasts=Seconds(7 * 86400), everywhere=True, deduct=15),
)


class Ladder(Section, frozen=True, kw_only=True):
    """Strikes within a window lead to a sanction."""

    steps: Annotated[tuple[Step, ...], Meta(description="From the mildest to the gravest.")] = MEMBER_STEPS


class GroupStep(Section, frozen=True, kw_only=True):
    """One step of the ladder for groups."""

    sanction: Annotated[
        Literal["warn", "suspend", "close", "blacklist"],
        Meta(description="What follows for the room: a warning, no more posting, its end, or that and the blacklist."),
    ]
    strikes: Annotated[
        Count | None,
        Meta(description="Strikes in the room within `window` that lead here; absent: only a missed deadline does."),
    ] = None
    persons: Annotated[int, Meta(ge=1, description="They must be those of at least so many people.")] = 1
    window: Annotated[Seconds, Meta(description="How far back strikes count.")] = Seconds(7 * 86400)
    within: Annotated[
        Seconds | None,
        Meta(description="Time to set things right; the next step follows if it is missed. Absent: no deadline."),
    ] = None
    checklist: Annotated[
        dict[str, str], Meta(description="What the room's managers have to set right, by language.")
    ] = {}


GROUP_STEPS = (
    GroupStep(
        sanction="warn",
        strikes=20,
        persons=5,
        within=Seconds(7 * 86400),
        checklist={
            "en": "look after what is written in the room, and remove those who keep breaking the rules",
            "zh-Hans": "管理群内发言，移除屡次违规的成员",
        },
    ),
    GroupStep(
        sanction="suspend",
        strikes=60,
        persons=10,
        within=Seconds(7 * 86400),
        checklist={
            "en": "remove those who keep breaking the rules, and name managers who look after the room",
            "zh-Hans": "移除屡次违规的成员，并安排管理人员",
        },
    ),
    GroupStep(sanction="close"),
)


class GroupLadder(Section, frozen=True, kw_only=True):
    """What becomes of a room in which the rules are broken. Its managers' own rules never count."""

    steps: Annotated[
        tuple[GroupStep, ...],
        Meta(description="From the mildest to the gravest, each sanction once; empty: moderators alone decide."),
    ] = GROUP_STEPS


class ManagerStep(Section, frozen=True, kw_only=True):
    """One step of the ladder for those who answer for rooms."""

    strikes: Annotated[
        int,
        Meta(
            ge=1,
            description="Their rooms suspended or closed, and reports left standing, within `window` that lead here.",
        ),
    ]
    window: Annotated[Seconds, Meta(description="How far back those count.")]
    sanction: Annotated[
        Literal["notice", "manage", "create"],
        Meta(description="What follows: a warning, no more managing, or no more making of rooms."),
    ]
    lasts: Annotated[Seconds | None, Meta(description="How long; absent: until lifted.")] = None
    everywhere: Annotated[bool, Meta(description="They may manage no room, not only not this one.")] = False
    deduct: Annotated[int, Meta(ge=0, le=100, description="Credit it costs.")] = 0


MANAGER_STEPS = (
    ManagerStep(strikes=1, window=Seconds(90 * 86400), sanction="notice", deduct=5),
    ManagerStep(
        strikes=2,
        window=Seconds(90 * 86400),
        sanction="manage",
        lasts=Seconds(30 * 86400),
        everywhere=True,
        deduct=10,
    ),
    ManagerStep(strikes=3, window=Seconds(180 * 86400), sanction="create", lasts=Seconds(180 * 86400), deduct=15),
)


class ManagerLadder(Section, frozen=True, kw_only=True):
    """What becomes of those who answer for rooms that are suspended or closed, and who leave reports standing."""

    steps: Annotated[
        tuple[ManagerStep, ...], Meta(description="From the mildest to the gravest; empty: nothing does.")
    ] = MANAGER_STEPS
    expires: Annotated[Seconds, Meta(description="How long such a strike counts.")] = Seconds(365 * 86400)


class Ladders(Section, frozen=True, kw_only=True):
    """Who climbs which ladder."""

    member: Ladder = Ladder()
    group: GroupLadder = GroupLadder()
    manager: ManagerLadder = ManagerLadder()
