"""No plain text of an identity or of evidence in any file or log line, at any time."""

import base64
import logging
from pathlib import Path

import pytest

from policy.actions import OpenCase, Strike
from storage.registry import Entry
from storage.store import Store
from tests.unit.storage.databases import KEYS, T0, claim, enter, url_of

NAME, NUMBER, EVIDENCE = "Zyxwvut Planted-Name", "PLANTED-998877", "planted evidence 张伟"
KNOWN = Entry(document_type="passport", document_number=NUMBER, name=NAME)
OTHER = Entry(document_type="passport", document_number=NUMBER, name="Zyxwvut Other-Name")
ROOM = "tomb@muc.example.org"


def plain_forms() -> set[bytes]:
    """What would betray the planted texts, however they were written."""
    texts = {NAME, NUMBER, EVIDENCE, "Other-Name", "PLANTED998877", NAME.casefold(), "planted evidence", "张伟"}
    forms = {text.encode(encoding) for text in texts for encoding in ("utf-8", "utf-16-le", "unicode-escape")}
    return forms | {base64.b64encode(text.encode()).rstrip(b"=")[:-1] for text in texts}


@pytest.fixture(autouse=True)
def _hear_everything(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("sqlalchemy.engine", "sqlalchemy.pool", "aiosqlite", "alembic", "asyncio"):
        logging.getLogger(name).setLevel(logging.DEBUG)


async def test_planted_texts_reach_neither_database_nor_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    seen: list[bytes] = []

    def look() -> None:
        seen.extend(path.read_bytes() for path in sorted(tmp_path.iterdir()))

    store = await Store.open(url_of(tmp_path), KEYS)
    await store.registry.put([KNOWN], T0)
    look()
    await store.registry.put([OTHER], T0)
    await claim(store, "romeo@example.org", KNOWN)  # a wrong name by now
    look()
    await claim(store, "juliet@example.org", OTHER)
    strike = Strike(account="juliet@example.org", person=1, room=ROOM, rule="x", evidence=EVIDENCE, expires_s=9.0)
    await enter(store, strike)
    case = OpenCase(account="romeo@example.org", person=None, room=ROOM, rule="x", evidence=EVIDENCE)
    await enter(store, case)
    assert [told.evidence for told in await store.discipline.strikes_of("p:1")] == [EVIDENCE]
    look()
    await store.close()
    look()

    log = caplog.text.encode()
    assert b"INSERT INTO identities" in log  # it would have been heard
    assert any(b"romeo@example.org" in data for data in seen)  # and seen
    for form in plain_forms():
        assert form not in log
        assert not any(form in data for data in seen)


async def test_an_error_shows_no_identity(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    store = await Store.open(url_of(tmp_path), KEYS)
    await store._database.run_sync(lambda connection: connection.exec_driver_sql("PRAGMA max_page_count = 1"))
    try:
        await store.registry.put(
            [KNOWN] + [Entry(document_type="x", document_number=f"{NUMBER}{index}", name=NAME) for index in range(400)],
            T0,
        )
    except Exception:
        logging.getLogger("test").exception("as a careless caller would")
    await store.close()
    assert "database or disk is full" in caplog.text
    for form in plain_forms():
        assert form not in caplog.text.encode()
