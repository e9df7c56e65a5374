"""Rules and lists that cannot work, and lists from any editor: at a start, by SIGHUP and by the command `reload`."""

import secrets
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.integration.scenarios.site import CONTENT, UNHURRIED, Site, bounce
from tests.support.client import Client
from tests.support.patterns import show

pytestmark = pytest.mark.asyncio(loop_scope="module")

TEA = '[[rules]]\nname = "no-tea"\nwords = ["tea"]\nstrike = false\n\n'
CONFIG = '[log]\nmost_a_minute = 0\n\n[staff]\nadmins = ["admin@localhost"]\n\n' + TEA + UNHURRIED
MISUSED = 2

NEW = '[[rules]]\nname = "new"\nstrike = false\n{}\n\n'
FROM_LIST = NEW.format('word_files = ["list.txt"]')
LIST = "list.txt"
BAD = {
    "an expression with an open bracket": (
        NEW.format('patterns = ["good", "cheap("]'),
        b"",
        "rules[new]: pattern 'cheap('",
    ),
    "an expression that nobody could wait for": (
        NEW.format('patterns = ["c.{0,60}p"]'),
        b"",
        "rules[new]: pattern 'c.{0,60}p'",
    ),
    "an expression that looks back": (NEW.format("patterns = ['(a)\\1']"), b"", "rules[new]: pattern"),
    "a file that is not there": (
        NEW.format('word_files = ["gone.txt"]'),
        b"",
        "gone.txt does not exist",
    ),
    "a folder for a file": (NEW.format('word_files = ["."]'), b"", "is a folder, not a file"),
    "a list in UTF-16": (FROM_LIST, "\ufefftea\r\n".encode("utf-16-le"), "list.txt is not UTF-8 text (line 1)"),
    "a list with half a character": (FROM_LIST, b"good\n\xed\xa0\x80\n", "list.txt is not UTF-8 text (line 2)"),
    "a word of which nothing is seen": (FROM_LIST, "good\n\u200b\u2060\n".encode(), "rules[new]: a word has nothing"),
    "a word as long as a book": (FROM_LIST, b"good\n" + b"x" * 5000, "rules[new]: a word has more than 400 characters"),
    "a rule that looks for nothing": (NEW.format(""), b"", "rules[new]"),
    "a rule whose name is given twice": (TEA + NEW.format('words = ["x"]'), b"", "no-tea"),
    "a matcher nobody knows": (NEW.format('wrds = ["x"]'), b"", "rules[new].wrds"),
}
FROM_ANY_EDITOR = (
    "\ufeff# bought words\r\n\r\ncheap watches\r\n  蛋糕  \r\ncheap watches\r\rlast one\n\n\n"
    "CHEAP WATCHES\n\u0378unassigned\u0378\n\ufdd0\n" + "x" * 400 + "\nno end of line"
).encode()


@pytest_asyncio.fixture(loop_scope="module")
async def room(site: Site) -> AsyncIterator[tuple[Client, str]]:
    """Somebody in a room; afterwards the first rules are in force again, and nothing failed."""
    anna = await site.person("anna", language="en")
    room = site.room()
    await anna.join(room)
    yield anna, room
    await hang_up(site, CONFIG, "INFO .* reloaded")
    assert "Traceback" not in "\n".join(site.roomkeeper.lines)


async def hang_up(site: Site, config: str, says: str) -> str:
    """Have the component read this by SIGHUP; all it says from the line on that says so."""
    first = len(site.roomkeeper.lines)
    site.roomkeeper.configure(config)
    site.roomkeeper.hang_up()
    await site.roomkeeper.wait_for_line(says, after=first)
    return "\n".join(site.roomkeeper.lines[first:])


async def is_as_before(anna: Client, room: str) -> None:
    """The old rule refuses, and it alone."""
    await bounce(anna, await anna.say(room, "tea"), CONTENT, "no-tea")
    await anna.say(room, "good cheap watches")
    await anna.hear(room, "good cheap watches")


@pytest.mark.parametrize("what", BAD)
async def test_a_bad_set_is_refused_in_every_way_and_the_old_one_stays(
    site: Site, room: tuple[Client, str], what: str
) -> None:
    rules, content, reason = BAD[what]
    keeper = site.roomkeeper
    (keeper.path.parent / LIST).write_bytes(content)
    said = await hang_up(site, CONFIG + rules, "not reloaded")
    assert reason in said
    assert f"{keeper.path}: rules" in said
    assert "old settings stay" in said
    await is_as_before(*room)

    status, checked = await keeper.run("check")
    assert status == MISUSED
    assert reason in checked
    assert checked.startswith(f"{keeper.path}: rules")
    status, linted = await keeper.run("rules", "lint")
    assert (status, reason in linted) == (MISUSED, True), linted

    admin = await site.log_in("admin", resource=secrets.token_hex(3))
    answer = show(await site.command(admin, "reload"))
    assert "Nothing has changed" in answer
    assert reason.replace("'", "&apos;") in answer.replace("'", "&apos;")
    await is_as_before(*room)


async def test_a_component_with_a_bad_set_does_not_start_and_says_why(site: Site) -> None:
    """With another one running: it ends before it connects."""
    keeper = site.roomkeeper
    for rules, content, reason in BAD.values():
        (keeper.path.parent / LIST).write_bytes(content)
        keeper.configure(CONFIG + rules)
        status, said = await keeper.run("run")
        assert status == MISUSED
        assert reason in said
        assert "ready" not in said
    keeper.configure(CONFIG)


async def test_lists_from_any_editor_are_read(site: Site, room: tuple[Client, str]) -> None:
    anna, hall = room
    (site.roomkeeper.path.parent / LIST).write_bytes(FROM_ANY_EDITOR)
    said = await hang_up(site, CONFIG + FROM_LIST, "INFO .* reloaded")
    assert "not reloaded" not in said
    assert (await site.roomkeeper.run("check"))[0] == 0
    for text in (
        "Cheap  watches!",
        "cheap\nwatches",
        "吃蛋糕吧",
        "the last one",
        "no end of line",
        "\u0378unassigned\u0378",
    ):
        await bounce(anna, await anna.say(hall, text), CONTENT, "new")
    await bounce(anna, await anna.say(hall, "tea"), CONTENT, "no-tea")
    for text in ("# bought words", "nothing of all that"):
        await anna.say(hall, text)
        await anna.hear(hall, text)


async def test_a_list_made_worse_is_refused_and_its_words_stay_in_force(site: Site, room: tuple[Client, str]) -> None:
    anna, hall = room
    file = site.roomkeeper.path.parent / LIST
    file.write_text("cake\n")
    await hang_up(site, CONFIG + FROM_LIST, "INFO .* reloaded")
    file.write_bytes(b"coffee\n\xff\n")
    said = await hang_up(site, CONFIG + FROM_LIST, "not reloaded")
    assert "list.txt is not UTF-8 text (line 2)" in said
    file.unlink()
    assert "list.txt does not exist" in await hang_up(site, CONFIG + FROM_LIST, "not reloaded")
    await bounce(anna, await anna.say(hall, "cake"), CONTENT, "new")
    await anna.say(hall, "coffee")
    await anna.hear(hall, "coffee")
