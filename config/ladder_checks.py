"""What the steps of one ladder demand of each other."""

from itertools import pairwise

from config.durations import format_duration
from config.reader import Complain, label
from config.settings import Settings, Step

_LASTING = ("mute", "suspend", "ban")
_GROUP_SANCTIONS = ("warn", "suspend", "close", "blacklist")


def check(settings: Settings, complain: Complain) -> None:
    """Complain of steps that cannot be right."""
    _check_steps(settings, complain)
    _check_group_steps(settings, complain)
    _check_manager_steps(settings, complain)


def _check_steps(settings: Settings, complain: Complain) -> None:
    steps = settings.ladders.member.steps
    path = "ladders.member.steps"
    for number, step in enumerate(steps, 1):
        _check_step(step, label(path, number, step), settings.moderation.strike_expires, complain)
    for number, (milder, graver) in enumerate(pairwise(steps), 2):
        if graver.strikes < milder.strikes:
            complain(f"{path}[#{number}].strikes", f"must not be below that of the step before it, {milder.strikes}")
        if (graver.strikes, graver.window) == (milder.strikes, milder.window):
            complain(f"{path}[#{number}]", "has the strikes and window of the step before it")


def _check_group_steps(settings: Settings, complain: Complain) -> None:
    steps, path = settings.ladders.group.steps, "ladders.group.steps"
    for number, (milder, graver) in enumerate(pairwise(steps), 2):
        if _GROUP_SANCTIONS.index(graver.sanction) <= _GROUP_SANCTIONS.index(milder.sanction):
            complain(
                f"{path}[#{number}].sanction", f'must be graver than that of the step before it, "{milder.sanction}"'
            )
    for number, step in enumerate(steps, 1):
        where = f"{path}[#{number}]"
        if step.within is not None and step.sanction in {"close", "blacklist"}:
            complain(f"{where}.within", f'has no meaning with sanction "{step.sanction}": the room is gone')
        if step.strikes is not None and step.persons > step.strikes:
            complain(f"{where}.persons", f"must not be above that of strikes, {step.strikes}")


def _check_manager_steps(settings: Settings, complain: Complain) -> None:
    path = "ladders.manager.steps"
    for number, step in enumerate(settings.ladders.manager.steps, 1):
        if step.lasts is not None and step.sanction == "notice":
            complain(f"{path}[#{number}].lasts", 'has no meaning with sanction "notice"')
    for number, (milder, graver) in enumerate(pairwise(settings.ladders.manager.steps), 2):
        if graver.strikes < milder.strikes:
            complain(f"{path}[#{number}].strikes", f"must not be below that of the step before it, {milder.strikes}")


def _check_step(step: Step, path: str, strike_expires_s: float, complain: Complain) -> None:
    if step.lasts is not None and step.sanction not in _LASTING:
        complain(
            f"{path}.lasts", f'has no meaning with sanction "{step.sanction}"; only a mute, suspension or ban lasts'
        )
    if step.window > strike_expires_s:
        complain(
            f"{path}.window",
            f"is longer than a strike counts: moderation.strike_expires is {format_duration(strike_expires_s)}",
        )
