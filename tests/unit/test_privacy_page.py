"""docs/operators/privacy.md: every claim names tests that exist; and what only this page says is proven here."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from config.settings import Xmpp
from storage.binding import document_index
from storage.documents import Entry
from storage.store import Store
from storage.vault import Keyring
from tests.unit.storage.databases import KEYS, KEYS_TEXT, T0, claim, entry, url_of

CHECKOUT = Path(__file__).parents[2]
PAGE = (CHECKOUT / "docs" / "operators" / "privacy.md").read_text(encoding="utf-8")
CLAIMS = re.findall(r"(?ms)^- (.*?)(?=^- |^#|^\n|\Z)", PAGE)
_PROOF = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


@cache
def names_in(path: str) -> frozenset[str]:
    tree = ast.parse((CHECKOUT / path).read_text(encoding="utf-8"))
    return frozenset(
        node.name
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name.startswith("test_")
    )


def test_the_page_makes_claims_about_every_reader() -> None:
    headings = re.findall(r"(?m)^## (.*)$", PAGE)
    assert len(headings) >= 12
    assert len(CLAIMS) >= len(headings)


@pytest.mark.parametrize("claim", CLAIMS, ids=range(len(CLAIMS)))
def test_each_claim_names_tests_that_exist(claim: str) -> None:
    proofs = _PROOF.findall(claim)
    assert proofs, f"proven by nothing: {claim}"
    for path, name in proofs:
        assert (CHECKOUT / path).exists(), path
        assert name in names_in(path), f"{path} has no {name}"


def test_the_components_stream_stays_on_this_machine_unless_told_otherwise() -> None:
    assert Xmpp(domain="x", muc="y").host == "127.0.0.1"


async def test_the_database_shows_which_accounts_belong_together(tmp_path: Path) -> None:
    store = await Store.open(url_of(tmp_path), KEYS)
    await store.registry.put([entry()], T0)
    for account in ("juliet@example.org", "nurse@example.org"):
        await claim(store, account, entry())
    await store.close()
    data = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"juliet@example.org" in data
    assert b"nurse@example.org" in data
    assert b"Capulet" not in data


async def test_the_index_key_finds_a_document_that_one_knows(tmp_path: Path) -> None:
    store = await Store.open(url_of(tmp_path), KEYS)
    await store.registry.put([entry()], T0)
    await store.close()
    data = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    stolen = Keyring.parse(KEYS_TEXT.partition("\nmaster")[0] + "\n" + Keyring.generate_master())
    other = Entry(document_type="passport", document_number="C0000002", name="")
    assert document_index(stolen, entry()).encode() in data
    assert document_index(stolen, other).encode() not in data
    assert document_index(Keyring.parse(Keyring.generate()), entry()).encode() not in data
