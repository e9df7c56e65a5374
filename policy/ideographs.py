"""Traditional ideographs and their simplified forms, one for one, by OpenCC's tables where that is installed."""

from collections.abc import Mapping
from itertools import chain

try:
    from opencc import OpenCC
except ImportError:  # pragma: no cover - optional; without it both ways of writing are told apart
    OpenCC = None  # type: ignore[assignment,misc]

_BLOCKS = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0x20000, 0x323B0))


def make_simplified(*, is_installed: bool) -> Mapping[int, str]:
    """A table for `str.translate`; each ideograph is asked about by itself, so that every text keeps its length."""
    if not is_installed:
        return {}
    chars = "\n".join(map(chr, chain(*_BLOCKS)))
    pairs = zip(chars, OpenCC("t2s").convert(chars), strict=True)
    table = {ord(char): simple for char, simple in pairs if char != simple}
    return {code: table.get(ord(simple), simple) for code, simple in table.items()}


SIMPLIFIED = make_simplified(is_installed=OpenCC is not None)
