"""`reload`: what it says of good files and bad ones, and who may run it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from component.cli import cli
from component.dialogue import Forbidden
from component.forms import Done
from component.listening import CannotListenError, Listening
from config.loader import load
from config.settings import Settings
from policy.engine import decide
from policy.facts import Account, Facts, Kind, Surface, Text
from policy.verdict import Decision
from storage.errors import Unavailable
from tests.support.office import ADMIN, AUDITOR, MODERATOR, Office, open_office

TEA = '[[rules]]\nname = "no-tea"\nword_files = ["tea.txt"]\n'


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    """A world whose config file is a real one."""
    cli(["init", str(tmp_path / "keeper")], standalone_mode=False)
    path = tmp_path / "keeper" / "roomkeeper.toml"
    async with open_office(tmp_path / "keeper") as world:
        loaded = load(path)
        world.loaded = replace(loaded, settings=world.settings)
        _write(world, "")
        yield world


def _write(office: Office, rules: str) -> None:
    path = office.loaded.path
    (path.parent / "tea.txt").write_text("tea\n")
    path.write_text(
        '[xmpp]\ndomain = "keeper.example"\nmuc = "rooms.example"\nsecret = "x"\n'
        f'[staff]\nmoderators = ["{MODERATOR}"]\nauditors = ["{AUDITOR}"]\nadmins = ["{ADMIN}"]\n'
        f"[identity]\nrequired_for = []\n{rules}"
    )


async def said(office: Office) -> tuple[str, dict[str, tuple[str, ...]]]:
    done = await office.run("reload", ADMIN)
    assert isinstance(done, Done)
    return done.note, {fact.var: fact.values for fact in done.facts}


def is_refused(office: Office, text: str) -> bool:
    facts = Facts(
        at=office.now(),
        kind=Kind.POST,
        account=Account(jid="a@example"),
        person=None,
        texts=(Text(surface=Surface.BODY, value=text),),
    )
    return decide(facts, office.policy).decision is Decision.DENY


async def test_reload_says_what_changed_and_it_holds_at_once(office: Office) -> None:
    await said(office)
    assert not is_refused(office, "tea")
    _write(office, TEA)
    assert await said(office) == ("The new settings are in force.", {"rules-added": ("no-tea",)})
    assert is_refused(office, "tea")
    (office.loaded.folder / "tea.txt").write_text("coffee\n")
    assert (await said(office))[1] == {"rules-changed": ("no-tea",)}
    assert not is_refused(office, "tea")
    _write(office, "[quotas]\nrooms_created = 1\n")
    assert (await said(office))[1] == {"rules-removed": ("no-tea",), "sections": ("quotas",)}
    assert (await said(office)) == ("The config file has been read anew. Nothing in it has changed.", {})
    (record, *_) = await office.store.audit.read(1)
    assert (record.entry.actor, record.entry.deed) == (ADMIN, "settings-reloaded")


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("[quotas]\nrooms_made = 5\n", "quotas.rooms_made"),
        ('[[rules]]\nname = "no-tea"\npatterns = ["("]\n', "rules[no-tea]: pattern '('"),
    ],
)
async def test_a_bad_file_is_refused_with_file_key_and_reason_and_the_old_rules_stay(
    office: Office, bad: str, reason: str
) -> None:
    _write(office, TEA)
    await said(office)
    _write(office, bad)
    note, facts = await said(office)
    assert note.startswith("Nothing has changed")
    assert str(office.loaded.path) in facts["problems"][0]
    assert reason in facts["problems"][0]
    assert is_refused(office, "tea")


async def test_rooms_of_a_category_that_is_gone_are_told_and_count_as_the_default(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("hall@rooms.example", "attic@rooms.example"):
        room = await office.store.rooms.adopt(name, office.now(), ())
        await office.store.rooms.classify(
            room.code, office.now(), category="castle", scale="small", reason="r", by=MODERATOR
        )
    await said(office)
    assert 'rooms of the category "castle", which the settings do not name: 2; they count as "general"' in caplog.text
    assert "scale class" not in caplog.text


async def test_what_needs_a_restart_is_told(office: Office) -> None:
    await said(office)
    path = office.loaded.path
    path.write_text(path.read_text().replace('secret = "x"', 'secret = "y"'))
    assert "need a restart" in (await said(office))[0]


@pytest.mark.parametrize("account", [MODERATOR, AUDITOR, "a@example"])
async def test_only_admins_reload(office: Office, account: str) -> None:
    with pytest.raises(Forbidden):
        await office.run("reload", account)


async def test_an_address_that_is_taken_is_told_and_the_old_rules_stay(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    reason = "web.listen: cannot listen on 127.0.0.1:80"

    async def adopt(_listening: Listening, _settings: object) -> None:
        raise CannotListenError(reason)

    _write(office, TEA)
    await said(office)
    _write(office, "")
    monkeypatch.setattr(Listening, "adopt", adopt)
    assert (await said(office))[1] == {"problems": (f"{office.loaded.path}: {reason}",)}
    assert is_refused(office, "tea")


async def test_a_reload_that_cannot_be_audited_leaves_sites_as_they_were(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def append(_entries: object, _at: float) -> None:
        raise Unavailable("gone")

    adopted = []

    async def adopt(_listening: Listening, settings: Settings) -> None:
        adopted.append(settings.quotas.rooms_created)

    await said(office)
    _write(office, "[quotas]\nrooms_created = 1\n")
    monkeypatch.setattr(Listening, "adopt", adopt)
    monkeypatch.setattr(office.store.audit, "append", append)
    with pytest.raises(Unavailable):
        await office.run("reload", ADMIN)
    assert adopted == [1, 5]
