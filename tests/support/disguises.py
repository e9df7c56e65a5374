"""Ways of writing a listed word so that it is not recognised, as functions of it; two hundred words to try them on."""

from collections.abc import Callable, Mapping
from pathlib import Path

CORPUS = Path(__file__).resolve().parents[1] / "corpus"

Disguise = Callable[[str], str]

_LEET = str.maketrans("aeio", "4310")
_CYRILLIC = str.maketrans("aeopcx", "аеорсх")
_LEAST_FOREIGN = 4


def _in_full_width(word: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in word)


def _in_mathematical(word: str) -> str:
    return "".join(chr(0x1D4EA + ord(char) - ord("a")) if "a" <= char <= "z" else char for char in word)


def _in_cyrillic(word: str) -> str:
    """A word of three letters wholly in another alphabet is left alone: docs/developers/matching.md."""
    return word if len(word) < _LEAST_FOREIGN else word.translate(_CYRILLIC)


def _struck(word: str) -> str:
    return "".join(f"{char}\u0336" if char != " " else char for char in word)


def _stretched(word: str) -> str:
    return word if len(set(word)) == 1 else word + 4 * word[-1]


def _by_a_star(word: str) -> str:
    """Within the last part, so between two letters."""
    return f"{word[:-1]}*{word[-1]}"


def _apart(sign: str) -> Disguise:
    return lambda word: word if " " in word else sign.join(word)


LATIN: Mapping[str, Disguise] = {
    "capitals": str.upper,
    "digits": lambda word: word.translate(_LEET),
    "full width": _in_full_width,
    "mathematical letters": _in_mathematical,
    "Cyrillic letters": _in_cyrillic,
    "struck through": _struck,
    "zero-width spaces": "\u200b".join,
    "soft hyphens": "\u00ad".join,
    "the last letter again and again": _stretched,
    "a star": _by_a_star,
    "spaces": _apart(" "),
    "stops": _apart("."),
}
HAN: Mapping[str, Disguise] = {
    "struck through": _struck,
    "zero-width spaces": "\u200b".join,
    "soft hyphens": "\u00ad".join,
    "stars": "*".join,
    "bars": "|".join,
    "dots in the middle": "·".join,
}
ALONE: Mapping[str, Disguise] = {"spaces": " ".join, "emoji": "🎰".join, "stops": ".".join}
"""For ideographs without others around them."""


def read_words() -> list[str]:
    """The two hundred, in the order of the file."""
    return _read("spam.txt")


def read_benign() -> list[str]:
    """Everyday writing in many languages."""
    return _read("benign.txt")


def disguise(word: str) -> dict[str, str]:
    """The word in every way there is for its script, by the name of the way, each in a sentence."""
    if word.isascii():
        return {name: f"now {way(word)} today" for name, way in LATIN.items()}
    return {name: f"来{way(word)}吧" for name, way in HAN.items()} | {name: way(word) for name, way in ALONE.items()}


def _read(name: str) -> list[str]:
    return [line for line in (CORPUS / name).read_text("utf-8").splitlines() if line and not line.startswith("# ")]
