"""Reading checks: each way in is recognised for what it is, and every text others would see is found."""

from typing import Any
from xml.etree.ElementTree import XML

import pytest

from component.ask import Ask
from component.parse import MalformedCheckError, read
from policy.facts import Kind, Surface

MUC = "http://jabber.org/protocol/muc"
XHTML = "http://www.w3.org/1999/xhtml"


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


def iq(children: str, *, kind: str = "set", to: str = "hall@rooms.example") -> str:
    return f"<iq xmlns='jabber:client' type='{kind}' id='1' from='romeo@example/orchard' to='{to}'>{children}</iq>"


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
    "a moderator's retraction": (
        iq(
            "<moderate xmlns='urn:xmpp:message-moderate:1' id='1'>"
            "<retract xmlns='urn:xmpp:message-retract:1'/></moderate>"
        ),
        {},
        Kind.ROLE,
    ),
    "words in a query that nobody knows": (iq("<query xmlns='urn:unknown'>hi</query>"), {}, Kind.CONFIG),
    "a query without words": (iq("<query xmlns='urn:unknown' id='x'/>"), {}, Kind.QUERY),
    "a command, which only its answerer reads": (
        iq("<command xmlns='http://jabber.org/protocol/commands'><x xmlns='jabber:x:data'>words</x></command>"),
        {},
        Kind.QUERY,
    ),
    "a query of words to an occupant": (
        iq("<query xmlns='urn:unknown'>hi</query>", to="hall@rooms.example/juliet"),
        {},
        Kind.PRIVATE,
    ),
    "a file offered to an occupant": (
        iq("<query xmlns='jabber:iq:oob'/>", to="hall@rooms.example/juliet"),
        {},
        Kind.PRIVATE,
    ),
    "a query without words to an occupant": (
        iq("<query xmlns='urn:unknown'/>", to="hall@rooms.example/juliet"),
        {},
        Kind.QUERY,
    ),
    "an owner's form to an occupant is a message to them": (
        iq(
            f"<query xmlns='{MUC}#owner'><x xmlns='jabber:x:data'><title>hi</title></x></query>",
            to="hall@rooms.example/juliet",
        ),
        {},
        Kind.PRIVATE,
    ),
    "an answer to an occupant": (
        iq("<query xmlns='jabber:iq:version'/>", kind="result", to="hall@rooms.example/juliet"),
        {},
        Kind.ANSWER,
    ),
    "an answer that looks like a form": (
        iq(f"<query xmlns='{MUC}#owner'/>", kind="result", to="hall@rooms.example/juliet"),
        {"exists": False},
        Kind.ANSWER,
    ),
    "a question of words to an occupant": (
        iq(
            "<confirm xmlns='http://jabber.org/protocol/http-auth' url='https://x.example/'/>",
            kind="get",
            to="hall@rooms.example/juliet",
        ),
        {},
        Kind.PRIVATE,
    ),
    "a question without words to an occupant": (
        iq("<query xmlns='jabber:iq:register'/>", kind="get", to="hall@rooms.example/juliet"),
        {},
        Kind.QUERY,
    ),
    "an archive's query to an occupant is a message to them": (
        iq(
            "<query xmlns='urn:xmpp:mam:2'><x xmlns='jabber:x:data'><title>hi</title></x></query>",
            to="hall@rooms.example/juliet",
        ),
        {},
        Kind.PRIVATE,
    ),
    "the archive, in an old version": (iq("<query xmlns='urn:xmpp:mam:1'/>", kind="get"), {}, Kind.ARCHIVE),
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
    "markup, with a line for a line": (
        message(
            f"<html xmlns='http://jabber.org/protocol/xhtml-im'><body xmlns='{XHTML}'>"
            "<p>ca<b>si</b><span style='x y'>no</span></p><p>two<br/>three</p></body></html>"
        ),
        [(Surface.BODY, "casino\ntwo\nthree")],
    ),
    "everything in an answer": (
        iq(
            "<query xmlns='http://jabber.org/protocol/disco#info' node='urn:x'><identity category='client' type='pc'"
            " name='a client'/><feature var='urn:y'/><x xmlns='jabber:x:data'><field var='os'><value>an os</value>"
            "</field></x></query><y xmlns='urn:z'>more</y>",
            kind="result",
            to="hall@rooms.example/juliet",
        ),
        [(Surface.OTHER, "an os"), (Surface.OTHER, "a client"), (Surface.OTHER, "more")],
    ),
    "where markup links to, and what stands in for a picture": (
        message(
            f"<html xmlns='http://jabber.org/protocol/xhtml-im'><body xmlns='{XHTML}'>"
            "buy <a href='http://a.example/' title='now'>here</a><img src='data:image/png;base64,AAAA' alt='cheap'/>"
            "<a href='#top'>up</a></body></html>"
        ),
        [(Surface.LINK, "http://a.example/"), (Surface.BODY, "buy hereup"), (Surface.BODY, "now\ncheap")],
    ),
    "the words of an avatar, never its picture": (
        iq("<vCard xmlns='vcard-temp'><FN>Hall</FN><PHOTO><TYPE>image/png</TYPE><BINVAL>AAAA</BINVAL></PHOTO></vCard>"),
        [(Surface.OTHER, "Hall\nimage/png")],
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
    "what is on offer in a form, beside what is filled in": (
        message(
            "<x xmlns='jabber:x:data' type='form'><title>Quiz</title>"
            "<field var='FORM_TYPE'><value>urn:x</value></field>"
            "<field var='a' label='Which?'><desc>one</desc><option label='Two'><value>2</value></option></field>"
            "<field var='muc#roomconfig_roomsecret'><value>no secret here</value></field>"
            "<field var='FORM_TYPE'><value>free speech</value></field></x>"
        ),
        [(Surface.OTHER, "Quiz"), (Surface.OTHER, "Which?\none\nTwo\n2\nno secret here\nfree speech")],
    ),
    "several lines of a description as one text": (
        iq(
            f"<query xmlns='{MUC}#owner'><x xmlns='jabber:x:data' type='submit'>"
            "<field var='muc#roomconfig_roomdesc'><value>cheap</value><value>pills</value></field></x></query>"
        ),
        [(Surface.ROOM_DESCRIPTION, "cheap\npills")],
    ),
    "an invitation without its password": (
        message(
            f"<x xmlns='{MUC}#user'><invite to='j@example'><reason>come</reason></invite><password>abc</password></x>",
            kind="normal",
        ),
        [(Surface.REASON, "come")],
    ),
    "why somebody does not come": (
        message(f"<x xmlns='{MUC}#user'><decline to='j@example'><reason>no</reason></decline></x>", kind="normal"),
        [(Surface.REASON, "no")],
    ),
    "an invitation in a message, and where it leads": (
        message("<x xmlns='jabber:x:conference' jid='den@elsewhere.example' reason='come' password='abc'/>"),
        [(Surface.LINK, "den@elsewhere.example"), (Surface.REASON, "come")],
    ),
    "a file's name, description and address": (
        message(
            "<file-sharing xmlns='urn:xmpp:sfs:0'><file xmlns='urn:xmpp:file:metadata:0'><name>a.jpg</name>"
            "<desc>a cat</desc><size>3032449</size><date>2026-01-01T00:00:00Z</date><width>4096 cats</width>"
            "<hash xmlns='urn:xmpp:hashes:2' algo='sha-256'>AAAA</hash></file><sources>"
            "<url-data xmlns='http://jabber.org/protocol/url-data' target='https://a.example/a.jpg'/></sources>"
            "</file-sharing>"
        ),
        [(Surface.LINK, "https://a.example/a.jpg"), (Surface.FILE, "a.jpg\na cat\n4096 cats")],
    ),
    "a file that a reference carries": (
        message(
            "<reference xmlns='urn:xmpp:reference:0' type='data'><media-sharing xmlns='urn:xmpp:sims:1'>"
            "<file xmlns='urn:xmpp:jingle:apps:file-transfer:5'><name>a.jpg</name></file><sources>"
            "<reference xmlns='urn:xmpp:reference:0' type='data' uri='https://a.example/'/></sources>"
            "</media-sharing></reference>"
        ),
        [(Surface.LINK, "https://a.example/"), (Surface.FILE, "a.jpg")],
    ),
    "a link's description by itself": (
        message("<x xmlns='jabber:x:oob'><url>http://a/b</url><desc>win</desc></x>"),
        [(Surface.LINK, "http://a/b"), (Surface.FILE, "win")],
    ),
    "a mention, which leads nowhere, and a reference that does": (
        message(
            "<reference xmlns='urn:xmpp:reference:0' type='mention' uri='xmpp:hall@rooms.example/Juliet'/>"
            "<reference xmlns='urn:xmpp:reference:0' type='mention' uri='https://a.example/'/>"
        ),
        [(Surface.LINK, "https://a.example/")],
    ),
    "reactions": (
        message(
            "<reactions xmlns='urn:xmpp:reactions:0' id='1'><reaction>👍</reaction><reaction>w</reaction></reactions>"
        ),
        [(Surface.REACTION, "👍\nw")],
    ),
    "attributes that clients show, or that can only be prose": (
        message(
            "<poll xmlns='urn:unknown' id='4 5' title='Who?'><choice name='a'/><choice said='b c'/><choice said='赌'/>"
            "<choice said='token'/></poll>"
        ),
        [(Surface.OTHER, "Who?\na\nb c\n赌")],
    ),
    "each part of a payload in a line of its own": (
        message("<y xmlns='urn:unknown'>a<z>win</z>b<z/>c</y>"),
        [(Surface.OTHER, "a\nwin\nb\nc")],
    ),
    "a retraction's reason": (
        iq(
            "<moderate xmlns='urn:xmpp:message-moderate:1' id='1'><retract xmlns='urn:xmpp:message-retract:1'/>"
            "<reason>spam</reason></moderate>"
        ),
        [(Surface.REASON, "spam")],
    ),
    "what a room is destroyed for, and where to go instead": (
        iq(
            f"<query xmlns='{MUC}#owner'><destroy jid='den@rooms.example'><reason>moved</reason>"
            "<password>abc</password></destroy></query>"
        ),
        [(Surface.LINK, "den@rooms.example"), (Surface.REASON, "moved")],
    ),
    "a registration in the old way": (
        iq(
            "<query xmlns='jabber:iq:register'><nick>boss</nick><first>Ann</first><password>abc</password>"
            "<x xmlns='jabber:x:data'><field var='muc#register_roomnick'><value>ann</value></field></x></query>"
        ),
        [(Surface.NICK, "boss"), (Surface.OTHER, "Ann"), (Surface.NICK, "ann")],
    ),
    "a nickname reserved for somebody": (
        iq(f"<query xmlns='{MUC}#admin'><item jid='j@example' affiliation='member' nick='boss'/></query>"),
        [(Surface.NICK, "boss")],
    ),
    "a presence that shows what no client knows": (presence("<show>win</show>"), [(Surface.OTHER, "win")]),
    "what a subscriber is called": (
        iq(
            "<subscribe xmlns='urn:xmpp:mucsub:0' nick='boss'>"
            "<event node='urn:xmpp:mucsub:nodes:messages'/></subscribe>"
        ),
        [(Surface.NICK, "boss")],
    ),
    "an offer to an occupant": (
        iq(
            "<jingle xmlns='urn:xmpp:jingle:1' action='session-initiate' sid='x'><content creator='initiator' name='f'>"
            "<description xmlns='urn:xmpp:jingle:apps:file-transfer:5'><file><name>a.exe</name></file></description>"
            "</content></jingle>",
            to="hall@rooms.example/juliet",
        ),
        [(Surface.FILE, "a.exe"), (Surface.OTHER, "f")],
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


def test_a_query_to_an_occupant_is_not_the_rooms_to_answer() -> None:
    query = "<query xmlns='http://jabber.org/protocol/disco#info' {}/>"
    for node in ("", "node='http://jabber.org/protocol/commands'"):
        ask = ask_of(iq(query.format(node), kind="get", to="hall@rooms.example/juliet"))
        assert (ask.is_info_query, ask.request, ask.wants_form) == (False, None, False)
        ask = ask_of(iq(query.format(node), kind="get"))
        assert ask.is_info_query is not (ask.request is not None)


def test_an_encrypted_body_is_marked_and_its_cipher_text_not_judged() -> None:
    ask = ask_of(message("<encrypted xmlns='eu.siacs.conversations.axolotl'><payload>AAAA</payload></encrypted>"))
    assert ask.is_encrypted
    assert ask.texts == ()


def test_a_body_said_to_be_encrypted_is_judged_all_the_same() -> None:
    ask = ask_of(message("<encryption xmlns='urn:xmpp:eme:0' namespace='urn:xmpp:otr:0'/><body>?OTR win</body>"))
    assert ask.is_encrypted
    assert [text.value for text in ask.texts] == ["?OTR win"]


@pytest.mark.parametrize("name", [name for name in TEXTS if "file" in name or "link's" in name])
def test_files_are_noticed_wherever_they_stand(name: str) -> None:
    assert ask_of(TEXTS[name][0]).has_file


def test_pictures_within_markup_are_files() -> None:
    assert ask_of(TEXTS["where markup links to, and what stands in for a picture"][0]).has_file
    assert not ask_of(message("<body>hi</body>")).has_file


def test_nesting_of_any_depth_is_read() -> None:
    ask = ask_of(message("<y xmlns='urn:unknown'>" + "<z>" * 2000 + "win" + "</z>" * 2000 + "</y>"))
    assert [text.value for text in ask.texts] == ["win"]


def test_many_texts_are_judged_as_few() -> None:
    ask = ask_of(
        message("<body>a</body>" * 10 + "".join(f"<body>{n}</body><nick xmlns='urn:x'>{n}</nick>" for n in range(500)))
    )
    assert [text.surface for text in ask.texts] == [Surface.BODY, Surface.OTHER]
    assert len(ask.readings) == 2


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


def test_a_correction_says_what_it_corrects_and_a_reference_whom_it_is_about() -> None:
    ask = ask_of(
        message(
            "<body>Juliet, see @all</body><replace xmlns='urn:xmpp:message-correct:0' id='m1'/>"
            "<reference xmlns='urn:xmpp:reference:0' type='mention' uri='xmpp:hall@rooms.example/Juliet%20C?join'/>"
            "<reference xmlns='urn:xmpp:reference:0' type='mention' uri='xmpp:nurse@example'/>"
            "<reference xmlns='urn:xmpp:reference:0' type='data' uri='xmpp:not@example'/>"
            "<reference xmlns='urn:xmpp:reference:0' type='mention' uri='https://example.org/'/>"
            "<reference xmlns='urn:xmpp:reference:0' type='mention'/>"
        ).replace("type='groupchat'", "type='groupchat' id='m2'")
    )
    assert (ask.message, ask.corrects) == ("m2", "m1")
    assert ask.mentions == ("hall@rooms.example/Juliet C", "nurse@example")
    plain = ask_of(message("<body>hi</body>"))
    assert (plain.message, plain.corrects, plain.mentions) == ("", "", ())
