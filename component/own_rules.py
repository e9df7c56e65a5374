"""Rooms' own rules as people read them, and how a change of them comes about."""

from collections.abc import Sequence

from component.dialogue import Call
from policy.facts import Room
from policy.grading import managers_of
from policy.own_rules import OwnRules
from policy.room_rule import RoomAction, RoomRule
from storage.rooms import RulesDeed

_MOST_SHOWN_CHARS = 500


def compiled(call: Call, room: Room, rules: Sequence[RoomRule] | None = None) -> OwnRules:
    """The room's rules, or others that it might have, under the settings in force."""
    settings = call.world.settings
    return OwnRules.make(room.rules if rules is None else rules, managers_of(room, settings), settings)


def lines(call: Call, room: Room, *, is_whole: bool) -> list[str]:
    """Each rule in a line. Whole, with the words it looks for and why it rests: for managers and moderators.

    Members read those that act, without their words: a rule must not be a way to put before them what others refuse.
    """
    rests = compiled(call, room).rests
    shown: list[str] = []
    for rule, rest in zip(room.rules, rests, strict=True):
        if is_whole or rest is None:
            shown.append(_line(call, rule, "" if rest is None else rest.value, is_whole=is_whole))
    return shown


def _line(call: Call, rule: RoomRule, rest: str, *, is_whole: bool) -> str:
    items = ", ".join(rule.items)
    if len(items) > _MOST_SHOWN_CHARS:
        items = items[:_MOST_SHOWN_CHARS] + " …"
    what = call.say(
        "own-rule-what",
        matcher=rule.matcher.value,
        count=len(rule.items),
        least=rule.least,
        others="others" if rule.is_all_but else None,
        items=items if is_whole else None,
    )
    is_mute = rule.action is RoomAction.MUTE and rule.mute_s is not None
    length = call.world.texts.duration(call.language, rule.mute_s or 0) if is_mute else None
    then = call.say("own-rule-then", action=rule.action.value, length=length)
    return call.say(
        "own-rule-line", rule=rule.name, what=what, then=then, exempt=rule.exempt.value, rest=rest if is_whole else None
    )


async def change(call: Call, room: Room, rules: Sequence[RoomRule], deed: RulesDeed) -> bool:
    """Have these be the room's rules; False when others were set meanwhile, or the room is closed.

    Managers are told of what somebody from outside changed.
    """
    world = call.world
    if not await world.store.rooms.set_rules(room, rules, world.now(), by=call.account, deed=deed):
        return False
    world.memory.forget_room(room.jid)
    managers = world.memory.affiliations.managers_of(room.jid)
    if call.account in managers:
        return True
    for account in managers:
        language = world.texts.pick((await world.memory.known(account)).language)
        text = world.texts.get(language, "notice-own-rule-removed", rule=deed.rule, room=room.jid, reason=deed.reason)
        world.performer.send_chat(account, text, language)
    return True
