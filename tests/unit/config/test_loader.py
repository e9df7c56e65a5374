"""From files on the disk to everything a component starts with."""

import os
from pathlib import Path

import pytest

from config.loader import KEYS_VARIABLE, ConfigError, Loaded, load
from storage.vault import Keyring

XMPP = "[xmpp]\ndomain = 'keeper.example.org'\nmuc = 'rooms.example.org'\nsecret_file = 'secret'\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder whose config file is good."""
    for name, text in (("roomkeeper.toml", XMPP), ("secret", "s3cret\n"), ("vault.keys", Keyring.generate())):
        (tmp_path / name).touch(0o600)
        (tmp_path / name).write_text(text)
    return tmp_path


def with_text(folder: Path, text: str | bytes) -> Path:
    file = folder / "roomkeeper.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def problems_of(file: Path) -> dict[str, str]:
    with pytest.raises(ConfigError) as caught:
        load(file)
    assert {problem.file for problem in caught.value.problems} == {file}
    return {problem.key: problem.reason for problem in caught.value.problems}


def test_good_file_brings_all_it_names(folder: Path) -> None:
    (folder / "bad words.txt").write_text("\ufeffone\r\ntwo\r\n")
    (folder / "more.txt").write_text("three")
    (folder / "rules.md").write_text("Be kind.\n")
    text = (
        XMPP
        + "[moderation.rules_text]\nen = 'rules.md'\n"
        + "[[rules]]\nname = 'plain'\nwords = ['zero']\n"
        + "[[rules]]\nname = 'listed'\nword_files = ['bad words.txt', 'more.txt']\n"
    )
    loaded = load(with_text(folder, text))
    assert loaded.words == {"bad words.txt": ("one", "two"), "more.txt": ("three",)}
    assert loaded.rules_text == {"en": "Be kind."}
    assert loaded.secret == "s3cret"
    assert loaded.storage_url == f"sqlite:///{folder}/roomkeeper.db"
    assert loaded.folder == folder
    assert isinstance(loaded, Loaded)


def test_byte_order_mark_and_windows_line_ends_are_welcome(folder: Path) -> None:
    loaded = load(with_text(folder, ("\ufeff" + XMPP.replace("\n", "\r\n")).encode()))
    assert loaded.settings.xmpp.domain == "keeper.example.org"


def test_relative_paths_begin_at_the_config_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "data").mkdir()
    with_text(folder, XMPP + "[storage]\nurl = 'sqlite:///data/rk.db'\n")
    monkeypatch.chdir(folder / "data")
    assert load(Path("../roomkeeper.toml")).storage_url == f"sqlite:///{folder}/data/rk.db"


def test_the_password_of_postgresql_is_put_into_the_url_and_nowhere_else(folder: Path) -> None:
    (folder / "db").touch(0o600)
    (folder / "db").write_text("p@ss/w:rd%\n")
    url = "postgresql://rk@db.example.org:5433/rooms?sslmode=verify-full"
    loaded = load(with_text(folder, f"{XMPP}[storage]\nurl = '{url}'\npassword_file = 'db'\n"))
    assert loaded.storage_url == "postgresql://rk:p%40ss%2Fw%3Ard%25@db.example.org:5433/rooms?sslmode=verify-full"
    assert loaded.is_storage_shared
    assert "p@ss" not in repr(loaded)
    assert "p%40ss" not in repr(loaded)
    (folder / "db").chmod(0o644)
    assert "chmod 600" in problems_of(folder / "roomkeeper.toml")["storage.password_file"]


def test_a_postgresql_url_without_a_password_stays(folder: Path) -> None:
    url = "postgresql://rk@/rooms?host=/run/postgresql"
    assert load(with_text(folder, f"{XMPP}[storage]\nurl = '{url}'\n")).storage_url == url


def test_absolute_database_path_stays(folder: Path) -> None:
    assert (
        load(with_text(folder, XMPP + "[storage]\nurl = 'sqlite:////tmp/rk.db'")).storage_url == "sqlite:////tmp/rk.db"
    )


def test_secret_may_stand_in_the_file(folder: Path) -> None:
    assert load(with_text(folder, XMPP.replace("secret_file", "secret"))).secret == "secret"


def test_variable_with_keys_wins_over_their_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "vault.keys").unlink()
    text = Keyring.generate()
    monkeypatch.setenv(KEYS_VARIABLE, text)
    assert load(folder / "roomkeeper.toml").keyring.newest == Keyring.parse(text).newest
    monkeypatch.setenv(KEYS_VARIABLE, "garbage")
    assert KEYS_VARIABLE in problems_of(folder / "roomkeeper.toml")["identity.key_file"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"\xff\xfe[\x00x\x00", "is not UTF-8 text (line 1)"),
        (b"[xmpp]\ndomain = 'x'\nmuc = '\xe4'\n", "is not UTF-8 text (line 3)"),
        ("[xmpp]\ndomain = \n", "(at line 2, column 10)"),
        ("[xmpp]\n[xmpp]\n", "(at line 2, column 6)"),
        ("a = " + "[" * 5000, "is nested too deeply"),
        ("a = " + "9" * 5000, "limit"),
        ("a = '\0'", "(at line 1, column 6)"),
    ],
)
def test_file_that_is_no_toml_is_explained(folder: Path, text: str | bytes, reason: str) -> None:
    assert reason in problems_of(with_text(folder, text))[""]


@pytest.mark.parametrize(("name", "reason"), [("absent.toml", "does not exist"), (".", "is a folder")])
def test_file_that_cannot_be_read_is_explained(folder: Path, name: str, reason: str) -> None:
    assert reason in problems_of(folder / name)[""]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_file_of_somebody_else_is_explained(folder: Path) -> None:
    (folder / "roomkeeper.toml").chmod(0)
    assert "may not be read" in problems_of(folder / "roomkeeper.toml")[""]


@pytest.mark.parametrize(
    ("added", "key", "reason"),
    [
        ("[[rules]]\nname='x'\nword_files=['no.txt']", "rules[x].word_files[#1]", "/no.txt does not exist"),
        ("[moderation.rules_text]\nen = 'no.md'", "moderation.rules_text.en", "/no.md does not exist"),
        ("[moderation.rules_text]\nen = 'empty'", "moderation.rules_text.en", "/empty is empty"),
        ("[storage]\nurl = 'sqlite:///no/rk.db'", "storage.url", "/no/rk.db lies in a folder that does not exist"),
        ("[storage]\nurl = 'sqlite:///:memory:'", "storage.url", "name a file"),
        ("[storage]\nurl = 'sqlite:///'", "storage.url", "is a folder"),
        ("[storage]\nurl = 'sqlite:///a?b'", "storage.url", "must not have a ?"),
        ("[identity]\nkey_file = 'no.keys'", "identity.key_file", "/no.keys"),
        ("[identity]\nkey_file = 'empty'", "identity.key_file", "/empty"),
    ],
)
def test_fault_of_a_named_file_is_told_with_its_key(folder: Path, added: str, key: str, reason: str) -> None:
    (folder / "empty").touch(0o600)
    assert reason in problems_of(with_text(folder, XMPP + added))[key]


@pytest.mark.parametrize(("name", "key"), [("secret", "xmpp.secret_file"), ("vault.keys", "identity.key_file")])
def test_secrets_that_others_may_read_are_refused(folder: Path, name: str, key: str) -> None:
    (folder / name).chmod(0o640)
    assert "chmod 600" in problems_of(folder / "roomkeeper.toml")[key]


def test_faults_of_several_kinds_are_told_at_once(folder: Path) -> None:
    (folder / "secret").unlink()
    text = XMPP + "[identity]\nproviders = []\n[[rules]]\nname='x'\nword_files=['a', 'b']\n"
    assert set(problems_of(with_text(folder, text))) == {
        "identity.providers",
        "rules[x].word_files[#1]",
        "rules[x].word_files[#2]",
        "xmpp.secret_file",
    }


def test_error_reads_as_file_key_and_reason(folder: Path) -> None:
    file = with_text(folder, XMPP + "[xmmp]\n")
    with pytest.raises(ConfigError) as caught:
        load(file)
    assert str(caught.value) == f'{file}: xmmp: unknown key; did you mean "xmpp"?'
