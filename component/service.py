"""The running component: put together, started, reloaded, drained."""

import asyncio
import logging
import signal
import sys
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any

from slixmpp.exceptions import IqError, IqTimeout

from component import adhoc, chat, disco, presence, search
from component.activity import ActivityKeeper
from component.acts import Acts
from component.alarm import Alarm
from component.attendance import Attendance
from component.dialogue import Dialogues
from component.events import Events
from component.gate import Gate
from component.grading import warn_of_unknown
from component.hearsay import Hearsay
from component.identity import keeper as identity_keeper
from component.identity import site
from component.journal import Journal
from component.listening import CannotListenError, Listening
from component.logs import sum_up as sum_up_log
from component.memory import Memory
from component.notary import Notary
from component.outreach import Outreach
from component.performer import Performer
from component.persons.keeper import Keeper
from component.persons.registrar import Registrar
from component.porter import Porter
from component.reloading import reload
from component.resync import Resync
from component.rule_keeper import RuleKeeper
from component.staff import warn_of_lone_decider
from component.stream import Stream
from component.tasks import Tasks
from component.texts import Texts
from component.watch import Watched
from component.world import World
from config.loader import Loaded
from policy.engine import compile_policy
from storage.errors import StorageError
from storage.store import Store

try:
    from uvloop import new_event_loop as _new_event_loop
except ImportError:  # an extra: everything works without it, somewhat slower
    from asyncio import new_event_loop as _new_event_loop  # type: ignore[assignment]

log = logging.getLogger(__name__)

_DRAIN_S = 6.0
_SWEEP_S = 60.0
_RESYNC_PAUSE_S = 2.0
_CHECKS_KEPT_S = 3600.0  # far longer than any hook holds a stanza


def run(loaded: Loaded) -> int:
    """Run until SIGTERM or SIGINT; the exit code.

    Raises:
        StorageError: the database or the vault's keys are not usable.
        CannotListenError: an address to listen on is not to be had.
    """
    with asyncio.Runner(loop_factory=_new_event_loop) as runner:
        return runner.run(_serve(loaded))


async def _serve(loaded: Loaded) -> int:
    service = await Service.start(loaded)
    await service.stopped.wait()
    await service.drain()
    return 0


class Service:
    """One component, connected or on its way."""

    def __init__(
        self, world: World, stream: Stream, tasks: Tasks, journal: Journal, dialogues: Sequence[Dialogues[Any]]
    ) -> None:
        """Wire the parts; `start` makes them."""
        self._world = world
        self._stream = stream
        self._tasks = tasks
        self._journal = journal
        self._rules = RuleKeeper(world)
        self._activity = ActivityKeeper(world)
        self._notary = Notary(world)
        self._porter = Porter(world, Outreach(world, Acts(stream, tasks, world.settings.xmpp.muc)))
        self._attendance = Attendance(world)
        self._resync = Resync(world, stream, self._attendance)
        self._events = Events(world, stream, self._resync, self._attendance)
        self._gate = Gate(world, stream, tasks, self._events.catch_up)
        self._dialogues = (*dialogues, self._gate.dialogues)
        performer = world.performer
        self._alarms = [Alarm.of(work, World.now) for work in (performer.emergency, performer.activity_classes)]
        self._telling = [
            Alarm.of(work, World.now)
            for work in (
                performer.group_ladder,
                performer.reviewing,
                performer.growth,
                performer.complaints,
                performer.appeals,
                performer.handing,
                performer.queues,
                performer.hats,
            )
        ]
        self._syncing: asyncio.Task[None] | None = None
        self._keepers: list[asyncio.Task[None]] = []
        self._persons: asyncio.Task[None] | None = None
        self.stopped = asyncio.Event()

    @classmethod
    async def start(cls, loaded: Loaded) -> "Service":
        """Open storage and sites, begin to connect, and listen to signals.

        Raises:
            StorageError, CannotListenError: nothing is left open.
        """
        settings = loaded.settings
        policy = compile_policy(settings, loaded.words)
        store = await Store.open(
            loaded.storage_url,
            loaded.keyring,
            busy_timeout_s=settings.storage.busy_timeout,
            migrate=not loaded.is_storage_shared,
        )
        tasks = Tasks()
        stream = Stream(settings.xmpp, loaded.secret)
        journal = Journal(store)
        world = World(
            loaded=loaded,
            policy=policy,
            store=store,
            memory=Memory(store, settings, World.now),
            texts=Texts(settings.xmpp.language, settings.xmpp.domain),
        )
        world.listening = Listening(
            Watched(world=world, stream=stream, tasks=tasks, journal=journal).site, site.maker(world)
        )
        acts = Acts(stream, tasks, settings.xmpp.muc)
        world.performer = Performer(world, acts, journal)
        world.registrar = Registrar(world, acts)
        await world.performer.emergency.resume()
        await warn_of_unknown(world)
        warn_of_lone_decider(settings.staff)
        service = cls(world, stream, tasks, journal, (adhoc.setup(stream, world), chat.setup(stream, world)))
        for part in (disco, presence, search):
            part.setup(stream, world)
        try:
            await world.listening.adopt(settings)
        except CannotListenError:
            await store.close()
            raise
        await service.begin()
        return service

    async def begin(self) -> None:
        """Connect, keep the books, and obey signals."""
        await self._attendance.resume()
        loop = asyncio.get_running_loop()
        notary, holding = self._notary, self._world.performer.holding
        counts = (self._rules.keep(), self._activity.keep())
        books = (self._events.keep(), self._journal.keep(), *counts, notary.keep(), holding.keep())
        hearsay = Hearsay(self._world)
        alarms = (*self._alarms, *self._telling)
        works = (*books, *(alarm.run() for alarm in alarms), hearsay.keep(), self._porter.keep(), self._sweep())
        self._keepers = [loop.create_task(work) for work in works]
        self._stream.add_event_handler("session_start", self._connected)
        for name, answer in ((signal.SIGTERM, self.stopped.set), (signal.SIGINT, self.stopped.set)):
            loop.add_signal_handler(name, answer)
        loop.add_signal_handler(signal.SIGHUP, self._hang_up)
        self._stream.open()

    # being in step with the server

    def _connected(self, _event: object) -> None:
        if self._syncing is not None:
            self._syncing.cancel()
        self._world.meter.is_in_step = False
        self._syncing = asyncio.get_running_loop().create_task(self._sync())

    async def _sync(self) -> None:
        while True:
            try:
                rooms = await self._resync.run()
            except (IqError, IqTimeout) as error:
                log.error(
                    "%s gives no snapshot (%s): is mod_roomkeeper loaded there? See `roomkeeper doctor`",
                    self._world.settings.xmpp.muc,
                    error,
                )
            except StorageError as error:
                log.error("storage is out of reach: %s", error)
            except Exception:
                log.exception("not in step with the server, trying again")
            else:
                self._world.meter.is_in_step = True
                self._world.performer.holding.announce()
                if self._world.settings.hats.wear:
                    self._world.performer.hats.note_all()
                for alarm in self._telling:
                    alarm.ring()  # what could not be done while nobody heard it
                sys.stderr.write(f"roomkeeper is ready: {self._world.settings.xmpp.muc}, rooms: {rooms}\n")
                sys.stderr.flush()
                self._keep_persons()
                self._world.duties.set()
                with suppress(StorageError):
                    await self._world.performer.founding.tell()
                return
            await asyncio.sleep(_RESYNC_PAUSE_S)

    def _keep_persons(self) -> None:
        """From the first snapshot on: only then is it known who is in which rooms."""
        if self._persons is None:
            self._persons = asyncio.get_running_loop().create_task(Keeper(self._world).keep())
            identities = asyncio.get_running_loop().create_task(identity_keeper.Keeper(self._world).keep())
            self._keepers += [self._persons, identities]

    async def _sweep(self) -> None:
        while True:
            settings = self._world.settings
            await asyncio.sleep(min(_SWEEP_S, settings.membership.lapse or _SWEEP_S, settings.moderation.hold_for))
            for dialogues in self._dialogues:
                dialogues.sweep()
            sum_up_log()
            with suppress(StorageError):
                await self._resync.sweep()
                await self._attendance.sweep()
                await self._world.performer.founding.keep()
                await self._world.performer.holding.lapse()
                await self._world.store.discipline.forget_checks(self._world.now() - _CHECKS_KEPT_S)
            self._world.memory.recent.sweep(self._world.now())

    # reload and end

    def _hang_up(self) -> None:
        self._tasks.start(self._reload())

    async def _reload(self) -> None:
        await reload(self._world)

    async def drain(self) -> None:
        """Finish what is under way, write what is noted, and go: within ten seconds."""
        log.info("draining")
        self._gate.is_draining = True
        for dialogues in self._dialogues:
            dialogues.forget_all()
        await self._tasks.drain(_DRAIN_S)
        await _give_up_after(1.0, self._events.drain)
        await _give_up_after(1.0, self._journal.write)
        await _give_up_after(1.0, self._rules.write)
        await _give_up_after(1.0, self._activity.write)
        await self._resync.stop()
        await _give_up_after(1.0, self._attendance.write)
        await _give_up_after(1.0, self._notary.sign)
        await self._world.performer.emergency.drain()
        for keeper in (*self._keepers, *((self._syncing,) if self._syncing else ())):
            keeper.cancel()
        await self._stream.close()
        await self._world.listening.close()
        await self._world.web.close()
        await self._world.store.close()
        sum_up_log()


async def _give_up_after(seconds: float, work: Callable[[], Awaitable[None]]) -> None:
    try:
        await asyncio.wait_for(work(), seconds)
    except (TimeoutError, StorageError) as error:
        log.error("left undone at the end: %r", error)
