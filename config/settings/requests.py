"""What people ask for and complain of: joining, applications, reports, appeals; and what managers answer for."""

from typing import Annotated

from msgspec import Meta

from config.settings.shared import Seconds, Section


class Joining(Section, frozen=True, kw_only=True):
    """How people come into rooms that are not open to anybody."""

    attempt_applies: Annotated[
        bool, Meta(description="Trying to join a room with approval is an application, without words.")
    ] = True
    admission: Annotated[
        Seconds, Meta(description="How long whoever was approved, invited or answered rightly has to join.")
    ] = Seconds(7 * 86400)
    expires: Annotated[Seconds, Meta(description="An application that nobody decided ends after this.")] = Seconds(
        14 * 86400
    )
    pause: Annotated[Seconds, Meta(description="After a refusal, before one may apply to the same room again.")] = (
        Seconds(86400)
    )
    per_person: Annotated[int, Meta(ge=1, description="Applications that one person may have waiting.")] = 5
    per_room: Annotated[int, Meta(ge=1, description="Applications that may wait for one room's managers.")] = 100
    attempts: Annotated[
        int, Meta(ge=1, description="Answers to a room's question that a person may try within `attempts_window`.")
    ] = 3
    attempts_window: Annotated[Seconds, Meta(description="The window of `attempts`.")] = Seconds(3600)
    notify_every: Annotated[
        Seconds, Meta(description="Managers of a room are told of new applications no more often than this.")
    ] = Seconds(600)
    members_invite: Annotated[
        bool, Meta(description="An invitation by any member lets in, not only one by the room's owners and admins.")
    ] = False


class Applications(Section, frozen=True, kw_only=True):
    """Applications by the command `apply`: to found a group, or to have one be of another category or larger class."""

    expires: Annotated[Seconds, Meta(description="An application that nobody decides on lapses after this.")] = Seconds(
        14 * 86400
    )
    valid: Annotated[Seconds, Meta(description="How long the address is kept for whoever may found a group there.")] = (
        Seconds(7 * 86400)
    )
    most: Annotated[int, Meta(ge=1, description="Applications one person may have open at once.")] = 3


class Reports(Section, frozen=True, kw_only=True):
    """What people report by the command `report`: messages, people in a room, whole rooms."""

    per_person: Annotated[int, Meta(ge=1, description="Reports that one person may make within `window`.")] = 10
    window: Annotated[Seconds, Meta(description="The window of `per_person`.")] = Seconds(86400)


class Manager(Section, frozen=True, kw_only=True):
    """What owners and admins of rooms answer for."""

    response_time: Annotated[
        Seconds,
        Meta(
            description="How long a room's managers have to handle a report about it, by the command `reports`. Left "
            "standing, it is the moderators', and a strike on `[ladders.manager]`. 0s: it is theirs at once."
        ),
    ] = Seconds(2 * 86400)
    notify_every: Annotated[
        Seconds, Meta(description="They, and moderators, are told of new reports no more often than this.")
    ] = Seconds(600)
    offer_lasts: Annotated[
        Seconds, Meta(description="How long somebody has to take over a room that its owner offers them.")
    ] = Seconds(7 * 86400)
    credit: Annotated[int, Meta(ge=0, le=100, description="Credit for each report that somebody handles.")] = 1
    credit_most: Annotated[int, Meta(ge=0, le=100, description="The most of it within `credit_window`.")] = 5
    credit_window: Annotated[Seconds, Meta(description="The window of `credit_most`.")] = Seconds(7 * 86400)
    credit_lasts: Annotated[Seconds, Meta(description="How long it counts.")] = Seconds(90 * 86400)


class Appeals(Section, frozen=True, kw_only=True):
    """Appeals by the command `appeal`, against sanctions and against measures that a room's managers answer for."""

    window: Annotated[Seconds, Meta(description="How long after it was imposed one may appeal against something.")] = (
        Seconds(30 * 86400)
    )
    notify_every: Annotated[
        Seconds, Meta(description="Moderators are told of new appeals no more often than this.")
    ] = Seconds(600)


class Reviews(Section, frozen=True, kw_only=True):
    """Reviews of groups, by the command `group-reviews`, where `review_every` of a category or class asks for them."""

    tell_before: Annotated[
        Seconds,
        Meta(description="Managers are told so long before; a review for which there was no time to comes later."),
    ] = Seconds(14 * 86400)
    within: Annotated[
        Seconds, Meta(description="How long one may wait for a moderator; then it is overdue, and they are told again.")
    ] = Seconds(14 * 86400)
    notify_every: Annotated[
        Seconds, Meta(description="Moderators are told of new reviews no more often than this.")
    ] = Seconds(600)


class Queues(Section, frozen=True, kw_only=True):
    """What waits for moderators and identity officers: applications, held texts, cases, appeals and whatever else."""

    response_time: Annotated[
        Seconds,
        Meta(
            description="How long something may wait for them. Past it, it is overdue, and they are told, once for "
            "each. 0s: nothing ever is."
        ),
    ] = Seconds(86400)
    notify_every: Annotated[Seconds, Meta(description="They are told so no more often than this.")] = Seconds(3600)
