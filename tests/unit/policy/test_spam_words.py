"""Two hundred words of spam, Latin and Han: each is found however it is written, none in everyday writing."""

import pytest

from config.settings import Rule
from policy.scan import Scanner
from tests.support.disguises import disguise, read_benign, read_words

WORDS = read_words()
BY_WORD = Scanner([Rule(name=f"word-{number}", words=(word,)) for number, word in enumerate(WORDS)], {})
LISTED = Scanner([Rule(name="spam", word_files=("spam.txt",))], {"spam.txt": tuple(WORDS)})


def test_there_are_two_hundred_of_both_scripts() -> None:
    assert len(set(WORDS)) == 200
    assert len([word for word in WORDS if word.isascii()]) == 100


@pytest.mark.parametrize("word", WORDS)
def test_a_word_is_found_however_it_is_written(word: str) -> None:
    number = WORDS.index(word)
    texts = {"plain": f"now {word} today" if word.isascii() else f"来{word}吧"} | disguise(word)
    assert {name: text for name, text in texts.items() if number not in BY_WORD.scan(text)} == {}


def test_none_is_found_in_everyday_writing() -> None:
    found = {line: LISTED.scan(line) for line in read_benign()}
    assert len(found) > 1_000
    assert {line: [line[slice(*span)] for span in spans.values()] for line, spans in found.items() if spans} == {}
