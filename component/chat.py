"""Commands by chatting with the component's domain, for whoever has no client with ad-hoc commands.

One dialogue for each account. Takes only what people write: no errors, no group chat, no machines' chatter; what it
cannot make sense of it answers a few times and then no more, so that two machines never keep each other talking.
"""

import logging
from collections.abc import Awaitable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from slixmpp import ComponentXMPP
from slixmpp.xmlstream import StanzaBase
from slixmpp.xmlstream.handler import Callback
from slixmpp.xmlstream.matcher import MatchXPath

from component import prompts
from component.cache import Cache
from component.commands import COMMANDS
from component.dialogue import Command, Crowded, Dialogue, Dialogues, Ended, Forbidden, Key, Unknown, is_shut_out
from component.edge import Edge, stated_language
from component.forms import Done, Field, FieldKind, Form, Refused, accept
from component.texts import words
from component.throttle import Throttle
from component.world import World
from storage.errors import StorageError

log = logging.getLogger(__name__)

Shown = Form | Done | Refused

_MOST_PUZZLED = 3
"""Answers in a row to what is no command."""

_MOST_SLIPS = 5
"""Wrong answers in a row before a dialogue ends."""

_LONGEST_BODY = 5000
_AROUND = "/!.,?:;“”\"'。！，？：；"
_ENCRYPTED = (
    "{eu.siacs.conversations.axolotl}encrypted",
    "{urn:xmpp:omemo:2}encrypted",
    "{urn:xmpp:openpgp:0}openpgp",
    "{jabber:x:encrypted}x",
)
_DELAY = "{urn:xmpp:delay}delay"


def setup(stream: ComponentXMPP, world: World) -> "Dialogues[Talk]":
    """Answer messages with a body to the component's domain; the dialogues that this opens."""
    chat, edge = Chat(world), Edge(stream, world)

    def take(message: StanzaBase) -> None:
        said = read_message(message.xml, world.settings.xmpp.domain, world.settings.xmpp.muc, stream.default_ns)
        if said is not None:
            edge.start(chat.hear(said))

    stream.register_handler(Callback("chat", MatchXPath(f"{{{stream.default_ns}}}message"), take))
    return chat.dialogues


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody wrote."""

    sender: str  # full JID, or bare
    text: str
    language: str | None
    is_encrypted: bool = False

    @property
    def account(self) -> str:
        """The sender's bare JID."""
        return self.sender.partition("/")[0]

    @property
    def word(self) -> str:
        """The first word, as commands are; "" for several lines, which no command has (and an echo of ours does)."""
        first = self.text.split(maxsplit=1)[:1]
        return "" if "\n" in self.text or not first else first[0].strip(_AROUND).casefold()

    @property
    def rest(self) -> str:
        """What stands after the first word."""
        return "".join(self.text.split(maxsplit=1)[1:])


def read_message(xml: Element, domain: str, muc: str, namespace: str) -> Said | None:
    """What a message says to the component, or None when nobody should be answered."""
    sender = xml.attrib.get("from", "")
    bare = sender.partition("/")[0]
    from_domain = bare.rpartition("@")[2]
    body = xml.find(f"{{{namespace}}}body")
    if (
        xml.attrib.get("type", "normal") not in {"chat", "normal"}
        or xml.attrib.get("to", "").partition("/")[0] != domain
        or "@" not in bare
        or from_domain in {domain, muc}
        or body is None
        or xml.find(_DELAY) is not None
    ):
        return None
    return Said(
        sender=sender,
        text=(body.text or "").strip()[:_LONGEST_BODY],
        language=stated_language(body) or stated_language(xml),
        is_encrypted=any(xml.find(tag) is not None for tag in _ENCRYPTED),
    )


class Talk(Dialogue):
    """A dialogue as a conversation: which fields are still to be asked, and what was answered to this form."""

    def __init__(self, command: Command, world: World, account: str, language: str) -> None:
        """Nothing asked yet."""
        super().__init__(command, world, account, language)
        self.waiting: list[Field] = []
        self.given: dict[str, str] = {}
        self.slips = 0  # answers in a row that would not do


class Chat:
    """The chat's way in."""

    def __init__(self, world: World) -> None:
        """Nobody has said anything."""
        self.dialogues: Dialogues[Talk] = Dialogues(world)
        self._world = world
        self._texts = world.texts
        self._throttle = Throttle(world)
        self._puzzled: Cache[str, int] = Cache(world.settings.limits.cached_persons)
        self._hushed: Cache[str, bool] = Cache(world.settings.limits.cached_persons)
        self._commands: dict[str, Command] = {
            word: command for command in COMMANDS for word in words(world.texts, f"words-{command.name}")
        }
        self._help = words(world.texts, "words-help")
        self._cancel = words(world.texts, "words-cancel")
        self._chinese = frozenset(
            word
            for text in ("words-help", "words-cancel", *(f"words-{command.name}" for command in COMMANDS))
            for word in words(world.texts, text, "zh-Hans")
        )

    async def hear(self, said: Said) -> None:
        """Answer one message, or not; never raises."""
        language: str = self._texts.pick(said.language)
        try:
            if not self._throttle.spend(said.account):
                answer = None if self._hushed.get(said.account) else self._texts.get(language, "error-too-fast")
                self._hushed.put(said.account, value=True)
            else:
                self._hushed.drop(said.account)
                talk, is_late = self._find((said.account, ""))
                language = await self._language(said) if talk is None else talk.language
                answer = await self._answer(said, language, talk, is_late=is_late)
        except StorageError as error:
            log.error("storage is out of reach: %s", error)
            answer = self._texts.get(language, "deny-fault")
        except Exception:
            log.exception("a fault of our own, answering %s", said.account)
            answer = self._texts.get(language, "deny-fault")
        if answer:
            self._world.performer.send_chat(said.sender, answer, language)

    async def _language(self, said: Said) -> str:
        """A Chinese word tells most, then what the message states, then what the account chose before."""
        known = await self._world.memory.known(said.account)
        if said.word not in self._chinese:
            return self._texts.pick(said.language, known.language)
        if known.person is not None and known.language != "zh-Hans":  # notices follow the language somebody writes
            await self._world.store.people.set_language(said.account, "zh-Hans")
            self._world.memory.forget(said.account)
        return "zh-Hans"

    async def _answer(self, said: Said, language: str, talk: Talk | None, *, is_late: bool) -> str | None:
        key: Key = (said.account, "")
        if said.is_encrypted:
            return self._puzzle(said, language, "chat-encrypted")
        if not said.text:
            return None
        command = self._commands.get(said.word)
        is_alone = said.word and not said.rest
        if is_alone and said.word in self._cancel:
            self.dialogues.end(key)
            return self._texts.get(language, "chat-cancelled" if talk else "chat-nothing-to-cancel")
        if is_alone and said.word in self._help:
            return self._show_help(said.account, language, talk)
        if talk is not None:
            return await self._go_on(key, talk, said.text)
        if command is not None:
            self._puzzled.drop(said.account)
            return await self._begin(key, Talk(command, self._world, said.account, language), said.rest)
        return self._puzzle(said, language, "chat-too-late" if is_late else "chat-puzzled")

    def _find(self, key: Key) -> tuple[Talk | None, bool]:
        """The open dialogue, and whether one was lost by waiting."""
        try:
            return self.dialogues.find(key), False
        except Ended as ended:
            return None, ended.is_late
        except Unknown:
            return None, False

    def _puzzle(self, said: Said, language: str, text: str) -> str | None:
        times = self._puzzled.get(said.account) or 0
        self._puzzled.put(said.account, times + 1)
        return self._texts.get(language, text) if times < _MOST_PUZZLED else None

    def _show_help(self, account: str, language: str, talk: Talk | None) -> str:
        self._puzzled.drop(account)
        lines = [self._texts.get(language, "chat-help")]
        for command in COMMANDS:
            if self._world.may(account, command.audience) and not is_shut_out(self._world, account, command):
                word = self._texts.get(language, f"words-{command.name}").split()[0]
                lines.append(f"{word}: " + self._texts.get(language, f"command-{command.name}-about"))
        lines.append(self._texts.get(language, "chat-help-end"))
        if talk is not None and talk.waiting:
            lines += ["", prompts.question(self._texts, talk.language, talk.waiting[0])]
        return "\n".join(lines)

    async def _begin(self, key: Key, talk: Talk, rest: str) -> str:
        if talk.command.needs_form and self._world.may(talk.account, talk.command.audience):
            return self._texts.get(talk.language, "chat-needs-form")
        outcome = await self._guarded(key, talk.begin())
        if not isinstance(outcome, Form):
            return self._show(key, talk, outcome)
        try:
            self.dialogues.open(key, talk)
        except Crowded:
            return self._texts.get(talk.language, "error-crowded")
        shown = self._show(key, talk, outcome)
        first = talk.waiting[0]
        if rest and first.kind is not FieldKind.SECRET and prompts.read(self._texts, first, rest)[1] is None:
            return await self._go_on(key, talk, rest)  # "person juliet@example.org"
        return shown

    async def _go_on(self, key: Key, talk: Talk, text: str) -> str:
        """Take an answer to the field that was asked last."""
        form = talk.form
        if form is None or talk.is_running:
            return self._texts.get(talk.language, "error-busy")
        asked = talk.waiting[0]
        value, fault = prompts.read(self._texts, asked, text)
        if fault is not None:
            return self._slip(key, talk, self._texts.get(talk.language, fault.text, **fault.params))
        talk.slips = 0
        talk.given[asked.var] = value
        if len(talk.waiting) > 1:
            talk.waiting.pop(0)
            return prompts.question(self._texts, talk.language, talk.waiting[0])
        answers, _ = accept(form, talk.given)
        shown = self._show(key, talk, await self._guarded(key, talk.answer(answers)))
        if any(field.kind is FieldKind.SECRET for field in form.fields):
            shown = f"{shown}\n\n{self._texts.get(talk.language, 'chat-delete-secrets')}"
        return shown

    def _slip(self, key: Key, talk: Talk, problem: str) -> str:
        talk.slips += 1
        if talk.slips >= _MOST_SLIPS:
            self.dialogues.end(key)
            return self._texts.get(talk.language, "chat-gave-up")
        return f"{problem}\n\n{prompts.question(self._texts, talk.language, talk.waiting[0])}"

    async def _guarded(self, key: Key, outcome: Awaitable[Shown]) -> Shown:
        try:
            return await outcome
        except Forbidden:
            self.dialogues.end(key)
            return Refused(text="error-forbidden")

    def _show(self, key: Key, talk: Talk, outcome: Shown) -> str:
        if isinstance(outcome, Form):
            return self._ask(talk, outcome)
        self.dialogues.end(key)
        if isinstance(outcome, Refused):
            return self._texts.get(talk.language, outcome.text, **outcome.params)
        return prompts.result(outcome)

    def _ask(self, talk: Talk, form: Form) -> str:
        """Begin with a form; after a mistake in one field, ask that one alone again."""
        fields = [field for field in form.fields if field.is_asked]
        mistaken = [field for field in fields if field.var == form.mistaken]
        talk.waiting = mistaken if form.problem and mistaken else fields
        if not mistaken:
            talk.given = {}
        question = prompts.question(self._texts, talk.language, talk.waiting[0])
        if form.problem:
            return f"{form.problem}\n\n{question}"
        return f"{prompts.opening(form)}\n{self._texts.get(talk.language, 'chat-how-to-cancel')}\n\n{question}"
