"""How long something in a queue has waited, as the lists of every queue show it."""

from collections.abc import Mapping
from dataclasses import dataclass

from component.dialogue import Call
from storage.queues import Queue


@dataclass(frozen=True, slots=True)
class Waits:
    """Of one queue, for one call."""

    call: Call
    since: Mapping[int, float]

    @classmethod
    async def of(cls, call: Call, queue: Queue) -> "Waits":
        """As it is now."""
        return cls(call, await call.world.store.queues.since(queue, call.world.now()))

    def mark(self, number: int, label: str) -> str:
        """The label of an entry with how long it has waited, and whether that is too long."""
        since = self.since.get(number)
        if since is None:
            return label
        waited = max(0.0, self.call.world.now() - since)
        response_s = self.call.world.settings.queues.response_time
        state = "overdue" if response_s and waited >= response_s else "waiting"
        length = self.call.world.texts.duration(self.call.language, waited)
        return self.call.say("entry-waits", label=label, length=length, state=state)
