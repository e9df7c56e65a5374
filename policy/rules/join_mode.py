"""Who is no member comes into a room as its mode says: by themselves, an answer, an approval or an invitation.

Takes no place: that is the join's, which `quotas` judges.
"""

from config.settings import Settings
from policy.actions import Admit, Apply, OfferForm
from policy.facts import Facts, Kind, Room
from policy.grading import is_raided, join_mode_of, lets_in
from policy.joining import Answer, Entrance, Filing, JoinMode, Way
from policy.own_rules import GRANTED as MANAGING
from policy.rule import LETS_IN, Opinion, Rule, Source
from policy.rules.quotas import GRANTED
from policy.verdict import Condition, Reason

NAME = "join-mode"
_NOBODY = Entrance()
FORMS = frozenset((JoinMode.QUESTION, JoinMode.APPROVAL))
"""Modes in which a form of registration can ask what lets strangers in."""


def make(source: Source) -> Rule:
    """`join_modes` and `join_mode` of the room's category, what its managers chose, and `[joining]`."""
    settings = source.settings

    def judge(facts: Facts) -> Opinion | None:
        room = facts.room
        if room is None or (facts.kind is Kind.QUERY and not facts.wants_form):
            return None
        mode = join_mode_of(room, settings, facts.at)
        if mode is JoinMode.OPEN:
            return None
        if facts.kind is Kind.INVITE:
            return _invite(facts, room, settings)
        entrance = facts.entrance or _NOBODY
        if facts.is_member or facts.affiliation in GRANTED or lets_in(entrance.admitted_by, room, facts.at):
            return None
        if facts.kind is Kind.QUERY:
            question = "" if room.joining is None or mode is not JoinMode.QUESTION else room.joining.question
            return Opinion(actions=(OfferForm(question=question),)) if mode in FORMS else None
        if mode is JoinMode.QUESTION:
            return _question(facts, room, entrance.answer, settings)
        if mode is JoinMode.APPROVAL:
            return _approval(facts, room, entrance, settings)
        return Opinion(reasons=(_reason("deny-join-invite", room),))

    return Rule(name=NAME, kinds=(LETS_IN - {Kind.CREATE}) | {Kind.INVITE, Kind.QUERY}, judge=judge)


def told(filing: Filing, *, until: float | None, limit: int) -> Reason:
    """What the applicant is told of their application: it is filed, or why not."""
    params: dict[Filing, tuple[tuple[str, str | int | float], ...]] = {
        Filing.PAUSED: (("until", until or 0.0),),
        Filing.TOO_MANY: (("limit", limit),),
    }
    return Reason(
        rule=NAME,
        condition=Condition.REGISTRATION_REQUIRED,
        text=f"deny-application-{filing.value}",
        params=params.get(filing, ()),
    )


def _invite(facts: Facts, room: Room, settings: Settings) -> Opinion | None:
    """Whom a manager invites need not ask (XEP-0045 §7.8.2); where the operator allows it, whom any member does.

    Not during a raid: one who got in before would let in all the others.
    """
    is_member = facts.is_member or facts.affiliation in GRANTED
    may_invite = settings.joining.members_invite and is_member and not is_raided(room, facts.at)
    if facts.affiliation not in MANAGING and not may_invite:
        return None
    admitted = tuple(
        Admit(
            account=target.account.jid,
            person=None if target.person is None else target.person.number,
            room=room.jid,
            way=Way.INVITATION,
            by=facts.account.jid,
            lasts_s=settings.joining.admission,
        )
        for target in facts.targets
        if not target.is_member
    )
    return Opinion(actions=admitted) if admitted else None


def _question(facts: Facts, room: Room, answer: Answer | None, settings: Settings) -> Opinion | None:
    if answer is None or facts.kind is not Kind.APPLY:
        question = "" if room.joining is None else room.joining.question
        return Opinion(reasons=(_reason("deny-join-question", room, question=question),))
    if answer is Answer.WRONG:
        return Opinion(reasons=(_reason("deny-join-wrong", room),))
    if answer is Answer.SPENT:
        return Opinion(reasons=(_reason("deny-join-spent", room),))
    admit = Admit(
        account=facts.account.jid,
        person=None if facts.person is None else facts.person.number,
        room=room.jid,
        way=Way.ANSWER,
        by=facts.account.jid,
        lasts_s=settings.joining.admission,
    )
    return Opinion(actions=(admit,))


def _approval(facts: Facts, room: Room, entrance: Entrance, settings: Settings) -> Opinion:
    if entrance.waiting_since is not None:
        return Opinion(reasons=(told(Filing.WAITING, until=None, limit=0),))
    joining = settings.joining
    reasons = () if facts.kind is Kind.APPLY else (_reason("deny-join-approval", room),)
    if reasons and (facts.kind is Kind.ARCHIVE or not joining.attempt_applies):
        return Opinion(reasons=reasons)
    application = Apply(
        account=facts.account.jid,
        person=None if facts.person is None else facts.person.number,
        room=room.jid,
        words=entrance.words,
        rule=NAME,
        expires_s=joining.expires,
        pause_s=joining.pause,
        per_person=joining.per_person,
        per_room=joining.per_room,
    )
    return Opinion(reasons=reasons, actions=(application,))


def _reason(text: str, room: Room, **params: str) -> Reason:
    return Reason(
        rule=NAME,
        condition=Condition.REGISTRATION_REQUIRED,
        text=text,
        params=(("room", room.jid), *params.items()),
    )
