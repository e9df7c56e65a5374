"""Reading the config file anew while running: all of it or nothing, and what it changed."""

import asyncio
import logging
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from component.grading import warn_of_unknown
from component.listening import CannotListenError
from component.logs import set_up as set_up_log
from component.staff import warn_of_lone_decider
from component.world import World
from config.loader import ConfigError, Loaded, load
from config.packs import files_of
from config.settings import Rule
from policy.engine import compile_policy
from policy.errors import BadCheck, BadRule
from storage.audit import AuditEntry
from storage.errors import BadKeys, StorageError

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reloaded:
    """What changed: names of rules, and sections of the settings."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    sections: tuple[str, ...]
    needs_restart: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NotReloaded:
    """Why the old settings stay: a line a problem, with file and key."""

    problems: tuple[str, ...]


async def reload(world: World, *, by: str | None = None) -> Reloaded | NotReloaded:
    """Swap settings and rules for those of the file as it is now; a bad one is refused and the old settings stay.

    `by` is the account that asked for it, which the audit then names.

    Raises:
        StorageError: it could not be audited; the old settings stay.
    """
    async with world.reloading:
        try:
            loaded = await asyncio.to_thread(load, world.loaded.path)
        except ConfigError as error:
            return _refuse(world, str(error).splitlines())
        try:
            policy = await asyncio.to_thread(compile_policy, loaded.settings, loaded.words)
        except BadRule as error:
            return _refuse(world, [f"{loaded.source_of(error.rule)}: rules[{error.rule}]: {error.reason}"])
        except BadCheck as error:
            return _refuse(world, [f"{loaded.path}: identity.documents.{error.name}.check: {error.reason}"])
        try:
            await world.store.rotation.adopt(loaded.keyring)
        except BadKeys as error:
            return _refuse(world, [f"{loaded.path}: identity.key_file: {error}"])
        changes = compare(world.loaded, loaded)
        try:
            await world.listening.adopt(loaded.settings)
        except CannotListenError as error:
            return _refuse(world, [f"{loaded.path}: {error}"])
        if by is not None:
            try:
                await _audit(world, changes, by)
            except StorageError:
                with suppress(CannotListenError):  # it has logged what is closed now
                    await world.listening.adopt(world.settings)
                raise
        if changes.needs_restart:
            log.warning("changes in [xmpp] and [storage] need a restart; all others are in force")
        world.loaded, world.policy = loaded, policy
        world.memory.adopt(loaded.settings)
        world.something_waits.set()  # verifications may end sooner now
        if "log" in changes.sections:
            set_up_log(loaded.settings.log)
        world.performer.outdate_descriptions()
        _have_told(world, changes)
        world.performer.activity_classes.look_anew()
        world.performer.reviewing.look_anew()
        world.meter.reloads += 1
        with suppress(StorageError):  # a warning is no reason to hold up what is in force
            await warn_of_unknown(world)
        warn_of_lone_decider(loaded.settings.staff)
        log.info("reloaded %s", loaded.path)
        return changes


def _have_told(world: World, changes: Reloaded) -> None:
    """Staff's clock may be another one, and hats may be other ones."""
    world.performer.queues.on_change()
    if "hats" in changes.sections:
        world.performer.hats.note_all()


async def _audit(world: World, changes: Reloaded, by: str) -> None:
    told = {name: ", ".join(getattr(changes, name)) or None for name in ("added", "removed", "changed", "sections")}
    entry = AuditEntry(actor=by, deed="settings-reloaded", subject="settings", detail=told)
    await world.store.audit.append([entry], world.now())


def compare(old: Loaded, new: Loaded) -> Reloaded:
    """What differs between two states of the config file and the lists that it names."""
    before, after = _fingerprints(old), _fingerprints(new)
    sections = tuple(
        name
        for name in new.settings.__struct_fields__
        if name != "rules" and getattr(old.settings, name) != getattr(new.settings, name)
    )
    return Reloaded(
        added=tuple(name for name in after if name not in before),
        removed=tuple(name for name in before if name not in after),
        changed=tuple(name for name, print_ in after.items() if name in before and before[name] != print_),
        sections=sections,
        needs_restart=bool({"xmpp", "storage"}.intersection(sections)),
    )


def _fingerprints(loaded: Loaded) -> dict[str, tuple[Rule, tuple[tuple[str, ...], ...]]]:
    return {
        rule.name: (rule, tuple(loaded.words.get(name, ()) for _, name in files_of(rule, "")))
        for rule in loaded.settings.rules
    }


def _refuse(world: World, problems: Iterable[str]) -> NotReloaded:
    world.meter.refused_reloads += 1
    refused = NotReloaded(problems=tuple(problems))
    log.error("not reloaded, the old settings stay: %s", "\n".join(refused.problems))
    return refused
