"""Verdicts that the service behind the provider `http` sends later, on its own account."""

import logging
from typing import TYPE_CHECKING

from component.cache import Cache
from component.identity import signature, webhook
from component.identity.refusals import Refusals
from component.world import World
from storage.errors import StorageError
from storage.verifications import Status

if TYPE_CHECKING:
    from aiohttp import web

log = logging.getLogger(__name__)

_REMEMBERED = 10_000


class RefusedError(Exception):
    """A callback that nothing follows from: its status, and why."""

    def __init__(self, status: int, why: str) -> None:
        """`why` is audited, and told to whoever sent it."""
        super().__init__(why)
        self.status = status


class Callbacks:
    """Takes the callbacks of one world."""

    def __init__(self, world: World, refusals: Refusals) -> None:
        """What is refused is audited by `refusals`."""
        self._world = world
        self._refusals = refusals
        self._seen: Cache[str, float] = Cache(_REMEMBERED)

    async def take(self, request: "web.Request") -> "web.Response":
        """204 when it was done, 409 when there is nothing (more) to be done, 503 when to try again."""
        from aiohttp import web  # noqa: PLC0415 - loaded already where there are callbacks

        try:
            await self._take(request)
        except RefusedError as error:
            try:
                await self._refusals.note(webhook.NAME, str(error))
            except StorageError as trouble:
                log.error("not audited: %s", trouble)
            return web.json_response({"error": str(error)}, status=error.status)
        except StorageError as error:
            log.error("storage is out of reach: %s", error)
            return web.json_response({"error": "try again"}, status=503)
        return web.Response(status=204)

    async def _take(self, request: "web.Request") -> None:
        from aiohttp import web  # noqa: PLC0415

        world, at = self._world, self._world.now()
        http = world.settings.identity.http
        if webhook.NAME not in world.settings.identity.providers:
            raise RefusedError(404, "nobody is asked by http")
        try:
            body = await request.read()
        except web.HTTPRequestEntityTooLarge:
            raise RefusedError(413, "too large") from None
        try:
            right = signature.check(
                world.loaded.http_secrets,
                signature.CALLBACK,
                request.headers,
                body,
                at=at,
                skew_s=http.clock_skew,
            )
            verdict = webhook.read_verdict(body)
        except signature.BadSignatureError as error:
            raise RefusedError(401, str(error)) from None
        except ValueError as error:
            raise RefusedError(400, str(error)) from None
        if self._seen.get(right) is not None:
            raise RefusedError(409, "replayed")
        verification = await world.store.verifications.find(verdict.request)
        if verification is None or verification.provider != webhook.NAME:
            raise RefusedError(404, "no such request")
        if verification.status is not Status.WAITING or verification.expires_at <= at:
            raise RefusedError(409, "decided already")
        claim = await webhook.act(world, verification, verdict)
        self._seen.put(right, at)
        if claim is None and verdict.verdict in {"approved", "refused"}:
            raise RefusedError(409, "decided already")
        await webhook.tell_verdict(world, verification, verdict, claim)
