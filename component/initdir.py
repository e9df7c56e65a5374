"""`roomkeeper init DIR`: writes what a new installation starts from. Overwrites nothing, leaves nothing half done."""

import os
import secrets
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

from config.addresses import prepare_domain
from config.reference import write_config
from storage.vault import Keyring

_HOOK = "mod_roomkeeper.lua"
_MODULES = "/usr/local/lib/prosody/modules"
_PRIVATE = 0o600
_SHARED = 0o644

_SNIPPET = """\
-- For Prosody's config, most often /etc/prosody/prosody.cfg.lua. It holds the secret: nobody else should read it.

-- 1. These belong above the first VirtualHost, with the other global options:
plugin_paths = {{ "{modules}" }}
gc = {{ mode = "generational" }} -- with or without Roomkeeper: half the processor time of a message
network_settings = {{ nagle = false }} -- clients are answered sooner

-- 2. These belong at the end. If Component "{muc}" is there already, add its lines to that one. Its list of admins
--    takes the place of the global one: name there too whoever shall stay an admin of all rooms.
Component "{muc}" "muc"
	modules_enabled = {{ "roomkeeper" }}
	roomkeeper_component = "{domain}"
	admins = {{ "{domain}" }}

Component "{domain}"
	component_secret = "{secret}"
"""

_NEXT = """\
Written to {folder}:
  roomkeeper.toml      settings, each explained; the defaults stand as comments
  rules.*.txt          the platform's rules, to be edited
  secret, vault.keys   shared with the server, and the keys of all identities: keep a copy of the keys elsewhere
  prosody.cfg.lua      lines for Prosody's config
  mod_roomkeeper.lua   the hook for Prosody

Next, as root:
  1. install -D -m 644 "{folder}/mod_roomkeeper.lua" {modules}/mod_roomkeeper.lua
  2. put the lines of prosody.cfg.lua into Prosody's config, as it says there, and restart Prosody
then:
  3. name your moderators in [staff] of roomkeeper.toml
  4. roomkeeper check --config "{folder}/roomkeeper.toml"
  5. roomkeeper people import FILE.csv --config "{folder}/roomkeeper.toml"
  6. roomkeeper doctor --config "{folder}/roomkeeper.toml"
  7. roomkeeper run --config "{folder}/roomkeeper.toml"
"""


class CannotInitError(Exception):
    """Nothing was written; the text says why."""


def write_folder(folder: Path, *, muc: str, domain: str | None) -> str:
    """Write everything into `folder`, made if need be; what to do next.

    Raises:
        ValueError: `muc` or `domain` is not a domain, or they are the same.
        CannotInitError: something is there already, or cannot be written.
    """
    muc = prepare_domain(muc)
    domain = prepare_domain(domain or f"roomkeeper.{muc.partition('.')[2] or muc}")
    if domain == muc:
        raise ValueError(f'--domain must be a domain of its own, not that of the rooms, "{muc}"')
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - shown to the operator as they know it, links kept
    _write(folder, _contents(muc, domain))
    return _NEXT.format(folder=folder, modules=_MODULES)


def _contents(muc: str, domain: str) -> dict[str, tuple[int, str]]:
    secret = secrets.token_urlsafe(32)
    rules = {file.name: file.read_text() for file in (resources.files("config") / "defaults").iterdir()}
    hook = (resources.files("server") / "prosody" / _HOOK).read_text()
    settings = {
        "xmpp.domain": domain,
        "xmpp.muc": muc,
        "xmpp.secret_file": "secret",
        "identity.key_file": "vault.keys",
        "moderation.rules_text": {name.split(".")[1]: name for name in sorted(rules)},
    }
    return {
        "roomkeeper.toml": (_PRIVATE, write_config(settings).lstrip()),
        "secret": (_PRIVATE, f"{secret}\n"),
        "vault.keys": (_PRIVATE, Keyring.generate()),
        "prosody.cfg.lua": (_PRIVATE, _SNIPPET.format(muc=muc, domain=domain, secret=secret, modules=_MODULES)),
        _HOOK: (_SHARED, hook),
        **{name: (_SHARED, text) for name, text in rules.items()},
    }


def _write(folder: Path, contents: Mapping[str, tuple[int, str]]) -> None:
    written: list[Path] = []
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        there = [name for name in contents if (folder / name).exists()]
        if there:
            raise CannotInitError(f"{folder} holds {', '.join(there)} already; nothing was written")
        for name, (mode, text) in contents.items():
            file = folder / name
            with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w") as stream:  # noqa: PTH123 - by descriptor
                written.append(file)
                stream.write(text)
    except OSError as error:
        for file in written:
            file.unlink()
        raise CannotInitError(f"{error.filename or folder}: {error.strerror}; nothing was written") from None
