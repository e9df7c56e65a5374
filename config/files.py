"""The files a config file names: word lists, the platform's rules, the secret. Each is read once, with a bound."""

import codecs
import stat
from pathlib import Path

_SHORTEST_SECRET = 32
_MAX_BYTES = 64 * 1024 * 1024


def read_bytes(path: Path) -> bytes:
    """The file's content.

    Raises:
        ValueError: it cannot be read; the text says why.
    """
    try:
        with path.open("rb") as file:
            content = file.read(_MAX_BYTES + 1)
    except FileNotFoundError:
        raise ValueError("does not exist") from None
    except IsADirectoryError:
        raise ValueError("is a folder, not a file") from None
    except PermissionError:
        raise ValueError("may not be read by this user") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise ValueError(f"cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if len(content) > _MAX_BYTES:
        raise ValueError(f"is larger than {_MAX_BYTES // 1024 // 1024} MiB")
    return content


def read_text(path: Path) -> str:
    """The file as text: UTF-8, with or without a byte order mark, whatever its line ends.

    Raises:
        ValueError: it cannot be read, or is not UTF-8; the text says why and where.
    """
    content = read_bytes(path).removeprefix(codecs.BOM_UTF8)
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ValueError(f"is not UTF-8 text (line {line})") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_words(path: Path) -> tuple[str, ...]:
    """Words or phrases, one a line, in order and without repeats; blank lines and those that begin with # are skipped.

    Raises:
        ValueError: as `read_text`.
    """
    lines = (line.strip() for line in read_text(path).split("\n"))
    return tuple(dict.fromkeys(line for line in lines if line and not line.startswith("#")))


def read_secret(path: Path) -> str:
    """The one line of a file that only its owner may read.

    Raises:
        ValueError: as `read_text`; or others may read it, or it is empty or longer than a line.
    """
    secret = read_text(path).strip()
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        raise ValueError(f"may be read by others (mode {mode:04o}): chmod 600 it")
    if not secret:
        raise ValueError("is empty")
    if "\n" in secret:
        raise ValueError("must hold one line, the secret")
    return secret


def read_strong_secret(path: Path) -> str:
    """Likewise, long enough to sign with.

    Raises:
        ValueError: as `read_secret`; or it is too short.
    """
    secret = read_secret(path)
    if len(secret) < _SHORTEST_SECRET:
        raise ValueError(
            f"holds {len(secret)} characters, fewer than {_SHORTEST_SECRET}: make one by openssl rand -hex 32"
        )
    return secret
