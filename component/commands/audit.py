"""`audit`: the newest entries of the audit, page by page, and whether its chain is whole."""

from component.commands.common import fact
from component.commands.targets import find_target, read_number
from component.dialogue import Call, Command
from component.forms import Done, Field, FieldKind, Form, Mistaken, Option, Outcome, choice_field
from component.staff import Audience
from config.addresses import prepare_bare_jid
from storage.audit import AuditRecord
from storage.chain import Json

_PAGE = 15
_LONGEST_DETAIL = 200
_MOMENTS = frozenset(("until", "expires_at"))


async def step(call: Call) -> Outcome:
    """About whom or which room; then page after page."""
    if not call.answers:
        return _form(call)
    subject = await _subject(call, call.answers[0]["subject"])
    if isinstance(subject, Mistaken):
        return subject
    before = None
    if len(call.answers) > 1:
        before = read_number(call.answers[-1]["page"])
        if before is None:
            return Done(note=call.say("audit-end"))
    state = await _state(call) if before is None and call.answers[0]["verify"] == "1" else ""
    records = await call.world.store.audit.read(_PAGE + 1, before, subject)
    lines = [_line(call, record) for record in records[:_PAGE]]
    if len(records) <= _PAGE:
        note = state or call.say("audit-last", count=len(lines))
        return Done(title=call.say("command-audit"), note=note, facts=(fact(call, "entries", lines),))
    oldest = records[_PAGE - 1].number
    return _page(call, lines, oldest, state)


def _form(call: Call) -> Form:
    return Form(
        title=call.say("command-audit"),
        instructions=call.say("audit-instructions"),
        fields=(
            Field(var="subject", label=call.say("field-subject"), longest=3071),
            Field(var="verify", label=call.say("field-verify"), kind=FieldKind.BOOLEAN, value="0"),
        ),
    )


async def _subject(call: Call, text: str) -> str | Mistaken | None:
    """What the audit calls whoever or whatever is meant; None: everything."""
    if not text:
        return None
    try:
        jid = prepare_bare_jid(text)
    except ValueError:
        jid = ""
    if jid.partition("@")[2] == call.world.settings.xmpp.muc:
        return jid
    target = await find_target(call, text, "subject")
    return target if isinstance(target, Mistaken) else target.holder


async def _state(call: Call) -> str:
    verified = await call.world.store.audit.verify()
    if verified.broken_at is not None:
        return call.say("audit-broken", number=verified.broken_at)
    if not verified.is_whole:
        return call.say("audit-forged", number=verified.signed.wrong_at or verified.signed.bare_from or 0)
    return call.say("audit-whole", count=verified.count, head=verified.head)


def _page(call: Call, lines: list[str], oldest: int, state: str) -> Form:
    return Form(
        title=call.say("command-audit"),
        instructions="\n".join(filter(None, (state, call.say("audit-page")))),
        fields=(
            Field(var="entries", kind=FieldKind.FIXED, value="\n".join(lines)),
            choice_field(
                "page",
                call.say("field-page"),
                (
                    Option(value=str(oldest), label=call.say("audit-older")),
                    Option(value="end", label=call.say("audit-enough")),
                ),
                value=str(oldest),
            ),
        ),
    )


def _line(call: Call, record: AuditRecord) -> str:
    entry = record.entry
    detail = ", ".join(
        f"{name}: {_value(call, name, value)}" for name, value in entry.detail.items() if value is not None
    )
    return call.say(
        "audit-line",
        number=record.number,
        at=record.at,
        actor=entry.actor,
        deed=entry.deed,
        subject=entry.subject,
        detail=detail[:_LONGEST_DETAIL],
    )


def _value(call: Call, name: str, value: Json) -> str:
    if name in _MOMENTS and isinstance(value, float):
        return call.world.texts.moment(call.language, value)
    return str(value)


COMMAND = Command(name="audit", step=step, audience=Audience.AUDITORS)
