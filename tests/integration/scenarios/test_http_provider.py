"""The operator's own service decides, as docs/operators/examples has it: by a code, or later by a callback."""

import asyncio
import hmac
import json
import re
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Mapping
from hashlib import sha256
from pathlib import Path
from xml.etree.ElementTree import Element

import aiohttp
import pytest
import pytest_asyncio

from storage.verifications import Verification
from tests.integration.scenarios.site import UNVERIFIED, Site, expect, is_in, open_site
from tests.support.client import Client
from tests.support.patterns import show
from tests.support.prosody import CHECKOUT, free_ports

pytestmark = pytest.mark.asyncio(loop_scope="module")

EXAMPLE = CHECKOUT / "docs" / "operators" / "examples" / "identity_service.py"
SECRET = "a secret that both of them know, and nobody else does"
CONFIG = """
[identity]
providers = ["http"]
attempts = 50
[identity.http]
url = "http://127.0.0.1:{service}/verify"
secret_file = "{secret}"
timeout = "2s"
codes = 3
[web]
listen = "127.0.0.1:{web}"
public_url = "http://127.0.0.1:{web}"
"""


class Service:
    """The example, as a process of its own."""

    def __init__(self, port: int, secret: Path) -> None:
        self._port = port
        self._secret = secret
        self.process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, str(EXAMPLE), str(self._port), str(self._secret), stdout=asyncio.subprocess.PIPE
        )
        for _ in range(500):
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", self._port)
            except OSError:
                await asyncio.sleep(0.02)
                continue
            writer.close()
            return
        raise AssertionError("the service does not listen")

    async def stop(self) -> None:
        assert self.process is not None
        self.process.kill()
        await self.process.communicate()

    async def code(self) -> str:
        """The next code that it sends."""
        assert self.process is not None
        assert self.process.stdout is not None
        line = (await asyncio.wait_for(self.process.stdout.readline(), 5)).decode()
        return line.split()[-1]


_running: list[Service] = []
_callbacks: list[str] = []


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared_site() -> AsyncIterator[Site]:
    """The server, the component, and the example beside them."""
    service_port, web_port = free_ports(2)
    with tempfile.TemporaryDirectory() as folder:
        secret = Path(folder) / "http.secret"
        secret.touch(0o600)
        secret.write_text(SECRET)
        service = Service(service_port, secret)
        await service.start()
        _running[:] = [service]
        _callbacks[:] = [f"http://127.0.0.1:{web_port}/identity/http/callback"]
        try:
            async with open_site(CONFIG.format(service=service_port, secret=secret, web=web_port)) as site:
                yield site
        finally:
            await service.stop()


async def apply(site: Site, client: Client, number: str, name: str) -> Element:
    return await site.command(client, "verify", {"type": "passport", "number": number, "name": name})


async def send_callback(
    verdict: Mapping[str, object] | bytes,
    *,
    secret: str = SECRET,
    purpose: str = "callback",
    at: float | None = None,
    signature: str | None = None,
) -> int:
    """The status that a callback gets."""
    status, _ = await exchange_callback(verdict, secret=secret, purpose=purpose, at=at, signature=signature)
    return status


async def exchange_callback(
    verdict: Mapping[str, object] | bytes,
    *,
    secret: str = SECRET,
    purpose: str = "callback",
    at: float | None = None,
    signature: str | None = None,
) -> tuple[int, str]:
    """Likewise, and what it is told."""
    body = verdict if isinstance(verdict, bytes) else json.dumps(verdict).encode()
    now = str(int(time.time() if at is None else at))
    mac = hmac.new(secret.encode(), f"v1:{purpose}:{now}:".encode() + body, sha256).hexdigest()
    headers = {"Roomkeeper-Timestamp": now, "Roomkeeper-Signature": f"v1={mac}" if signature is None else signature}
    async with aiohttp.ClientSession() as session, session.post(_callbacks[0], data=body, headers=headers) as answer:
        return answer.status, await answer.text()


async def waiting(site: Site, client: Client) -> str:
    """The request of this account that the service has not decided."""
    found = await site.store.verifications.waiting_of(client.bare, "http", time.time())
    assert found is not None
    return found.ref


async def test_a_code_from_the_service_leads_to_the_first_join(site: Site) -> None:
    (service,) = _running
    zoe = await site.stranger("zoe", language="zh")
    asked = await apply(site, zoe, "a100", "Anna Xu")
    assert "短信验证码" in show(asked)
    code = await service.code()
    again = await site.command(zoe, "verify", {"code": "not it"})  # the form comes back for the code at once
    assert again.get("status") == "executing", show(again)
    done = await site.command(zoe, "verify", {"code": code})
    assert done.get("status") == "completed", show(done)
    assert is_in(await zoe.join(site.room()))


async def test_codes_are_guessed_only_so_often(site: Site) -> None:
    zoe = await site.stranger("zoe", language="en")
    await apply(site, zoe, "A100", "Anna Xu")
    code = await _running[0].code()
    tries = [show(await site.command(zoe, "verify", {"code": "000"})) for _ in range(3)]
    assert ["could not confirm" in told for told in tries] == [False, False, True]
    form = await site.command(zoe, "verify")
    assert form.find(".//{*}field[@var='code']") is None
    assert code not in "".join(site.roomkeeper.lines)
    expect(await zoe.join(site.room()), UNVERIFIED)


async def test_a_slow_decision_comes_by_a_callback(site: Site) -> None:
    zoe = await site.stranger("zoe", language="en")
    await zoe.presence()
    done = await apply(site, zoe, "B200", "Ben Li")
    assert "being looked at" in show(done)
    expect(await zoe.join(site.room()), UNVERIFIED)
    await zoe.receive(f"<message from='{site.service}'><body>{{has you are verified}}</body></message>")
    assert is_in(await zoe.join(site.room()))


async def test_somebody_refused_is_told_so(site: Site) -> None:
    zoe = await site.stranger("zoe", language="en")
    assert "could not confirm" in show(await apply(site, zoe, "B200", "Somebody Else"))
    expect(await zoe.join(site.room()), UNVERIFIED)


async def test_a_service_that_is_down_is_asked_again_until_it_answers(site: Site) -> None:
    (service,) = _running
    zoe = await site.stranger("zoe", language="en")
    await zoe.presence()
    await service.stop()
    try:
        assert "keep trying" in show(await apply(site, zoe, "B200", "Ben Li"))
    finally:
        await service.start()
    await zoe.receive(f"<message from='{site.service}'><body>{{has you are verified}}</body></message>", timeout_s=20)


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"secret": "some other secret that is long enough to be one"}, 401),
        ({"purpose": "request"}, 401),
        ({"purpose": "answer"}, 401),
        ({"at": 1_000_000_000.0}, 401),
        ({"signature": ""}, 401),
        ({"signature": "v1=" + "0" * 64}, 401),
        ({"verdict": b"\xff{}"}, 400),
        ({"verdict": b"[" * 60000}, 400),
        ({"verdict": b"x" * 70000}, 413),
        ({"verdict": {"request": "nobody", "verdict": "approved"}}, 404),
        ({"verdict": {"request": "REF", "verdict": "sure"}}, 400),
        ({"verdict": {"request": "REF", "verdict": "approved", "extra": 1}}, 400),
        ({"verdict": {"request": "REF", "verdict": "approved", "document": {"type": "x", "number": "y"}}}, 400),
    ],
)
async def test_a_callback_that_is_not_right_binds_nobody_and_is_audited(
    site: Site, change: dict[str, object], status: int
) -> None:
    zoe = await site.stranger("zoe")
    await site.store.verifications.begin(
        "http", zoe.bare, "en", {"number": "1", "name": "Zoe"}, at=time.time(), lasts_s=600, attempts=9, window_s=9
    )
    verdict = change.pop("verdict", {"request": "REF", "verdict": "approved"})
    if isinstance(verdict, dict) and verdict["request"] == "REF":
        verdict = {**verdict, "request": await waiting(site, zoe)}
    before = await refusals(site)
    assert await send_callback(verdict, **change) == status  # type: ignore[arg-type]
    assert await refusals(site) == before + 1
    expect(await zoe.join(site.room()), UNVERIFIED)


async def refusals(site: Site) -> int:
    """What the service itself was refused."""
    entries = [record.entry for record in await site.store.audit.read(1000)]
    return sum((entry.deed, entry.actor) == ("identity-refused", "http") for entry in entries)


async def test_a_callback_decides_once(site: Site) -> None:
    zoe = await site.stranger("zoe")
    fields = {"type": "passport", "number": "Z1", "name": "Zoe"}
    begun = await site.store.verifications.begin(
        "http", zoe.bare, "en", fields, at=time.time(), lasts_s=600, attempts=9, window_s=9
    )
    assert begun is not None
    approved = {"request": await waiting(site, zoe), "verdict": "approved"}
    both = await asyncio.gather(*(send_callback(approved) for _ in range(4)))
    assert sorted(both) == [204, 409, 409, 409]
    assert await send_callback({**approved, "verdict": "refused"}) == 409
    assert is_in(await zoe.join(site.room()))


async def test_an_overheard_callback_is_worth_nothing_after_a_restart_either(site: Site) -> None:
    zoe = await site.stranger("zoe")
    fields = {"type": "passport", "number": "Z2", "name": "Zoe"}
    await site.store.verifications.begin(
        "http", zoe.bare, "en", fields, at=time.time(), lasts_s=600, attempts=9, window_s=9
    )
    at = time.time()
    overheard = {"request": await waiting(site, zoe), "verdict": "refused"}
    assert await send_callback(overheard, at=at) == 204
    await site.roomkeeper.stop()
    await site.roomkeeper.start()
    await site.store.verifications.begin(
        "http", zoe.bare, "en", fields, at=time.time(), lasts_s=600, attempts=9, window_s=9
    )
    assert await send_callback(overheard, at=at) == 409
    assert await waiting(site, zoe) != overheard["request"]


async def test_the_secret_alone_decides_nothing_and_tells_nothing(site: Site) -> None:
    zoe = await site.stranger("zoe")
    fields = {"type": "passport", "number": "Z3", "name": "Zoe"}
    begun = await site.store.verifications.begin(
        "http", zoe.bare, "en", fields, at=time.time(), lasts_s=600, attempts=9, window_s=9
    )
    assert isinstance(begun, Verification)
    ref = await waiting(site, zoe)
    for guess in (str(begun.number), zoe.bare, ref[:-1], ref.swapcase(), "%", ""):
        status, told = await exchange_callback({"request": guess, "verdict": "approved"})
        assert (status, "zoe" in told.lower()) in {(404, False), (400, False)}
        assert set(json.loads(told)) == {"error"}
    expect(await zoe.join(site.room()), UNVERIFIED)


async def test_nothing_that_was_submitted_is_in_a_log(site: Site) -> None:
    wrote = "\n".join(site.roomkeeper.lines)
    assert not re.search("Anna Xu|Ben Li|A100|B200", wrote)
    assert SECRET not in wrote


async def test_doctor_says_whether_the_service_answers_and_has_the_right_secret(site: Site, tmp_path: Path) -> None:
    (service,) = _running
    _, said = await site.roomkeeper.run("doctor")
    assert re.search(r"ok +identity.http: .* signs its answers rightly", said), said
    await service.stop()
    try:
        status, said = await site.roomkeeper.run("doctor")
    finally:
        await service.start()
    assert re.search(r"failed +identity.http: .*see that it runs", said), said
    assert status == 1
    other = tmp_path / "other.secret"
    other.touch(0o644)
    other.write_text("short")
    config = site.roomkeeper.path.read_text()
    wrong = tmp_path / "roomkeeper.toml"
    wrong.write_text(re.sub(r'secret_file = ".*http.secret"', f'secret_file = "{other}"', config))
    wrong.with_name("vault.keys").write_text((site.roomkeeper.path.parent / "vault.keys").read_text())
    wrong.with_name("vault.keys").chmod(0o600)
    assert "may be read by others" in await check(wrong)
    other.chmod(0o600)
    assert "fewer than 32" in await check(wrong)


async def check(config: Path) -> str:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "component",
        "check",
        "--config",
        str(config),
        cwd=CHECKOUT,
        stderr=asyncio.subprocess.PIPE,
    )
    _, told = await process.communicate()
    return told.decode()
