"""docs/operators/moderation.md followed word by word: a rule is written, tried, a shadow, promoted and looked at."""

import asyncio
import json
import secrets
from pathlib import Path

import pytest

from tests.integration.scenarios.site import CONTENT, UNHURRIED, Site, bounce
from tests.support.client import Client
from tests.support.patterns import show

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = '[staff]\nadmins = ["admin@localhost"]\nauditors = ["auditor@localhost"]\n\n' + UNHURRIED

WRITTEN = """
[[rules]]
name = "no-pills"
words = ["cheap pills"]
word_files = ["words/pharmacy.txt"]   # one a line, # for comments
action = "reject"                     # see "What follows"
"""
PAGE = Path(__file__).parents[3] / "docs" / "operators" / "moderation.md"
SAID = "Cheap PILLS here"
HARMLESS = "Pills are not cheap"


async def say(client: Client, room: str, text: str) -> None:
    """It reaches the room."""
    await client.say(room, text)
    await client.hear(room, text)


async def reload(site: Site, config: str) -> str:
    """Write the file, and have it read by the command, as an admin; what that says."""
    site.roomkeeper.configure(config)
    admin = await site.log_in("admin", resource=secrets.token_hex(3))
    return show(await site.command(admin, "reload"))


async def test_a_rule_from_its_first_line_to_its_numbers(site: Site) -> None:
    assert WRITTEN.strip() in PAGE.read_text()
    words = site.roomkeeper.path.parent / "words" / "pharmacy.txt"
    words.parent.mkdir()
    words.write_text("# bought\nbargain tablets\n")
    anna = await site.person("anna", language="en")
    room = site.room()
    await anna.join(room)
    await write_and_try(site)
    await say(anna, room, SAID)  # nothing is in force yet
    await run_as_a_shadow(site, anna, room)
    await promote(site, anna, room)
    await look(site)


async def write_and_try(site: Site) -> None:
    keeper = site.roomkeeper
    keeper.configure(CONFIG + WRITTEN)
    status, tried = await keeper.run("rules", "try", SAID)
    assert status == 0
    lines = tried.splitlines()
    assert lines[1] == "judged as   “cheap pills here”"
    assert lines[2].startswith("rule        no-pills (reject), from ")
    assert lines[3].strip() == "words at 0-11: “Cheap PILLS”"
    assert "decision    deny: no-pills" in lines
    assert "breaks the rule “no-pills”" in tried
    assert "action      Strike: no-pills" in lines
    assert "decision    allow" in (await keeper.run("rules", "try", HARMLESS))[1].splitlines()
    assert "no-pills" in (await keeper.run("rules", "try", "-", text="bargain tablets"))[1]
    assert (await keeper.run("rules", "lint"))[0] == 0
    corpus = keeper.path.parent / "corpus.txt"
    corpus.write_text(f"{SAID}\n{HARMLESS}\n")
    other = keeper.path.parent / "other.toml"
    other.write_text(keeper.path.read_text().replace('"cheap pills"', '"pills"'))
    status, replayed = await keeper.run("rules", "replay", str(corpus), "--against", str(other))
    assert status == 0
    assert f"line 2: +no-pills denied “{HARMLESS}”" in replayed


async def run_as_a_shadow(site: Site, anna: Client, room: str) -> None:
    """It counts and records, and touches nobody."""
    keeper = site.roomkeeper
    assert "no-pills" in await reload(site, CONFIG + WRITTEN + "shadow = true\n")
    first = len(keeper.lines)
    await say(anna, room, SAID)
    line = await keeper.wait_for_line("shadow rule no-pills", after=first)
    assert f"would have rejected a post by {anna.bare} in {room} (hit 1 since the start)" in line
    assert SAID not in line
    await say(anna, room, HARMLESS)
    assert await site.store.discipline.strikes_of(await site.holder(anna.bare)) == ()
    async with asyncio.timeout(20):  # until it is written, in a batch
        while not any("would have" in record.entry.deed for record in await site.store.audit.read(20)):
            pass  # each look gives way to the component
    auditor = await site.log_in("auditor")
    shown = await site.command(auditor, "audit", {"subject": anna.bare, "verify": "1"})
    assert "would have rejected" in show(shown)


async def promote(site: Site, anna: Client, room: str) -> None:
    """A bad file changes nothing; a good one says what it changed."""
    keeper = site.roomkeeper
    refused = await reload(site, CONFIG + WRITTEN + "patterns = ['(']\n")
    assert "Nothing has changed" in refused
    assert f"{keeper.path}: rules[no-pills]: pattern" in refused
    await say(anna, room, SAID)
    keeper.configure(CONFIG + WRITTEN)
    assert (await keeper.run("rules", "lint"))[0] == 0
    changed = await reload(site, CONFIG + WRITTEN)
    assert "The new settings are in force." in changed
    assert "no-pills" in changed
    await bounce(anna, await anna.say(room, SAID), CONTENT, "no-pills", "en")
    await say(anna, room, HARMLESS)
    assert len(await site.store.discipline.strikes_of(await site.holder(anna.bare))) == 1


async def look(site: Site) -> None:
    """At its numbers, which a stop writes at the latest."""
    keeper = site.roomkeeper
    await keeper.stop()
    status, told = await keeper.run("rules", "stats", "--days", "30")
    assert status == 0
    row = next(line for line in told.splitlines() if line.startswith("no-pills"))
    assert row.split()[:4] == ["no-pills", "1", "1", "2"]
    report = json.loads((await keeper.run("rules", "stats", "--json"))[1])
    counted = next(rule for rule in report["rules"] if rule["rule"] == "no-pills")
    assert (counted["refused"], counted["shadow_hits"], counted["state"]) == (1, 2, "live")
