"""What the component says of a room stands in the room's own disco#info, asked about once."""

import asyncio
from collections.abc import Callable

from tests.integration.hook.conftest import Enter
from tests.support.client import Client
from tests.support.prosody import Prosody
from tests.support.scripted import ALLOW, HOOK, Check, Scripted

INFO = "http://jabber.org/protocol/disco#info"
QUERY = f"<query xmlns='{INFO}'/>"
CODE = "{urn:roomkeeper:room:1}code"


def said(*values: str) -> str:
    fields = "".join(f"<field var='{CODE}'><value>{value}</value></field>" for value in values)
    return f"<verdict xmlns='{HOOK}' action='allow'><description>{fields}</description></verdict>"


def describing(*values: str) -> Callable[[Check], str]:
    return lambda check: said(*values) if is_query(check) else ALLOW


def is_query(check: Check) -> bool:
    return bool(len(check.stanza)) and check.stanza[0].tag == f"{{{INFO}}}query"


def asked(component: Scripted) -> int:
    return sum(map(is_query, component.checks))


async def codes(client: Client, room: str) -> list[str | None]:
    answer = await client.iq("get", QUERY, room)
    assert answer.get("type") == "result"
    form = answer.find("{*}query/{jabber:x:data}x")
    assert form is not None
    assert form.findtext("{*}field[@var='FORM_TYPE']/{*}value") == "http://jabber.org/protocol/muc#roominfo"
    return [field.findtext("{*}value") for field in form if field.get("var") == CODE]


async def test_a_description_is_asked_for_once_and_told_to_everybody(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    component.rule = describing("7K2M-9QXD-4 &amp; more")
    anna, ben = await enter(prosody), await enter(prosody)
    await anna.join(room, "anna")
    for client in (anna, ben, ben):
        assert await codes(client, room) == ["7K2M-9QXD-4 & more"]
    assert asked(component) == 1


async def test_an_outdated_description_is_asked_for_again(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    anna = await enter(prosody)
    await anna.join(room, "anna")
    for value, outdated in (("a", f" room='{room}'"), ("b", ""), ("c", " room='x@y'")):
        component.rule = describing(value)
        assert await codes(anna, room) == [value]
        assert (await component.ask(f"<outdated xmlns='{HOOK}'{outdated}/>")).get("type") == "result"
    component.rule = describing("d")
    assert await codes(anna, room) == ["c"]  # what was outdated was another room
    await component.snapshot()
    assert await codes(anna, room) == ["d"]


async def test_only_the_component_may_say_that_a_description_is_outdated(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    anna = await enter(prosody)
    component.rule = describing("a")
    await anna.join(f"{name}@{prosody.muc}", "anna")
    await codes(anna, f"{name}@{prosody.muc}")
    answer = await anna.iq("set", f"<outdated xmlns='{HOOK}'/>", prosody.muc)
    assert answer.get("type") == "error"
    await codes(anna, f"{name}@{prosody.muc}")
    assert asked(component) == 1


async def test_an_allowance_without_a_description_is_no_word_on_it(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    anna = await enter(prosody)
    await anna.join(room, "anna")
    assert await codes(anna, room) == []
    component.rule = describing()
    assert await codes(anna, room) == []
    assert await codes(anna, room) == []
    assert asked(component) == 2


async def test_an_endless_description_is_cut_short(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    component.rule = describing(*map(str, range(100)))
    anna = await enter(prosody)
    await anna.join(f"{name}@{prosody.muc}", "anna")
    assert len(await codes(anna, f"{name}@{prosody.muc}")) == 32


async def test_without_a_component_or_with_one_that_errs_rooms_say_what_they_say_by_themselves(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    anna = await enter(prosody)
    await anna.join(room, "anna")
    component.rule = lambda _check: None
    asking = asyncio.create_task(codes(anna, room))
    component.fail(await component.check(is_query))
    assert await asking == []
    await component.kill()
    assert await codes(anna, room) == []


async def test_rooms_that_are_not_there_nodes_and_occupants_are_not_asked_about(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    component.rule = describing("a")
    anna = await enter(prosody)
    await anna.join(room, "anna")
    await anna.iq("get", QUERY, f"{name}-nowhere@{prosody.muc}")
    await anna.iq("get", f"<query xmlns='{INFO}' node='x-roomuser-item'/>", room)
    await anna.iq("get", QUERY, prosody.muc)
    assert asked(component) == 0
