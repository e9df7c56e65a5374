"""Whether a rule that a manager wrote may hold: what the platform says of its name, and what it would do."""

from dataclasses import replace

from component import own_rules
from component.commands.managed import judge_words
from component.dialogue import Call
from component.forms import Mistaken, Refused
from policy.effort import is_too_costly
from policy.facts import Account, Facts, Kind, Room, Surface, Text
from policy.grading import managers_of
from policy.own_rules import Rest
from policy.room_rule import RoomMatcher, RoomRule
from policy.verdict import Condition, Decision


async def judge_name(call: Call, room: Room, rule: RoomRule) -> Mistaken | Refused | None:
    """What the platform's rules say of it: setting a rule is configuring the room, and members will read its name."""
    text = Text(surface=Surface.OTHER, value=rule.name)
    verdict = await judge_words(call, replace(room, rules=()), text, role="moderator")
    if verdict.decision is Decision.ALLOW:
        return None
    reason = verdict.reasons[0]
    if reason.condition is Condition.CONTENT:
        return Mistaken(text=reason.text, params=dict(reason.params), var="name")
    return Refused(text=reason.text, params=dict(reason.params))


def find_fault(call: Call, room: Room, rules: tuple[RoomRule, ...], rule: RoomRule) -> Mistaken | Refused | None:
    """Why the rule would not act, would never be met, or would hold everybody up. Takes long: not for the loop."""
    if is_too_costly(rules):
        return Refused(text="own-rules-too-costly")
    rest = own_rules.compiled(call, room, rules).rests[rules.index(rule)]
    allowed = managers_of(room, call.world.settings)
    if rest is not None:
        if rest is Rest.FAULTY:
            return Mistaken(text="own-rule-faulty", params={"matcher": rule.matcher.value})
        params = {"rest": rest.value, "rules": allowed.rules, "words": allowed.words}
        return Mistaken(text="own-rule-beyond", params=params)
    if rule.matcher is RoomMatcher.WORDS:
        for word in rule.items:
            alone = own_rules.compiled(call, room, (replace(rule, items=(word,)),))
            if not alone.examine(said(call, room, word)).hits:
                return Mistaken(text="word-never-found", params={"item": word}, var="words")
    return None


def said(call: Call, room: Room, text: str) -> Facts:
    """The text as any participant would write it there."""
    return Facts(
        at=call.world.now(),
        kind=Kind.POST,
        account=Account(jid=call.account),
        person=None,
        room_jid=room.jid,
        room=room,
        role="participant",
        texts=(Text(surface=Surface.BODY, value=text),),
    )
