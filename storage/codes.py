"""Group codes: random, for life, easy to read aloud. Knows their form, not who has which.

Eight characters and a check character, shown as XXXX-XXXX-C. The alphabet leaves out I, L, O and U; whoever writes
O, I or L is understood. The check character finds every single wrong character and every two that changed places.
"""

import secrets

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {character: value for value, character in enumerate(_ALPHABET)}
_ALIKE = str.maketrans("OIL", "011", "- \t")
_LENGTH = 8
_FIELD = 0b100101  # x⁵ + x² + 1, primitive: x has order 31, past the length of a code
_SIZE = len(_ALPHABET)


def make() -> str:
    """A new random code; whether it is taken is the database's to say."""
    body = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    return _show(body + _ALPHABET[_times_x(_remainder(body))])


def parse(text: str) -> str | None:
    """The code as it is shown, from however somebody wrote it down; None when it cannot be one."""
    plain = text.strip().upper().translate(_ALIKE)
    if len(plain) != _LENGTH + 1 or not all(character in _VALUES for character in plain) or _remainder(plain):
        return None
    return _show(plain)


def _show(plain: str) -> str:
    return f"{plain[:4]}-{plain[4:8]}-{plain[8:]}"


def _remainder(characters: str) -> int:
    """Horner's rule over GF(32): 0 for a body followed by its check character."""
    total = 0
    for character in characters:
        total = _times_x(total) ^ _VALUES[character]
    return total


def _times_x(value: int) -> int:
    value <<= 1
    return value ^ _FIELD if value >= _SIZE else value
