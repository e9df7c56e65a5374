"""The vault while everything runs: keys rotated under load, and no plain text anywhere after a whole story."""

import asyncio
import base64
import re
import secrets
from pathlib import Path

from tests.integration.scenarios.officers import CONFIG as OFFICERS
from tests.integration.scenarios.officers import YES, completed, officer
from tests.integration.scenarios.site import UNHURRIED, Site, is_in, open_site
from tests.integration.scenarios.talk import Talk, check, drain
from tests.support.patterns import show

STORY = (
    OFFICERS
    + UNHURRIED
    + """
[identity]
erase_after = "1s"
[disclosure]
notify_after = "1s"
[log]
level = "debug"
[[rules]]
name = "no-tea"
words = ["tea"]
case = true
"""
)


def planted(texts: list[str]) -> set[bytes]:
    """What would betray a text, however it was written."""
    forms = {text.encode(encoding) for text in texts for encoding in ("utf-8", "utf-16-le", "unicode-escape")}
    return forms | {base64.b64encode(text.encode()).rstrip(b"=")[:-1] for text in texts}


async def test_keys_are_rotated_while_people_talk_verify_and_are_told_off() -> None:
    async with open_site(OFFICERS + UNHURRIED + '[[rules]]\nname = "no-tea"\nwords = ["tea"]\ncase = true\n') as site:
        folder = site.roomkeeper.path.parent
        rows = "".join(f"passport,R{number:05},Person {number}\n" for number in range(3000))
        (folder / "people.csv").write_text(f"document_type,document_number,name\n{rows}")
        status, said = await site.roomkeeper.run("people", "import", str(folder / "people.csv"))
        assert status == 0, said
        room = site.room()
        people = [await site.person(name) for name in ("listener", "talker", "other")]
        for client in people:
            assert is_in(await client.join(room))
        listener, *talkers = [Talk(client=client, room=room) for client in people]
        is_over = asyncio.Event()
        talking = [asyncio.create_task(talk.go_on(lambda _talk: is_over.is_set())) for talk in talkers]

        async def rotate() -> None:
            for _ in range(2):
                status, said = await site.roomkeeper.run("keys", "rotate")
                assert status == 0, said

        rotating = asyncio.create_task(rotate())
        number = 0
        while not rotating.done():
            fresh = await site.stranger("fresh")
            await completed(
                site, fresh, "verify", {"type": "passport", "number": f"R{number:05}", "name": f"Person {number}"}
            )
            assert is_in(await fresh.join(room))
            await fresh.say(room, "tea?")
            await fresh.receive("<message type='error'/>")
            fresh.abort()
            number += 1
        await rotating
        is_over.set()
        await asyncio.gather(*talking)
        check(talkers, await drain(listener.client, room))
        assert not any(talk.bounced for talk in talkers)
        assert number > 0
        status, said = await site.roomkeeper.run("keys", "show")
        assert status == 0, said
        assert len(re.findall("^master ", said, re.MULTILINE)) == 1
        seen = len(site.roomkeeper.lines)
        site.roomkeeper.hang_up()
        await site.roomkeeper.wait_for_line("reloaded", after=seen)
        await site.roomkeeper.kill()
        await site.roomkeeper.start()
        late = await site.stranger("late")
        await completed(site, late, "verify", {"type": "passport", "number": "R02999", "name": "Person 2999"})


async def play(site: Site, folder: Path, name: str, number: str, evidence: str) -> None:
    """Registered, mistyped, verified, told off, looked up, merged, corrected, disclosed, exported, erased."""
    (folder / "people.csv").write_text(f"document_type,document_number,name\npassport,{number},{name}\n")
    status, said = await site.roomkeeper.run("people", "import", str(folder / "people.csv"))
    assert status == 0, said
    (folder / "people.csv").unlink()
    first, second = await officer(site), await officer(site)
    moderator = await site.moderator()
    anna = await site.stranger("anna", language="en")
    await anna.presence()
    claim = {"type": "passport", "number": number, "name": name}
    await site.command(anna, "verify", {**claim, "name": f"{name} Wrong"})
    await completed(site, anna, "verify", claim)
    room = site.room()
    assert is_in(await anna.join(room))
    await anna.say(room, f"tea {evidence}")
    await anna.receive("<message type='error'/>")
    for command, form in (("person", {"target": anna.bare}), ("room", {"room": room})):
        shown = show(await completed(site, moderator, command, form))
        assert not any(text in shown for text in (name, number))
    await completed(site, anna, "correct", {**claim, "name": f"{name} Better", "remark": f"{name} is right"})
    person = (await site.holder(anna.bare)).removeprefix("p:")
    await completed(site, first, "corrections", {"person": person}, {"decision": "accept", "reason": "seen"})
    await completed(site, first, "disclose", {"target": anna.bare, "case": "AZ 1", "reason": "x"}, YES)
    await completed(site, second, "disclosures", {"disclosure": "1"}, {"decision": "approve", "reason": "x"})
    shown = show(await completed(site, first, "disclosures", {"disclosure": "1"}, YES))
    assert f"{name} Better" in shown
    assert evidence in show(await completed(site, anna, "my-data"))
    other = await site.person("other")
    await completed(site, first, "merge", {"one": anna.bare, "other": other.bare, "reason": "x"}, YES)
    await completed(site, anna, "erase", YES)
    await anna.receive("<message type='chat'><body>{has has been erased}</body></message>", timeout_s=20)


async def test_a_whole_story_leaves_no_plain_text_with_anybody_else_nor_in_any_file_log_or_audit() -> None:
    token = secrets.token_hex(6)
    name, number, evidence = f"Zyxwvut{token}", f"PLANTED{token.upper()}", f"leaves{token}"
    forms = planted([name, number, evidence, name.casefold(), number.casefold()])
    async with open_site(STORY) as site:
        folder = site.roomkeeper.path.parent
        seen: list[bytes] = []
        is_over = asyncio.Event()

        async def look() -> None:
            while not is_over.is_set():
                for path in folder.iterdir():
                    if path.suffix != ".csv" and path.is_file():
                        seen.append(path.read_bytes())
                await asyncio.wait({asyncio.create_task(is_over.wait())}, timeout=0.2)

        looking = asyncio.create_task(look())
        await play(site, folder, name, number, evidence)
        audit = "".join(str(record) for record in await site.store.audit.read(1000))
        limits = Path(f"/proc/{site.roomkeeper.pid}/limits").read_text()
        for client in site.clients:
            if not client.user.startswith(("anna-", "officer")):
                heard = "\n".join(line for line in client.transcript if line.startswith("S:"))
                assert not any(text in heard for text in (name, number))
        is_over.set()
        await looking
        await site.roomkeeper.stop()
        seen += [path.read_bytes() for path in folder.iterdir() if path.suffix != ".csv" and path.is_file()]
        log = "\n".join(site.roomkeeper.lines)
        assert any(b"person-erased" in data for data in seen)  # it would have been seen
        assert "denied" in log
        for form in forms:
            assert form not in audit.encode()
            assert form not in log.encode()
            assert not any(form in data for data in seen)
        assert re.search(r"Max core file size\s+0\s+0\s", limits)
