"""What a rule with one condition sees, as short as a test needs it."""

from collections.abc import Sequence
from typing import Any

from config.settings import Rule
from policy.examine import Examined, Examiner
from policy.facts import Facts, Surface
from tests.unit.policy.making import facts, said, with_rules


def examined(what: Facts | str, *rules: Rule, **files: Sequence[str]) -> Examined:
    if isinstance(what, str):
        what = facts(texts=said(what))
    return Examiner(with_rules(*rules), {name: tuple(listed) for name, listed in files.items()}).examine(what)


def found(what: Facts | str, surface: Surface = Surface.BODY, **condition: Any) -> list[str]:  # noqa: ANN401 - any field
    """What a rule with this condition shows as found, as it was written."""
    if isinstance(what, str):
        what = facts(texts=said(what, surface=surface))
    hits = examined(what, Rule(name="x", **condition)).hits
    return [match.text.value[match.start : match.end] if match.text else "" for hit in hits for match in hit.matches]


def meets(what: Facts | str, **condition: Any) -> bool:  # noqa: ANN401 - any field
    if isinstance(what, str):
        what = facts(texts=said(what))
    return bool(examined(what, Rule(name="x", **condition)).hits)
