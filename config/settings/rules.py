"""Rules of automatic moderation: where and for whom they hold, what follows, and what their weights lead to."""

from typing import Annotated, Literal

from msgspec import Meta

from config.settings.conditions import Condition
from config.settings.shared import Kinds, Name, RuleName, Seconds, Section, Surfaces

Roles = Literal["none", "visitor", "participant", "moderator"]
Shadow = Annotated[
    bool, Meta(description="Counts and records what it would have done on live traffic, and touches nobody.")
]
ForKinds = Annotated[tuple[Kinds, ...], Meta(description="Kinds of stanza it judges; empty: all.")]
InRooms = Annotated[tuple[Name, ...], Meta(description="Rooms it holds in, `*` for any characters; empty: all.")]
InCategories = Annotated[
    tuple[Name, ...], Meta(description="Categories of rooms it holds in, as `[categories]` names them; empty: all.")
]
InScales = Annotated[
    tuple[Name, ...], Meta(description="Scale classes of rooms it holds in, as `[scales]` names them; empty: all.")
]
InActivity = Annotated[
    tuple[Name, ...],
    Meta(description="Classes of rooms by activity it holds in, as `[activity]` names them; empty: all."),
]
ForTiers = Annotated[
    tuple[Name, ...], Meta(description="Tiers it holds for, `unverified` for those without a person; empty: all.")
]
ForRoles = Annotated[
    tuple[Roles, ...], Meta(description="Roles in the room it holds for, `none` for who is not in it; empty: all.")
]
RuleAction = Annotated[
    Literal["note", "hold", "reject", "retract", "mute", "suspend", "kick", "remove", "ban"],
    Meta(
        description="note: record only, no strike. The others refuse the stanza. hold: until a moderator lets it pass; "
        "retract: and take back what the same person wrote there lately; mute, suspend (posting, in every room), kick, "
        "remove (and end the membership), ban: as well."
    ),
]
Lasts = Annotated[Seconds | None, Meta(description="How long a mute, suspension or ban lasts; absent: until lifted.")]
Everywhere = Annotated[bool, Meta(description="What follows holds in every room, not only in this one.")]
IsStrike = Annotated[
    bool | None,
    Meta(
        description="A hit is a strike on the member ladder. Absent: it is; with the action hold, only when a "
        "moderator refuses the text (true: at once; false: never)."
    ),
]
Deduct = Annotated[int, Meta(ge=0, le=100, description="Credit a hit costs.")]
Case = Annotated[bool, Meta(description="A hit opens a case for the moderators.")]


class Rule(Condition, frozen=True, kw_only=True):
    """One rule of automatic moderation. It says what to look for, where, and what follows."""

    name: RuleName
    surfaces: Annotated[
        tuple[Surfaces, ...], Meta(description="Where it looks; empty: everywhere others can see it.")
    ] = ()
    kinds: ForKinds = ()
    rooms: InRooms = ()
    categories: InCategories = ()
    scales: InScales = ()
    activity: InActivity = ()
    tiers: ForTiers = ()
    roles: ForRoles = ()
    shadow: Shadow = False
    weight: Annotated[
        int, Meta(ge=-100, le=100, description="Added to the score that thresholds look at; 0: the rule acts alone.")
    ] = 0
    action: RuleAction = "reject"
    lasts: Lasts = None
    everywhere: Everywhere = False
    strike: IsStrike = None
    deduct: Deduct = 0
    case: Case = False


class Threshold(Section, frozen=True, kw_only=True):
    """What the weights of all rules that hit one stanza lead to: of those that hold and are reached, the highest."""

    name: RuleName
    score: Annotated[
        int,
        Meta(
            ge=1,
            description="Sum of weights from which it is reached. Of two with the same, one that holds everywhere "
            "and for everybody gives way.",
        ),
    ]
    kinds: ForKinds = ()
    rooms: InRooms = ()
    categories: InCategories = ()
    scales: InScales = ()
    activity: InActivity = ()
    tiers: ForTiers = ()
    roles: ForRoles = ()
    shadow: Shadow = False
    action: RuleAction = "reject"
    lasts: Lasts = None
    everywhere: Everywhere = False
    strike: IsStrike = None
    deduct: Deduct = 0
    case: Case = False


THRESHOLDS = (
    Threshold(name="suspicious", score=5, action="note"),
    Threshold(name="too-suspicious", score=10),
)
