"""`audit verify` and `audit export`: what operators and those they answer to are told."""

import asyncio
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from component.cli import FAILED, MISUSED, cli
from config.loader import load
from storage.audit import AuditEntry
from storage.store import Store


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A fresh installation that has recorded and signed something."""
    assert invoke("init", str(tmp_path / "keeper")).exit_code == 0
    path = tmp_path / "keeper" / "roomkeeper.toml"
    asyncio.run(fill(path))
    return path


async def fill(path: Path) -> None:
    loaded = load(path)
    store = await Store.open(loaded.storage_url, loaded.keyring)
    for day in (1, 2, 3):
        entry = AuditEntry(actor="x", deed=f"deed-{day}", subject="p:7", detail={})
        await store.audit.append([entry], day * 86_400.0)
    await store.audit.sign(4 * 86_400.0)
    await store.close()


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, catch_exceptions=False)


def export(config: Path, output: Path, *arguments: str) -> Result:
    return invoke("audit", "export", "--config", str(config), "--output", str(output), "--reason", "case 9", *arguments)


def change_signature(config: Path) -> None:
    with closing(sqlite3.connect(config.parent / "roomkeeper.db")) as connection, connection:
        connection.execute("DROP TRIGGER audit_signatures_keep_UPDATE")
        connection.execute("UPDATE audit_signatures SET hash = 'another'")


def without_signing_key(config: Path) -> None:
    keys = config.parent / "vault.keys"
    keys.write_text(
        "".join(line for line in keys.read_text().splitlines(keepends=True) if not line.startswith("signing"))
    )


def test_a_whole_audit_is_told_with_what_is_signed(config: Path) -> None:
    result = invoke("audit", "verify", "--config", str(config))
    assert result.exit_code == 0, result.output
    assert "the audit is whole: 4 entries, head " in result.stdout
    assert "signed up to entry 4, 1 signatures" in result.stdout


def test_a_signature_that_is_not_of_its_entry_is_told(config: Path) -> None:
    change_signature(config)
    result = invoke("audit", "verify", "--config", str(config))
    assert result.exit_code == FAILED
    assert "the audit was written anew: the signature of entry 4" in result.stderr


def test_entries_without_signatures_are_told(config: Path) -> None:
    with closing(sqlite3.connect(config.parent / "roomkeeper.db")) as connection, connection:
        connection.execute("DROP TRIGGER audit_signatures_keep_DELETE")
        connection.execute("DELETE FROM audit_signatures")
    result = invoke("audit", "verify", "--config", str(config))
    assert result.exit_code == FAILED
    assert "no signature covers the entries from 1 on" in result.stderr


def test_without_a_signing_key_all_works_and_says_so(config: Path, tmp_path: Path) -> None:
    without_signing_key(config)
    result = invoke("audit", "verify", "--config", str(config))
    assert result.exit_code == 0
    assert "it is not signed: the key file has no `signing` line" in result.stdout
    output = tmp_path / "export"
    assert "not signed" in export(config, output).stdout
    checked = invoke("audit", "verify", "--file", str(output), "--config", str(config))
    assert checked.exit_code == FAILED
    assert "in order, but not signed" in checked.stderr


def test_an_export_is_checked_anywhere_by_its_public_key(config: Path, tmp_path: Path) -> None:
    output = tmp_path / "export"
    result = export(config, output, "--since", "1970-01-03", "--until", "1970-01-04T00:00", "--subject", "p:7")
    assert result.exit_code == 0, result.output
    assert f"1 entries written to {output}" in result.stdout
    assert stat.S_IMODE(output.stat().st_mode) == 0o600
    key = result.stdout.split()[-1]
    for how in (("--key", key), ("--config", str(config))):
        checked = invoke("audit", "verify", "--file", str(output), *how)
        assert checked.exit_code == 0, checked.output
        assert f"is genuine: 1 entries, signed by {key}" in checked.stdout
    output.write_text(output.read_text().replace("deed-2", "deed-3"))
    checked = invoke("audit", "verify", "--file", str(output), "--key", key)
    assert checked.exit_code == FAILED
    assert "line 2: this entry was changed" in checked.stderr


def test_nothing_is_overwritten_nor_left_half_done(config: Path, tmp_path: Path) -> None:
    output = tmp_path / "export"
    output.write_text("mine")
    assert export(config, output).exit_code == MISUSED
    assert output.read_text() == "mine"
    (config.parent / "roomkeeper.db").unlink()
    assert export(config, tmp_path / "other").exit_code == FAILED  # there are no tables
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--key", "00"), "--key goes with --file"),
        (("--file", "x", "--key", "00"), "not a public key"),
        (("--file", "/nowhere/x", "--key", "0" * 64), "cannot be read"),
    ],
)
def test_a_command_line_that_is_wrong_is_told(config: Path, arguments: tuple[str, ...], reason: str) -> None:
    result = invoke("audit", "verify", "--config", str(config), *arguments)
    assert result.exit_code == MISUSED
    assert reason in result.stderr
