"""Owners' forms and forms of registration: read, put right, offered; whatever a client sends."""

from xml.etree.ElementTree import Element, fromstring, tostring

import pytest

from component.answers import Answers
from component.owner_form import correct, read_config, submission
from component.registration import ANSWER, LONGEST, read_answer, write_form
from component.texts import Texts
from tests.unit.component.asking import ask

OWNER = "http://jabber.org/protocol/muc#owner"
PUBLIC, USERS = "muc#roomconfig_publicroom", "muc#roomconfig_maxusers"
TYPE = "<field var='FORM_TYPE' type='hidden'><value>http://jabber.org/protocol/muc#roomconfig</value></field>"


def field(var: str, *values: str) -> str:
    return f"<field var='{var}'>{''.join(f'<value>{value}</value>' for value in values)}</field>"


def stanza(*forms: str, kind: str = "submit") -> Element:
    inner = "".join(f"<x xmlns='jabber:x:data' type='{kind}'>{form}</x>" for form in forms)
    return fromstring(f"<iq xmlns='jabber:client' type='set' id='1'><query xmlns='{OWNER}'>{inner}</query></iq>")  # noqa: S314


def config(element: Element) -> dict[str, tuple[str, ...]] | None:
    read = read_config(element[0])
    return None if read is None else dict(read)


@pytest.mark.parametrize(
    ("element", "read"),
    [
        (stanza(TYPE + field(PUBLIC, "1")), {PUBLIC: ("1",)}),
        (stanza(field(PUBLIC, "1") + field(PUBLIC, "0")), {PUBLIC: ("1", "0")}),
        (stanza(field(PUBLIC, "1"), field(PUBLIC, "0")), {PUBLIC: ("1", "0")}),  # two forms
        (stanza(field(PUBLIC)), {PUBLIC: ()}),
        (stanza("<field><value>x</value></field>"), {}),
        (stanza(""), {}),
        (stanza("", kind="cancel"), None),
        (stanza(), None),
    ],
)
def test_a_form_is_read_field_by_field(element: Element, read: dict[str, tuple[str, ...]] | None) -> None:
    assert config(element) == read


@pytest.mark.parametrize(
    "element",
    [
        stanza(TYPE + field(PUBLIC, "1")),
        stanza(field(PUBLIC, "1") + field(PUBLIC, "0")),
        stanza(field(PUBLIC, "1"), field(PUBLIC, "0")),
        stanza(""),
        stanza(TYPE + field("x-other", "1", "2")),
    ],
)
def test_a_corrected_form_says_the_same_but_for_what_was_corrected(element: Element) -> None:
    before = config(element) or {}
    after = config(correct(element, ((PUBLIC, "0"), (USERS, "50"))))
    assert after == {**before, PUBLIC: ("0",), USERS: ("50",)}
    assert tostring(element, encoding="unicode").count("FORM_TYPE") == 1


def test_a_form_of_our_own_reads_as_any_other() -> None:
    iq = Element("iq")
    iq.append(submission(((PUBLIC, "0"),)))
    assert config(iq) == {PUBLIC: ("0",)}


def test_a_corrected_stanza_leaves_as_a_replacement() -> None:
    written = Answers("muc.example").replace(ask(), correct(stanza(field(PUBLIC, "1")), ((PUBLIC, "0"),)))
    verdict = fromstring(written)[0]  # noqa: S314
    assert verdict.attrib["action"] == "replace"
    assert config(verdict[0][0]) == {PUBLIC: ("0",)}


def test_an_empty_reply_is_one() -> None:
    verdict = fromstring(Answers("muc.example").reply(ask()))[0]  # noqa: S314
    assert (verdict.attrib["action"], len(verdict)) == ("reply", 0)


@pytest.mark.parametrize(
    ("values", "answer"),
    [(("曹雪芹",), "曹雪芹"), (("  a ", "b"), "a  b"), ((" ",), None), ((), None), (("x" * 9000,), "x" * LONGEST)],
)
def test_an_answer_is_read_as_far_as_anybody_would(values: tuple[str, ...], answer: str | None) -> None:
    form = f"<x xmlns='jabber:x:data' type='submit'>{field('other', 'x')}{field(ANSWER, *values)}</x>"
    assert read_answer(fromstring(f"<query xmlns='jabber:iq:register'>{form}</query>")) == answer  # noqa: S314


def test_a_registration_without_a_form_answers_nothing() -> None:
    assert read_answer(fromstring("<query xmlns='jabber:iq:register'><nick>x</nick></query>")) is None  # noqa: S314


@pytest.mark.parametrize(("question", "label"), [("谁写了《红楼梦》？", "谁写了《红楼梦》？"), ("", "您是谁")])
def test_the_form_that_is_offered_asks_in_ones_language(question: str, label: str) -> None:
    form = tostring(write_form(Texts("en", "keeper.example"), "zh-Hans", question), encoding="unicode")
    assert label in form
    assert "muc#register_roomnick" in form
