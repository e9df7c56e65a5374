"""What may be sent: rate, length, encryption, links, files, invitations."""

from typing import Any

import pytest

from config.settings import Credit, Limits, Moderation, Tier
from policy.facts import Facts, Kind, Surface, Target
from policy.verdict import ALLOW, Condition
from tests.unit.policy.making import BOB, LENIENT, facts, judged, person, said, settings, texts

INVITED = (Target(account=BOB, person=person(number=8), affiliation=""),)


def restricted(kind: Kind = Kind.POST, **fields: Any) -> Facts:  # noqa: ANN401 - any field of facts
    return facts(kind, person=person(tier="restricted"), **fields)


def test_too_fast_is_told_to_wait() -> None:
    reason = judged(facts(is_within_rate=False)).reasons[0]
    assert (reason.text, reason.condition.error_type) == ("deny-too-fast", "wait")


@pytest.mark.parametrize(
    ("values", "is_denied"),
    [(["x" * 100], False), (["x" * 101], True), (["x" * 50, "y" * 51], True), ([], False)],
)
def test_too_long_is_refused(values: list[str], *, is_denied: bool) -> None:
    verdict = judged(facts(texts=said(*values)), settings(limits=Limits(text_chars=100)))
    assert [dict(reason.params) for reason in verdict.reasons] == ([{"limit": 100}] if is_denied else [])


@pytest.mark.parametrize("kind", [Kind.POST, Kind.PRIVATE, Kind.STATUS])
def test_operator_chooses_what_becomes_of_encrypted_messages(kind: Kind) -> None:
    secret = facts(kind, is_encrypted=True)
    assert judged(secret) is ALLOW
    refused = judged(secret, settings(moderation=Moderation(encrypted="reject")))
    assert [(each.text, each.condition) for each in refused.reasons] == [("deny-encrypted", Condition.CONTENT)]
    assert judged(facts(kind), settings(moderation=Moderation(encrypted="reject"))) is ALLOW


@pytest.mark.parametrize(
    "value",
    [
        "see https://example.org",
        "HTTP://EXAMPLE.ORG",
        "www.example.org",
        "xmpp:scam@example.org?join",
        "ｈｔｔｐｓ：／／example.org",
        "ht\u200btps://example.org",
        "t.me/scam",
        "go to casino.com now",
        "magnet:?xt=urn",
    ],
)
def test_restricted_tier_sends_no_links(value: str) -> None:
    reasons = judged(restricted(texts=said(value))).reasons
    assert [(each.text, dict(each.params)) for each in reasons] == [("deny-links", {"tier": "restricted"})]
    assert judged(facts(texts=said(value))) is ALLOW


@pytest.mark.parametrize(
    "value", ["Hello. How are you?", "12:30", "e.g. this", "and/or", "3.5", "a.b", "note: x", "wow..."]
)
def test_plain_words_are_no_links(value: str) -> None:
    assert judged(restricted(texts=said(value))) is ALLOW


@pytest.mark.parametrize(("kind", "surface"), [(Kind.STATUS, Surface.STATUS), (Kind.POST, Surface.LINK)])
def test_link_is_found_on_every_surface(kind: Kind, surface: Surface) -> None:
    value = "https://example.org" if surface is Surface.STATUS else "geheim"
    assert texts(judged(restricted(kind, texts=said(value, surface=surface)))) == ["deny-links"]


def test_a_link_that_comes_about_in_some_clients_only_is_one() -> None:
    split = restricted(texts=said("www.exam", "ple.org"), readings=said("www.example.org"))
    assert texts(judged(split)) == ["deny-links"]
    merely_below = restricted(texts=said("www", "or"), readings=said("www.or", surface=Surface.OTHER))
    assert judged(merely_below) is ALLOW


def test_restricted_tier_sends_no_files() -> None:
    assert texts(judged(restricted(has_file=True))) == ["deny-files"]
    assert judged(facts(has_file=True)) is ALLOW


@pytest.mark.parametrize(
    ("body", "expected"),
    [("https://up.example.org/cat.png", []), ("https://scam.example.org", ["deny-links"])],
)
def test_address_of_an_allowed_file_is_no_link(body: str, expected: list[str]) -> None:
    tier = Tier(name="files-only", threshold=0, links=False)
    sent = facts(
        person=person(tier="files-only"),
        has_file=True,
        texts=(*said("https://up.example.org/cat.png", surface=Surface.LINK), *said(body)),
    )
    assert texts(judged(sent, settings(credit=Credit(tiers=(tier,))))) == expected


def test_what_a_client_answers_is_not_sent() -> None:
    card = said("https://example.org", surface=Surface.OTHER)
    assert judged(restricted(Kind.ANSWER, texts=card, has_file=True)) is ALLOW
    assert texts(judged(restricted(Kind.PRIVATE, texts=card))) == ["deny-links"]


def test_restricted_tier_does_not_invite() -> None:
    assert texts(judged(restricted(Kind.INVITE, targets=INVITED))) == ["deny-invitations"]


def test_restricted_tier_may_decline_an_invitation() -> None:
    assert judged(restricted(Kind.INVITE)) is ALLOW


def test_account_without_a_person_has_default_permissions() -> None:
    sent = facts(person=None, has_file=True, texts=said("https://example.org"))
    assert judged(sent, settings(identity=LENIENT)) is ALLOW
