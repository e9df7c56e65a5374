"""What one setting demands of another. Looks at settings only; what they name on the disk is `config/files.py`'s."""

from collections import Counter
from itertools import pairwise

import msgspec

from config.addresses import prepare_bare_jid, prepare_domain
from config.durations import format_duration
from config.reader import Complain, label
from config.settings import Rule, Settings, Staff, Step

_LASTING = ("mute", "ban")


def check(settings: Settings, complain: Complain) -> Settings:
    """Complain of what cannot be right; the settings with their addresses prepared."""
    settings = _check_addresses(settings, complain)
    _check_storage(settings, complain)
    _check_identity(settings, complain)
    _check_tiers(settings, complain)
    _check_platform_rules(settings, complain)
    _check_rules(settings.rules, complain)
    _check_steps(settings, complain)
    _check_durations(settings, complain)
    return settings


def _check_addresses(settings: Settings, complain: Complain) -> Settings:
    xmpp = settings.xmpp
    for key in ("domain", "muc"):
        try:
            xmpp = msgspec.structs.replace(xmpp, **{key: prepare_domain(getattr(xmpp, key))})
        except ValueError as error:
            complain(f"xmpp.{key}", str(error))
    if xmpp.domain == xmpp.muc:
        complain("xmpp.domain", f'must be a domain of its own, not that of the rooms, "{xmpp.muc}"')
    if bool(xmpp.secret) == bool(xmpp.secret_file):
        complain("xmpp.secret_file", "one of secret_file and secret must be given, and only one")
    return msgspec.structs.replace(settings, xmpp=xmpp, staff=_prepare_staff(settings.staff, complain))


def _prepare_staff(staff: Staff, complain: Complain) -> Staff:
    roles: dict[str, tuple[str, ...]] = {}
    for role in staff.__struct_fields__:
        prepared = []
        for number, jid in enumerate(getattr(staff, role), 1):
            try:
                prepared.append(prepare_bare_jid(jid))
            except ValueError as error:
                complain(f"staff.{role}[#{number}]", str(error))
        roles[role] = tuple(prepared)
    return Staff(**roles)


def _check_storage(settings: Settings, complain: Complain) -> None:
    if not settings.storage.url.startswith("sqlite://"):
        complain("storage.url", "must begin with sqlite:///, followed by the database file's path")


def _check_identity(settings: Settings, complain: Complain) -> None:
    if settings.identity.required_for and not settings.identity.providers:
        complain("identity.providers", "must not be empty while identity.required_for demands verified persons")


def _check_tiers(settings: Settings, complain: Complain) -> None:
    tiers = settings.credit.tiers
    if not tiers or tiers[0].threshold != 0:
        complain("credit.tiers", "the first tier's threshold must be 0, so that everybody has a tier")
    for number, (lower, higher) in enumerate(pairwise(tiers), 2):
        if higher.threshold <= lower.threshold:
            complain(
                f"{label('credit.tiers', number, higher)}.threshold",
                f"must be above that of the tier before it, {lower.threshold}",
            )
    _check_unique("credit.tiers", [tier.name for tier in tiers], complain)


def _check_unique(path: str, names: list[str], complain: Complain) -> None:
    for name, count in Counter(names).items():
        if count > 1:
            complain(path, f'the name "{name}" is given {count} times; names must differ')


def _check_platform_rules(settings: Settings, complain: Complain) -> None:
    moderation = settings.moderation
    if moderation.rules_required_for and not moderation.rules_text:
        complain("moderation.rules_text", "must name the rules' files while rules_required_for has them accepted")


def _check_rules(rules: tuple[Rule, ...], complain: Complain) -> None:
    _check_unique("rules", [rule.name for rule in rules], complain)
    for number, rule in enumerate(rules, 1):
        path = label("rules", number, rule)
        if not (rule.words or rule.word_files or rule.patterns):
            complain(path, "needs words, word_files or patterns: without them it never matches")
        for key in ("words", "patterns"):
            for place, text in enumerate(getattr(rule, key), 1):
                if not text.strip():
                    complain(f"{path}.{key}[#{place}]", "must not be blank: it would match everything")
        if rule.lasts is not None and rule.action not in _LASTING:
            complain(f"{path}.lasts", f'has no meaning with action "{rule.action}"; only a mute or ban lasts')
        if rule.everywhere and rule.action in {"note", "reject"}:
            complain(f"{path}.everywhere", f'has no meaning with action "{rule.action}", which is no sanction')


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


def _check_step(step: Step, path: str, strike_expires_s: float, complain: Complain) -> None:
    if step.lasts is not None and step.sanction not in _LASTING:
        complain(f"{path}.lasts", f'has no meaning with sanction "{step.sanction}"; only a mute or ban lasts')
    if step.window > strike_expires_s:
        complain(
            f"{path}.window",
            f"is longer than a strike counts: moderation.strike_expires is {format_duration(strike_expires_s)}",
        )


def _check_durations(settings: Settings, complain: Complain) -> None:
    durations: dict[str, float | None] = {
        "identity.attempts_window": settings.identity.attempts_window,
        "credit.recovery": settings.credit.recovery,
        "moderation.strike_expires": settings.moderation.strike_expires,
        "limits.dialogue_timeout": settings.limits.dialogue_timeout,
        "storage.busy_timeout": settings.storage.busy_timeout,
    }
    for number, rule in enumerate(settings.rules, 1):
        durations[f"{label('rules', number, rule)}.lasts"] = rule.lasts
    for number, step in enumerate(settings.ladders.member.steps, 1):
        path = f"ladders.member.steps[#{number}]"
        durations |= {f"{path}.window": step.window, f"{path}.lasts": step.lasts}
    for key, seconds in durations.items():
        if seconds is not None and seconds <= 0:
            complain(key, "must be more than 0s")
