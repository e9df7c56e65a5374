"""Hats that the component gives are shown by the room, and nobody else's are."""

from collections.abc import Callable
from xml.etree.ElementTree import Element

from tests.integration.hook.conftest import Enter
from tests.support.client import Client
from tests.support.prosody import Prosody
from tests.support.scripted import ALLOW, HOOK, Check, Scripted

ADMIN = "http://jabber.org/protocol/muc#admin"
HATS = "urn:xmpp:hats:0"
MUC = "http://jabber.org/protocol/muc"


def hat(name: str, affiliations: str = "") -> str:
    bound = f" affiliations='{affiliations}'" if affiliations else ""
    return f"<hat uri='urn:x#{name}' title='The {name} &amp; co'{bound}/>"


def giving(*hats: str) -> Callable[[Check], str]:
    told = f"<verdict xmlns='{HOOK}' action='allow'><hats>{''.join(hats)}</hats></verdict>"
    return lambda check: told if check.stanza.tag == "{jabber:client}presence" else ALLOW


def allowing(_: Check) -> str:
    return ALLOW


def worn(presence: Element) -> list[str]:
    return [each.get("uri", "") for each in presence.iter(f"{{{HATS}}}hat")]


async def seen(client: Client, room: str, nick: str) -> list[str]:
    """The hats in the next presence of this occupant that comes to somebody."""
    return worn(await client.receive(f"<presence from='{room}/{nick}'/>"))


async def left(client: Client, room: str, nick: str) -> None:
    await client.send(f"<presence type='unavailable' to='{room}/{nick}'/>")
    await client.receive(f"<presence type='unavailable' from='{room}/{nick}'/>")


async def test_hats_are_shown_to_all_who_are_there_and_who_come_later(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    anna, ben, cleo = await enter(prosody), await enter(prosody), await enter(prosody)
    assert worn(await anna.join(room, "anna")) == []
    component.rule = giving(hat("verified"), hat("founder"))
    own = await ben.join(room, "ben")
    assert worn(own) == ["urn:x#verified", "urn:x#founder"]
    assert [each.get("title") for each in own.iter(f"{{{HATS}}}hat")] == ["The verified & co", "The founder & co"]
    assert await seen(anna, room, "ben") == ["urn:x#verified", "urn:x#founder"]
    component.rule = giving()
    assert worn(await cleo.join(room, "cleo")) == []
    assert await seen(cleo, room, "ben") == ["urn:x#verified", "urn:x#founder"]
    answer = await cleo.iq("get", "<query xmlns='http://jabber.org/protocol/disco#info'/>", room)
    assert HATS in [feature.get("var") for feature in answer.iter("{http://jabber.org/protocol/disco#info}feature")]
    component.rule = allowing
    await ben.send(f"<presence to='{room}/ben'><show>away</show></presence>")
    for client in (anna, ben):
        assert await seen(client, room, "ben") == ["urn:x#verified", "urn:x#founder"]
    await left(ben, room, "ben")
    assert worn(await ben.join(room, "ben")) == []


async def test_a_hat_for_managers_comes_and_goes_with_the_affiliation(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    component.rule = giving(hat("manager", "owner admin"))
    anna, ben = await enter(prosody), await enter(prosody)
    assert worn(await anna.join(room, "anna")) == ["urn:x#manager"]
    assert worn(await ben.join(room, "ben")) == []
    for affiliation, expected in (("admin", ["urn:x#manager"]), ("member", []), ("owner", ["urn:x#manager"])):
        item = f"<query xmlns='{ADMIN}'><item affiliation='{affiliation}' jid='{ben.bare}'/></query>"
        assert (await anna.iq("set", item, room)).get("type") == "result"
        pattern = (
            f"<presence from='{room}/ben'><x xmlns='{MUC}#user'><item affiliation='{affiliation}'/></x></presence>"
        )
        assert worn(await ben.receive(pattern)) == expected


async def test_nobody_gives_themselves_a_hat(prosody: Prosody, component: Scripted, enter: Enter, name: str) -> None:
    room = f"{name}@{prosody.muc}"
    anna, ben = await enter(prosody), await enter(prosody)
    await anna.join(room, "anna")
    forged = f"<hats xmlns='{HATS}'>{hat('founder')}</hats>{hat('founder').replace('<hat', f'<hat xmlns={HOOK!r}', 1)}"
    await ben.send(f"<presence to='{room}/ben'><x xmlns='{MUC}'/>{forged}</presence>")
    assert await seen(anna, room, "ben") == []
    component.rule = giving(hat("verified"))
    await left(ben, room, "ben")
    await ben.send(f"<presence to='{room}/ben'><x xmlns='{MUC}'/>{forged}</presence>")
    await anna.receive(f"<presence type='unavailable' from='{room}/ben'/>")
    assert await seen(anna, room, "ben") == ["urn:x#verified"]


async def test_more_hats_than_anybody_wears_are_left_out(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    component.rule = giving(*(hat(f"h{number}") for number in range(40)))
    anna = await enter(prosody)
    assert len(worn(await anna.join(room, "anna"))) == 16


def wearers(room: str, *accounts: str, hats: str = "") -> str:
    inside = "".join(f"<wearer jid='{account}'>{hats}</wearer>" for account in accounts)
    return f"<worn xmlns='{HOOK}'><room jid='{room}'>{inside}</room></worn>"


async def test_hats_of_who_is_inside_are_changed_at_once_for_every_session_and_shown_if_they_change(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    anna, ben = await enter(prosody), await enter(prosody)
    await anna.join(room, "anna")
    component.rule = giving(hat("verified"))
    await ben.join(room, "ben")
    assert await seen(anna, room, "ben") == ["urn:x#verified"]
    same = wearers(room, ben.bare, hats=hat("verified"))
    other = wearers(room, ben.bare, "nobody@localhost", hats=hat("founder") + hat("manager", "owner"))
    for worn_now in (same, wearers("nowhere@nowhere", ben.bare), wearers(f"x{room}", ben.bare), other):
        assert (await component.ask(worn_now)).get("type") == "result"
    assert await seen(anna, room, "ben") == ["urn:x#founder"]  # nothing was shown of what changed nothing
    assert (await component.ask(wearers(room, ben.bare))).get("type") == "result"
    assert await seen(anna, room, "ben") == []


async def test_only_the_component_may_change_hats(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    anna = await enter(prosody)
    await anna.join(room, "anna")
    answer = await anna.iq("set", wearers(room, anna.bare, hats=hat("founder")), prosody.muc)
    assert answer.get("type") == "error"
    component.rule = allowing
    await left(anna, room, "anna")
    assert worn(await anna.join(room, "anna")) == []
