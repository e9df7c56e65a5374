"""Word lists, secrets and other files that a config file names."""

from pathlib import Path

import pytest

from config.files import read_secret, read_text, read_words


def test_word_list_may_come_from_any_editor(tmp_path: Path) -> None:
    file = tmp_path / "words.txt"
    file.write_bytes("\ufeff# bought words\r\nfree money\r\n\r\n  蛋糕  \r\nfree money\rlast".encode())
    assert read_words(file) == ("free money", "蛋糕", "last")


def test_list_without_a_word_is_empty(tmp_path: Path) -> None:
    file = tmp_path / "words.txt"
    file.write_text("\ufeff\n# nothing yet\n")
    assert read_words(file) == ()


def test_line_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    file = tmp_path / "words.txt"
    file.write_bytes(b"good\ngood\nb\xe4d\n")
    with pytest.raises(ValueError, match=r"is not UTF-8 text \(line 3\)"):
        read_text(file)


@pytest.mark.parametrize(
    ("name", "reason"),
    [("absent", "does not exist"), (".", "is a folder"), ("a\0b", "cannot be read"), ("x" * 300, "cannot be read")],
)
def test_unreadable_file_is_explained(tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_text(tmp_path / name)


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_secret_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "secret"
    file.write_text("s3cret\n")
    file.chmod(mode)
    with pytest.raises(ValueError, match="chmod 600"):
        read_secret(file)


@pytest.mark.parametrize(("content", "reason"), [("\n \n", "is empty"), ("one\ntwo\n", "one line")])
def test_secret_is_one_line(tmp_path: Path, content: str, reason: str) -> None:
    file = tmp_path / "secret"
    file.touch(0o600)
    file.write_text(content)
    with pytest.raises(ValueError, match=reason):
        read_secret(file)


def test_secret_is_read_without_its_line_end(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.touch(0o600)
    file.write_text("s3cret\r\n")
    assert read_secret(file) == "s3cret"
