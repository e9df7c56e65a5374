"""Verdicts on their way out: as XML to the hook, in the sender's language, counted and noted.

Knows what was decided, never why.
"""

import logging
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from component.answers import Answers
from component.ask import Ask
from component.edge import RequestError
from component.hats import titled
from component.memory import Known
from component.owner_form import correct
from component.performer import Recorded
from component.registration import write_form
from component.stream import Stream
from component.world import World
from policy.actions import Admit, Correct, OfferForm
from policy.facts import Facts, Kind
from policy.hats import WEARING, hats_of
from policy.joining import Filing
from policy.verdict import Condition, Decision, Reason, Verdict

log = logging.getLogger(__name__)


class Answering:
    """Answers the checks of one MUC service."""

    def __init__(self, world: World, stream: Stream) -> None:
        """Answers leave by `stream`."""
        self._world = world
        self._meter = world.meter
        self._stream = stream
        self._answers = Answers(world.settings.xmpp.muc)

    def allow(self, ask: Ask, facts: Facts) -> None:
        """Let it go on, as it is."""
        hats = hats_of(facts, self._world.settings) if ask.kind in WEARING else ()
        if hats:
            self._stream.write(self._answers.let_in(ask, titled(self._world, hats)))
        else:
            self._stream.write(self._answers.allow(ask))
        self._count(ask, facts)

    def deny(self, ask: Ask, reason: Reason, known: Known | None) -> None:
        """Have it bounce; `known` is None when nobody got as far as looking up who it is."""
        language = self._language(ask, known)
        text = self._world.texts.get(language, reason.text, **dict(reason.params))
        self._stream.write(self._answers.deny(ask, reason.condition, text, language))
        self._meter.denied(ask, is_fault=reason.condition is Condition.INTERNAL)

    def answer(self, ask: Ask, facts: Facts, recorded: Recorded, known: Known) -> None:
        """Tell what was decided and recorded."""
        verdict = recorded.verdict
        if verdict.decision is Decision.ALLOW:
            self._grant(ask, facts, verdict, known)
            return
        if recorded.filing is Filing.FILED and facts.kind is Kind.APPLY:  # XEP-0045 §7.10: it waits, which is no error
            self._reply(ask, "join-filed", known)
            self._meter.allowed(ask, facts, self._world.policy)
            return
        rule = verdict.reasons[0].rule
        log.info("denied %s by %s in %s: %s", ask.kind.value, ask.account, ask.room, rule, extra={"rule": rule})
        self.deny(ask, verdict.reasons[0], known)
        self._meter.judged(facts, self._world.policy)
        self._world.performer.note_denial(facts, verdict)

    def describe(self, ask: Ask, fields: Sequence[tuple[str, str]] | None) -> None:
        """What a room's own answer is to say more; without fields it says what it says by itself."""
        self._stream.write(self._answers.allow(ask) if fields is None else self._answers.describe(ask, fields))

    def give(self, ask: Ask, payload: Element) -> None:
        """Answer in the room's place."""
        self._stream.write(self._answers.reply(ask, payload))

    def refuse(self, ask: Ask, error: RequestError, known: Known | None) -> None:
        """Refuse what was asked of a room's command."""
        language = self._language(ask, known)
        text = self._world.texts.get(language, error.text, **error.params)
        self._stream.write(self._answers.refuse(ask, error, text, language))

    def _grant(self, ask: Ask, facts: Facts, verdict: Verdict, known: Known) -> None:
        """Let it go on, as it is or corrected; or answer it in the room's place."""
        for action in verdict.actions:
            if isinstance(action, Correct) and ask.stanza is not None:
                self._stream.write(self._answers.replace(ask, correct(ask.stanza, action.fields)))
                break
            if isinstance(action, Admit) and facts.kind is Kind.APPLY:  # by registering, which comes after joining
                self._reply(ask, "join-admitted", known, until=facts.at + action.lasts_s)
                break
            if isinstance(action, OfferForm):
                form = write_form(self._world.texts, self._language(ask, known), action.question)
                self._stream.write(self._answers.reply(ask, form))
                break
        else:
            self.allow(ask, facts)
            return
        self._count(ask, facts)

    def _reply(self, ask: Ask, text: str, known: Known, **params: float) -> None:
        """Take a registration in the room's place, and say in a chat what came of it: a result holds no text."""
        self._stream.write(self._answers.reply(ask))
        language = self._language(ask, known)
        written = self._world.texts.get(language, text, room=ask.room, **params)
        self._world.performer.send_chat(ask.sender, written, language)

    def _count(self, ask: Ask, facts: Facts) -> None:
        if ask.kind is Kind.POST and self._world.settings.activity:
            self._world.posts.note(facts)
        self._meter.allowed(ask, facts, self._world.policy)

    def _language(self, ask: Ask, known: Known | None) -> str:
        return self._world.texts.pick(ask.language, None if known is None else known.language)
