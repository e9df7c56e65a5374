"""Sealing: what goes in comes out for its owner, and for nobody and nothing else."""

import base64

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from storage import codes
from storage.documents import Entry
from storage.errors import BadKeys, Tampered
from storage.vault import Key, Keyring

keys = st.binary(min_size=32, max_size=32).map(Key)
owners = st.text(max_size=20)


@given(key=keys, owner=owners, kind=owners, plain=st.binary(max_size=200))
def test_what_is_sealed_comes_out_again(key: Key, owner: str, kind: str, plain: bytes) -> None:
    assert key.open(owner, kind, key.seal(owner, kind, plain)) == plain


@given(key=keys, plain=st.binary(max_size=50), place=st.integers(min_value=0), mask=st.integers(1, 255))
def test_any_byte_changed_is_noticed(key: Key, plain: bytes, place: int, mask: int) -> None:
    sealed = bytearray(key.seal("p:1", "x", plain))
    sealed[place % len(sealed)] ^= mask
    with pytest.raises(Tampered):
        key.open("p:1", "x", bytes(sealed))


@given(key=keys, sealed=st.binary(max_size=60))
def test_what_nobody_sealed_does_not_open(key: Key, sealed: bytes) -> None:
    with pytest.raises(Tampered):
        key.open("p:1", "x", sealed)


@given(key=keys, one=st.tuples(owners, owners), other=st.tuples(owners, owners))
def test_a_record_opens_for_no_other_owner_or_kind(key: Key, one: tuple[str, str], other: tuple[str, str]) -> None:
    assume(one != other and "\n" not in "".join(one + other))
    with pytest.raises(Tampered):
        key.open(*other, key.seal(*one, b"plain"))


@given(key=keys, one=st.lists(st.text(max_size=5), max_size=4), other=st.lists(st.text(max_size=5), max_size=4))
def test_tags_are_equal_for_equal_parts_only(key: Key, one: list[str], other: list[str]) -> None:
    assert (key.tag(*one) == key.tag(*other)) == (one == other)


@given(secrets=st.lists(st.binary(min_size=32, max_size=32), min_size=2, max_size=4), comment=st.text(max_size=20))
def test_a_key_file_reads_as_written_and_shows_nothing(secrets: list[bytes], comment: str) -> None:
    encoded = [base64.b64encode(secret).decode() for secret in secrets]
    masters = "".join(f"master m{index} {text}\n" for index, text in enumerate(encoded[1:]))
    keyring = Keyring.parse(f"# {' '.join(comment.split())}\nindex {encoded[0]}\n{masters}")
    assert list(keyring.masters) == [f"m{index}" for index in range(len(secrets) - 1)]
    assert keyring.index.tag("x") == Key(secrets[0]).tag("x")
    assert not any(text in repr(keyring) for text in encoded)


@given(text=st.text(max_size=200))
def test_any_text_is_a_key_file_or_is_refused(text: str) -> None:
    with pytest.raises(BadKeys):
        Keyring.parse(text)


@given(st.text(), st.text(), st.text())
def test_what_is_compared_is_stable(document_type: str, number: str, name: str) -> None:
    entry = Entry(document_type=document_type, document_number=number, name=name)
    assert entry.is_complete in {True, False}
    again = Entry(document_type=document_type.upper(), document_number=number.lower(), name=entry.compared_name)
    assert again.compared_name == entry.compared_name


@given(text=st.text(max_size=12))
def test_any_text_is_a_code_in_its_shown_form_or_none(text: str) -> None:
    shown = codes.parse(text)
    assert shown is None or codes.parse(shown) == shown
