"""What rooms there are: categories, classes by size and by activity, and what their forms must say."""

from typing import Annotated, Literal

from msgspec import Meta

from config.settings.moderation import Managers
from config.settings.rules import Rule
from config.settings.shared import Name, Seconds, Section

JoinModes = Literal["open", "question", "approval", "invite"]


class ForcedConfig(Section, frozen=True, kw_only=True):
    """What the room's own form (XEP-0045 §10.2) must say, whatever its owners choose; what is absent is theirs."""

    public: Annotated[bool | None, Meta(description="Whether the room is listed.")] = None
    members_only: Annotated[bool | None, Meta(description="Whether the server lets in nobody but its members.")] = None
    moderated: Annotated[bool | None, Meta(description="Whether visitors need voice to write.")] = None
    persistent: Annotated[bool | None, Meta(description="Whether it stays when everybody has left.")] = None
    password: Annotated[
        Literal[False] | None, Meta(description="false: it has no password; what its owners write is taken out.")
    ] = None
    whois: Annotated[
        Literal["moderators", "anyone"] | None, Meta(description="Who sees the occupants' real addresses.")
    ] = None


class Reviewed(Section, frozen=True, kw_only=True):
    """How often moderators look at a group of a category or class."""

    review_every: Annotated[
        Seconds | None,
        Meta(
            description="A group is due for a review (`group-reviews`) so long after its founding or the last one; "
            "of what its category and its classes say the shortest holds. Absent: this asks for none."
        ),
    ] = None


class Founding(Reviewed, frozen=True, kw_only=True):
    """Who may found a group of a category or class. What both demand must be met."""

    approval: Annotated[
        bool, Meta(description="A moderator decides on each, by the command `applications`; one asks by `apply`.")
    ] = False
    tiers: Annotated[
        tuple[Name, ...],
        Meta(description="Tiers of those who may found one, `unverified` for those without a person; empty: all."),
    ] = ()
    verified_for: Annotated[Seconds, Meta(description="How long ago they must have been verified at least.")] = Seconds(
        0
    )
    tenure: Annotated[Seconds, Meta(description="How long they must have been in their tier at least.")] = Seconds(0)


class Category(Founding, frozen=True, kw_only=True):
    """Rooms of one nature, called NAME by commands and rules. Its rules and packs hold there, beside all others."""

    title: Annotated[dict[str, str], Meta(description="What people call it, by language.")] = {}
    packs: Annotated[tuple[Name, ...], Meta(description="Packs that hold in its rooms, as `moderation.packs`.")] = ()
    rules: tuple[Rule, ...] = ()
    managers: 'Annotated[Managers | None, Meta(description="In place of moderation.managers, whole.")]' = None
    join_modes: Annotated[
        tuple[JoinModes, ...],
        Meta(
            min_length=1,
            description="How its rooms may be entered, as their managers choose: by anybody, with the right answer "
            "to a question, when a manager approves, when a manager invites.",
        ),
    ] = ("open", "question", "approval", "invite")
    join_mode: Annotated[
        Literal["open", "approval", "invite"], Meta(description="How, as long as they have not chosen.")
    ] = "open"
    config: ForcedConfig = ForcedConfig()


CATEGORIES = {"general": Category(title={"en": "General", "zh-Hans": "综合"})}


class Scale(Founding, frozen=True, kw_only=True):
    """Rooms of one class by size, called NAME by commands and rules. The smallest class comes first."""

    title: Annotated[dict[str, str], Meta(description="What people call it, by language.")] = {}
    members: Annotated[
        int,
        Meta(
            ge=1,
            description="Members a room of this class may have; never more than `quotas.members_per_room`.",
        ),
    ]


SCALES = {
    "small": Scale(title={"en": "Small", "zh-Hans": "小型"}, members=50),
    "medium": Scale(title={"en": "Medium", "zh-Hans": "中型"}, members=200),
    "large": Scale(title={"en": "Large", "zh-Hans": "大型"}, members=5000),
}


class Activity(Reviewed, frozen=True, kw_only=True):
    """Rooms of one class by activity, called NAME, the quietest first. If `[activity]` is empty, nothing is counted."""

    title: Annotated[dict[str, str], Meta(description="What people call it, by language.")] = {}
    messages: Annotated[
        int, Meta(ge=0, description="Messages that it needs within this week or the last one, from Monday on (UTC).")
    ] = 0
    members: Annotated[int, Meta(ge=0, description="Members who must have written within that same week.")] = 0
    needs_managers: Annotated[
        int,
        Meta(
            ge=0,
            description="Owners and admins that its rooms should have: its managers are told before a review that some "
            "are missing, and moderators in it.",
        ),
    ] = 0


ACTIVITY = {
    "quiet": Activity(title={"en": "Quiet", "zh-Hans": "冷清"}),
    "active": Activity(title={"en": "Active", "zh-Hans": "活跃"}, messages=20, members=3),
    "very-active": Activity(title={"en": "Very active", "zh-Hans": "非常活跃"}, messages=500, members=20),
}


class Rooms(Section, frozen=True, kw_only=True):
    """What a room is as long as nobody has said otherwise by the command `classify`, and what its address may be."""

    category: Annotated[str, Meta(description="Its category; empty: the first of `[categories]`.")] = ""
    scale: Annotated[str, Meta(description="Its scale class; empty: the largest of `[scales]`.")] = ""
    lookalikes: Annotated[
        Literal["refuse", "report", "allow"],
        Meta(
            description="A new room whose address looks like another's: refuse it, allow it and open a case for the "
            "moderators, or allow it. Those that look like a suspended or blacklisted one are always refused."
        ),
    ] = "refuse"
    out_of_bounds: Annotated[
        Literal["correct", "refuse"],
        Meta(description="What becomes of an owner's form that says what its category or class does not allow."),
    ] = "correct"


class Hats(Section, frozen=True, kw_only=True):
    """Hats (XEP-0317): what clients show beside nicknames in rooms, on servers that can (Prosody)."""

    wear: Annotated[
        tuple[Literal["founder", "manager", "verified"], ...],
        Meta(
            description="Who wears one: whoever made the room, its owners and admins, people who are verified; "
            "empty: nobody. What they are called is in the language of `xmpp.language`."
        ),
    ] = ()
