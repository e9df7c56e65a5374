"""How much somebody may do: numbers of places, memberships, credit and its tiers."""

from typing import Annotated

from msgspec import Meta

from config.settings.shared import Name, Seconds, Section

Places = Annotated[int, Meta(ge=0)]


class Quotas(Section, frozen=True, kw_only=True):
    """How many places there are; a tier may name its own."""

    rooms_created: Annotated[int, Meta(ge=0, description="Rooms a person may hold as creator.")] = 5
    rooms_joined: Annotated[int, Meta(ge=0, description="Rooms a person may be a member of.")] = 100
    members_per_room: Annotated[int, Meta(ge=1, description="Members a room may have, whatever its class.")] = 500


class Membership(Section, frozen=True, kw_only=True):
    """How long somebody is a member of a room."""

    lapse: Annotated[
        Seconds,
        Meta(
            description="A membership ends, and its place is free, when its holder was not in the room for so long and "
            "is on none of the room's lists (owners, admins, members). 0s: never."
        ),
    ] = Seconds(30 * 86400)


class Tier(Section, frozen=True, kw_only=True):
    """What a credit score permits."""

    name: Annotated[Name, Meta(description="Shown to the person in `status`.")]
    threshold: Annotated[
        int, Meta(ge=0, le=100, description="Score from which the tier is reached; lost below 0.9 of it.")
    ]
    tenure: Annotated[
        Seconds,
        Meta(description="Time since verification, and since the last change of tier, that promotion into it needs."),
    ] = Seconds(0)
    rooms_created: Annotated[Places | None, Meta(description="Overrides quotas.rooms_created.")] = None
    rooms_joined: Annotated[Places | None, Meta(description="Overrides quotas.rooms_joined.")] = None
    message_rate: Annotated[float, Meta(gt=0, description="Messages a second, over time.")] = 2.0
    message_burst: Annotated[int, Meta(ge=1, description="Messages at once, before the rate holds.")] = 20
    links: Annotated[bool, Meta(description="May send links.")] = True
    files: Annotated[bool, Meta(description="May send files.")] = True
    invitations: Annotated[bool, Meta(description="May invite others.")] = True
    largest_scale: Annotated[
        str, Meta(description="The largest scale class of groups they may found or ask for; empty: any.")
    ] = ""


TIERS = (
    Tier(
        name="restricted",
        threshold=0,
        rooms_created=0,
        rooms_joined=10,
        message_rate=0.2,
        message_burst=5,
        links=False,
        files=False,
        invitations=False,
    ),
    Tier(name="limited", threshold=30, rooms_created=1, rooms_joined=30, message_rate=1.0, message_burst=10),
    Tier(name="standard", threshold=50),
    Tier(
        name="trusted",
        threshold=80,
        tenure=Seconds(30 * 86400),
        rooms_created=20,
        rooms_joined=300,
        message_rate=5.0,
        message_burst=50,
    ),
)


class Credit(Section, frozen=True, kw_only=True):
    """The credit score, 0 to 100, and the tiers it leads to."""

    start: Annotated[int, Meta(ge=0, le=100, description="Score of a newly verified person.")] = 60
    recovery: Annotated[Seconds, Meta(description="After this time a deduction is given back.")] = Seconds(90 * 86400)
    tiers: Annotated[
        tuple[Tier, ...], Meta(description="From the lowest threshold, which must be 0, to the highest.")
    ] = TIERS
