"""What the gate does when more is asked than may wait."""

from pathlib import Path
from xml.etree.ElementTree import XML

from config.settings import Limits
from tests.support.doorway import ROOM, SPEAKER, open_doorway
from tests.support.office import KEEPER, MUC

MOST = 10
INFO = (
    f"<iq xmlns='jabber:component:accept' type='set' id='q' from='{MUC}' to='hall@{KEEPER}'>"
    "<check xmlns='urn:roomkeeper:hook:1' exists='true'><forwarded xmlns='urn:xmpp:forward:0'>"
    f"<iq xmlns='jabber:client' type='get' id='i' from='{SPEAKER}/balcony' to='{ROOM}'>"
    "<query xmlns='http://jabber.org/protocol/disco#info'/></iq></forwarded></check></iq>"
)


async def test_queries_for_more_pages_than_may_wait_are_answered_by_the_room_itself(tmp_path: Path) -> None:
    async with open_doorway(tmp_path, limits=Limits(waiting_checks=MOST)) as doorway:
        for _ in range(MOST + 5):
            doorway.gate.take(XML(INFO))
        assert len(doorway.tasks) == MOST
        assert len(doorway.answers) == 5
        assert all("action='allow'" in answer and "description" not in answer for answer in doorway.answers)
        await doorway.tasks.drain(5)
        assert len(doorway.answers) == MOST + 5
        assert all("<description" in answer for answer in doorway.answers[5:])
