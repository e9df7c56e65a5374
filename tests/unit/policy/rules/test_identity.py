"""Verified persons, where the operator demands them."""

import pytest

from config.settings import Identity, Moderation, Seconds
from policy.facts import DEED_OF, Deed, Kind, Surface
from policy.verdict import ALLOW, Condition, Decision
from tests.unit.policy.making import AT, LENIENT, facts, judged, person, said, settings


@pytest.mark.parametrize("kind", DEED_OF)
def test_unverified_account_is_told_to_verify(kind: Kind) -> None:
    reason = judged(facts(kind, person=None, texts=said("hello"))).reasons[0]
    assert reason.rule == "identity"
    assert reason.condition is Condition.REGISTRATION_REQUIRED
    assert (reason.text, reason.params) == ("deny-unverified", (("deed", DEED_OF[kind].value),))


@pytest.mark.parametrize("kind", Kind)
def test_nobody_needs_verifying_where_nothing_is_required(kind: Kind) -> None:
    assert judged(facts(kind, person=None), settings(identity=LENIENT)).decision is Decision.ALLOW


@pytest.mark.parametrize("kind", [Kind.QUERY, Kind.DESTROY, Kind.STATUS])
def test_wordless_status_or_query_needs_no_person(kind: Kind) -> None:
    assert judged(facts(kind, person=None)).decision is Decision.ALLOW


@pytest.mark.parametrize(
    ("required", "kind", "surface", "deed"),
    [
        (("create",), Kind.CREATE, Surface.NICK, "create"),
        (("create",), Kind.JOIN, Surface.NICK, None),
        (("create",), Kind.POST, Surface.BODY, None),
        (("join",), Kind.CREATE, Surface.NICK, "create"),
        (("join",), Kind.REGISTER, Surface.NICK, "join"),
        (("join",), Kind.SUBSCRIBE, Surface.NICK, "join"),
        (("join",), Kind.ARCHIVE, Surface.OTHER, "join"),
        (("join",), Kind.POST, Surface.BODY, None),
        (("post",), Kind.JOIN, Surface.NICK, None),
        (("post",), Kind.JOIN, Surface.STATUS, "post"),
        (("post",), Kind.STATUS, Surface.STATUS, "post"),
        (("post",), Kind.STATUS, Surface.OTHER, None),
        (("post",), Kind.DESTROY, Surface.REASON, "post"),
        (("post",), Kind.AFFILIATION, Surface.NICK, "post"),
    ],
)
def test_each_deed_is_required_by_itself_and_by_no_side_door(
    required: tuple[str, ...], kind: Kind, surface: Surface, deed: str | None
) -> None:
    by = settings(identity=Identity(required_for=tuple(each.value for each in Deed if each.value in required)))
    params = [
        dict(reason.params) for reason in judged(facts(kind, person=None, texts=said("x", surface=surface)), by).reasons
    ]
    assert params == ([] if deed is None else [{"deed": deed}])


def test_accepting_the_rules_needs_a_person() -> None:
    by = settings(identity=LENIENT, moderation=Moderation(rules_required_for=("post",)))
    assert judged(facts(person=None), by).reasons[0].text == "deny-unverified"


YEAR = Identity(valid_for=Seconds(365 * 86400))


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"verified_at": AT - 365 * 86400 + 1}, None),
        ({"verified_at": AT - 365 * 86400}, "deny-lapsed"),
        ({"verified_at": 0.0, "confirmed_at": AT - 86400}, None),
        ({"verified_at": 0.0, "confirmed_at": AT - 366 * 86400}, "deny-lapsed"),
    ],
)
@pytest.mark.parametrize("kind", [Kind.CREATE, Kind.JOIN, Kind.POST, Kind.PRIVATE, Kind.ARCHIVE, Kind.AFFILIATION])
def test_time_alone_ends_a_verification_and_renewing_begins_it_anew(
    kind: Kind, fields: dict[str, float], text: str | None
) -> None:
    told = judged(facts(kind, person=person(**fields), texts=said("hello")), settings(identity=YEAR))
    assert [reason.text for reason in told.reasons] == ([] if text is None else [text])


def test_somebody_lapsed_is_verified_enough_where_nothing_ends() -> None:
    assert judged(facts(person=person(verified_at=-1e9))).decision is Decision.ALLOW


def test_whoever_may_not_post_still_answers_who_asks() -> None:
    given = said("a client, 1.0", surface=Surface.OTHER)
    assert judged(facts(Kind.ANSWER, person=None, texts=given)) is ALLOW
