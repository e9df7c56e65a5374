"""What `roomkeeper doctor` says beside the server: a lone moderator, unreadable storage, lockdowns in force."""

import time
from datetime import UTC, datetime

from component.doctor import Finding, State, Tell
from component.emergency import describe
from component.staff import lone_decider
from config.loader import Loaded
from storage.errors import StorageError
from storage.store import Store


async def examine(loaded: Loaded, tell: Tell) -> None:
    """Tell of each lockdown, since whoever cannot join asks why; reads only, also while Roomkeeper runs."""
    advice = lone_decider(loaded.settings.staff)
    if advice is not None:
        tell(Finding(State.NOTED, advice))
    try:
        store = await Store.open(
            loaded.storage_url, loaded.keyring, busy_timeout_s=loaded.settings.storage.busy_timeout, migrate=False
        )
    except StorageError as error:
        tell(Finding(State.UNCHECKED, f"lockdowns: {error}"))
        return
    try:
        for lockdown in await store.lockdowns.standing():
            if lockdown.until > time.time():
                until = datetime.fromtimestamp(lockdown.until, UTC)
                tell(Finding(State.NOTED, f"{describe(lockdown)}; by {lockdown.by}, until {until:%Y-%m-%d %H:%M} UTC"))
    except StorageError as error:
        tell(Finding(State.UNCHECKED, f"lockdowns: {error}"))
    finally:
        await store.close()
