"""What one setting demands of another."""

import tomllib

import msgspec
import pytest

from config.checks import check
from config.reader import read_settings
from config.settings import Settings, Xmpp

GOOD = Settings(xmpp=Xmpp(domain="keeper.example.org", muc="rooms.example.org", secret_file="secret"))
XMPP = "[xmpp]\ndomain = 'keeper.example.org'\nmuc = 'rooms.example.org'\nsecret_file = 'secret'\n"


def complaints_about(text: str) -> dict[str, str]:
    complaints: dict[str, str] = {}
    settings = read_settings(tomllib.loads(text), complaints.__setitem__)
    assert settings is not None, complaints
    check(settings, complaints.__setitem__)
    return complaints


def test_defaults_are_sound() -> None:
    assert complaints_about(XMPP) == {}


def test_addresses_are_prepared() -> None:
    text = XMPP.replace("rooms.example.org", "Rooms.Example.ORG") + "[staff]\nmoderators = ['Mo@Example.org']\n"
    settings = msgspec.convert(tomllib.loads(text), Settings)
    prepared = check(settings, lambda key, reason: pytest.fail(f"{key} {reason}"))
    assert prepared.xmpp.muc == "rooms.example.org"
    assert prepared.staff.moderators == ("mo@example.org",)


def tiers(*lines: str) -> str:
    return XMPP + "".join(f"[[credit.tiers]]\n{line}\n" for line in lines)


def category(rest: str, name: str = "x") -> str:
    return f"{XMPP}[categories.a]\n[[categories.a.rules]]\nname = '{name}'\n{rest}\n"


def thresholds(*scopes: str) -> str:
    tables = (
        f"[[moderation.thresholds]]\nname = 't{number}'\nscore = 5\n{scope}\n" for number, scope in enumerate(scopes, 1)
    )
    return XMPP + "".join(tables)


def steps(*lines: str, expires: str = "90d") -> str:
    return XMPP + f"[moderation]\nstrike_expires = '{expires}'\n[ladders.member]\nsteps = [{', '.join(lines)}]\n"


def rule(line: str) -> str:
    return f"{XMPP}[[rules]]\nname = 'x'\n{line}\n"


@pytest.mark.parametrize(
    ("text", "key", "reason"),
    [
        (XMPP.replace("keeper.", "rooms."), "xmpp.domain", "a domain of its own"),
        (XMPP.replace("keeper.example.org", "a b"), "xmpp.domain", "is not a domain"),
        (XMPP.replace("secret_file", "language='en' #"), "xmpp.secret_file", "must be given"),
        (XMPP + "secret = 'both'", "xmpp.secret_file", "only one"),
        (XMPP + "[storage]\nurl = 'mysql://x'", "storage.url", "sqlite:///FILE or postgresql://USER@HOST/DATABASE"),
        (XMPP + "[storage]\nurl = 'postgresql://rk:secret@host/rk'", "storage.url", "storage.password_file"),
        (XMPP + "[storage]\nurl = 'postgresql://host/rk'", "storage.url", "must name a user"),
        (XMPP + "[storage]\nurl = 'postgresql://rk@host/'", "storage.url", "and a database"),
        (XMPP + "[storage]\nurl = 'postgresql://rk@[::1/rk'", "storage.url", "is no URL"),
        (XMPP + "[storage]\npassword_file = 'x'", "storage.password_file", "is for PostgreSQL"),
        (XMPP + "[categories.a]\njoin_modes = ['invite']", "categories.a.join_mode", "open is not among"),
        (XMPP + "[categories.a]\njoin_modes = ['question']", "categories.a.join_mode", "a question is no default"),
        (XMPP + "[joining]\nexpires = '0s'", "joining.expires", "more than 0s"),
        (XMPP + "[identity]\nproviders = []", "identity.providers", "must not be empty"),
        (XMPP + "[staff]\nauditors = ['a@b', 'c']", "staff.auditors[#2]", "is not a bare JID"),
        (XMPP + "[credit]\ntiers = []", "credit.tiers", "must be 0"),
        (tiers("name = 'a'\nthreshold = 1"), "credit.tiers", "must be 0"),
        (
            tiers("name = 'a'\nthreshold = 0", "name = 'b'\nthreshold = 50", "name = 'c'\nthreshold = 50"),
            "credit.tiers[c].threshold",
            "above that of the tier before it, 50",
        ),
        (tiers("name = 'a'\nthreshold = 0", "name = 'a'\nthreshold = 50"), "credit.tiers", '"a" is given 2 times'),
        (XMPP + "[moderation]\nrules_required_for = ['post']", "moderation.rules_text", "must name"),
        (XMPP + "[categories]", "categories", "must not be empty"),
        (XMPP + "[scales]", "scales", "must not be empty"),
        (XMPP + "[activity.a]\nmessages = 1", "activity.a", "must need nothing"),
        (XMPP + "[activity.a]\n[activity.b]", "activity.b", "needs no more"),
        (
            XMPP + "[activity.a]\n[activity.b]\nmembers = 5\n[activity.c]\nmessages = 9",
            "activity.c.members",
            "class before it, 5",
        ),
        (XMPP + "[rooms]\ncategory = 'castle'", "rooms.category", 'no category "castle"; known: general'),
        (XMPP + "[rooms]\nscale = 'vast'", "rooms.scale", 'no scale "vast"; known: large, medium, small'),
        (XMPP + "[scales.a]\nmembers = 5\n[scales.b]\nmembers = 5", "scales.b.members", "class before it, 5"),
        (category("words = ['b']\ncategories = ['a']"), "categories.a.rules[x].categories", "holds in this category"),
        (category(""), "categories.a.rules[x]", "never matches"),
        (category("words = ['b']", "suspicious"), "moderation.thresholds[suspicious].name", "is the name of a rule"),
        (thresholds("categories = ['castle']"), "moderation.thresholds[t1].categories[#1]", 'no category "castle"'),
        (thresholds("scales = ['vast']"), "moderation.thresholds[t1].scales[#1]", 'no scale "vast"'),
        (thresholds("tiers = ['x']"), "moderation.thresholds[t1].tiers[#1]", 'no tier "x"'),
        (thresholds("", ""), "moderation.thresholds[t1]", "t2 has the score 5, too"),
        (thresholds("shadow = true", "shadow = true"), "moderation.thresholds[t1]", "which is to act"),
        (thresholds("kinds = ['post']", "", "roles = ['visitor']"), "moderation.thresholds[t1]", "t3 has the score 5"),
        (thresholds("rooms = ['a*']", "rooms = ['b*']"), "moderation.thresholds[t1]", "may hold for the same"),
        (
            XMPP + "[categories.a.managers]\nlongest_mute = '0s'",
            "categories.a.managers.longest_mute",
            "more than 0s",
        ),
        (XMPP + "[moderation.managers]\nlongest_mute = '0s'", "moderation.managers.longest_mute", "more than 0s"),
        (rule("words = ['a']\ncategories = ['castle']"), "rules[x].categories[#1]", 'no category "castle"'),
        (rule("words = ['a']\nscales = ['vast']"), "rules[x].scales[#1]", 'no scale "vast"'),
        (XMPP + "[categories.a]\nreview_every = '14d'", "categories.a.review_every", "tell_before, 14d"),
        (
            XMPP + "[reviews]\ntell_before = '2d'\n[scales.a]\nmembers = 1\nreview_every = '1d'",
            "scales.a.review_every",
            "longer",
        ),
        (XMPP + "[activity.a]\nreview_every = '1s'", "activity.a.review_every", "longer"),
        (XMPP + "[reviews]\nwithin = '0s'", "reviews.within", "more than 0s"),
        (rule("words = ['a']\nactivity = ['wild']"), "rules[x].activity[#1]", 'no class by activity "wild"'),
        (rule(""), "rules[x]", "never matches"),
        (rule("words = ['a', ' ']"), "rules[x].words[#2]", "match everything"),
        (rule("patterns = ['']"), "rules[x].patterns[#1]", "match everything"),
        (rule("words = ['a']\naction = 'hold'\ncase = true"), "rules[x].case", "before the moderators as it is"),
        (rule("words = ['a']\naction = 'hold'\nstrike = false\ndeduct = 1"), "rules[x].deduct", "costs nothing"),
        (rule("words = ['a']\naction = 'hold'\neverywhere = true"), "rules[x].everywhere", "no sanction"),
        (rule("words = ['a']\naction = 'suspend'\neverywhere = true"), "rules[x].everywhere", "as it is"),
        (rule("words = ['a']\naction = 'retract'\nlasts = '1d'"), "rules[x].lasts", "only a mute"),
        (rule("words = ['a']\nlasts = '1d'"), "rules[x].lasts", "only a mute, suspension or ban lasts"),
        (rule("words = ['a']\naction = 'ban'\nlasts = '0s'"), "rules[x].lasts", "more than 0s"),
        (rule("words = ['a']\neverywhere = true"), "rules[x].everywhere", "no sanction"),
        (rule("words = ['a']") + rule("words = ['b']")[len(XMPP) :], "rules", '"x" is given 2 times'),
        (
            steps("{strikes=1, window='1d', sanction='kick', lasts='1d'}"),
            "ladders.member.steps[#1].lasts",
            "only a mute",
        ),
        (steps("{strikes=1, window='0s', sanction='kick'}"), "ladders.member.steps[#1].window", "more than 0s"),
        (
            steps("{strikes=1, window='8d', sanction='kick'}", expires="1w"),
            "ladders.member.steps[#1].window",
            "strike_expires is 7d",
        ),
        (
            steps("{strikes=3, window='1d', sanction='mute'}", "{strikes=2, window='1d', sanction='ban'}"),
            "ladders.member.steps[#2].strikes",
            "must not be below",
        ),
        (
            steps("{strikes=3, window='1d', sanction='mute'}", "{strikes=3, window='1d', sanction='ban'}"),
            "ladders.member.steps[#2]",
            "of the step before it",
        ),
        (XMPP + "[credit]\nrecovery = '0s'", "credit.recovery", "more than 0s"),
    ],
)
def test_what_cannot_be_right_is_named_by_its_key(text: str, key: str, reason: str) -> None:
    assert reason in complaints_about(text)[key]


@pytest.mark.parametrize(
    "scopes",
    [
        ("", "shadow = true", "categories = ['general']"),
        ("tiers = ['limited']", "tiers = ['unverified', 'standard']"),
        ("kinds = ['post']\nroles = ['visitor']", "kinds = ['post']\nroles = ['moderator', 'none']"),
        ("scales = ['small']", "scales = ['large']", "scales = ['medium']", ""),
        ("activity = ['quiet']", "activity = ['active']", "activity = ['very-active']", ""),
    ],
)
def test_thresholds_of_one_score_may_stand_side_by_side_where_one_alone_can_act(scopes: tuple[str, ...]) -> None:
    assert complaints_about(thresholds(*scopes)) == {}


def group_steps(*lines: str) -> str:
    return XMPP + f"[ladders.group]\nsteps = [{', '.join(lines)}]\n"


@pytest.mark.parametrize(
    ("text", "key", "reason"),
    [
        (group_steps("{sanction='close'}", "{sanction='warn'}"), "steps[#2].sanction", "graver"),
        (group_steps("{sanction='warn'}", "{sanction='warn'}"), "steps[#2].sanction", "graver"),
        (group_steps("{sanction='close', within='1d'}"), "steps[#1].within", "the room is gone"),
        (group_steps("{sanction='warn', strikes=2, persons=3}"), "steps[#1].persons", "strikes, 2"),
        (group_steps("{sanction='warn', window='0s'}"), "steps[#1].window", "more than 0s"),
        (group_steps("{sanction='warn', within='0s'}"), "steps[#1].within", "more than 0s"),
        (XMPP + "[emergency]\nraid_for = '0s'\n", "emergency.raid_for", "more than 0s"),
        (XMPP + "[emergency]\nlasts = '0s'\n", "emergency.lasts", "more than 0s"),
    ],
)
def test_steps_for_groups_and_emergencies_that_cannot_be_are_complained_of(text: str, key: str, reason: str) -> None:
    ((where, why),) = complaints_about(text).items()
    assert where.endswith(key)
    assert reason in why


def test_a_group_ladder_may_be_empty() -> None:
    assert complaints_about(group_steps()) == {}


def manager_steps(*lines: str) -> str:
    return XMPP + f"[ladders.manager]\nsteps = [{', '.join(lines)}]\n"


@pytest.mark.parametrize(
    ("text", "key", "reason"),
    [
        (manager_steps("{strikes=1, window='1d', sanction='notice', lasts='1d'}"), "steps[#1].lasts", "no meaning"),
        (
            manager_steps("{strikes=2, window='1d', sanction='manage'}", "{strikes=1, window='1d', sanction='create'}"),
            "steps[#2].strikes",
            "below",
        ),
        (manager_steps("{strikes=1, window='0s', sanction='manage'}"), "steps[#1].window", "more than 0s"),
        (XMPP + "[ladders.manager]\nexpires = '0s'\n", "ladders.manager.expires", "more than 0s"),
    ],
)
def test_steps_for_managers_that_cannot_be_are_complained_of(text: str, key: str, reason: str) -> None:
    ((where, why),) = complaints_about(text).items()
    assert where.endswith(key)
    assert reason in why


@pytest.mark.parametrize(
    ("url", "is_right"),
    [
        ("https://verify.example.org/roomkeeper", True),
        ("http://127.0.0.1:8080/", True),
        ("http://localhost:8080/", True),
        ("http://verify.example.org/", False),
        ("http://127.0.0.1.example.org/", False),
        ("http://localhost@example.org/", False),
        ("ftp://verify.example.org/", False),
        ("https://user:word@verify.example.org/", False),
        ("//verify.example.org/", False),
    ],
)
def test_addresses_of_providers_are_private_or_of_this_machine(url: str, *, is_right: bool) -> None:
    text = f"""{XMPP}
[identity]
providers = ["http", "oidc"]
http = {{ url = "{url}", secret_file = "x" }}
oidc = {{ issuer = "{url}", client_id = "me" }}
[web]
listen = "127.0.0.1:1"
public_url = "{url.rstrip("/")}"
"""
    wrong = complaints_about(text).keys() & {"identity.http.url", "identity.oidc.issuer", "web.public_url"}
    assert len(wrong) == (0 if is_right else 3)
