"""What an address looks like to whoever reads it: two that people would take for each other have one shape.

Letters of other alphabets read as the Latin ones they look like (UTS #39), 0 as o and 1 as l; XEP-0106 escapes as
what they stand for. Accents and the digits that only play letters stay: `café` is not `cafe`, nor class 10a 104.
"""

import re
from collections.abc import Mapping

from policy.lookalikes import ACCENTED, FANCY, LOOSE, STRICT
from policy.normalise import fold

_ESCAPED = re.compile(r"\\([0-9a-f]{2})")
_MEANS = {f"{ord(char):02x}": char for char in " \"&'/:<>@\\"}
"""All that XEP-0106 §4 escapes; anything else after a backslash stands for itself."""

_SEPARATORS = re.compile(r"[\s\u2010-\u2015\u2043\u2212_~·.-]+")
_ALIKE: Mapping[int, str] = {
    ord(char): latin for char, latin in {**LOOSE, **STRICT, **FANCY, "0": "o", "1": "l"}.items() if char not in ACCENTED
}


def shape_of(jid: str) -> str:
    """The shape of a room's bare JID; of its localpart only, as all rooms are on one service."""
    local = _ESCAPED.sub(lambda found: _MEANS.get(found[1], found[0]), jid.rpartition("@")[0])
    return _SEPARATORS.sub("-", fold(local).translate(_ALIKE))
