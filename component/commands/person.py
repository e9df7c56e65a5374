"""`person`: what moderators may know about somebody: accounts and number, standing, history; never an identity."""

from component.commands.common import case_line, fact, membership_line, override_line, sanction_line, tier_text
from component.commands.targets import Target, find_target, name_of
from component.dialogue import Call, Command
from component.forms import Done, Fact, Field, Form, Mistaken, Outcome
from component.staff import Audience
from policy.rules.identity import ends_at
from storage.audit import AuditEntry
from storage.discipline import Report

_MOST_LINES = 20


async def step(call: Call) -> Outcome:
    """Whom, then everything. That it was looked at is audited."""
    if not call.answers:
        return Form(
            title=call.say("command-person"),
            instructions=call.say("person-instructions"),
            fields=(Field(var="target", label=call.say("field-target"), is_required=True),),
            is_last=True,
        )
    target = await find_target(call, call.answers[0]["target"])
    if isinstance(target, Mistaken):
        return target
    now = call.world.now()
    entry = AuditEntry(actor=call.account, deed="person-viewed", subject=target.holder, detail={})
    await call.world.store.audit.append([entry], now)
    return Done(
        title=call.say("command-person"),
        note=call.say("person-note", name=name_of(call, target)),
        facts=(*_standing(call, target), *await _ledger(call, target), *await _discipline(call, target, now)),
    )


def _standing(call: Call, target: Target) -> tuple[Fact, ...]:
    accounts = fact(call, "accounts", target.accounts)
    person = target.person
    is_barred = (target.account is not None and target.account.is_blacklisted) or (
        person is not None and person.is_blacklisted
    )
    barred = fact(call, "blacklisted", [call.say("yes-is" if is_barred else "no-is")])
    if person is None:
        return fact(call, "person", [call.say("status-not-verified")]), accounts, barred
    tier = call.say(
        "tier-locked" if person.is_tier_locked else "tier-since", **_tier(call, person.tier, person.tier_since)
    )
    until = ends_at(person, call.world.settings)
    return (
        fact(call, "person", [str(person.number)]),
        accounts,
        barred,
        fact(call, "verified", [call.say("status-since", since=person.verified_at, until=until)]),
        fact(call, "tier", [tier]),
        fact(call, "score", [call.say("score-of", score=person.score)]),
    )


def _tier(call: Call, tier: str, since: float) -> dict[str, str | float | None]:
    return {"name": tier_text(call, tier), "since": since}


async def _ledger(call: Call, target: Target) -> tuple[Fact, ...]:
    if target.number is None:
        return ()
    entries = await call.world.store.people.ledger(target.number)
    lines = [
        call.say(
            "ledger-line",
            at=entry.at,
            delta=f"{entry.delta:+d}",
            cause=entry.cause,
            by=entry.by,
            until=entry.expires_at,
        )
        for entry in entries[-_MOST_LINES:]
    ]
    return (fact(call, "ledger", lines),)


async def _discipline(call: Call, target: Target, now: float) -> tuple[Fact, ...]:
    store = call.world.store
    strikes = await store.discipline.strikes_of(target.holder)
    sanctions = await store.discipline.sanctions_of(target.holder, now)
    memberships = await store.rooms.memberships_of(target.holder)
    cases = await store.discipline.cases(limit=_MOST_LINES, holder=target.holder)
    overrides = await store.overrides.of(target.holder)
    manager_strikes = await call.world.store.manager_strikes.of(target.holder)
    inside = sorted({room for account in target.accounts for room in call.world.memory.whereabouts(account)})
    return (
        fact(
            call,
            "strikes",
            [
                call.say("strike-line", at=strike.at, rule=strike.rule, room=strike.room, until=_counts_until(strike))
                for strike in strikes[-_MOST_LINES:]
            ],
        ),
        fact(
            call,
            "manager-strikes",
            [
                call.say(
                    "manager-strike-line",
                    at=each.at,
                    room=each.cause.room,
                    number=each.cause.measure or each.cause.report,
                    kind="report" if each.cause.measure is None else "measure",
                    until=each.expires_at,
                    overruled="yes" if each.is_overruled else "",
                )
                for each in manager_strikes[-_MOST_LINES:]
            ],
        ),
        fact(call, "sanctions", [sanction_line(call, sanction) for sanction in sanctions]),
        fact(call, "rooms", [membership_line(call, membership) for membership in memberships]),
        fact(call, "overrides", [override_line(call, each) for each in overrides]),
        fact(call, "now-in", inside),
        fact(
            call,
            "cases",
            [case_line(call, case, case.room) for case in cases],
        ),
    )


def _counts_until(strike: Report) -> float | None:
    """None: it was overruled."""
    return strike.expires_at if strike.overruled_at is None else None


COMMAND = Command(name="person", step=step, audience=Audience.MODERATORS)
