"""What commands say of a group's reviews: of the last one, and of the next."""

from component.commands.common import fact
from component.dialogue import Call
from component.forms import Fact
from component.reviewing import next_review
from policy.facts import Room


async def review_fact(call: Call, room: Room, *, is_for_moderators: bool = False) -> tuple[Fact, ...]:
    """When it was and will be reviewed, and for moderators by whom; nothing where it never was and never will be."""
    standing = await call.world.store.reviews.standing(room.code)
    if standing is None:
        return ()
    last, by = standing.reviewed_at, standing.reviewed_by if is_for_moderators else None
    next_at = next_review(room, last or standing.founded, standing.review_at, call.world)
    lines = [] if last is None else [call.say("group-review-last", at=last, by=by)]
    if standing.waits_since is not None:
        lines.append(call.say("group-review-waits", since=standing.waits_since))
    elif next_at is not None:
        lines.append(call.say("group-review-next", at=next_at))
    return (fact(call, "review", lines),) if lines else ()
