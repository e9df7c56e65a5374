"""`status`: what the caller may do and why, what holds against them, whom to ask; in a room, how the group stands."""

from component.commands.common import fact, lockdown_line, sanction_line, tier_text
from component.commands.group_lines import measure_line
from component.commands.standing import show_standing
from component.dialogue import Call, Command
from component.emergency import in_force
from component.forms import Done, Fact, Outcome
from component.memory import Known
from policy.facts import Person, Sanction
from policy.rules.identity import ends_at, is_verified
from policy.tiers import rights


async def step(call: Call) -> Outcome:
    """All in one answer; on a room's own address, about that room."""
    if call.answers:
        return await show_standing(call)
    known = await call.world.memory.known(call.account)
    now = call.world.now()
    sanctions = tuple(
        sanction
        for sanction in known.account.sanctions + (known.person.sanctions if known.person else ())
        if sanction.until is None or sanction.until > now
    )
    facts = (*_standing(call, known), *_quotas_of(call, await _used(call, known), known.person))
    return Done(
        title=call.say("command-status"),
        note=_note(call, known, sanctions),
        facts=(
            *facts,
            fact(call, "sanctions", [sanction_line(call, sanction) for sanction in sanctions]),
            *await _measures(call),
            *_lockdowns(call),
            _contact(call),
        ),
    )


def _note(call: Call, known: Known, sanctions: tuple[Sanction, ...]) -> str:
    if known.is_blacklisted:
        return call.say("status-blacklisted")
    if sanctions:
        return call.say("status-sanctioned", count=len(sanctions))
    settings = call.world.settings
    if settings.identity.required_for and not is_verified(known.person, call.world.now(), settings):
        return call.say("status-unverified" if known.person is None else "status-lapsed")
    return call.say("status-good")


def _standing(call: Call, known: Known) -> tuple[Fact, ...]:
    person = known.person
    if person is None:
        return (fact(call, "verified", [call.say("status-not-verified")]),)
    return (
        fact(call, "verified", [_verified(call, person)]),
        fact(call, "tier", [tier_text(call, person.tier)]),
        fact(call, "score", [call.say("score-of", score=person.score)]),
        *_rules(call, person),
    )


def _verified(call: Call, person: Person) -> str:
    until = ends_at(person, call.world.settings)
    return call.say("status-since", since=person.verified_at, until=until)


def _rules(call: Call, person: Person) -> tuple[Fact, ...]:
    moderation = call.world.settings.moderation
    if not moderation.rules_required_for and not call.world.loaded.rules_text:
        return ()
    version = moderation.rules_version
    state = "rules-state-current" if person.rules_accepted >= version else "rules-state-due"
    return (fact(call, "rules", [call.say(state, version=version)]),)


async def _used(call: Call, known: Known) -> tuple[int, int]:
    counts = await call.world.store.rooms.counts(known.holder, None)
    return counts.created, counts.joined


def _quotas_of(call: Call, used: tuple[int, int], person: Person | None) -> tuple[Fact, ...]:
    tier = rights(person, call.world.settings)
    created, joined = used
    return (
        fact(call, "created", [call.say("used-of", used=created, limit=tier.rooms_created)]),
        fact(call, "joined", [call.say("used-of", used=joined, limit=tier.rooms_joined)]),
    )


async def _measures(call: Call) -> tuple[Fact, ...]:
    """What is held against rooms that the caller manages."""
    standing = await call.world.store.measures.standing_among(call.world.memory.affiliations.managed_by(call.account))
    lines = [f"{measure.room}: {measure_line(call, measure)}" for measure in standing]
    return (fact(call, "measures", lines),) if lines else ()


def _lockdowns(call: Call) -> tuple[Fact, ...]:
    """Those that touch the caller: everywhere, in a category, or in a room they are in or manage."""
    memory = call.world.memory
    near = {*memory.whereabouts(call.account), *memory.affiliations.managed_by(call.account), None}
    lines = [lockdown_line(call, lockdown) for lockdown in in_force(call.world) if lockdown.room in near]
    return (fact(call, "lockdowns", lines),) if lines else ()


def _contact(call: Call) -> Fact:
    contacts = [_readable(contact) for contact in call.world.settings.moderation.contact]
    return fact(call, "contact", contacts or [call.say("contact-none", muc=call.world.settings.xmpp.muc)])


def _readable(contact: str) -> str:
    return contact.removeprefix("mailto:").removeprefix("xmpp:")


COMMAND = Command(name="status", step=step, is_for_rooms=True, is_for_barred=True)
