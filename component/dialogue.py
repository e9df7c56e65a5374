"""The engine behind every command: one dialogue takes answers, form by form, until the command is done.

Knows neither stanzas nor chat: `component/adhoc.py` and `component/chat.py` are the two ways in. A command is a
function from all answers so far to what comes next, so going back is forgetting the last answers, and nothing
is done before the last form is answered.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from component.forms import Answers, Done, Form, Mistaken, Outcome, Refused
from component.managing import manages
from component.staff import Audience, is_staff
from component.texts import Param

if TYPE_CHECKING:
    from component.world import World
    from policy.facts import Room

PER_ACCOUNT = 3
"""Dialogues one account may have open; past it, its oldest one makes place."""


class DialogueError(Exception):
    """Why a dialogue cannot go on.

    DialogueError
    ├── Forbidden   the caller has no right to the command (any more)
    ├── Crowded     too many dialogues are open
    ├── Busy        the dialogue is still at its last answers
    ├── Ended       it was completed, cancelled, or waited too long
    ├── Unknown     there never was one, or not for this caller
    └── NoWayBack   it is at its first form
    """


class Forbidden(DialogueError):
    """The caller has no right to the command, or no longer."""


class Crowded(DialogueError):
    """Too many dialogues are open."""


class Busy(DialogueError):
    """The dialogue is still at its last answers."""


class Ended(DialogueError):
    """It was completed, cancelled, or waited too long: then `is_late`."""

    def __init__(self, *, is_late: bool) -> None:
        super().__init__()
        self.is_late = is_late


class Unknown(DialogueError):
    """There never was one, or not for this caller."""


class NoWayBack(DialogueError):
    """The dialogue is at its first form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What a step of a command rests on: who runs it, in which language, and all that was answered."""

    world: "World"
    account: str  # bare JID
    language: str
    answers: tuple[Answers, ...] = ()

    def say(self, text: str, /, **params: Param) -> str:
        """A text in the caller's language."""
        return self.world.texts.get(self.language, text, **params)


Step = Callable[[Call], Awaitable[Outcome]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command: its texts are `command-NAME` (title), `command-NAME-about`, and in chat `words-NAME`."""

    name: str
    step: Step
    audience: Audience = Audience.EVERYONE
    needs_form: bool = False  # shows what a chat's archive must not keep
    is_for_rooms: bool = False  # its first form asks for the `room` only: a room's address offers it with that answered
    is_for_visitors: bool = False  # and there to everybody, not to those alone who manage the room
    is_for_barred: bool = False  # also to whoever is on the blacklist: to object, and for what is kept about them


def is_shut_out(world: "World", account: str, command: Command) -> bool:
    """Whether the blacklist keeps somebody from a command, as far as memory knows; what a role gives, it leaves."""
    known = world.memory.recall(account)
    is_barred = known is not None and known.is_blacklisted and not command.is_for_barred
    return is_barred and not is_staff(account, world.settings.staff)


class Dialogue:
    """One command under way, for one caller, in one language (XEP-0050 §3.6)."""

    def __init__(
        self, command: Command, world: "World", account: str, language: str, room: "Room | None" = None
    ) -> None:
        """Nothing asked yet. In a `room`: which one it is about is answered, and whoever it is offered to goes on."""
        self.command = command
        self.account = account
        self.language = language
        self.form: Form | None = None
        self.touched = 0.0
        self.is_running = False
        self._world = world
        self.room = room
        self._given: tuple[Answers, ...] = () if room is None else ({"room": room.code},)
        self._answers: tuple[Answers, ...] = self._given

    @property
    def has_previous(self) -> bool:
        """Whether there is a form to go back to."""
        return len(self._answers) > len(self._given)

    async def begin(self) -> Form | Done | Refused:
        """The first form, or the end at once.

        Raises:
            Forbidden: the command is not for this caller.
        """
        return await self._take(self._given)

    async def answer(self, answers: Answers) -> Form | Done | Refused:
        """What follows from answers that `forms.accept` found no fault in.

        Raises:
            Forbidden: the caller lost the right meanwhile.
            Busy: the answers before are still being worked on; nothing is done twice.
        """
        return await self._take((*self._answers, answers))

    async def back(self) -> Form | Done | Refused:
        """The form before, filled in as it was answered.

        Raises:
            NoWayBack: there is none.
        """
        if not self.has_previous:
            raise NoWayBack
        last = self._answers[-1]
        outcome = await self._take(self._answers[:-1])
        if isinstance(outcome, Form):
            self.form = outcome = outcome.again(last)
        return outcome

    async def _take(self, answers: tuple[Answers, ...]) -> Form | Done | Refused:
        if not await self._may():
            raise Forbidden
        if self.is_running:
            raise Busy
        call = Call(world=self._world, account=self.account, language=self.language, answers=answers)
        self.is_running = True
        try:
            await self._world.memory.known(self.account)
            if is_shut_out(self._world, self.account, self.command):
                return Refused(text="deny-blacklisted")
            outcome = await self.command.step(call)
        finally:
            self.is_running = False
        if isinstance(outcome, Mistaken):
            return self._again(call, outcome)
        if isinstance(outcome, Form):
            self.form = outcome
            self._answers = answers
        return outcome

    async def _may(self) -> bool:
        if self.room is None:
            return self._world.may(self.account, self.command.audience)
        if self.command.is_for_visitors:
            return True
        await self._world.memory.known(self.account)  # so that what was withdrawn from them is known
        return self.command.is_for_rooms and manages(self._world, self.account, self.room.jid)

    def _again(self, call: Call, mistake: Mistaken) -> Form | Refused:
        if self.form is None:
            return Refused(text=mistake.text, params=mistake.params)
        self.form = self.form.again(call.answers[-1], call.say(mistake.text, **mistake.params), mistake.var)
        return self.form


Key = tuple[str, str]
"""Whose dialogue, and which: a full JID with a session's id, or a bare JID in chat."""


D = TypeVar("D", bound=Dialogue)


class Dialogues(Generic[D]):
    """The open dialogues of one way in: bounded, and forgotten when they wait too long."""

    def __init__(self, world: "World") -> None:
        """None open."""
        self._world = world
        self._open: dict[Key, D] = {}  # the longest untouched first
        self._ended: dict[Key, bool] = {}  # whether it waited too long

    def __len__(self) -> int:
        """How many are open."""
        return len(self._open)

    def open(self, key: Key, dialogue: D) -> None:
        """Keep a dialogue for its next answers. Staff find a place even when all are taken.

        Raises:
            Crowded: all places are taken.
        """
        self.sweep()
        own = [other for other, at in self._open.items() if at.account == dialogue.account and other != key]
        for other in own[: max(0, len(own) - PER_ACCOUNT + 1)]:
            self.end(other)
        if key not in self._open and len(self._open) >= self._world.settings.limits.dialogues:
            if dialogue.command.audience in {Audience.EVERYONE, Audience.MANAGERS}:
                raise Crowded
            self.end(next(iter(self._open)))
        self._ended.pop(key, None)
        self._touch(key, dialogue)

    def find(self, key: Key) -> D:
        """An open dialogue, its time begun anew.

        Raises:
            Ended: it is over.
            Unknown: there never was one by this key, as far as is remembered.
        """
        self.sweep()
        dialogue = self._open.get(key)
        if dialogue is None:
            if key in self._ended:
                raise Ended(is_late=self._ended[key])
            raise Unknown
        self._touch(key, dialogue)
        return dialogue

    def end(self, key: Key, *, is_late: bool = False) -> None:
        """Forget a dialogue and all its answers; only that there was one is remembered for a while."""
        if self._open.pop(key, None) is None:
            return
        if len(self._ended) >= self._world.settings.limits.dialogues:
            del self._ended[next(iter(self._ended))]
        self._ended[key] = is_late

    def forget_all(self) -> None:
        """Forget every one, as if it had waited too long."""
        for key in list(self._open):
            self.end(key, is_late=True)

    def sweep(self) -> None:
        """Forget those that wait too long: what was answered in them may be a document's number."""
        oldest = self._world.now() - self._world.settings.limits.dialogue_timeout
        for key, dialogue in list(self._open.items()):
            if dialogue.touched > oldest:
                break
            self.end(key, is_late=True)

    def _touch(self, key: Key, dialogue: D) -> None:
        self._open.pop(key, None)
        self._open[key] = dialogue
        dialogue.touched = self._world.now()
