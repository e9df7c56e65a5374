"""Which ways of writing a document and a name are the same."""

import pytest

from storage.documents import Entry


def of(document_type: str = "id", document_number: str = "AB12", name: str = "Juliet") -> Entry:
    return Entry(document_type=document_type, document_number=document_number, name=name)


@pytest.mark.parametrize("number", ["ab12", "A B-12", "ＡＢ１２", " ab–12 ", "AB\u200b12", "a\tb\n12"])
def test_numbers_are_compared_without_case_width_spaces_and_dashes(number: str) -> None:
    assert of(document_number=number).document == of().document


@pytest.mark.parametrize("document_type", ["ID", " Id ", "ＩＤ"])
def test_types_are_compared_without_case_and_width(document_type: str) -> None:
    assert of(document_type=document_type).document == of().document


@pytest.mark.parametrize(
    ("one", "other"),
    [("Juliet  Capulet", "juliet capulet"), ("Straße", "STRASSE"), ("é", "e\u0301"), ("张　伟", "张 伟")],
)
def test_names_are_compared_without_case_width_and_surplus_spaces(one: str, other: str) -> None:
    assert of(name=one).compared_name == of(name=other).compared_name


def test_type_and_number_do_not_run_together() -> None:
    assert of("id1", "2").document != of("id", "12").document
    assert of('a", "b', "c").document != of("a", 'b", "c').document


@pytest.mark.parametrize("empty", [{"document_type": " "}, {"document_number": "- -"}, {"name": "\u3000"}])
def test_an_entry_with_an_empty_field_is_incomplete(empty: dict[str, str]) -> None:
    assert of().is_complete
    assert not of(**empty).is_complete


def test_repr_shows_neither_number_nor_name() -> None:
    shown = repr(of(document_number="SECRET77", name="Rosaline"))
    assert "SECRET77" not in shown
    assert "Rosaline" not in shown
