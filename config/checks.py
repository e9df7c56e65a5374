"""What one setting demands of another. Looks at settings only; what they name on the disk is `config/files.py`'s."""

import re
from itertools import pairwise
from urllib.parse import urlsplit

import msgspec

from config import ladder_checks
from config.addresses import parse_socket, prepare_bare_jid, prepare_domain
from config.durations import format_duration
from config.identity import check_identity
from config.reader import Complain, label
from config.rule_checks import check_rules, check_thresholds, check_unique, no_such
from config.settings import Settings, Staff

_CHECK = re.compile("gb11643|mrz|pattern:.+")


def check(settings: Settings, complain: Complain) -> Settings:
    """Complain of what cannot be right; the settings with their addresses prepared."""
    settings = _check_addresses(settings, complain)
    _check_storage(settings, complain)
    check_identity(settings, complain)
    _check_documents(settings, complain)
    _check_tiers(settings, complain)
    _check_platform_rules(settings, complain)
    _check_rooms(settings, complain)
    _check_joining(settings, complain)
    check_unique("rules", [rule.name for rule in settings.rules], complain)
    check_rules(settings.rules, settings, complain)
    check_thresholds(settings, complain)
    ladder_checks.check(settings, complain)
    _check_durations(settings, complain)
    _check_listening(settings, complain)
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
    storage = settings.storage
    if storage.url.startswith("sqlite://"):
        if storage.password_file:
            complain("storage.password_file", "is for PostgreSQL: a SQLite file has no password")
        return
    try:
        url = urlsplit(storage.url)
    except ValueError as error:
        complain("storage.url", f"is no URL: {error}")
        return
    if url.scheme != "postgresql":
        complain("storage.url", "must be sqlite:///FILE or postgresql://USER@HOST/DATABASE")
    elif url.password is not None:
        complain("storage.url", "must not hold the password: put it into a file and name that in storage.password_file")
    elif not url.path.strip("/") or not url.username:
        complain("storage.url", "must name a user and a database: postgresql://USER@HOST/DATABASE")


def _check_documents(settings: Settings, complain: Complain) -> None:
    for name, document in settings.identity.documents.items():
        path = f"identity.documents.{name}"
        if name not in settings.identity.document_types:
            complain(path, "is not in identity.document_types: nobody could choose it")
        if not _CHECK.fullmatch(document.check):
            complain(f"{path}.check", "must be gb11643, mrz, or pattern: and a regular expression")


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
    check_unique("credit.tiers", [tier.name for tier in tiers], complain)


def _check_rooms(settings: Settings, complain: Complain) -> None:
    for key, named in (("categories", settings.categories), ("scales", settings.scales)):
        if not named:
            complain(key, "must not be empty: every room has one")
    for key, chosen, known in (
        ("category", settings.rooms.category, settings.categories),
        ("scale", settings.rooms.scale, settings.scales),
    ):
        if chosen and chosen not in known:
            complain(f"rooms.{key}", no_such(key, chosen, known))
    _check_founding(settings, complain)
    for (_, smaller), (name, larger) in pairwise(settings.scales.items()):
        if larger.members <= smaller.members:
            complain(f"scales.{name}.members", f"must be above that of the class before it, {smaller.members}")
    _check_activity(settings, complain)
    _check_reviews(settings, complain)
    for name, category in settings.categories.items():
        path = f"categories.{name}.rules"
        check_rules(category.rules, settings, complain, path)
        for number, rule in enumerate(category.rules, 1):
            if rule.categories:
                complain(f"{label(path, number, rule)}.categories", "has no meaning here: it holds in this category")


def _check_activity(settings: Settings, complain: Complain) -> None:
    for name, first in list(settings.activity.items())[:1]:
        if first.messages or first.members:
            complain(f"activity.{name}", "is the first class and must need nothing, so that every room has one")
    for (_, quieter), (name, busier) in pairwise(settings.activity.items()):
        for key in ("messages", "members"):
            least = getattr(quieter, key)
            if getattr(busier, key) < least:
                complain(f"activity.{name}.{key}", f"must not be below that of the class before it, {least}")
        if (busier.messages, busier.members) == (quieter.messages, quieter.members):
            complain(f"activity.{name}", "needs no more than the class before it")


def _check_reviews(settings: Settings, complain: Complain) -> None:
    before = settings.reviews.tell_before
    tables = (("categories", settings.categories), ("scales", settings.scales), ("activity", settings.activity))
    for table, named in tables:
        for name, reviewed in named.items():
            if reviewed.review_every is not None and reviewed.review_every <= before:
                reason = f"must be longer than reviews.tell_before, {format_duration(before)}"
                complain(f"{table}.{name}.review_every", reason)


def _check_joining(settings: Settings, complain: Complain) -> None:
    for name, category in settings.categories.items():
        if category.join_mode not in category.join_modes:
            complain(
                f"categories.{name}.join_mode",
                f"{category.join_mode} is not among its join_modes (a question is no default: somebody has to ask it)",
            )


def _check_founding(settings: Settings, complain: Complain) -> None:
    tiers = {tier.name for tier in settings.credit.tiers} | {"unverified"}
    for key, named in (("categories", settings.categories), ("scales", settings.scales)):
        for name, founding in named.items():
            for place, tier in enumerate(founding.tiers, 1):
                if tier not in tiers:
                    complain(f"{key}.{name}.tiers[#{place}]", no_such("tier", tier, tiers))
    for number, each in enumerate(settings.credit.tiers, 1):
        if each.largest_scale and each.largest_scale not in settings.scales:
            path = f"{label('credit.tiers', number, each)}.largest_scale"
            complain(path, no_such("scale", each.largest_scale, settings.scales))


def _check_platform_rules(settings: Settings, complain: Complain) -> None:
    moderation = settings.moderation
    if moderation.rules_required_for and not moderation.rules_text:
        complain("moderation.rules_text", "must name the rules' files while rules_required_for has them accepted")


def _check_durations(settings: Settings, complain: Complain) -> None:
    durations: dict[str, float | None] = {
        "identity.attempts_window": settings.identity.attempts_window,
        "identity.move_within": settings.identity.move_within,
        "disclosure.lapses_after": settings.disclosure.lapses_after,
        "identity.valid_for": settings.identity.valid_for,
        "identity.review.keep": settings.identity.review.keep,
        "identity.review.tell_every": settings.identity.review.tell_every,
        "identity.http.timeout": settings.identity.http.timeout,
        "identity.http.give_up_after": settings.identity.http.give_up_after,
        "identity.oidc.timeout": settings.identity.oidc.timeout,
        "identity.oidc.link_lasts": settings.identity.oidc.link_lasts,
        "credit.recovery": settings.credit.recovery,
        "moderation.hold_for": settings.moderation.hold_for,
        "moderation.hold_notice": settings.moderation.hold_notice,
        "moderation.retract_back": settings.moderation.retract_back,
        "moderation.strike_expires": settings.moderation.strike_expires,
        "applications.expires": settings.applications.expires,
        "applications.valid": settings.applications.valid,
        "emergency.lasts": settings.emergency.lasts,
        "emergency.raid_for": settings.emergency.raid_for,
        "limits.dialogue_timeout": settings.limits.dialogue_timeout,
        "storage.busy_timeout": settings.storage.busy_timeout,
        "retention.rule_stats": settings.retention.rule_stats,
        "retention.applications": settings.retention.applications,
        "reviews.within": settings.reviews.within,
        "joining.admission": settings.joining.admission,
        "joining.expires": settings.joining.expires,
        "joining.attempts_window": settings.joining.attempts_window,
        "moderation.managers.longest_mute": settings.moderation.managers.longest_mute,
    }
    for name, category in settings.categories.items():
        if category.managers is not None:
            durations[f"categories.{name}.managers.longest_mute"] = category.managers.longest_mute
    for number, ahead in enumerate(settings.identity.remind_before, 1):
        durations[f"identity.remind_before[#{number}]"] = ahead
    for number, step in enumerate(settings.ladders.member.steps, 1):
        path = f"ladders.member.steps[#{number}]"
        durations |= {f"{path}.window": step.window, f"{path}.lasts": step.lasts}
    durations["ladders.manager.expires"] = settings.ladders.manager.expires
    for number, manager_step in enumerate(settings.ladders.manager.steps, 1):
        path = f"ladders.manager.steps[#{number}]"
        durations |= {f"{path}.window": manager_step.window, f"{path}.lasts": manager_step.lasts}
    for number, group_step in enumerate(settings.ladders.group.steps, 1):
        path = f"ladders.group.steps[#{number}]"
        durations |= {f"{path}.window": group_step.window, f"{path}.within": group_step.within}
    for key, seconds in durations.items():
        if seconds is not None and seconds <= 0:
            complain(key, "must be more than 0s")


def _check_listening(settings: Settings, complain: Complain) -> None:
    if settings.metrics.listen is not None:
        try:
            parse_socket(settings.metrics.listen)
        except ValueError as error:
            complain("metrics.listen", str(error))
