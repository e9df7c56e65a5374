"""`rules`: read the platform's rules in one's own language, and accept them."""

from component.dialogue import Call, Command
from component.forms import Done, Fact, Field, FieldKind, Form, Outcome, Refused


async def step(call: Call) -> Outcome:
    """The rules with a box to tick; only to read for whoever has accepted them or is nobody yet."""
    moderation = call.world.settings.moderation
    texts = call.world.loaded.rules_text
    text = texts.get(call.language) or texts.get(call.world.settings.xmpp.language) or next(iter(texts.values()), "")
    if not text and not moderation.rules_required_for:
        return Done(note=call.say("rules-none"))
    version = moderation.rules_version
    person = (await call.world.memory.known(call.account)).person
    if person is None:
        return _read(call, text, call.say("rules-verify-first", version=version))
    if person.rules_accepted >= version:
        return _read(call, text, call.say("rules-already", version=version))
    if not call.answers:
        return Form(
            title=call.say("rules-title", version=version),
            instructions=text or call.say("rules-unwritten"),
            fields=(Field(var="accept", label=call.say("rules-accept"), kind=FieldKind.BOOLEAN, value="0"),),
            is_last=True,
        )
    if call.answers[-1]["accept"] != "1":
        return Refused(text="rules-not-accepted")
    await call.world.store.people.accept_rules(person.number, version, call.world.now())
    call.world.memory.forget_person(person.number)
    return Done(note=call.say("rules-accepted", version=version))


def _read(call: Call, text: str, note: str) -> Done:
    facts = (Fact(var="rules", label=call.say("command-rules"), values=tuple(text.splitlines())),) if text else ()
    return Done(title=call.say("command-rules"), note=note, facts=facts)


COMMAND = Command(name="rules", step=step)
