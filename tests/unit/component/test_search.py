"""Searching public rooms from afar (XEP-0433): what is found, in which order and pages, and every error."""

from collections.abc import AsyncIterator
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from component import search
from config.settings import Category
from tests.support.desk import Desk, conditions
from tests.support.office import MUC, Office, open_office

SEARCH = "urn:xmpp:channel-search:0:search"
PARAMS = "urn:xmpp:channel-search:0:search-params"
BY_ADDRESS = "{urn:xmpp:channel-search:0:order}address"
RSM = "http://jabber.org/protocol/rsm"
CATEGORY = "{urn:roomkeeper:room:1}category"
ROOMS = {"tea": ("Tea house", 3), "chess": ("Chess & tea", 5), "attic": ("An attic", 5), "cellar": ("", 1)}


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path, categories={"general": Category(), "school": Category()}) as world:
        for local, (name, members) in ROOMS.items():
            room = f"{local}@{MUC}"
            await world.store.rooms.adopt(room, world.now(), [f"a:m{number}@example" for number in range(members)])
            await world.store.directory.describe(room, name, is_public=local != "cellar")
        yield world


@pytest.fixture
def desk(office: Office) -> Desk:
    desk = Desk()
    search.setup(desk, office)
    return desk


def form(kind: str = "submit", **fields: str) -> str:
    given = {"FORM_TYPE": PARAMS, **{("key" if var == "order" else var): value for var, value in fields.items()}}
    given = {CATEGORY if var == "category" else var: value for var, value in given.items()}
    inner = "".join(f"<field var='{var}'><value>{value}</value></field>" for var, value in given.items())
    return f"<x xmlns='jabber:x:data' type='{kind}'>{inner}</x>"


def paging(most: str = "", after: str = "", more: str = "") -> str:
    wanted = (f"<max>{most}</max>" if most else "") + (f"<after>{after}</after>" if after else "") + more
    return f"<set xmlns='{RSM}'>{wanted}</set>"


async def ask(desk: Desk, inner: str = "", **attributes: str) -> Element:
    return await desk.ask(f"<search xmlns='{SEARCH}'>{inner}</search>", **{"kind": "get", **attributes})


async def found(desk: Desk, inner: str) -> list[str]:
    result = (await ask(desk, inner)).find(f"{{{SEARCH}}}result")
    assert result is not None
    return [item.get("address", "").partition("@")[0] for item in result.iterfind(f"{{{SEARCH}}}item")]


async def test_the_form_says_what_can_be_searched_for(desk: Desk) -> None:
    answer = await ask(desk, language="en")
    fields = {field.get("var"): field for field in answer.iter("{jabber:x:data}field")}
    assert fields["FORM_TYPE"].findtext("{*}value") == PARAMS
    assert list(fields) == ["FORM_TYPE", "q", "all", "sinname", "sindescription", "sinaddress", "key", CATEGORY]
    assert len(fields[CATEGORY].findall("{*}option")) == 3
    assert len(fields["key"].findall("{*}option")) == 2


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"q": "TEA"}, ["chess", "tea"]),
        ({"q": "tea house"}, ["tea"]),
        ({"q": "cellar"}, []),
        ({"q": "tea", "sinname": "false"}, ["tea"]),
        ({"q": "chess", "sinaddress": "0"}, ["chess"]),
        ({"q": "attic", "sinaddr": "0", "sinname": "0"}, []),
        ({"q": "100%"}, []),
        ({"all": "true"}, ["attic", "chess", "tea"]),
        ({"all": "1", "order": BY_ADDRESS}, ["attic", "chess", "tea"]),
        ({"q": "tea", "order": BY_ADDRESS}, ["chess", "tea"]),
        ({"all": "1", "types": "xep-0369"}, []),
        ({"all": "1", "types": "xep-0045"}, ["attic", "chess", "tea"]),
        ({"all": "1", "unheard-of": "x"}, ["attic", "chess", "tea"]),
        ({"category": "general"}, ["attic", "chess", "tea"]),
        ({"category": "school"}, []),
    ],
)
async def test_public_rooms_are_found(desk: Desk, fields: dict[str, str], expected: list[str]) -> None:
    assert await found(desk, form(**fields)) == expected


async def test_a_code_finds_a_public_room_and_no_hidden_or_closed_one(office: Office, desk: Desk) -> None:
    coded = {local: await office.store.rooms.find(f"{local}@{MUC}") for local in ROOMS}
    codes = {local: room.code for local, room in coded.items() if room is not None}
    assert await found(desk, form(q=codes["tea"].lower())) == ["tea"]
    assert await found(desk, form(q=codes["cellar"])) == []
    assert await found(desk, form(q="0000-0000-0")) == []
    await office.store.rooms.close(f"tea@{MUC}", office.now(), reason="x", by="x")
    assert await found(desk, form(q=codes["tea"])) == []


async def test_an_item_says_what_a_room_is(desk: Desk) -> None:
    answer = await ask(desk, form(q="chess"))
    (item,) = answer.iter(f"{{{SEARCH}}}item")
    told = {child.tag.partition("}")[2]: child.text for child in item}
    assert told.pop("code")
    assert told == {
        "name": "Chess & tea",
        "nusers": "5",
        "service-type": "xep-0045",
        "is-open": "true",
        "category": "general",
        "scale": "large",
    }


@pytest.mark.parametrize("order", [{}, {"order": BY_ADDRESS}])
async def test_pages_show_every_room_once(desk: Desk, order: dict[str, str]) -> None:
    seen: list[str] = []
    after = ""
    for _ in range(4):
        answer = await ask(desk, form(all="1", **order) + paging("1", after))
        assert answer.findtext(f".//{{{RSM}}}count") == "3"
        page = [item.get("address", "") for item in answer.iter(f"{{{SEARCH}}}item")]
        after = answer.findtext(f".//{{{RSM}}}last") or after
        seen += page
    assert [each.partition("@")[0] for each in seen] == ["attic", "chess", "tea"]


async def test_no_page_is_longer_than_so_many_and_none_may_be_empty(office: Office, desk: Desk) -> None:
    for number in range(60):
        room = f"r{number}@{MUC}"
        await office.store.rooms.adopt(room, office.now(), ())
        await office.store.directory.describe(room, "", is_public=True)
    assert len(await found(desk, form(all="1") + paging("1000"))) == 50
    assert len(await found(desk, form(all="1"))) == 20
    assert await found(desk, form(all="1") + paging("0")) == []


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        (form(q="tea", all="1"), ("modify", "bad-request", "conflicting-fields")),
        (form(), ("modify", "bad-request", "no-search-conditions")),
        (form(q="t"), ("modify", "bad-request", "invalid-search-terms")),
        (form(category="none"), ("modify", "bad-request", "invalid-search-terms")),
        (form(q="tea", order="{x}y"), ("modify", "feature-not-implemented", "invalid-sort-key")),
        (form("result", q="tea"), ("modify", "bad-request")),
        (form(q="tea", FORM_TYPE="x"), ("modify", "bad-request")),
        (form(q="tea").replace("</x>", "<field var='q'><value>x</value></field></x>"), ("modify", "bad-request")),
        (form(q="tea") + paging("many"), ("modify", "bad-request")),
        (form(q="tea") + paging("-1"), ("modify", "bad-request")),
        (form(q="tea") + paging("9" * 5000), ("modify", "bad-request")),
        (form(q="tea") + paging(after="nonsense"), ("cancel", "item-not-found")),
        (form(q="tea") + paging(after=f"{'9' * 99}/x"), ("cancel", "item-not-found")),
        (form(q="tea") + paging(more="<before/>"), ("cancel", "feature-not-implemented")),
    ],
)
async def test_what_makes_no_sense_has_an_answer_of_its_own(desk: Desk, inner: str, expected: tuple[str, ...]) -> None:
    assert conditions(await ask(desk, inner)) == expected


async def test_only_gets_to_the_component_itself_are_searches(desk: Desk, office: Office) -> None:
    assert conditions(await ask(desk, form(q="tea"), kind="set")) == ("modify", "bad-request")
    nobody = f"nobody@{office.settings.xmpp.domain}"
    assert conditions(await ask(desk, form(q="tea"), to=nobody)) == ("cancel", "item-not-found")


async def test_whoever_asks_too_fast_has_to_wait(desk: Desk) -> None:
    answers = [await ask(desk, form(q="tea")) for _ in range(31)]
    assert conditions(answers[-1]) == ("wait", "resource-constraint", "rate-limit")
