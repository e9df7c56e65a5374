"""Reading checks: each way in is recognised for what it is, and every text others would see is found."""

from typing import Any
from xml.etree.ElementTree import XML

import pytest

from component.parse import Ask, MalformedCheckError, read
from policy.facts import Kind, Surface

MUC = "http://jabber.org/protocol/muc"


def ask_of(stanza: str, *, exists: bool = True, role: str = "participant", affiliation: str = "none") -> Ask:
    attributes = "" if role == "none" else " nick='romeo'"
    return read(
        XML(
            "<iq xmlns='jabber:component:accept' type='set' id='c1' from='rooms.example' to='hall@keeper.example'>"
            f"<check xmlns='urn:roomkeeper:hook:1' exists='{str(exists).lower()}' role='{role}'"
            f" affiliation='{affiliation}'{attributes}>"
            f"<forwarded xmlns='urn:xmpp:forward:0'>{stanza}</forwarded></check></iq>"
        )
    )


def presence(children: str = "", *, nick: str = "romeo") -> str:
    return (
        "<presence xmlns='jabber:client' from='romeo@example/orchard' "
        f"to='hall@rooms.example/{nick}'>{children}</presence>"
    )


def message(children: str, *, kind: str = "groupchat", to: str = "hall@rooms.example") -> str:
    return f"<message xmlns='jabber:client' type='{kind}' from='romeo@example/orchard' to='{to}'>{children}</message>"


def iq(children: str, *, kind: str = "set") -> str:
    return (
        f"<iq xmlns='jabber:client' type='{kind}' id='1' from='romeo@example/orchard' to='hall@rooms.example'>"
        f"{children}</iq>"
    )


KINDS: dict[str, tuple[str, dict[str, Any], Kind]] = {
    "a presence to a room that does not exist": (presence(), {"exists": False, "role": "none"}, Kind.CREATE),
    "a presence of somebody outside": (presence(), {"role": "none"}, Kind.JOIN),
    "a presence with another nick": (presence(nick="mercutio"), {}, Kind.NICK),
    "a presence with the same nick": (presence("<show>away</show>"), {}, Kind.STATUS),
    "a body for all": (message("<body>hi</body>"), {}, Kind.POST),
    "a subject alone": (message("<subject>hi</subject>"), {}, Kind.SUBJECT),
    "a subject with a body": (message("<subject>s</subject><body>hi</body>"), {}, Kind.POST),
    "a body for one": (message("<body>hi</body>", kind="chat", to="hall@rooms.example/juliet"), {}, Kind.PRIVATE),
    "an invitation": (
        message(f"<x xmlns='{MUC}#user'><invite to='juliet@example'/></x>", kind="normal"),
        {},
        Kind.INVITE,
    ),
    "a voice request": (message("<x xmlns='jabber:x:data' type='submit'/>", kind="normal"), {}, Kind.VOICE),
    "an owner's form": (
        iq(f"<query xmlns='{MUC}#owner'><x xmlns='jabber:x:data' type='submit'/></query>"),
        {},
        Kind.CONFIG,
    ),
    "an owner's form for no room": (iq(f"<query xmlns='{MUC}#owner'/>", kind="get"), {"exists": False}, Kind.CREATE),
    "a look at the form": (iq(f"<query xmlns='{MUC}#owner'/>", kind="get"), {}, Kind.QUERY),
    "a destruction": (iq(f"<query xmlns='{MUC}#owner'><destroy/></query>"), {}, Kind.DESTROY),
    "a grant": (
        iq(f"<query xmlns='{MUC}#admin'><item jid='juliet@example' affiliation='member'/></query>"),
        {},
        Kind.AFFILIATION,
    ),
    "a role": (iq(f"<query xmlns='{MUC}#admin'><item nick='juliet' role='none'/></query>"), {}, Kind.ROLE),
    "a registration": (iq("<query xmlns='jabber:iq:register'/>"), {}, Kind.REGISTER),
    "the end of one": (iq("<query xmlns='jabber:iq:register'><remove/></query>"), {}, Kind.QUERY),
    "a subscription": (iq("<subscribe xmlns='urn:xmpp:mucsub:0' nick='r'/>"), {}, Kind.SUBSCRIBE),
    "the archive": (iq("<query xmlns='urn:xmpp:mam:2'/>"), {"role": "none"}, Kind.ARCHIVE),
    "an avatar": (iq("<vCard xmlns='vcard-temp'><FN>x</FN></vCard>"), {}, Kind.CONFIG),
    "anything else": (iq("<query xmlns='jabber:iq:version'/>", kind="get"), {}, Kind.QUERY),
}


@pytest.mark.parametrize("name", KINDS)
def test_every_way_in_is_recognised(name: str) -> None:
    stanza, known, kind = KINDS[name]
    assert ask_of(stanza, **known).kind is kind


TEXTS = {
    "every language of a body": (
        message("<body>one</body><body xml:lang='zh'>二</body>"),
        [(Surface.BODY, "one"), (Surface.BODY, "二")],
    ),
    "XHTML": (
        message("<html xmlns='http://jabber.org/protocol/xhtml-im'><body xmlns='x'>a<b>b</b></body></html>"),
        [(Surface.OTHER, "ab")],
    ),
    "where markup links to": (
        message("<html xmlns='http://jabber.org/protocol/xhtml-im'><a href='http://a/'>here</a></html>"),
        [(Surface.OTHER, "here"), (Surface.LINK, "http://a/")],
    ),
    "the words of an avatar, never its picture": (
        iq("<vCard xmlns='vcard-temp'><FN>Hall</FN><PHOTO><BINVAL>AAAA</BINVAL></PHOTO></vCard>"),
        [(Surface.OTHER, "Hall")],
    ),
    "a payload nobody knows": (message("<y xmlns='urn:unknown'><z>hidden</z></y>"), [(Surface.OTHER, "hidden")]),
    "a link": (message("<x xmlns='jabber:x:oob'><url>http://a/</url></x>"), [(Surface.LINK, "http://a/")]),
    "a nickname in a message": (
        message("<nick xmlns='http://jabber.org/protocol/nick'>boss</nick>"),
        [(Surface.NICK, "boss")],
    ),
    "an invitation's reason": (
        message(f"<x xmlns='{MUC}#user'><invite to='j@example'><reason>come</reason></invite></x>", kind="normal"),
        [(Surface.REASON, "come")],
    ),
    "room name and description, never the password or the form's type": (
        iq(
            f"<query xmlns='{MUC}#owner'><x xmlns='jabber:x:data' type='submit'>"
            "<field var='FORM_TYPE'><value>http://jabber.org/protocol/muc#roomconfig</value></field>"
            "<field var='muc#roomconfig_roomname'><value>Hall</value></field>"
            "<field var='muc#roomconfig_roomdesc'><value>About</value></field>"
            "<field var='muc#roomconfig_roomsecret'><value>cauldronburn</value></field>"
            "<field var='muc#roomconfig_publicroom'><value>1</value></field></x></query>"
        ),
        [(Surface.ROOM_NAME, "Hall"), (Surface.ROOM_DESCRIPTION, "About")],
    ),
    "the reason of a role change": (
        iq(f"<query xmlns='{MUC}#admin'><item nick='j' role='none'><reason>out</reason></item></query>"),
        [(Surface.REASON, "out")],
    ),
}


@pytest.mark.parametrize("name", TEXTS)
def test_every_text_others_would_see_is_found(name: str) -> None:
    stanza, texts = TEXTS[name]
    assert [(text.surface, text.value) for text in ask_of(stanza).texts] == texts


def test_nick_and_status_of_a_join_are_found() -> None:
    ask = ask_of(presence(f"<x xmlns='{MUC}'><password>secret</password></x><status>hello</status>"), role="none")
    assert [(text.surface, text.value) for text in ask.texts] == [(Surface.NICK, "romeo"), (Surface.STATUS, "hello")]


def test_an_encrypted_body_is_marked_and_its_cipher_text_not_judged() -> None:
    ask = ask_of(message("<encrypted xmlns='eu.siacs.conversations.axolotl'><payload>AAAA</payload></encrypted>"))
    assert ask.is_encrypted
    assert ask.texts == ()


@pytest.mark.parametrize(("affiliation", "targets"), [("owner", (("juliet@example", "admin"),)), ("none", ())])
def test_a_grant_holds_a_place_only_when_the_server_would_grant_it(
    affiliation: str, targets: tuple[tuple[str, str], ...]
) -> None:
    stanza = iq(f"<query xmlns='{MUC}#admin'><item jid='Juliet@example/x' affiliation='admin'/></query>")
    assert ask_of(stanza, affiliation=affiliation).targets == targets


def test_what_is_no_check_is_refused() -> None:
    for broken in (
        "<iq xmlns='jabber:component:accept'/>",
        "<iq xmlns='jabber:component:accept' id='1' to='k'><check xmlns='urn:roomkeeper:hook:1'/></iq>",
        (
            "<iq xmlns='jabber:component:accept' id='1' to='k'><check xmlns='urn:roomkeeper:hook:1'>"
            "<forwarded xmlns='urn:xmpp:forward:0'><presence from='a@b/c'/></forwarded></check></iq>"
        ),
        (
            "<iq xmlns='jabber:component:accept' id='1' to='k'><check xmlns='urn:roomkeeper:hook:1'>"
            "<forwarded xmlns='urn:xmpp:forward:0'><other from='a@b/c' to='d@e'/></forwarded></check></iq>"
        ),
    ):
        with pytest.raises(MalformedCheckError):
            read(XML(broken))
