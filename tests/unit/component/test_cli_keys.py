"""`roomkeeper keys`: rotation beside a running component, cut off anywhere; and key files that are refused."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from component.cli import FAILED, MISUSED, cli
from component.rotating import sole_rotation
from storage.documents import Entry
from storage.errors import StorageError
from storage.store import Store
from storage.vault import Keyring


@pytest.fixture(autouse=True)
def _file_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ROOMKEEPER_VAULT_KEYS", raising=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An installation with 1,200 people in its registry."""
    folder = tmp_path / "keeper"
    CliRunner().invoke(cli, ["init", str(folder)], catch_exceptions=False)
    rows = "".join(f"passport,N{number},Person {number}\n" for number in range(1200))
    (tmp_path / "people.csv").write_text(f"document_type,document_number,name\n{rows}")
    assert call(folder, "people", "import", str(tmp_path / "people.csv")).exit_code == 0
    return folder


def call(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, [*arguments, "--config", str(folder / "roomkeeper.toml")], catch_exceptions=False)


def masters(folder: Path) -> list[str]:
    return list(Keyring.load(folder / "vault.keys").masters)


def wrapped_by(folder: Path) -> set[str]:
    with closing(sqlite3.connect(folder / "roomkeeper.db")) as database:
        return {name for (name,) in database.execute("SELECT DISTINCT master FROM vault_keys")}


def test_rotation_wraps_every_key_anew_and_takes_the_old_one_out_of_the_file(folder: Path) -> None:
    [old] = masters(folder)
    before = (folder / "vault.keys").read_text().splitlines()
    result = call(folder, "keys", "rotate")
    assert result.exit_code == 0, result.output
    assert "wrapping keys anew" in result.stderr
    [new] = masters(folder)
    assert new != old
    assert wrapped_by(folder) == {new}
    assert (folder / "vault.keys").stat().st_mode & 0o777 == 0o600
    after = (folder / "vault.keys").read_text().splitlines()
    assert after[:-1] == [line for line in before if not line.startswith("master")]  # comments and the other keys
    assert list(folder.glob(".vault.keys.*")) == []
    assert call(folder, "check").exit_code == 0


def test_keys_are_shown_by_id_and_count_and_nothing_secret(folder: Path) -> None:
    shown = call(folder, "keys", "show")
    assert (shown.exit_code, shown.stderr) == (0, "")
    [name] = masters(folder)
    assert f"master {name}: wraps 1200 keys; wraps new keys" in shown.stdout
    for line in (folder / "vault.keys").read_text().splitlines():
        if not line.startswith("#"):
            assert line.split()[-1] not in shown.output


async def test_a_store_that_is_open_meanwhile_reads_and_writes_without_being_told(folder: Path) -> None:
    running = await Store.open(f"sqlite:///{folder / 'roomkeeper.db'}", Keyring.load(folder / "vault.keys"))
    try:
        old = await asyncio.to_thread(masters, folder)
        result = await asyncio.to_thread(call, folder, "keys", "rotate")
        assert result.exit_code == 0, result.output
        again = [Entry(document_type="passport", document_number="N5", name="Other Name")]
        put = await running.registry.put(again, 0)  # opens what was wrapped anew
        assert put.changed == 1
        await running.registry.put([Entry(document_type="passport", document_number="new", name="New")], 0)
    finally:
        await running.close()
    assert wrapped_by(folder) == set(masters(folder))
    assert wrapped_by(folder).isdisjoint(old)


async def test_a_backup_from_before_a_rotation_does_not_open_with_the_new_key_file(
    folder: Path, tmp_path: Path
) -> None:
    backup = tmp_path / "backup.db"
    old = (folder / "vault.keys").read_text()
    with closing(sqlite3.connect(folder / "roomkeeper.db")) as database, closing(sqlite3.connect(backup)) as copy:
        database.backup(copy)
    backup.chmod(0o600)
    result = await asyncio.to_thread(call, folder, "keys", "rotate")
    assert result.exit_code == 0, result.output
    with pytest.raises(StorageError, match="is missing"):
        await Store.open(f"sqlite:///{backup}", Keyring.load(folder / "vault.keys"))
    store = await Store.open(f"sqlite:///{backup}", Keyring.parse(old))  # as long as there is a copy of that
    await store.close()


def test_a_second_rotation_beside_one_is_refused(folder: Path) -> None:
    with sole_rotation(folder / "vault.keys"):
        result = call(folder, "keys", "rotate")
    assert (result.exit_code, result.stderr) == (FAILED, "another rotation is under way\n")


def test_keys_from_the_environment_are_not_rotated(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROOMKEEPER_VAULT_KEYS", (folder / "vault.keys").read_text())
    result = call(folder, "keys", "rotate")
    assert result.exit_code == MISUSED
    assert "ROOMKEEPER_VAULT_KEYS" in result.stderr


def test_a_folder_that_cannot_be_written_leaves_everything_as_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied", str(folder))

    before = (folder / "vault.keys").read_bytes()
    monkeypatch.setattr("component.rotating.tempfile.mkstemp", refuse)
    result = call(folder, "keys", "rotate")
    assert result.exit_code == FAILED
    assert f"{folder} cannot be written: Permission denied" in result.stderr
    assert (folder / "vault.keys").read_bytes() == before


@pytest.mark.parametrize("command", [("run",), ("keys", "rotate"), ("keys", "show"), ("audit", "verify")])
@pytest.mark.parametrize(
    ("harm", "code", "reason"),
    [
        (lambda path: path.unlink(), MISUSED, "cannot be read: No such file"),
        (lambda path: path.chmod(0o644), MISUSED, "is open to other users (mode 0644): chmod 600 it"),
        (lambda path: path.write_text("index x\n"), MISUSED, "line 1: the key is not base64"),
        (lambda path: path.write_text(Keyring.generate()), FAILED, "the index key is not the one this database"),
        (
            lambda path: path.write_text(path.read_text().partition("\nmaster")[0] + "\n" + Keyring.generate_master()),
            FAILED,
            "with which this database was written, is missing",
        ),
    ],
    ids=["lost", "readable by others", "malformed", "of another database", "without its master key"],
)
def test_a_key_file_that_cannot_be_used_is_refused_with_reason_and_code(
    folder: Path, command: tuple[str, ...], harm: object, code: int, reason: str
) -> None:
    harm(folder / "vault.keys")  # type: ignore[operator]
    result = call(folder, *command)
    assert result.exit_code == code
    assert reason in result.stderr
    assert len(result.stderr.splitlines()) == 1


async def test_keys_that_lack_one_in_use_are_not_adopted(folder: Path) -> None:
    keyring = Keyring.load(folder / "vault.keys")
    store = await Store.open(f"sqlite:///{folder / 'roomkeeper.db'}", keyring)
    try:
        other = Keyring(keyring.index, Keyring.parse(Keyring.generate()).masters)
        with pytest.raises(StorageError, match="is missing"):
            await store.rotation.adopt(other)
        with pytest.raises(StorageError, match="is not the one"):
            await store.rotation.adopt(Keyring.parse(Keyring.generate()))
        assert [master.wraps for master in await store.rotation.masters()] == [1200]
    finally:
        await store.close()
