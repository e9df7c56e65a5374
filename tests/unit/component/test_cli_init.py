"""`roomkeeper init`: what it writes works as it is, is private, and overwrites nothing."""

import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from component.cli import FAILED, MISUSED, cli
from config.loader import load


def init(folder: Path, *options: str) -> Result:
    return CliRunner().invoke(cli, ["init", str(folder), *options], catch_exceptions=False)


def test_what_is_written_can_be_used_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "a new" / "keeper"
    result = init(folder, "--muc", "Rooms.Example.org", "--domain", "keeper.example.org")
    assert result.exit_code == 0
    assert f'check --config "{folder}/roomkeeper.toml"' in result.output
    loaded = load(folder / "roomkeeper.toml")
    assert (loaded.settings.xmpp.domain, loaded.settings.xmpp.muc) == ("keeper.example.org", "rooms.example.org")
    assert set(loaded.rules_text) == {"en", "zh-Hans"}
    snippet = (folder / "prosody.cfg.lua").read_text()
    assert f'component_secret = "{loaded.secret}"' in snippet
    assert 'Component "rooms.example.org" "muc"' in snippet
    assert 'admins = { "keeper.example.org" }' in snippet
    assert "urn:roomkeeper:hook:1" in (folder / "mod_roomkeeper.lua").read_text()


def test_secrets_are_private_and_never_the_same(tmp_path: Path) -> None:
    for name in ("one", "two"):
        init(tmp_path / name)
        for file in ("roomkeeper.toml", "secret", "vault.keys", "prosody.cfg.lua"):
            assert stat.S_IMODE((tmp_path / name / file).stat().st_mode) == 0o600
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o700
    for file in ("secret", "vault.keys"):
        assert (tmp_path / "one" / file).read_text() != (tmp_path / "two" / file).read_text()


@pytest.mark.parametrize(
    ("muc", "domain"),
    [("conference.example.org", "roomkeeper.example.org"), ("rooms", "roomkeeper.rooms")],
)
def test_own_domain_stands_beside_that_of_the_rooms(tmp_path: Path, muc: str, domain: str) -> None:
    init(tmp_path, "--muc", muc)
    assert load(tmp_path / "roomkeeper.toml").settings.xmpp.domain == domain


@pytest.mark.parametrize("options", [("--muc", "a b"), ("--domain", 'x"y'), ("--muc", "a.b", "--domain", "A.b.")])
def test_what_is_no_domain_is_refused(tmp_path: Path, options: tuple[str, ...]) -> None:
    result = init(tmp_path / "keeper", *options)
    assert result.exit_code == MISUSED
    assert "domain" in result.stderr
    assert not (tmp_path / "keeper").exists()


def test_nothing_is_overwritten_and_nothing_added(tmp_path: Path) -> None:
    (tmp_path / "vault.keys").write_text("precious")
    result = init(tmp_path)
    assert result.exit_code == FAILED
    assert result.stderr == f"{tmp_path} holds vault.keys already; nothing was written\n"
    assert [file.name for file in tmp_path.iterdir()] == ["vault.keys"]
    assert (tmp_path / "vault.keys").read_text() == "precious"


def test_dangling_link_is_not_followed_and_what_was_written_is_taken_back(tmp_path: Path) -> None:
    (tmp_path / "secret").symlink_to(tmp_path / "elsewhere")
    result = init(tmp_path)
    assert result.exit_code == FAILED
    assert "nothing was written" in result.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["secret"]


def test_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "keeper").touch()
    result = init(tmp_path / "keeper")
    assert result.exit_code == FAILED
    assert result.stderr.count("\n") == 1
