"""Filling the registry: bulk, idempotent, sealed."""

import pytest

from storage.errors import Refused
from storage.registry import ClaimResult, Entry, PutResult
from storage.store import Store
from tests.unit.storage.databases import T0, claim, entry


async def test_entries_are_added_once(store: Store) -> None:
    known = [entry(number) for number in range(1, 1203)]
    assert await store.registry.put(known, T0) == PutResult(added=1202, unchanged=0, changed=0)
    assert await store.registry.put(known, T0) == PutResult(added=0, unchanged=1202, changed=0)


async def test_nothing_put_is_nothing_done(store: Store) -> None:
    assert await store.registry.put([], T0) == PutResult(added=0, unchanged=0, changed=0)


async def test_a_changed_name_is_the_one_that_is_claimed(store: Store) -> None:
    await store.registry.put([entry(1, "Juliet Capulet"), entry(2)], T0)
    changed = entry(1, "Juliet Montague")
    assert await store.registry.put([changed, entry(2)], T0) == PutResult(added=0, unchanged=1, changed=1)
    assert (await claim(store, "juliet@example.org", entry(1, "Juliet Capulet"))).result is ClaimResult.REFUSED
    assert (await claim(store, "juliet@example.org", changed)).result is ClaimResult.BOUND


async def test_a_name_spelt_anew_is_a_change_and_claimed_as_before(store: Store) -> None:
    await store.registry.put([entry(1, "JULIET CAPULET")], T0)
    assert await store.registry.put([entry(1, "Juliet Capulet")], T0) == PutResult(added=0, unchanged=0, changed=1)
    assert (await claim(store, "juliet@example.org", entry(1, "juliet capulet"))).result is ClaimResult.BOUND


async def test_of_two_rows_with_one_document_the_later_counts(store: Store) -> None:
    twice = [entry(1, "Rosaline"), entry(1, "Juliet")]
    assert await store.registry.put(twice, T0) == PutResult(added=1, unchanged=1, changed=0)
    assert (await claim(store, "juliet@example.org", entry(1, "Juliet"))).result is ClaimResult.BOUND


async def test_the_same_number_on_another_kind_of_document_is_somebody_else(store: Store) -> None:
    other = Entry(document_type="id card", document_number="C0000001", name="Rosaline")
    assert (await store.registry.put([entry(1), other], T0)).added == 2


async def test_an_entry_with_an_empty_field_refuses_all_and_names_its_place(store: Store) -> None:
    with pytest.raises(Refused, match="entry 2") as caught:
        await store.registry.put([entry(1), entry(2, " ")], T0)
    assert "C0000002" not in str(caught.value)
    assert (await store.registry.put([entry(1)], T0)).added == 1


async def test_numbers_are_never_given_out_twice(store: Store) -> None:
    await store.registry.put([entry(number) for number in range(1, 4)], T0)
    await store.registry.put([entry(number) for number in range(3, 6)], T0)
    bound = [await claim(store, f"x{number}@example.org", entry(number)) for number in range(1, 6)]
    assert {found.person.number for found in bound if found.person is not None} == {1, 2, 3, 4, 5}


async def test_names_in_any_script_and_of_any_length_are_kept(store: Store) -> None:
    names = ["张伟", "O'Neill–Smith", "ɐ" * 5000, "x\0y", 'a", "b', "\U0001f600 Emoji"]
    known = [entry(number, name) for number, name in enumerate(names, 1)]
    assert (await store.registry.put(known, T0)).added == len(names)
    assert (await store.registry.put(known, T0)).unchanged == len(names)
