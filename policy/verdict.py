"""What policy answers: a decision, why, and what is to be done about it."""

from dataclasses import dataclass
from enum import Enum

from policy.actions import Action


class Decision(Enum):
    ALLOW = "allow"
    DENY = "deny"
    HOLD = "hold"  # denied for now, and for nothing but what a moderator may still allow


class Condition(Enum):
    """Stanza error conditions (RFC 6120 §8.3.3) with their types, gravest first.

    The first denial in this order is what the user is told.
    """

    FORBIDDEN = ("forbidden", "auth")
    GONE = ("gone", "cancel")
    REGISTRATION_REQUIRED = ("registration-required", "auth")
    NOT_ALLOWED = ("not-allowed", "cancel")
    RESOURCE_CONSTRAINT = ("resource-constraint", "wait")
    SERVICE_UNAVAILABLE = ("service-unavailable", "wait")
    CONTENT = ("policy-violation", "modify")
    TOO_FAST = ("policy-violation", "wait")
    INTERNAL = ("internal-server-error", "wait")
    HELD = ("policy-violation", "wait", "held")

    def __init__(self, element: str, error_type: str, *_told_apart: str) -> None:
        self.element = element
        self.error_type = error_type


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why: the rule's name, the condition to bounce with, and the text's id with its parameters.

    Texts live in `component/locale/`; policy knows their ids only.
    """

    rule: str
    condition: Condition
    text: str
    params: tuple[tuple[str, str | int | float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleError:
    """A rule that failed instead of answering. One that runs as a shadow denies nothing by that."""

    rule: str
    error: str
    is_shadow: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    decision: Decision
    reasons: tuple[Reason, ...] = ()
    actions: tuple[Action, ...] = ()
    errors: tuple[RuleError, ...] = ()
    hits: tuple[str, ...] = ()  # the operator's rules that were met, live ones and shadows


ALLOW = Verdict(decision=Decision.ALLOW)
