"""What categories and scale classes are called, and which rooms' ones the settings no longer know."""

import logging
from collections.abc import Mapping

from component.texts import LANGUAGES
from component.world import World
from config.settings import Settings
from policy.activity import activity_of, week_of
from policy.facts import Room
from policy.grading import category_of, default_category, default_scale, scale_of
from storage.directory import InCategory

log = logging.getLogger(__name__)


def category_title(world: World, language: str, name: str) -> str:
    """The title of a category in this language, else in another one, else its name."""
    return _title(world.settings.categories[name].title, language, name)


def scale_title(world: World, language: str, name: str) -> str:
    """Likewise of a scale class."""
    return _title(world.settings.scales[name].title, language, name)


def grade_of(world: World, language: str, room: Room) -> tuple[str, str]:
    """The titles of a room's category and scale class."""
    settings = world.settings
    return (
        category_title(world, language, category_of(room, settings)),
        scale_title(world, language, scale_of(room, settings)),
    )


def activity_title(world: World, language: str, name: str) -> str:
    """Likewise of a class by activity."""
    return _title(world.settings.activity[name].title, language, name)


async def activity_lines(world: World, language: str, code: str) -> tuple[str, ...]:
    """The title of a room's class by activity, and what was written there in this week and the one before.

    Raises:
        StorageError: it could not be read.
    """
    now = week_of(world.now())
    weeks = {week.number: week for week in await world.store.activity.weeks_of(code, now - 1)}
    name = activity_of(weeks.values(), now, world.settings)
    if name is None:
        return ()
    lines = [
        world.texts.get(
            language,
            "activity-line",
            week="this" if number == now else "last",
            messages=weeks[number].messages if number in weeks else 0,
            members=weeks[number].members if number in weeks else 0,
        )
        for number in (now, now - 1)
    ]
    return activity_title(world, language, name), *lines


def meant_by(settings: Settings, category: str) -> InCategory:
    """Rooms of a category: of which nobody chose one, or one that there is no more, the default one counts."""
    if category != default_category(settings):
        return InCategory(name=category)
    return InCategory(name=category, others=tuple(settings.categories))


def _title(titles: Mapping[str, str], language: str, name: str) -> str:
    return next((titles[key] for key in (language, *LANGUAGES) if titles.get(key)), name)


async def warn_of_unknown(world: World) -> None:
    """Say in the log which categories and classes rooms have that the settings do not name.

    Raises:
        StorageError: it could not be read.
    """
    settings = world.settings
    unknown: dict[tuple[str, str, str], int] = {}
    for grading in await world.store.rooms.gradings():
        for kind, name, known, default in (
            ("category", grading.category, settings.categories, default_category(settings)),
            ("scale class", grading.scale, settings.scales, default_scale(settings)),
        ):
            if name is not None and name not in known:
                unknown[kind, name, default] = unknown.get((kind, name, default), 0) + grading.rooms
    for (kind, name, default), count in sorted(unknown.items()):
        log.warning(
            'rooms of the %s "%s", which the settings do not name: %d; they count as "%s"', kind, name, count, default
        )
