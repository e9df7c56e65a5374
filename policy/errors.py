"""What compiling a policy raises.

PolicyError
└── BadRule
"""


class PolicyError(Exception):
    """Anything policy raises."""


class BadRule(PolicyError):
    """A rule that cannot be compiled: its name, and why."""

    def __init__(self, rule: str, reason: str) -> None:
        super().__init__(f"{rule}: {reason}")
        self.rule = rule
        self.reason = reason
