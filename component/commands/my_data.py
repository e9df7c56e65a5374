"""`my-data`: everything kept about the caller, as one JSON document in pieces that fit into a message."""

import hashlib
import json
import re

from component.commands.common import fact
from component.dialogue import Call, Command
from component.forms import Done, Fact, Field, FieldKind, Form, Outcome, Refused
from storage.audit import AuditEntry

PIECE = 20_000
"""Characters shown at once."""

_UNWRITABLE = re.compile("[\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot carry, or no client shows; what else there is of that, JSON writes as escapes itself."""


async def step(call: Call) -> Outcome:
    """Piece by piece; from the beginning again when something has changed between two of them."""
    known = await call.world.memory.known(call.account)
    number = None if known.person is None else known.person.number
    if not call.answers:
        entry = AuditEntry(actor=call.account, deed="data-exported", subject=known.holder, detail={})
        await call.world.store.audit.append([entry], call.world.now())
        newest = await call.world.store.audit.read(1)
        if number is not None:
            await _tell_others(call, number)
        return await _piece(call, number, newest[0].number, 0)
    last = call.answers[-1]
    if last["next"] != "1":
        return Done(note=call.say("my-data-enough"))
    return await _piece(call, number, int(last["upto"]), int(last["piece"]) + 1, last["digest"])


async def _tell_others(call: Call, number: int) -> None:
    """It names the document: whoever sits at one account of theirs must not get it unnoticed."""
    for account in await call.world.store.people.accounts_of(number):
        if account != call.account:
            await call.world.performer.reach.tell(account, "notice-data-exported", account=call.account)


async def _piece(call: Call, number: int | None, upto: int, piece: int, digest: str = "") -> Outcome:
    text = await _document(call, number, upto)
    found = hashlib.sha256(text.encode()).hexdigest()
    if digest and digest != found:
        return Refused(text="my-data-changed")
    pieces = [text[start : start + PIECE] for start in range(0, len(text), PIECE)]
    shown = pieces[piece]
    if piece == len(pieces) - 1:
        return Done(
            title=call.say("command-my-data"),
            note=call.say("my-data-note", piece=piece + 1, count=len(pieces)),
            facts=(Fact(var="data", label=call.say("fact-data"), values=(shown,)), _kept(call)),
        )
    return Form(
        title=call.say("command-my-data"),
        instructions=call.say("my-data-more", piece=piece + 1, count=len(pieces)),
        fields=(
            Field(var="data", kind=FieldKind.FIXED, value=shown),
            Field(var="upto", kind=FieldKind.HIDDEN, value=str(upto)),
            Field(var="piece", kind=FieldKind.HIDDEN, value=str(piece)),
            Field(var="digest", kind=FieldKind.HIDDEN, value=found),
            Field(var="next", label=call.say("my-data-next"), kind=FieldKind.BOOLEAN, value="1"),
        ),
    )


def _kept(call: Call) -> Fact:
    return fact(call, "kept", [call.say("my-data-kept")])


async def _document(call: Call, number: int | None, upto: int) -> str:
    own = call.world.store.own_data
    exported = await (own.of_account(call.account, upto) if number is None else own.of_person(number, upto))
    kept = {"kept_after_erasure": call.say("my-data-kept")}
    text = json.dumps({**exported, **kept}, ensure_ascii=False)
    return _UNWRITABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


COMMAND = Command(name="my-data", step=step, is_for_barred=True)
