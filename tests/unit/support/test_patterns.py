"""The pattern language of the transcripts says what it means."""

import pytest

from tests.support.patterns import matches, parse, show

MESSAGE = parse(
    "<message type='groupchat' id='1' from='room@muc/anna' xml:lang='zh'><body> hello there </body>"
    "<x xmlns='urn:a'><status code='110'/><status code='201'/></x><body>second</body></message>"
)


@pytest.mark.parametrize(
    "pattern",
    [
        "<message/>",
        "<message type='groupchat' from='room@muc/anna'/>",
        "<message id='{any}' to='{none}'/>",
        "<message xml:lang='zh'/>",
        "<message from='{has /anna}'/>",
        "<message><body>hello there</body></message>",
        "<message><body>{has there}</body></message>",
        "<message><body>{any}</body><body>hello there</body></message>",
        "<message><x xmlns='urn:a'><status code='201'/></x></message>",
        "<message><x xmlns='urn:a'><status code='201'/><status code='110'/></x></message>",
        "<message><body>second</body><x xmlns='urn:a'/></message>",
    ],
)
def test_what_is_there_matches(pattern: str) -> None:
    assert matches(pattern, MESSAGE)


@pytest.mark.parametrize(
    "pattern",
    [
        "<presence/>",
        "<message xmlns='jabber:server'/>",
        "<message type='chat'/>",
        "<message to='{any}'/>",
        "<message id='{none}'/>",
        "<message><body>hello</body></message>",
        "<message><body>{has bye}</body></message>",
        "<message><x/></message>",
        "<message><x xmlns='urn:a'>{any}</x></message>",
        "<message><x xmlns='urn:a'><status code='110'/><status code='110'/></x></message>",
        "<message><body>second</body><body>second</body></message>",
    ],
)
def test_what_is_not_there_does_not_match(pattern: str) -> None:
    assert not matches(pattern, MESSAGE)


def test_a_stanza_is_shown_as_it_would_be_written() -> None:
    xml = "<iq type='get' xml:lang='en'><q xmlns='urn:a' n='&lt;'><r>a &amp; b</r> c<s/></q><t/></iq>"
    assert show(parse(xml)).replace('"', "'") == xml
