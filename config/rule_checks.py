"""What may be wrong with rules of automatic moderation and the thresholds that their weights reach."""

from collections import Counter
from collections.abc import Iterable

from config.reader import Complain, label
from config.scopes import is_scoped, may_meet
from config.settings import Condition, Rule, Settings, Threshold

_LASTING = ("mute", "suspend", "ban")
_PLACED = ("retract", "mute", "kick", "remove", "ban")
"""Actions that hold in a room, or in every one."""

_SOUGHT = {
    "words": "words",
    "word_files": "word_files",
    "patterns": "patterns",
    "links": "links",
    "mixed_script": "mixed_script",
    "caps": "caps",
    "length": "length",
    "attachments": "attachments",
    "person_age": "person_age",
    "flood": "flood",
    "duplicates": "duplicates",
    "mentions": "mentions",
    "membership_age": "membership_age",
    "first_message": "first_message",
    "all_of": "all",
    "any_of": "any",
    "none_of": "not",
}
"""What a condition can look for, as settings and files call it."""

_DURATIONS = {
    "person_age": ("under", "over"),
    "membership_age": ("under", "over"),
    "flood": ("within",),
    "duplicates": ("within",),
}


def check_rules(rules: tuple[Rule, ...], settings: Settings, complain: Complain, table: str = "rules") -> None:
    """Complain of rules, from the config file or a pack, that cannot be right under these settings."""
    for number, rule in enumerate(rules, 1):
        path = label(table, number, rule)
        _check_condition(rule, path, complain)
        _check_consequence(rule, path, complain)
        _check_scope(rule, path, settings, complain)
        for key in ("lasts", "everywhere", "deduct", "case"):
            if rule.weight and getattr(rule, key):
                complain(
                    f"{path}.{key}", "has no meaning with a weight: the threshold that is reached says what follows"
                )
        if rule.weight and not settings.moderation.thresholds:
            complain(f"{path}.weight", "leads nowhere: there are no moderation.thresholds")


def _check_scope(rule: Rule | Threshold, path: str, settings: Settings, complain: Complain) -> None:
    tiers = {tier.name for tier in settings.credit.tiers} | {"unverified"}
    for key, kind, given, known in (
        ("tiers", "tier", rule.tiers, tiers),
        ("categories", "category", rule.categories, settings.categories),
        ("scales", "scale", rule.scales, settings.scales),
        ("activity", "class by activity", rule.activity, settings.activity),
    ):
        for place, name in enumerate(given, 1):
            if name not in known:
                complain(f"{path}.{key}[#{place}]", no_such(kind, name, known))


def _check_condition(condition: Condition, path: str, complain: Complain) -> None:
    if not any(getattr(condition, key) not in ((), None, False) for key in _SOUGHT):
        complain(path, f"never matches: it needs one of {', '.join(_SOUGHT.values())}")
    for key in ("words", "patterns"):
        for place, text in enumerate(getattr(condition, key), 1):
            if not text.strip():
                complain(f"{path}.{key}[#{place}]", "must not be blank: it would match everything")
    for name, keys in _DURATIONS.items():
        table = getattr(condition, name)
        for key in keys if table is not None else ():
            seconds = getattr(table, key)
            if seconds is not None and seconds <= 0:
                complain(f"{path}.{name}.{key}", "must be more than 0s")
    inner = [(f"{path}.not", condition.none_of)] if condition.none_of is not None else []
    for key, conditions in (("all", condition.all_of), ("any", condition.any_of)):
        inner += [(f"{path}.{key}[#{place}]", one) for place, one in enumerate(conditions, 1)]
    for where, one in inner:
        _check_condition(one, where, complain)


def _check_consequence(rule: Rule | Threshold, path: str, complain: Complain) -> None:
    if rule.lasts is not None and rule.action not in _LASTING:
        complain(f"{path}.lasts", f'has no meaning with action "{rule.action}"; only a mute, suspension or ban lasts')
    if rule.lasts is not None and rule.lasts <= 0:
        complain(f"{path}.lasts", "must be more than 0s")
    if rule.everywhere and rule.action not in _PLACED:
        why = "which holds everywhere as it is" if rule.action == "suspend" else "which is no sanction"
        complain(f"{path}.everywhere", f'has no meaning with action "{rule.action}", {why}')
    if rule.case and rule.action == "hold":
        complain(f"{path}.case", 'has no meaning with action "hold": what is held is before the moderators as it is')
    if rule.deduct and rule.strike is False and rule.action == "hold":
        complain(f"{path}.deduct", 'has no meaning with action "hold" and strike = false: a refusal costs nothing then')


def check_thresholds(settings: Settings, complain: Complain) -> None:
    """Complain of thresholds, alone and beside each other."""
    thresholds = settings.moderation.thresholds
    path = "moderation.thresholds"
    check_unique(path, [threshold.name for threshold in thresholds], complain)
    names = {rule.name for rule in settings.rules}
    names.update(rule.name for category in settings.categories.values() for rule in category.rules)
    for number, threshold in enumerate(thresholds, 1):
        where = label(path, number, threshold)
        _check_scope(threshold, where, settings, complain)
        _check_consequence(threshold, where, complain)
        if threshold.name in names:
            complain(f"{where}.name", "is the name of a rule; names must differ")
        for other in thresholds[number:]:
            if _are_equals(threshold, other):
                complain(
                    where, f"{other.name} has the score {other.score}, too, and may hold for the same: which is to act?"
                )


def _are_equals(one: Threshold, other: Threshold) -> bool:
    """Whether neither gives way where both are reached: by its score, its scope, or as a shadow."""
    is_same = (one.score, one.shadow, is_scoped(one)) == (other.score, other.shadow, is_scoped(other))
    return is_same and may_meet(one, other)


def check_unique(path: str, names: list[str], complain: Complain) -> None:
    """Complain of names that are given more than once."""
    for name, count in Counter(names).items():
        if count > 1:
            complain(path, f'the name "{name}" is given {count} times; names must differ')


def no_such(kind: str, name: str, known: Iterable[str]) -> str:
    """What to say of a name that nothing has."""
    return f'there is no {kind} "{name}"; known: {", ".join(sorted(known))}'
