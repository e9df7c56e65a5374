"""A list of two hundred words on a real server: none gets through in any disguise, and everyday writing all does."""

from collections.abc import AsyncIterator, Iterator, Sequence
from xml.sax.saxutils import escape

import pytest
import pytest_asyncio

from tests.integration.scenarios.meeting import Meeting, open_meeting
from tests.integration.scenarios.site import CONTENT, UNHURRIED, Site, expect
from tests.support.disguises import CORPUS, disguise, read_benign, read_words

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = (
    f"""
[moderation]
packs = ["gambling", "invites", "scams", "sexual"]

[ladders.member]
steps = []

[[rules]]
name = "spam-words"
word_files = ["{CORPUS / "spam.txt"}"]
strike = false

[[rules]]
name = "odd-letters"
mixed_script = true
strike = false
"""
    + UNHURRIED
)
AT_ONCE = 50


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def meeting(shared_site: Site) -> AsyncIterator[Meeting]:
    """One room for both."""
    opened = await open_meeting(shared_site)
    yield opened
    await shared_site.dismiss()


async def say(meeting: Meeting, texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Have Ben say all of them; each with the id it was sent by."""
    numbers = [f"word-{meeting.number}" for _ in texts]
    for number, text in zip(numbers, texts, strict=True):
        await meeting.ben.send(meeting.message(f"<body>{escape(text)}</body>", number))
    return zip(numbers, texts, strict=True)


async def test_no_word_gets_through_plain_or_disguised(meeting: Meeting) -> None:
    words = read_words()
    assert len(words) == 200
    texts = [text for word in words for text in (word, *disguise(word).values())]
    for first in range(0, len(texts), AT_ONCE):
        for number, text in await say(meeting, texts[first : first + AT_ONCE]):
            answer = await meeting.ben.receive(f"<message id='{number}'/>")
            assert answer.get("type") == "error", text
            expect(answer, CONTENT, "breaks the rule “")
    await meeting.nothing_came("word-")


async def test_everyday_writing_reaches_the_room_as_it_was_written(meeting: Meeting) -> None:
    lines = read_benign()
    assert len(lines) > 1_000
    for first in range(0, len(lines), AT_ONCE):
        for number, line in await say(meeting, lines[first : first + AT_ONCE]):
            came = await meeting.anna.receive(f"<message id='{number}'/>")
            assert came.findtext("{*}body") == line
        meeting.ben.unread.clear()
