"""From a TOML document to settings: every fault named by its key, with what to write instead."""

import tomllib
from typing import Any

import pytest

from config.reader import read_settings
from config.settings import TIERS, Rule, Seconds, Settings, Tier

LEAST = "[xmpp]\ndomain = 'keeper.example.org'\nmuc = 'rooms.example.org'\n"


def read(text: str) -> tuple[Settings | None, dict[str, str]]:
    complaints: dict[str, str] = {}
    return read_settings(tomllib.loads(text), complaints.__setitem__), complaints


def test_everything_but_two_domains_has_a_default() -> None:
    settings, complaints = read(LEAST)
    assert not complaints
    assert settings is not None
    assert settings.credit.tiers == TIERS
    assert settings.storage.busy_timeout == 3.0


def test_lists_of_tables_and_durations_are_typed() -> None:
    text = (
        LEAST
        + """
        [[credit.tiers]]
        name = "all"
        threshold = 0
        tenure = "1d12h"
        message_rate = 1
        [[rules]]
        name = "no-pills"
        words = ["pills"]
        action = "mute"
        lasts = "10m"
        """
    )
    settings, complaints = read(text)
    assert not complaints
    assert settings is not None
    assert settings.credit.tiers == (Tier(name="all", threshold=0, tenure=Seconds(129_600), message_rate=1.0),)
    assert settings.rules == (Rule(name="no-pills", words=("pills",), action="mute", lasts=Seconds(600)),)


@pytest.mark.parametrize(
    ("added", "key", "reason"),
    [
        ("prot = 1", "xmpp.prot", 'unknown key; did you mean "port"?'),
        ("qqqq = 1", "xmpp.qqqq", "unknown key; known here: domain, muc, "),
        ("[qoutas]", "qoutas", 'did you mean "quotas"?'),
        ("port = 'x'", "xmpp.port", "must be a whole number, not text"),
        ("port = 5347.5", "xmpp.port", "must be a whole number, not a number"),
        ("port = true", "xmpp.port", "must be a whole number, not true or false"),
        ("port = 70000", "xmpp.port", "must be a whole number <= 65535"),
        ("host = ''", "xmpp.host", "must not be empty"),
        ("secret = 1979-05-27", "xmpp.secret", "must be text"),
        ("language = 'fr'", "xmpp.language", 'must be one of "en", "zh-Hans"; not \'fr\''),
        ("[storage]\nbusy_timeout = 3", "storage.busy_timeout", "must be a duration in quotes"),
        ("[storage]\nbusy_timeout = '3'", "storage.busy_timeout", "is not a number with a unit"),
        ("[identity]\nrequired_for = ['join', 'jion']", "identity.required_for[#2]", "must be one of"),
        (
            "[identity]\nproviders = ['sms']",
            "identity.providers[#1]",
            'must be one of "registry", "review",',
        ),
        ("[staff]\nmoderators = 'a@b'", "staff.moderators", "must be a list, not text"),
        ("[staff]\nmoderators = ['a@b', 3]", "staff.moderators[#2]", "must be text, not a whole number"),
        ("[[quotas]]", "quotas", "must be a table, [quotas]"),
        ("[rules]\nname = 'x'", "rules", "must be a list of tables, [[rules]]"),
        ("[[rules]]\nwords = ['x']", "rules[#1].name", "is missing"),
        ("[categories.Big]", "categories", "'Big' will not do: it must be lower-case"),
        ("[categories]\ngeneral = 1", "categories.general", "must be a table"),
        ("[[categories]]", "categories", "must hold tables, such as [categories.name]"),
        ("[categories.a]\ntitel = {}", "categories.a.titel", 'did you mean "title"?'),
        ("[categories.a.managers]\nrules = 99", "categories.a.managers.rules", "<= 50"),
        ("[scales.a]", "scales.a.members", "is missing"),
        ("[moderation.managers]\nactions = []", "moderation.managers.actions", "must not be empty"),
        ("[[rules]]\nname = 'No Spam'", "rules[#1].name", "kebab-case"),
        ("[[rules]]\nname = 'a'\n[[rules]]\nname = 'b'\nlasts = 5", "rules[b].lasts", "must be a duration"),
        ("[[rules]]\nname = 'a'\nwrods = []", "rules[a].wrods", 'did you mean "words"?'),
        ("[[credit.tiers]]\nname='x'\nthreshold=0\nmessage_rate=inf", "credit.tiers[x].message_rate", "finite"),
        ("[[credit.tiers]]\nname='x'\nthreshold=0\nrooms_created=-1", "credit.tiers[x].rooms_created", ">= 0"),
        ("[ladders.member]\nsteps = [{}]", "ladders.member.steps[#1].sanction", "is missing"),
        ("[moderation.rules_text]\nen = 1", "moderation.rules_text", "must be text, not a whole number"),
    ],
)
def test_fault_is_named_by_its_key(added: str, key: str, reason: str) -> None:
    settings, complaints = read(LEAST + added)
    assert settings is None
    assert reason in complaints[key]


def test_all_faults_are_told_at_once() -> None:
    settings, complaints = read(
        "[xmpp]\nmuc = 3\nprot = 1\n[quotas]\nrooms_created = -1\n[[rules]]\nname = 'a'\ncase = 1"
    )
    assert settings is None
    assert set(complaints) == {"xmpp.domain", "xmpp.muc", "xmpp.prot", "quotas.rooms_created", "rules[a].case"}


@pytest.mark.parametrize("document", [{}, {"xmpp": None}, {"xmpp": []}, {"rules": {"a": [[]]}}, {"": ""}])
def test_no_document_raises(document: dict[str, Any]) -> None:
    complaints: dict[str, str] = {}
    assert read_settings(document, complaints.__setitem__) is None
    assert complaints
