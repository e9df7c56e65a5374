"""Group codes: form, tolerance and check character."""

import pytest

from storage import codes


def test_a_code_reads_as_two_groups_and_a_check_character() -> None:
    code = codes.make()
    assert [len(part) for part in code.split("-")] == [4, 4, 1]
    assert codes.parse(code) == code


def test_codes_are_not_repeated() -> None:
    assert len({codes.make() for _ in range(1000)}) == 1000


def test_a_code_is_understood_however_it_is_written_down() -> None:
    code = next(code for code in iter(codes.make, "") if "0" in code and "1" in code)
    for written in (
        code.lower(),
        code.replace("-", ""),
        f"  {code.replace('-', ' ')} ",
        code.replace("0", "o"),
        code.replace("1", "l"),
        code.replace("1", "I"),
    ):
        assert codes.parse(written) == code


def test_every_wrong_character_is_found() -> None:
    plain = codes.make().replace("-", "")
    for position, right in enumerate(plain):
        for wrong in set("0123456789ABCDEFGHJKMNPQRSTVWXYZ") - {right}:
            assert codes.parse(plain[:position] + wrong + plain[position + 1 :]) is None


def test_two_characters_that_changed_places_are_found() -> None:
    plain = "0123ABCD"
    code = codes.parse(plain + next(c for c in "0123456789ABCDEFGHJKMNPQRSTVWXYZ" if codes.parse(plain + c)))
    assert code is not None
    letters = code.replace("-", "")
    for left in range(9):
        for right in range(left + 1, 9):
            if letters[left] != letters[right]:
                swapped = list(letters)
                swapped[left], swapped[right] = swapped[right], swapped[left]
                assert codes.parse("".join(swapped)) is None


@pytest.mark.parametrize(
    "text", ["", "-", "ABCD", "ABCD-EFGH-JK", "UUUU-UUUU-U", "ÄBCD-EFGH-J", "A" * 10_000, "\0" * 9]
)
def test_what_cannot_be_a_code_is_none(text: str) -> None:
    assert codes.parse(text) is None
