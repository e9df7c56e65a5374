"""What compiling a policy raises.

PolicyError
├── BadRule
└── BadCheck
"""


class PolicyError(Exception):
    """Anything policy raises."""


class BadRule(PolicyError):
    """A rule that cannot be compiled: its name, and why."""

    def __init__(self, rule: str, reason: str) -> None:
        super().__init__(f"{rule}: {reason}")
        self.rule = rule
        self.reason = reason


class BadCheck(PolicyError):
    """A check of documents that cannot be compiled: the type of document, and why."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


def describe(error: Exception) -> str:
    """An exception for the operator's log, even one that cannot tell what it is."""
    try:
        return f"{type(error).__name__}: {error}"
    except Exception:  # noqa: BLE001 - its __str__ is as faulty as the rule
        return type(error).__name__
