"""Since when somebody is a member, and whether they have posted: noted once, kept as long as the membership."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Column, MetaData, Table, create_engine, insert

from storage.rooms import Stay
from storage.store import Store
from tests.unit.storage.databases import KEYS, T0, claim, entry, place, url_of

JULIET, ROMEO, ROOM = "juliet@example.org", "romeo@example.org", "tomb@muc.example.org"
A_JULIET, A_ROMEO = f"a:{JULIET}", f"a:{ROMEO}"
MIGRATIONS = Path(__file__).parents[3] / "storage" / "migrations"


async def join(store: Store, account: str, at: float, *, creates: bool = False) -> None:
    await store.rooms.take(place(account, ROOM, creates=creates), at)
    await store.rooms.confirm(f"a:{account}", ROOM, at + 1)


async def test_a_membership_begins_with_the_place_and_has_no_message_at_first(store: Store) -> None:
    assert await store.rooms.stay(A_JULIET, ROOM) is None
    await store.rooms.take(place(JULIET, ROOM, creates=True), T0)
    assert await store.rooms.stay(A_JULIET, ROOM) == Stay(since=T0, has_posted=False, is_pending=True)
    await store.rooms.confirm(A_JULIET, ROOM, T0 + 5)
    assert await store.rooms.stay(A_JULIET, ROOM) == Stay(since=T0, has_posted=False)


async def test_the_first_message_is_noted_for_who_has_a_place_until_they_leave_for_good(store: Store) -> None:
    await join(store, JULIET, T0, creates=True)
    await join(store, ROMEO, T0 + 9)
    await store.rooms.note_posted(A_JULIET, ROOM, T0 + 20)
    await store.rooms.note_posted(A_JULIET, ROOM, T0 + 30)
    await store.rooms.note_posted("a:paris@example.org", ROOM, T0 + 30)
    assert await store.rooms.members_of_each((ROOM, "other@muc")) == {
        ROOM: {A_JULIET: Stay(since=T0, has_posted=True), A_ROMEO: Stay(since=T0 + 9, has_posted=False)}
    }
    await store.rooms.leave(A_JULIET, ROOM, T0 + 40, JULIET)
    assert await store.rooms.stay(A_JULIET, ROOM) is None
    await join(store, JULIET, T0 + 50)
    assert await store.rooms.stay(A_JULIET, ROOM) == Stay(since=T0 + 50, has_posted=False)


async def test_what_an_account_has_posted_the_person_it_belongs_to_has_posted(store: Store) -> None:
    await join(store, JULIET, T0, creates=True)
    await join(store, ROMEO, T0 + 9)
    await store.rooms.note_posted(A_ROMEO, ROOM, T0 + 20)
    await store.registry.put([entry()], T0)
    bound = await claim(store, JULIET, entry())
    assert bound.person is not None
    holder = f"p:{bound.person.number}"
    assert await store.rooms.stay(holder, ROOM) == Stay(since=T0, has_posted=False)
    await claim(store, ROMEO, entry())
    assert await store.rooms.stay(holder, ROOM) == Stay(since=T0, has_posted=True)


async def test_members_from_before_the_migration_count_as_having_posted(tmp_path: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    (mine,) = (script for script in scripts.walk_revisions() if script.path.endswith("first_messages.py"))
    engine = create_engine(url_of(tmp_path))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, str(mine.down_revision))
        room = {"number": 1, "jid": ROOM, "code": "x", "status": "open", "is_pending": False, "taken_at": T0}
        member = {"room": 1, "holder": A_JULIET, "is_creator": False, "is_pending": False, "since": T0}
        for name, row in (("rooms", room), ("memberships", member)):
            connection.execute(insert(Table(name, MetaData(), *(Column(key) for key in row))).values(row))
    engine.dispose()
    store = await Store.open(url_of(tmp_path), KEYS)
    assert await store.rooms.stay(A_JULIET, ROOM) == Stay(since=T0, has_posted=True)
    await store.close()
