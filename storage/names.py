"""The form in which rooms' names are searched for."""

from policy.normalise import fold


def key_of(name: str) -> str:
    """Case, width and invisible characters make no difference, nor do runs of spaces."""
    return " ".join(fold(name).split())
