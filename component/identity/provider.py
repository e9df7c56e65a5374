"""What a provider of identity is: a name, a form, and a function from what was filled in to what comes next.

Knows no provider. `component/identity/providers.py` lists them, `component/commands/verify.py` asks them.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from component.dialogue import Call
from component.forms import Answers, Form, Mistaken, Refused
from component.texts import Param
from storage.binding import Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Somebody else decides, and the applicant will be told: the text's id with its parameters."""

    text: str
    params: Mapping[str, Param] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """It goes on in a browser: the text's id with its parameters, and where."""

    text: str
    url: str
    params: Mapping[str, Param] = field(default_factory=dict)


Answer = Claim | Waiting | Link | Form | Mistaken | Refused
"""A claim that was decided, somebody to wait for, a link to follow, or one more form: a challenge to answer.

INVARIANT: whoever is bound was bound in one transaction of storage, and the claim says so; nothing else binds.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """One provider, as `identity.providers` names it."""

    name: str
    ask: Callable[[Call], Awaitable[Form | Answer]]  # the first form, or at once what comes next
    submit: Callable[[Call, tuple[Answers, ...]], Awaitable[Answer]]  # all its forms as they were filled in
