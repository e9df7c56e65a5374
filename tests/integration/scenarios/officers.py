"""Identity officers on a site, and what it takes to run their commands."""

import itertools
import secrets
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from storage.documents import Entry
from tests.integration.scenarios.site import Site
from tests.support.client import Client
from tests.support.patterns import show

_NAMES = tuple(f"officer{number}" for number in range(60))
_next = itertools.count()

CONFIG = (
    f"[staff]\nmoderators = {[f'moderator{number}@localhost' for number in range(20)]}\n"
    f"identity_officers = {[f'{name}@localhost' for name in _NAMES]}\n"
)
YES = {"confirm": "1"}


async def officer(site: Site, *, number: str = "", is_verified: bool = True) -> Client:
    """Log in one whom nobody has used yet, verified by a document's number of their own or this one."""
    client = await site.log_in(_NAMES[next(_next) % len(_NAMES)], language="en")
    if is_verified:
        known = {"document_type": "passport", "document_number": number or secrets.token_hex(8), "name": "An Officer"}
        await site.store.registry.put((Entry(**known),), 0)
        claim = {"type": "passport", "number": known["document_number"], "name": known["name"]}
        await completed(site, client, "verify", claim)  # by the component, which may know them as unverified already
    return client


async def completed(site: Site, client: Client, name: str, *forms: Mapping[str, str]) -> Element:
    """Run a command to its good end; the last <command/>."""
    done = await site.command(client, name, *forms)
    assert done.get("status") == "completed", show(done)
    note = done.find("{*}note")
    assert note is not None
    assert note.get("type") == "info", show(done)
    return done


def is_refused(done: Element, text: str) -> bool:
    """Whether the command ended with an error that says this."""
    note = done.find("{*}note")
    return note is not None and note.get("type") == "error" and text in (note.text or "")
