"""Reads the config file and the files it names, once, into frozen values; whatever is wrong gives a ConfigError."""

import os
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from config.checks import check
from config.errors import ConfigError, Problem
from config.files import read_secret, read_strong_secret, read_text, read_words
from config.packs import LoadedPack, add_packs, files_of
from config.reader import label, read_settings
from config.settings import Settings
from storage.errors import BadKeys
from storage.vault import Keyring

__all__ = ["KEYS_VARIABLE", "ConfigError", "Loaded", "Problem", "load"]

KEYS_VARIABLE = "ROOMKEEPER_VAULT_KEYS"
_SQLITE = "sqlite:///"
_POSTGRESQL = "postgresql://"

_NO_WORDS: tuple[str, ...] = ()

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A config file and all it names."""

    path: Path
    settings: Settings
    words: dict[str, tuple[str, ...]]  # what stands in files of words and domains, by the file's name
    packs: tuple[LoadedPack, ...]  # in the order of the settings
    rules_text: dict[str, str]  # the platform's rules, by language
    secret: str  # of the component stream
    storage_url: str = field(repr=False)  # with an absolute path, or the password
    keyring: Keyring
    http_secrets: tuple[str, ...] = field(default=(), repr=False)  # the one in use, then the one before
    oidc_secret: str = field(default="", repr=False)

    def source_of(self, rule: str) -> Path:
        """The file a rule comes from."""
        for pack in self.packs:
            if rule in pack.rules:
                return pack.path
        return self.path

    @property
    def is_storage_shared(self) -> bool:
        """Whether others, perhaps of another version, may use the database: its tables change only when told to."""
        return not self.storage_url.startswith(_SQLITE)

    @property
    def folder(self) -> Path:
        """Where relative paths begin."""
        return self.path.parent


def load(path: Path) -> Loaded:
    """Read, convert and check everything.

    Raises:
        ConfigError: with every problem found.
    """
    path = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() follows links; relative paths start beside the link
    problems: list[Problem] = []

    def complain(key: str, reason: str, source: Path = path) -> None:
        problems.append(Problem(source, key, reason))

    def attempt(key: str, name: str, read: Callable[[Path], T], otherwise: T, source: Path = path) -> T:
        file = path.parent / name
        try:
            return read(file)
        except ValueError as error:
            complain(key, f"{file} {error}", source)
        except BadKeys as error:
            complain(key, str(error))
        return otherwise

    settings = read_settings(_parse(path), complain)
    if settings is None:
        raise ConfigError(*problems)
    settings = check(settings, complain)
    packs, settings = add_packs(settings, path, problems)
    tables = {
        rule.name: f"categories.{name}.rules"
        for name, category in settings.categories.items()
        for rule in category.rules
    }
    sources = {rule: pack.path for pack in packs for rule in pack.rules}
    words = {
        name: attempt(key, name, read_words, _NO_WORDS, sources.get(rule.name, path))
        for number, rule in enumerate(settings.rules, 1)
        for key, name in files_of(rule, label(tables.get(rule.name, "rules"), number, rule))
    }
    rules_text = {
        language: attempt(f"moderation.rules_text.{language}", name, _read_rules, "")
        for language, name in settings.moderation.rules_text.items()
    }
    secret = settings.xmpp.secret
    if settings.xmpp.secret_file:
        secret = attempt("xmpp.secret_file", settings.xmpp.secret_file, read_secret, "")
    http_secrets, oidc_secret = _read_provider_secrets(settings, attempt)
    storage_url = settings.storage.url
    if storage_url.startswith(_SQLITE):
        storage_url = attempt("storage.url", storage_url.removeprefix(_SQLITE), _locate, "")
    elif settings.storage.password_file:
        password = attempt("storage.password_file", settings.storage.password_file, read_secret, "")
        storage_url = _with_password(storage_url, password)
    keyring = attempt("identity.key_file", settings.identity.key_file, _read_keys, None)
    if problems or keyring is None:
        raise ConfigError(*problems)
    return Loaded(
        path=path,
        settings=settings,
        words=words,
        packs=packs,
        rules_text=rules_text,
        secret=secret,
        storage_url=storage_url,
        keyring=keyring,
        http_secrets=http_secrets,
        oidc_secret=oidc_secret,
    )


def _read_provider_secrets(
    settings: Settings, attempt: Callable[[str, str, Callable[[Path], str], str], str]
) -> tuple[tuple[str, ...], str]:
    """Secrets of the providers in use: of `http`, the one in force and then the one before; of `oidc`."""
    http, oidc, providers = settings.identity.http, settings.identity.oidc, settings.identity.providers
    for key, name in (("http", http.ca_file), ("oidc", oidc.ca_file)):
        if name and key in providers:
            attempt(f"identity.{key}.ca_file", name, read_text, "")
    oidc_secret = ""
    if oidc.client_secret_file and "oidc" in providers:
        oidc_secret = attempt("identity.oidc.client_secret_file", oidc.client_secret_file, read_secret, "")
    if "http" not in providers:
        return (), oidc_secret
    files = (("secret_file", http.secret_file), ("old_secret_file", http.old_secret_file))
    secrets = tuple(attempt(f"identity.http.{key}", name, read_strong_secret, "") for key, name in files if name)
    return secrets, oidc_secret


def _parse(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(read_text(path))
    except RecursionError:
        raise ConfigError(Problem(path, "", "is nested too deeply")) from None
    except ValueError as error:  # of read_text, of TOML with line and column, of a number too long to be one
        raise ConfigError(Problem(path, "", str(error))) from None


def _read_rules(file: Path) -> str:
    text = read_text(file).strip()
    if not text:
        raise ValueError("is empty")
    return text


def _locate(file: Path) -> str:
    if file.name == ":memory:":
        raise ValueError("would be forgotten at every stop: name a file")
    if "?" in str(file):
        raise ValueError("must not have a ? in its path, where a URL's path ends")
    if file.is_dir():
        raise ValueError("is a folder, not a database file")
    if not file.parent.is_dir():
        raise ValueError("lies in a folder that does not exist")
    return f"{_SQLITE}{file}"


def _with_password(url: str, password: str) -> str:
    user, at, rest = url.removeprefix(_POSTGRESQL).partition("@")
    return f"{_POSTGRESQL}{user}:{quote(password, safe='')}{at}{rest}"


def _read_keys(file: Path) -> Keyring | None:
    text = os.environ.get(KEYS_VARIABLE)
    if text is None:
        return Keyring.load(file)
    try:
        return Keyring.parse(text)
    except BadKeys as error:
        raise ValueError(f"is not read: the variable {KEYS_VARIABLE} wins, and {error}") from None
