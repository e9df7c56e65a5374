"""Facts, rules and texts as Hypothesis draws them."""

from hypothesis import strategies as st

from policy.facts import (
    Account,
    Counts,
    Facts,
    Kind,
    Person,
    Room,
    RoomStatus,
    Sanction,
    SanctionKind,
    Surface,
    Target,
    Text,
)
from policy.rule import Judge, Opinion, Rule
from policy.verdict import Condition, Reason

AT = 1_000_000.0
ROOM = "chess@rooms.example.org"
ELSEWHERE = "go@rooms.example.org"

moments = st.floats(min_value=0, max_value=2 * AT, allow_nan=False)
places = st.integers(min_value=0, max_value=600)
counts = st.builds(Counts, created=places, joined=places, members=places)

anything = st.text(st.characters(), max_size=60)
"""Any string Python can hold, lone surrogates included."""

_INVISIBLE = "\u200b\u200d\u00ad\u034f\u202e\ufeff"
_JOINING = "\u0301\u0316ｶﾞ가한\u1112\u1161\u11ab"
_GROWING = "éßİǰﬁ㎏\ufdfa"
_BROKEN = "\ud800\udfff\x00\x7f"
troublesome = st.text(
    st.sampled_from("ab 赌博\U0001f3b0" + _INVISIBLE + _JOINING + _GROWING + _BROKEN) | st.characters(), max_size=60
)
"""What is hard to normalise."""

disguised = st.text(
    st.sampled_from("aabbccasino 4@$1!0..--  赌博*，\n\u0338\u0301саіοгéøᴀ🅰🇨🎰카지노") | st.characters(), max_size=60
)
"""What calls for a second look."""

sanctions = st.builds(
    Sanction,
    number=st.integers(min_value=1, max_value=99),
    kind=st.sampled_from(SanctionKind),
    room=st.sampled_from((None, ROOM, ELSEWHERE)),
    rule=st.just("spam"),
    reason=st.just("adverts"),
    until=st.none() | moments,
)
tiers = st.sampled_from(("restricted", "limited", "standard", "trusted", "gone"))
persons = st.builds(
    Person,
    number=st.integers(min_value=1, max_value=9),
    score=st.integers(min_value=0, max_value=100),
    tier=tiers,
    tier_since=moments,
    verified_at=moments,
    is_blacklisted=st.booleans(),
    rules_accepted=st.integers(min_value=0, max_value=2),
    sanctions=st.lists(sanctions, max_size=3).map(tuple),
)
accounts = st.builds(
    Account,
    jid=st.sampled_from(("alice@example.org", "bob@example.org", "carol@example.org")),
    is_blacklisted=st.booleans(),
)
rooms = st.builds(
    Room, jid=st.just(ROOM), code=st.just(""), status=st.sampled_from(RoomStatus), is_blacklisted=st.booleans()
)
texts = st.builds(Text, surface=st.sampled_from(Surface), value=troublesome | st.just("casino https://example.org"))
targets = st.builds(
    Target,
    account=accounts,
    person=st.none() | persons,
    affiliation=st.sampled_from(("", "member", "admin", "owner")),
    is_member=st.booleans(),
    counts=st.none() | counts,
)
facts = st.builds(
    Facts,
    at=st.just(AT),
    kind=st.sampled_from(Kind),
    account=accounts,
    person=st.none() | persons,
    room_jid=st.sampled_from((ROOM, "")),
    room=st.none() | rooms,
    is_member=st.booleans(),
    is_within_rate=st.booleans(),
    is_encrypted=st.booleans(),
    has_file=st.booleans(),
    texts=st.lists(texts, max_size=3).map(tuple),
    counts=st.none() | counts,
    targets=st.lists(targets, max_size=3).map(tuple),
)


def _says(opinion: Opinion | None) -> Judge:
    def judge(_facts: Facts) -> Opinion | None:
        return opinion

    return judge


def _fail(_facts: Facts) -> Opinion | None:
    raise ValueError("broken")


kinds = st.frozensets(st.sampled_from(Kind))
reasons = st.builds(
    Reason,
    rule=st.sampled_from(("a", "b")),
    condition=st.sampled_from(Condition),
    text=st.sampled_from(("deny-content", "deny-suspended")),
)
opinions = st.none() | st.builds(Opinion, reasons=st.lists(reasons, max_size=2).map(tuple))
judges = opinions.map(_says) | st.just(_fail)


@st.composite
def rule_lists(draw: st.DrawFn) -> list[Rule]:
    """Rules of different names, some of them faulty."""
    drawn = draw(st.lists(st.tuples(kinds, judges), max_size=6))
    return [Rule(name=f"rule-{number}", kinds=of, judge=judge) for number, (of, judge) in enumerate(drawn)]
