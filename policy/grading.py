"""Which category and scale class a room is of, and what its settings make of that.

Nobody need have chosen them, and the settings may no longer know what somebody chose: then the default ones count.
"""

from config.settings import Managers, Settings
from policy.facts import Quota, Room
from policy.joining import STRICTNESS, JoinMode, Way
from policy.places import places_allowed


def category_of(room: Room | None, settings: Settings) -> str:
    """The room's category; of a room that is yet to be made, the default one."""
    return known_category(None if room is None else room.category, settings)


def known_category(chosen: str | None, settings: Settings) -> str:
    """The category that was chosen, as far as the settings know it."""
    return chosen if chosen in settings.categories else default_category(settings)


def scale_of(room: Room | None, settings: Settings) -> str:
    """The room's scale class, likewise."""
    chosen = None if room is None else room.scale
    return chosen if chosen in settings.scales else default_scale(settings)


def default_category(settings: Settings) -> str:
    """That of rooms for which nobody has chosen."""
    return settings.rooms.category or next(iter(settings.categories))


def default_scale(settings: Settings) -> str:
    """Likewise."""
    return settings.rooms.scale or next(reversed(settings.scales))


def class_limits(settings: Settings) -> dict[str, int]:
    """Members that rooms of each class may have: as many as the class and the quota both allow."""
    return {name: min(settings.quotas.members_per_room, scale.members) for name, scale in settings.scales.items()}


def members_limit(room: Room | None, settings: Settings, at: float) -> int:
    """Members it may have: as many as its class allows, unless a moderator made an exception."""
    base = min(settings.quotas.members_per_room, settings.scales[scale_of(room, settings)].members)
    return places_allowed(() if room is None else room.overrides, Quota.MEMBERS, base, at)


def managers_of(room: Room | None, settings: Settings) -> Managers:
    """What the managers of the room may set."""
    return settings.categories[category_of(room, settings)].managers or settings.moderation.managers


def may_require_approval(room: Room | None, settings: Settings) -> bool:
    """Whether the room's category lets strangers come in by approval."""
    return JoinMode.APPROVAL.value in settings.categories[category_of(room, settings)].join_modes


def join_mode_of(room: Room | None, settings: Settings, at: float) -> JoinMode:
    """How one comes into the room at this time: as its managers chose, if its category allows that still."""
    category = settings.categories[category_of(room, settings)]
    chosen = None if room is None else room.joining
    if chosen is not None and chosen.mode.value in category.join_modes:
        mode = chosen.mode
    else:
        mode = JoinMode(category.join_mode)
    return max(mode, JoinMode.APPROVAL, key=STRICTNESS.index) if is_raided(room, at) else mode


def is_raided(room: Room | None, at: float) -> bool:
    """Whether strangers come in by approval alone, since many came at once."""
    return room is not None and room.approval_until is not None and room.approval_until > at


def lets_in(way: Way | None, room: Room | None, at: float) -> bool:
    """Whether what somebody was admitted by counts at this time.

    Whoever prepares a raid answers the room's question beforehand, however long: while it lasts managers' word counts.
    """
    return way is not None and not (way is Way.ANSWER and is_raided(room, at))
