"""SIGHUP: a good file takes effect at once, a bad one is refused and everything stays as it was."""

import pytest

from tests.integration.scenarios.site import CONTENT, FULL, UNHURRIED, Site, bounce, expect, is_in

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = UNHURRIED
TEA = '[[rules]]\nname = "no-tea"\nwords = ["tea"]\nstrike = false\n'
BAD = (
    pytest.param("[quotas]\nrooms_made = 5\n", "quotas.rooms_made", id="an unknown key"),
    pytest.param("[quotas\n", "roomkeeper.toml", id="no TOML"),
    pytest.param('[[rules]]\nname = "no-tea"\npatterns = ["("]\n', "no-tea", id="a pattern that is none"),
    pytest.param('[[rules]]\nname = "no-tea"\nword_files = ["gone.txt"]\n', "gone.txt", id="a file that is not there"),
)


async def reload(site: Site, config: str, says: str) -> str:
    """Have the component read this, and wait for what it says about it."""
    first = len(site.roomkeeper.lines)
    site.roomkeeper.configure(config)
    site.roomkeeper.hang_up()
    return await site.roomkeeper.wait_for_line(says, after=first)


async def test_a_new_rule_and_a_new_quota_hold_at_once_and_end_with_the_next_file(site: Site) -> None:
    anna = await site.person("anna")
    room = site.room()
    await anna.join(room)
    await anna.say(room, "tea 1")
    await anna.hear(room, "tea 1")
    await reload(site, "[quotas]\nrooms_created = 1\n" + TEA + UNHURRIED, "reloaded")
    await bounce(anna, await anna.say(room, "tea 2"), CONTENT, "no-tea")
    expect(await anna.join(site.room()), FULL)
    await reload(site, CONFIG, "reloaded")
    await anna.say(room, "tea 3")
    await anna.hear(room, "tea 3")
    assert is_in(await anna.join(site.room()))


@pytest.mark.parametrize(("bad", "named"), BAD)
async def test_a_bad_file_is_refused_and_the_old_settings_stay(site: Site, bad: str, named: str) -> None:
    anna = await site.person("anna")
    room = site.room()
    await anna.join(room)
    await reload(site, TEA + UNHURRIED, "reloaded")
    line = await reload(site, bad, "not reloaded")
    said = "\n".join(site.roomkeeper.lines[site.roomkeeper.lines.index(line) :])
    assert named in said
    assert "old settings stay" in said
    await bounce(anna, await anna.say(room, "tea"), CONTENT, "no-tea")
    await anna.say(room, "coffee")
    await anna.hear(room, "coffee")
    await reload(site, CONFIG, "reloaded")
