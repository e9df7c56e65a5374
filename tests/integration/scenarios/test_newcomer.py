"""A newcomer is refused, is told what to do in their own language, does it, and takes part."""

from pathlib import Path

import pytest

from tests.integration.scenarios.site import UNVERIFIED, Site, expect, is_in
from tests.support.patterns import show

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_newcomer_verifies_creates_joins_and_is_heard(site: Site, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("document_type,document_number,name\npassport,E0042,Anna Xu\npassport,E0043,Ben Li\n")
    status, said = await site.roomkeeper.run("people", "import", str(people))
    assert status == 0, said
    anna, ben = await site.stranger("anna", language="en"), await site.stranger("ben", language="zh-CN")
    room = site.room("books")

    expect(await anna.join(room), UNVERIFIED, "verify", "en")
    verified = await site.command(anna, "verify", {"type": "passport", "number": "e-0042", "name": "anna  XU"})
    assert verified.get("status") == "completed", show(verified)
    assert is_in(await anna.join(room))

    expect(await ben.join(room), UNVERIFIED, "实名验证", "zh-Hans")
    await site.command(ben, "verify", {"type": "passport", "number": "E0043", "name": "Ben Li"})
    assert is_in(await ben.join(room))
    await ben.say(room, "你好 & <hello>")
    await anna.hear(room, "你好 & <hello>")
    await ben.hear(room, "你好 & <hello>")


async def test_the_operators_language_is_the_last_resort(site: Site) -> None:
    expect(await (await site.stranger("anna", language="fr")).join(site.room()), UNVERIFIED, "verify", "en")


async def test_whoever_guesses_is_not_told_what_was_wrong_and_may_guess_only_so_often(
    site: Site, tmp_path: Path
) -> None:
    people = tmp_path / "people.csv"
    people.write_text("document_type,document_number,name\npassport,E0077,Carl Ma\n")
    await site.roomkeeper.run("people", "import", str(people))
    carl = await site.stranger("carl", language="en")
    wrong_name = {"type": "passport", "number": "E0077", "name": "Carla Ma"}
    no_entry = {"type": "passport", "number": "E0078", "name": "Carl Ma"}
    told = {
        show(note)
        for guesses in ((wrong_name,), (no_entry,), (wrong_name, no_entry), (wrong_name,))
        for note in (await site.command(carl, "verify", *guesses)).iterfind("{*}note")
    }
    assert len(told) == 1, told
    right = {"type": "passport", "number": "E0077", "name": "Carl Ma"}
    too_late = await site.command(carl, "verify", right)
    assert too_late.get("status") == "completed"
    assert {show(note) for note in too_late.iterfind("{*}note")}.isdisjoint(told)
    expect(await carl.join(site.room()), UNVERIFIED)
