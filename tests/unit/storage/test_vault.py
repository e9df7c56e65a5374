"""Key files and sealing."""

import os
from pathlib import Path

import pytest

from storage.errors import BadKeys, Tampered
from storage.vault import Key, Keyring

K = "A" * 43 + "="
"""32 bytes in base64."""


def written(path: Path, text: str, mode: int = 0o600) -> Path:
    path.write_text(text)
    path.chmod(mode)
    return path


def test_generated_keys_load(tmp_path: Path) -> None:
    keyring = Keyring.load(written(tmp_path / "keys", Keyring.generate()))
    assert list(keyring.masters) == [keyring.newest]


def test_the_last_master_is_the_newest_and_all_can_be_used() -> None:
    keyring = Keyring.parse(f"# a comment\n\nindex {K}\nmaster old {K}\n  master new {'B' * 43}=  \n")
    assert keyring.newest == "new"
    assert list(keyring.masters) == ["old", "new"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no `index` line"),
        (f"index {K}", "no `master` line"),
        (f"index {K}\nindex {K}\nmaster a {K}", "line 2: there can be one index key only"),
        (f"index {K}\nmaster a {K}\nmaster a {K}", "line 3: this master key id was used before"),
        (f"index {K}\nmaster a b c", "line 2: neither"),
        (f"index {K}\nmaster ../a {K}", "line 2: neither"),
        ("index 42", "line 1: the key is not base64"),
        ("index QUJD", "line 1: the key has 3 bytes, not 32"),
        (f"index {K}\nmaster a ünï", "line 2: the key is not base64"),
    ],
)
def test_a_malformed_file_is_refused_with_line_and_reason(tmp_path: Path, text: str, reason: str) -> None:
    path = written(tmp_path / "keys", text)
    with pytest.raises(BadKeys) as caught:
        Keyring.load(path)
    assert str(path) in str(caught.value)
    assert reason in str(caught.value)
    assert K not in str(caught.value)


@pytest.mark.parametrize("mode", [0o604, 0o640, 0o666, 0o620])
def test_a_file_open_to_others_is_refused(tmp_path: Path, mode: int) -> None:
    path = written(tmp_path / "keys", Keyring.generate(), mode)
    with pytest.raises(BadKeys, match=f"{path} is open to other users.*chmod 600"):
        Keyring.load(path)


def test_what_is_no_readable_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadKeys, match=r"missing cannot be read: No such file"):
        Keyring.load(tmp_path / "missing")
    with pytest.raises(BadKeys, match="cannot be read"):
        Keyring.load(tmp_path)
    binary = tmp_path / "binary"
    binary.write_bytes(b"\xff\xfe")
    binary.chmod(0o600)
    with pytest.raises(BadKeys, match="not UTF-8"):
        Keyring.load(binary)
    with pytest.raises(BadKeys, match="too large"):
        Keyring.load(written(tmp_path / "large", "#" * 100_000))


def test_a_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe", 0o600)
    with pytest.raises(BadKeys, match="is not a file"):
        Keyring.load(tmp_path / "pipe")


def test_nothing_shows_a_key() -> None:
    keyring = Keyring.parse(f"index {K}\nmaster a {K}")
    shown = f"{keyring!r} {keyring} {keyring.index!r} {keyring.masters}"
    assert K not in shown
    assert "\\x00" not in shown
    assert "***" in shown


def test_what_is_sealed_opens_for_its_owner_and_kind_alone() -> None:
    key = Key.generate()
    sealed = key.seal("p:1", "identity", b"Juliet")
    assert b"Juliet" not in sealed
    assert key.open("p:1", "identity", sealed) == b"Juliet"
    for other, owner, kind, changed in (
        (key, "p:2", "identity", sealed),
        (key, "p:1", "evidence", sealed),
        (Key.generate(), "p:1", "identity", sealed),
        (key, "p:1", "identity", sealed[:-1]),
        (key, "p:1", "identity", b""),
    ):
        with pytest.raises(Tampered) as caught:
            other.open(owner, kind, changed)
        assert "Juliet" not in str(caught.value)


def test_a_wrapped_key_opens_with_its_master_for_its_owner_alone() -> None:
    master, key = Key.generate(), Key.generate()
    wrapped = key.wrap(master, "p:1")
    assert master.unwrap("p:1", wrapped).open("p:1", "x", key.seal("p:1", "x", b"y")) == b"y"
    with pytest.raises(Tampered):
        master.unwrap("p:2", wrapped)
    with pytest.raises(Tampered):
        Key.generate().unwrap("p:1", wrapped)


def test_tags_depend_on_key_and_on_where_parts_begin() -> None:
    key = Key.generate()
    assert key.tag("ab", "c") == key.tag("ab", "c")
    assert key.tag("ab", "c") != key.tag("a", "bc")
    assert key.tag("ab", "c") != Key.generate().tag("ab", "c")
