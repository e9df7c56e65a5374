"""Words that only come about when a client leaves a part out, or shows several texts as one."""

import pytest

from policy.facts import Surface
from tests.unit.component.test_parse import XHTML, ask_of, message, presence


def fallback(*ranges: tuple[int | str, int | str], feature: str = "urn:xmpp:reply:0") -> str:
    bodies = "".join(f"<body start='{start}' end='{end}'/>" for start, end in ranges)
    return f"<fallback xmlns='urn:xmpp:fallback:0' for='{feature}'>{bodies}</fallback>"


READINGS = {
    "one text has none": (message("<body>hello</body>"), []),
    "a body and the same in markup have none": (
        message(
            "<body>hello</body><html xmlns='http://jabber.org/protocol/xhtml-im'>"
            f"<body xmlns='{XHTML}'><i>hel</i>lo</body></html>"
        ),
        [],
    ),
    "a body and its address as a link have none": (
        message("<body>http://a/</body><x xmlns='jabber:x:oob'><url>http://a/</url></x>"),
        [],
    ),
    "a word over two bodies": (
        message("<body>ca</body><body xml:lang='de'>sino</body>"),
        [(Surface.BODY, "casino"), (Surface.OTHER, "ca\nsino")],
    ),
    "a phrase over a body and a file's description": (
        message("<body>cheap</body><x xmlns='jabber:x:oob'><url>http://a/</url><desc>pills</desc></x>"),
        [(Surface.OTHER, "cheap\npills")],
    ),
    "a word over the parts of a payload": (
        message("<y xmlns='urn:unknown'>ca<z>si</z>no</y>"),
        [(Surface.OTHER, "casino")],
    ),
    "a word over the blocks of markup": (
        message(
            "<html xmlns='http://jabber.org/protocol/xhtml-im'>"
            f"<body xmlns='{XHTML}'><p>ca</p><p>sino</p></body></html>"
        ),
        [(Surface.BODY, "casino")],
    ),
    "letters as reactions": (
        message("<reactions xmlns='urn:xmpp:reactions:0'><reaction>n</reaction><reaction>o</reaction></reactions>"),
        [(Surface.REACTION, "no")],
    ),
    "a nickname and a status are shown apart": (
        presence("<status>pills</status>", nick="cheap"),
        [],
    ),
    "a word around what is for old clients only": (
        message("<body>ca&gt; quoted\nsino</body>" + fallback((2, 11))),
        [(Surface.BODY, "casino")],
    ),
    "a word behind it": (message("<body>xxcasino</body>" + fallback((0, 2))), [(Surface.BODY, "casino")]),
    "a body that is wholly for old clients": (message("<body>hello</body>" + fallback((0, 99))), []),
    "a fallback without a range": (
        message("<body>hello</body><fallback xmlns='urn:xmpp:fallback:0'><body/><subject/></fallback>"),
        [],
    ),
    "ranges that overlap or are out of order": (
        message("<body>caxyzsino</body>" + fallback((4, 5), (2, 5))),
        [(Surface.BODY, "casino")],
    ),
    "ranges that are none": (
        message("<body>hello</body>" + fallback(("-1", 2), (1, "x"), (1, "9" * 100), ("²", 3))),
        [],
    ),
    "two features, of which a client may know one": (
        message("<body>1ca2sino</body>" + fallback((0, 1), feature="a") + fallback((3, 4), feature="b")),
        [(Surface.BODY, "ca2sino"), (Surface.BODY, "1casino"), (Surface.BODY, "casino")],
    ),
    "more features than a client is likely to part": (
        message("<body>abcdef</body>" + "".join(fallback((n, n + 1), feature=str(n)) for n in range(4))),
        [(Surface.BODY, "ef")],
    ),
    "only what is near the seams of a long text": (
        message("<body>" + "word " * 100 + "ca12sino" + " more" * 100 + "</body>" + fallback((502, 504))),
        [
            (
                Surface.BODY,
                f"{('word ' * 13)[:-6]}\n{'word ' * 12}ca" + f"sino{' more' * 11}\n{('more ' * 12).strip()}",
            )
        ],
    ),
}


@pytest.mark.parametrize("name", READINGS)
def test_what_clients_make_of_it(name: str) -> None:
    stanza, readings = READINGS[name]
    assert [(text.surface, text.value) for text in ask_of(stanza).readings] == readings


def test_readings_of_a_hostile_stanza_stay_few() -> None:
    ranges = "".join(fallback((n, n + 1), feature=str(n % 3)) for n in range(500))
    ask = ask_of(message("<body>0123456789</body>" * 500 + "<body>x</body>" + ranges + "<y xmlns='u'>a<z/>b</y>" * 100))
    assert len(ask.readings) <= 4
    assert len(ask.texts) <= 4
    assert sum(len(text.value) for text in ask.readings) < 20_000
