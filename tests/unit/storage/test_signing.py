"""Signed heads: who writes the audit anew without the key file is found out, however well they recompute it."""

from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from storage.audit import AuditEntry
from storage.chain import GENESIS, digest
from storage.exports import FORMAT, NotGenuineError, Scope, check_lines
from storage.heads import LONGEST_UNSIGNED_S
from storage.signing import Public, Signer
from storage.store import Store
from storage.vault import Keyring
from tests.unit.storage.databases import KEYS, KEYS_TEXT, T0, disarm, opened, url_of

UNSIGNED_KEYS = Keyring.parse("\n".join(line for line in KEYS_TEXT.splitlines() if not line.startswith("signing")))
ENTRIES = "SELECT number, at, actor, deed, subject, detail FROM audit ORDER BY number"
PUBLIC = [signer.public for signer in KEYS.signers]


async def note(store: Store, count: int = 5, at: float = T0) -> None:
    entry = AuditEntry(actor="x", deed="denied", subject="a:0", detail={})
    await store.audit.append([replace(entry, subject=f"a:{number}") for number in range(count)], at)


def rewrite(url: str, from_number: int, *, drop_signatures: bool = False) -> None:
    """Change an entry and recompute every hash after it, as somebody with the database and this program can."""
    with opened(url) as connection:
        disarm(connection)
        connection.execute(sa.text("UPDATE audit SET actor = 'somebody else' WHERE number = :n"), {"n": from_number})
        previous = GENESIS
        for fields in connection.execute(sa.text(ENTRIES)).all():
            previous = digest(previous, tuple(fields))
            new = {"hash": previous, "number": fields.number}
            connection.execute(sa.text("UPDATE audit SET hash = :hash WHERE number = :number"), new)
        connection.execute(sa.text("UPDATE audit_head SET hash = :hash"), {"hash": previous})
        if drop_signatures:
            connection.execute(sa.text("DELETE FROM audit_signatures"))


async def test_the_newest_entry_is_signed_once(store: Store) -> None:
    assert await store.audit.sign(T0)
    assert not await store.audit.sign(T0 + 1)
    await note(store)
    assert await store.audit.sign(T0 + 2)
    verified = await store.audit.verify()
    assert verified.is_whole
    assert (verified.signed.count, verified.signed.last) == (2, 6)


async def test_a_chain_recomputed_to_its_end_is_found(store: Store, url: str) -> None:
    await note(store)
    await store.audit.sign(T0)
    await note(store)
    rewrite(url, 3)
    verified = await store.audit.verify()
    assert verified.broken_at is None  # every hash is right again
    assert verified.signed.wrong_at == 6
    assert not verified.is_whole


async def test_what_came_after_the_last_signature_leaves_it_right(store: Store, url: str) -> None:
    await note(store)
    await store.audit.sign(T0)
    await note(store)
    rewrite(url, 8)
    assert (await store.audit.verify()).is_whole  # the next signature is half an hour away at most


async def test_signatures_that_were_taken_away_are_missed(store: Store, url: str) -> None:
    await note(store, at=T0)
    await note(store, at=T0 + LONGEST_UNSIGNED_S + 1)
    await store.audit.sign(T0 + LONGEST_UNSIGNED_S + 2)
    assert (await store.audit.verify()).is_whole
    rewrite(url, 3, drop_signatures=True)
    verified = await store.audit.verify()
    assert verified.broken_at is None
    assert verified.signed.bare_from == 1


async def test_a_signature_by_another_key_counts_for_nothing(store: Store, url: str) -> None:
    await note(store)
    others = Keyring(KEYS.index, KEYS.masters, (Signer(b"x" * 32),))
    other = await Store.open(url, others)
    await other.audit.sign(T0)
    assert (await other.audit.verify()).is_whole
    await other.close()
    assert (await store.audit.verify()).signed.wrong_at == 6


async def test_a_new_key_beside_the_old_one_signs_and_both_are_known(store: Store, url: str) -> None:
    await store.audit.sign(T0)
    await note(store)
    both = await Store.open(url, Keyring(KEYS.index, KEYS.masters, (*KEYS.signers, Signer(b"y" * 32))))
    assert await both.audit.sign(T0)
    assert (await both.audit.verify()).signed.count == 2
    await both.close()


async def test_signatures_are_append_only(store: Store, url: str) -> None:
    await store.audit.sign(T0)
    for statement in ("DELETE FROM audit_signatures", "UPDATE audit_signatures SET at = 0"):
        with pytest.raises(IntegrityError, match="append-only"), opened(url) as connection:
            connection.exec_driver_sql(statement)


async def test_a_keyring_without_a_signing_key_works_and_signs_nothing(tmp_path: Path) -> None:
    store = await Store.open(url_of(tmp_path), UNSIGNED_KEYS)
    await note(store, at=T0)
    await note(store, at=T0 + 2 * LONGEST_UNSIGNED_S)
    assert not await store.audit.sign(T0)
    assert (await store.audit.verify()).is_whole
    await store.close()


def test_signing_keys_show_themselves_to_nobody() -> None:
    (signer,) = KEYS.signers
    secret = next(line.split()[1] for line in KEYS_TEXT.splitlines() if line.startswith("signing"))
    assert repr(signer) == f"Signer({signer.public})"
    assert secret not in repr(KEYS)
    assert Public.parse(str(signer.public)) == signer.public
    for bad in ("", "zz", "00"):
        with pytest.raises(ValueError, match=r"public key|hexadecimal"):
            Public.parse(bad)


def test_a_signature_is_good_for_one_purpose_and_one_text() -> None:
    signer = Signer(b"x" * 32)
    signature = signer.sign("a", b"text")
    assert signer.public.has_signed(signature, "a", b"text")
    for purpose, data in (("b", b"text"), ("a", b"other")):
        assert not signer.public.has_signed(signature, purpose, data)
    assert not signer.public.has_signed(b"", "a", b"text")


# exports


async def exported(store: Store, **scope: float | str | None) -> list[str]:
    parts = Scope(**scope)  # type: ignore[arg-type]
    return [line async for line in store.audit.export(parts, reason="a court asked", at=T0 + 100)]


async def test_an_export_has_what_was_asked_for_and_is_audited_itself(store: Store) -> None:
    await note(store, at=T0)
    await note(store, at=T0 + 10)
    lines = await exported(store, since=T0 + 5, until=T0 + 50, subject="a:3")
    checked = check_lines(lines, PUBLIC)
    assert (checked.count, checked.key) == (1, PUBLIC[0])
    assert checked.scope == Scope(since=T0 + 5, until=T0 + 50, subject="a:3")
    (record,) = await store.audit.read(1)
    assert (record.entry.actor, record.entry.deed) == ("operator", "audit-exported")
    assert record.entry.detail["reason"] == "a court asked"
    assert check_lines(await exported(store), PUBLIC).count == 13  # both exports' own entries included


async def test_long_exports_are_read_page_by_page(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.exports._PAGE", 3)
    await note(store, 10)
    assert check_lines(await exported(store, subject="a:1"), PUBLIC).count == 1
    assert check_lines(await exported(store), PUBLIC).count == 13


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda lines: lines[:-1], "cut off"),
        (lambda lines: lines[:0], "cut off"),
        (lambda lines: [*lines[:2], *lines[3:]], "not what was signed"),
        (lambda lines: [lines[0].replace("null", "1"), *lines[1:]], "not what was signed"),
        (lambda lines: [lines[0], lines[1].replace("denied", "lauded").replace("begun", "gone"), *lines[2:]], "line 2"),
        (lambda lines: [lines[0], lines[2], lines[1], *lines[3:]], "line 3: this entry was changed"),
        (lambda lines: [*lines, lines[1]], "something was added"),
        (lambda lines: ["no json", *lines], "line 1: no line of an export"),
        (lambda lines: ["{}", *lines], "line 1: not the head"),
        (lambda lines: [lines[0].replace(FORMAT, "another"), *lines[1:]], f"not a {FORMAT}"),
        (lambda lines: [*lines[:2], "[]", *lines[2:]], "line 3: no line of an export"),
        (lambda lines: [*lines[:2], "{}", *lines[2:]], "line 3: this entry was changed"),
        (lambda lines: [*lines[:-1], lines[-1].replace('"signature": "', '"signature": "zz')], "not what was signed"),
    ],
)
async def test_an_export_that_was_changed_is_found_out(store: Store, change, reason: str) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
    await note(store)
    lines = await exported(store)
    with pytest.raises(NotGenuineError, match=reason):
        check_lines(change(lines), PUBLIC)


async def test_an_export_by_another_key_is_told_from_ours(store: Store) -> None:
    with pytest.raises(NotGenuineError, match="another key"):
        check_lines(await exported(store), [Signer(b"x" * 32).public])


async def test_an_export_without_a_signing_key_is_said_to_have_no_signature(tmp_path: Path) -> None:
    store = await Store.open(url_of(tmp_path), UNSIGNED_KEYS)
    assert check_lines(await exported(store), PUBLIC).key is None
    await store.close()
