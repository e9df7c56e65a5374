"""How answers compare."""

import pytest

from policy.joining import normal_answer


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Cao Xueqin", "  cao   xueqin. "),
        ("曹雪芹", "曹 雪芹！"),
        ("红楼梦", "紅樓夢"),
        ("ABC", "ａｂｃ"),
        ("!?", " !? "),
    ],
)
def test_answers_that_people_would_call_the_same_are(left: str, right: str) -> None:
    assert normal_answer(left) == normal_answer(right) != ""


@pytest.mark.parametrize(("left", "right"), [("曹雪芹", "曹雪"), ("cao", "gao"), ("12", "21")])
def test_others_are_not(left: str, right: str) -> None:
    assert normal_answer(left) != normal_answer(right)
