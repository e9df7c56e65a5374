"""`rules`: read the platform's rules in one's own language, accept them, and see the own rules of one's rooms."""

from component import own_rules
from component.dialogue import Call, Command
from component.forms import Done, Fact, Field, FieldKind, Form, Outcome, Refused
from component.memory import Known


async def step(call: Call) -> Outcome:
    """The rules with a box to tick; only to read for whoever has accepted them or is nobody yet."""
    moderation = call.world.settings.moderation
    texts = call.world.loaded.rules_text
    text = texts.get(call.language) or texts.get(call.world.settings.xmpp.language) or next(iter(texts.values()), "")
    known = await call.world.memory.known(call.account)
    rooms = await _rooms(call, known)
    if not text and not moderation.rules_required_for:
        return Done(note=call.say("rules-none"), facts=rooms)
    version = moderation.rules_version
    person = known.person
    if person is None:
        return _read(call, text, call.say("rules-verify-first", version=version), rooms)
    if person.rules_accepted >= version:
        return _read(call, text, call.say("rules-already", version=version), rooms)
    if not call.answers:
        return Form(
            title=call.say("rules-title", version=version),
            instructions=text or call.say("rules-unwritten"),
            fields=(
                *(
                    Field(var=told.var, kind=FieldKind.FIXED, value="\n".join((told.label, *told.values)))
                    for told in rooms
                ),
                Field(var="accept", label=call.say("rules-accept"), kind=FieldKind.BOOLEAN, value="0"),
            ),
            is_last=True,
        )
    if call.answers[-1]["accept"] != "1":
        return Refused(text="rules-not-accepted")
    await call.world.store.people.accept_rules(person.number, version, call.world.now())
    call.world.memory.forget_person(person.number)
    return Done(note=call.say("rules-accepted", version=version), facts=rooms)


def _read(call: Call, text: str, note: str, rooms: tuple[Fact, ...]) -> Done:
    facts = (Fact(var="rules", label=call.say("command-rules"), values=tuple(text.splitlines())),) if text else ()
    return Done(title=call.say("command-rules"), note=note, facts=(*facts, *rooms))


async def _rooms(call: Call, known: Known) -> tuple[Fact, ...]:
    """The own rules of the rooms that the caller is a member of."""
    memberships = await call.world.store.rooms.memberships_of(known.holder)
    told = [(at.room, own_rules.lines(call, at.room, is_whole=False)) for at in memberships if at.room.rules]
    return tuple(
        Fact(var=f"own-rules-{number}", label=call.say("fact-own-rules-of", room=room.jid), values=tuple(lines))
        for number, (room, lines) in enumerate(told, 1)
        if lines
    )


COMMAND = Command(name="rules", step=step, is_for_barred=True)
