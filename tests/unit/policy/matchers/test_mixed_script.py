"""Letters of one script passed off as another's, and what only looks like it."""

import pytest

from tests.unit.policy.matchers.seeing import found


@pytest.mark.parametrize(
    "word",
    ["pаypal", "сasino", "Тelegram", "cаsіnо", "привeт", "жopa", "Αpple", "Amаzon", "ρayρal", "wаllet", "ｗаllet"],
)
def test_a_disguised_word_is_found(word: str) -> None:
    assert found(f"come to {word} now", mixed_script=True) == [word]
    assert found(f"来{word}吧", mixed_script=True) == [word]


@pytest.mark.parametrize(
    "text",
    [
        "plain words",
        "только по-русски",
        "ελληνικά μόνο",
        "я купил iPhone и USB-порт",
        "SMSка от Twitterа",
        "экоfriendly",
        "Δt and λx and πr are μm apart",
        "sinθcos and λmax",
        "Straße, naïve, Œuvre, Ångström",
        "中文和English混排，もじ",
        "Հայերեն text",
        "한국어 word слово λέξη",
        "привет123abc",
    ],
)
def test_ordinary_writing_is_left_alone(text: str) -> None:
    assert found(text, mixed_script=True) == []
