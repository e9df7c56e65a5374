"""`find`: a group by its code, or public groups by a part of their name. Hidden ones are found by code only."""

from component.commands.common import fact, shown_name
from component.dialogue import Call, Command
from component.forms import Done, Field, FieldKind, Form, Mistaken, Option, Outcome
from component.grading import category_title, meant_by
from policy.facts import RoomStatus
from storage import codes
from storage.directory import Entry

MOST = 20
_SHORTEST = 2
_ANY = ""


async def step(call: Call) -> Outcome:
    """What is looked for, then what there is."""
    if not call.answers:
        return Form(
            title=call.say("command-find"),
            instructions=call.say("find-instructions"),
            fields=(Field(var="what", label=call.say("field-find")), _category(call)),
            is_last=True,
        )
    what, category = call.answers[0]["what"], call.answers[0]["category"]
    directory = call.world.store.directory
    if codes.parse(what) is not None:
        entry = await directory.by_code(what)
        if entry is None:
            return Mistaken(text="find-no-code", params={"code": what}, var="what")
        if entry.room.status is RoomStatus.CLOSED:
            return Done(note=call.say("find-closed", code=entry.room.code, at=entry.closed_at))
        return _found(call, (entry,))
    if len(what) < _SHORTEST and not category:
        return Mistaken(text="find-too-short", params={"least": _SHORTEST}, var="what")
    entries = await directory.by_name(what, MOST + 1, meant_by(call.world.settings, category) if category else None)
    return _found(call, entries) if entries else Mistaken(text="find-none", params={"what": what}, var="what")


def _category(call: Call) -> Field:
    titles = {name: category_title(call.world, call.language, name) for name in call.world.settings.categories}
    options = [Option(value=name, label=title) for name, title in titles.items()]
    return Field(
        var="category",
        label=call.say("field-category"),
        kind=FieldKind.LIST,
        options=(Option(value=_ANY, label=call.say("find-any-category")), *options),
    )


def _found(call: Call, entries: tuple[Entry, ...]) -> Done:
    lines = [
        call.say(
            "find-line",
            name=shown_name(entry),
            address=f"xmpp:{entry.room.jid}?join",
            code=entry.room.code,
            members=entry.members,
        )
        for entry in entries[:MOST]
    ]
    note = "find-more" if len(entries) > MOST else "find-note"
    return Done(
        title=call.say("command-find"),
        note=call.say(note, count=min(len(entries), MOST)),
        facts=(fact(call, "found", lines),),
    )


COMMAND = Command(name="find", step=step)
