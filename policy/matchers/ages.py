"""Times that have passed, told apart by `under` and `over`."""

from collections.abc import Callable

from config.settings import Age


def make_age(name: str, age: Age) -> Callable[[float], bool]:
    """Whether so many seconds are of that age.

    Raises:
        ValueError: none could be.
    """
    under, over = age.under, age.over
    if under is None and over is None:
        raise ValueError(f"{name} needs under or over")
    if under is not None and over is not None and over >= under:
        raise ValueError(f"{name} is never met: over must be less than under")

    def holds(age_s: float) -> bool:
        return (under is None or age_s < under) and (over is None or age_s >= over)

    return holds
