"""`group-reviews`: groups that are due for a look, for moderators to say that they may stay as they are, or may not."""

from component.commands.common import confirmation_form, is_confirmed, reason_field, reason_of, unconfirmed
from component.commands.group_lines import choice, fixed, order_by, read_within, terms_fields
from component.commands.room import facts_about
from component.commands.targets import read_number
from component.dialogue import Call, Command
from component.forms import Done, Field, FieldKind, Form, Mistaken, Outcome, Refused
from component.grading import grade_of
from component.reviewing import count_managers
from component.staff import Audience
from policy.group_ladder import FINAL, MeasureKind
from policy.normalise import show
from policy.reviewing import managers_needed
from storage.audit import AuditEntry
from storage.measures import Measure
from storage.reviews import Review

_KEEP = "keep"
_DEEDS = (MeasureKind.WARN, MeasureKind.SUSPEND, MeasureKind.CLOSE)
_MOST_LISTED = 50


async def step(call: Call) -> Outcome:
    """Which group; all there is to know, and what becomes of it; with what words; then it is so."""
    if not call.answers:
        return await _list(call)
    number = read_number(call.answers[0]["review"])
    review = None if number is None else await call.world.store.reviews.find(number)
    if review is None or review.outcome is not None:
        return Refused(text="group-reviews-over")
    is_admin = call.account in call.world.settings.staff.admins
    if review.room.jid in call.world.memory.affiliations.managed_by(call.account) and not is_admin:
        return Refused(text="group-own")
    standing = await call.world.store.measures.standing(review.room.code)
    if len(call.answers) == 1:
        return await _show(call, review, standing)
    if call.answers[1]["seen"] != _seen(standing):
        return Refused(text="group-meanwhile")
    kind = None if call.answers[1]["deed"] == _KEEP else MeasureKind(call.answers[1]["deed"])
    if len(call.answers) == 2:  # noqa: PLR2004 - what it takes is asked next
        return _details(call, review, kind)
    return await _decide(call, review, kind, standing)


async def _list(call: Call) -> Form | Done:
    waiting = await call.world.store.reviews.waiting(limit=_MOST_LISTED)
    if not waiting:
        return Done(note=call.say("group-reviews-none"))
    return Form(
        title=call.say("command-group-reviews"),
        instructions=call.say("group-reviews-instructions", count=len(waiting)),
        fields=(choice(call, "review", [(str(each.number), _line(call, each)) for each in waiting]),),
    )


def _line(call: Call, review: Review) -> str:
    category, scale = grade_of(call.world, call.language, review.room)
    is_late = review.since + call.world.settings.reviews.within <= call.world.now()
    return call.say(
        "group-review-line",
        number=review.number,
        room=review.room.jid,
        category=category,
        scale=scale,
        since=review.since,
        late="1" if is_late else "",
    )


def _seen(standing: Measure | None) -> str:
    """What the moderator looked at: whatever is held against the group since is not decided on."""
    return "none" if standing is None else str(standing.number)


async def _show(call: Call, review: Review, standing: Measure | None) -> Form:
    room = review.room
    entry = AuditEntry(actor=call.account, deed="review-viewed", subject=room.jid, detail={"number": review.number})
    await call.world.store.audit.append([entry], call.world.now())
    facts = await facts_about(call, room)
    lines = [_line(call, review), *(f"{each.label}: {'; '.join(each.values)}" for each in facts)]
    lines += await _managers(call, review)
    purpose = await call.world.store.proposals.purpose_of(room.jid, room.code)
    lines += [call.say("applications-purpose", purpose=show(purpose))] if purpose else []
    held = -1 if standing is None else standing.kind.gravity
    deeds = [_KEEP, *(kind.value for kind in _DEEDS if kind.gravity > held)]
    return Form(
        title=call.say("command-group-reviews"),
        instructions=call.say("group-reviews-decide"),
        fields=(
            fixed("about", lines),
            Field(var="seen", kind=FieldKind.HIDDEN, value=_seen(standing)),
            choice(call, "deed", [(deed, call.say("group-review-deed", deed=deed)) for deed in deeds]),
        ),
    )


async def _managers(call: Call, review: Review) -> list[str]:
    """Who answers for the group, by account, and whether they are enough of them."""
    room, affiliations = review.room.jid, call.world.memory.affiliations
    lines = [
        call.say("group-review-manager", account=account, role=affiliations.affiliation(account, room))
        for account in sorted(affiliations.managers_of(room))
    ]
    needed, there = managers_needed(review.room, call.world.settings), await count_managers(call.world, room)
    if there < needed:
        lines.append(call.say("group-review-managers-missing", needed=needed, managers=there))
    return lines


def _details(call: Call, review: Review, kind: MeasureKind | None) -> Form:
    terms = [] if kind is None else terms_fields(call, kind)
    return Form(
        title=call.say("command-group-reviews"),
        instructions=call.say("group-reviews-why", deed=_KEEP if kind is None else kind.value, room=review.room.jid),
        fields=(reason_field(call), *terms),
        is_last=kind is None,
    )


async def _decide(call: Call, review: Review, kind: MeasureKind | None, standing: Measure | None) -> Outcome:
    details, room = call.answers[2], review.room
    within_s = read_within(details)
    if isinstance(within_s, Mistaken):
        return within_s
    order = None
    if kind is not None:
        if len(call.answers) == 3:  # noqa: PLR2004 - a yes is due
            until = None if within_s is None or kind in FINAL else call.world.now() + within_s
            reason = reason_of(details)
            summary = call.say("group-summary", deed=kind.value, room=room.jid, reason=reason, until=until)
            return confirmation_form(call, "group-reviews", summary)
        if not is_confirmed(call.answers[3]):
            return unconfirmed()
        after = None if standing is None else standing.number
        order = order_by(call, room.code, kind, details, after=after, within_s=within_s)
    reviewing = call.world.performer.reviewing
    if not await reviewing.decide(review.number, by=call.account, reason=reason_of(details), order=order):
        return Refused(text="group-meanwhile")
    return Done(note=call.say("group-reviews-done", room=room.jid, deed=_KEEP if kind is None else kind.value))


COMMAND = Command(name="group-reviews", step=step, audience=Audience.MODERATORS)
