"""What owners set for their room by its form (XEP-0045 §10.2) stays within its category and its scale class.

Its name and description are texts, which other rules judge. A form that says nothing of what the category forces has
it added; only what its owner chose otherwise is told.
"""

from collections.abc import Iterator

from config.settings import ForcedConfig, Settings
from policy.actions import Correct
from policy.facts import Facts, Kind, Room
from policy.grading import category_of, members_limit
from policy.rule import Opinion, Rule, Source
from policy.verdict import Condition, Reason

NAME = "room-config"
PREFIX = "muc#roomconfig_"
"""Before the names of fields (XEP-0045 §15.5.3)."""

MAX_USERS = "muc#roomconfig_maxusers"
_PASSWORD = "muc#roomconfig_passwordprotectedroom"  # noqa: S105 - a field's name
_SECRET = "muc#roomconfig_roomsecret"  # noqa: S105 - a field's name
_FLAGS = (
    ("public", "muc#roomconfig_publicroom"),
    ("members_only", "muc#roomconfig_membersonly"),
    ("moderated", "muc#roomconfig_moderatedroom"),
    ("persistent", "muc#roomconfig_persistentroom"),
    ("whois", "muc#roomconfig_whois"),
)
_TRUTHS = {"true": "1", "false": "0"}
_MOST_DIGITS = 9


def make(source: Source) -> Rule:
    """`config` of the room's category, the members that its class may have, and `rooms.out_of_bounds`."""
    settings = source.settings

    def judge(facts: Facts) -> Opinion | None:
        if facts.config is None:
            return None
        given = dict(facts.config)
        forced = settings.categories[category_of(facts.room, settings)].config
        wanted = dict(_forced(forced, given))
        limit = members_limit(facts.room, settings, facts.at)
        if _is_over(given.get(MAX_USERS), limit):
            wanted[MAX_USERS] = str(limit)
        changed = {var: value for var, value in wanted.items() if _read(given.get(var)) != value}
        if not changed:
            return None
        chosen = tuple(var for var in changed if var in given)
        if chosen and settings.rooms.out_of_bounds == "refuse":
            return Opinion(
                reasons=tuple(
                    Reason(
                        rule=NAME,
                        condition=Condition.NOT_ALLOWED,
                        text="deny-config",
                        params=(("field", var.removeprefix(PREFIX)), ("value", changed[var])),
                    )
                    for var in chosen
                )
            )
        correction = Correct(account=facts.account.jid, room=facts.room_jid, fields=tuple(changed.items()), told=chosen)
        return Opinion(actions=(correction,))

    return Rule(name=NAME, kinds=frozenset((Kind.CONFIG, Kind.CREATE)), judge=judge)


def forced_fields(room: Room | None, settings: Settings) -> tuple[tuple[str, str], ...]:
    """Fields of the form and their values that the room's category forces, whatever was submitted."""
    return tuple(_forced(settings.categories[category_of(room, settings)].config, {}))


def _forced(forced: ForcedConfig, given: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """What the form must say."""
    for name, var in _FLAGS:
        value = getattr(forced, name)
        if value is not None:
            yield var, value if isinstance(value, str) else str(int(value))
    if forced.password is not None:
        if _PASSWORD in given:  # not every server has it, and a secret alone protects nothing
            yield _PASSWORD, "0"
        yield _SECRET, ""


def _read(values: tuple[str, ...] | None) -> str | None:
    """What a field says, None for nothing; one that says two things says neither."""
    if values is None:
        return None
    if not values:
        return ""
    return _TRUTHS.get(values[0], values[0]) if len(values) == 1 else "\n".join(values)


def _is_over(values: tuple[str, ...] | None, limit: int) -> bool:
    """Whether a form asks for more occupants than members may be; no number, or none at all, is no limit."""
    if values is None:
        return False
    return any(
        not (value.isascii() and value.isdigit() and len(value) <= _MOST_DIGITS and 0 < int(value) <= limit)
        for value in values or ("",)
    )
