"""What operators see from outside while people talk: figures by HTTP, counts of rules that outlive the component."""

import asyncio
import socket

import aiohttp

from tests.integration.scenarios.site import CONTENT, UNHURRIED, Site, bounce, open_site
from tests.integration.scenarios.test_reload import reload

RULES = """
[[rules]]
name = "no-tea"
words = ["tea"]
strike = false

[[rules]]
name = "no-milk"
words = ["milk"]
shadow = true

"""
NAME = "roomkeeper_rule_refused_total"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def listening(port: int) -> str:
    return f'{RULES}[metrics]\nlisten = "127.0.0.1:{port}"\n{UNHURRIED}'


async def figures(port: int) -> dict[str, float]:
    """Every sample, by name and labels as they are written."""
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/metrics") as answer:
        assert answer.status == 200
        lines = (await answer.text()).splitlines()
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines if line[0] != "#")}


async def drink(site: Site, *texts: str) -> None:
    """Somebody comes into a new room and writes these, each let through or refused before the next."""
    anna = await site.person("anna")
    room = site.room()
    await anna.join(room)
    for text in texts:
        number = await anna.say(room, text)
        if "tea" in text:
            await bounce(anna, number, CONTENT, "no-tea")
        else:
            await anna.hear(room, text)


async def counted(site: Site) -> dict[str, tuple[int, int, int]]:
    records = await site.store.rule_stats.read(0)
    return {each.rule: (each.hits, each.refused, each.shadow_hits) for each in records if each.hits or each.shadow_hits}


async def test_figures_tell_what_happened_and_move_with_their_address() -> None:
    first, second = free_port(), free_port()
    async with open_site(listening(first)) as site:
        await drink(site, "hello", "some tea", "some milk", "tea again")
        told = await figures(first)
        assert told[f'{NAME}{{rule="no-tea"}}'] == 2
        assert told['roomkeeper_rule_shadow_hits_total{rule="no-milk"}'] == 1
        assert told['roomkeeper_checks_total{kind="post",outcome="allowed"}'] == 2
        assert told['roomkeeper_checks_total{kind="post",outcome="denied"}'] == 2
        assert told["roomkeeper_ready"] == told["roomkeeper_stream_up"] == told["roomkeeper_occupants"] == 1
        await reload(site, listening(second), "reloaded")
        told = await figures(second)
        assert told[f'{NAME}{{rule="no-tea"}}'] == 2
        assert told['roomkeeper_reloads_total{result="done"}'] == 1
        with socket.create_server(("127.0.0.1", first)):  # free again: somebody else may have it
            line = await reload(site, listening(first), "not reloaded")
        assert f"metrics.listen: cannot listen on 127.0.0.1:{first}" in line
        assert (await figures(second))['roomkeeper_reloads_total{result="refused"}'] == 1


async def test_a_flood_of_refusals_is_a_few_lines_of_log_and_a_sum() -> None:
    async with open_site(RULES + UNHURRIED) as site:
        anna = await site.person("anna")
        room = site.room()
        await anna.join(room)
        numbers = [await anna.say(room, f"tea {number}") for number in range(200)]
        for number in numbers:
            await bounce(anna, number, CONTENT, "no-tea")
        await site.roomkeeper.stop()
        told = [line for line in site.roomkeeper.lines if "denied post" in line]
        sums = [int(line.split(" more like this")[0].split()[-1]) for line in told if "more like this" in line]
        assert len(told) <= 2 * 21  # a minute may end meanwhile
        assert len(told) - len(sums) + sum(sums) == 200


async def test_a_taken_port_stops_the_start_with_a_line_that_names_it() -> None:
    port = free_port()
    async with open_site(UNHURRIED) as site:
        await site.roomkeeper.stop()
        with socket.create_server(("127.0.0.1", port)):
            site.roomkeeper.configure(listening(port))
            status, said = await site.roomkeeper.run("run")
        assert status == 1
        assert f"metrics.listen: cannot listen on 127.0.0.1:{port}: Address already in use" in said


async def test_counts_of_rules_are_exact_over_a_stop_and_lose_at_most_the_last_seconds_by_a_kill() -> None:
    async with open_site(RULES + UNHURRIED) as site:
        await drink(site, "tea", "milk", "tea")
        await site.roomkeeper.stop()
        assert await counted(site) == {"no-tea": (2, 2, 0), "no-milk": (0, 0, 1)}
        await site.roomkeeper.start()
        await drink(site, "tea")
        async with asyncio.timeout(20):
            while (await counted(site))["no-tea"] != (3, 3, 0):
                await asyncio.sleep(0.1)
        for command, told in (("rules stats", "no-tea"), ("stats", "3 no-tea")):  # while it runs
            status, said = await site.roomkeeper.run(*command.split())
            assert status == 0, said
            assert told in said
        await drink(site, "tea")
        await site.roomkeeper.kill()
        assert (await counted(site))["no-tea"] in {(3, 3, 0), (4, 4, 0)}
        await site.roomkeeper.start()
        await drink(site, "tea")
        before = (await counted(site))["no-tea"][0]
        await site.roomkeeper.stop()
        status, said = await site.roomkeeper.run("audit", "verify")
        assert status == 0, said
        verified = await site.store.audit.verify()
        assert f"signed up to entry {verified.count}," in said  # a stop signs what was written last
        assert (await counted(site))["no-tea"][0] > before
