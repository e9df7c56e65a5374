"""Finding whoever is behind an account: the reads that a stranger's first stanza waits for.

The queries are made once, since making one costs more than the database takes to answer it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Double, Row, Text, bindparam, exists, func, literal, select

from policy.facts import Account, Override, Person, Sanction
from storage import blacklisting, holders
from storage.database import Reading
from storage.discipline import live_sanctions
from storage.incidents import live_now, to_sanction
from storage.overrides import overrides_of
from storage.schema import accounts, blacklist, ledger, persons, sanctions

LOWEST, HIGHEST = 0, 100
"""Of credit."""

_LIVE = (ledger.c.person == persons.c.number, ledger.c.expires_at.is_(None) | (ledger.c.expires_at > bindparam("at")))
_STANDING = (
    persons,
    exists().where(blacklist.c.subject.in_(blacklisting.subjects_of(persons.c.number))).label("is_person_barred"),
    select(func.coalesce(func.sum(ledger.c.delta), 0)).where(*_LIVE).scalar_subquery().label("total"),
    select(func.min(ledger.c.expires_at)).where(*_LIVE).scalar_subquery().label("total_until"),
)
_BY_NUMBER = select(*_STANDING).where(persons.c.number == bindparam("number"))
_ASKED = select(literal(1).label("row")).subquery("asked")  # one row, whatever the tables hold
_BY_ACCOUNT = select(
    accounts.c.language,
    exists().where(blacklist.c.subject == bindparam("subject")).label("is_account_barred"),
    *_STANDING,
).select_from(
    _ASKED.outerjoin(accounts, accounts.c.jid == bindparam("jid")).outerjoin(
        persons, persons.c.number == accounts.c.person
    )
)

_SANCTIONS = (
    select(sanctions)
    .where(sanctions.c.holder.in_((bindparam("account", type_=Text), bindparam("person", type_=Text))))
    .where(*live_now(bindparam("at", type_=Double)))
    .order_by(sanctions.c.number)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An account and whoever stands behind it; `stale_at` is the first time at which that can change by itself."""

    account: Account
    person: Person | None
    language: str | None
    stale_at: float | None


async def find(reading: Reading, jid: str, at: float) -> Found:
    """See `People.find`."""
    holder = holders.of_account(jid)
    row = await reading.first(_BY_ACCOUNT, jid=jid, subject=holder, at=at)
    assert row is not None  # noqa: S101 - whatever the tables hold
    person_holder = "" if row.number is None else holders.of_person(row.number)
    live = await reading.all(_SANCTIONS, account=holder, person=person_holder, at=at)
    overrides = await overrides_of(reading, person_holder or holder)
    own = tuple(to_sanction(each) for each in live if each.holder == holder)
    theirs = tuple(to_sanction(each) for each in live if each.holder != holder)
    is_bare = row.number is None
    account = Account(
        jid=jid, is_blacklisted=row.is_account_barred, sanctions=own, overrides=overrides if is_bare else ()
    )
    return Found(
        account=account,
        person=None if is_bare else _person(row, theirs, overrides),
        language=row.language,
        stale_at=_soonest((*own, *theirs), None if is_bare else row.total_until),
    )


async def read_person(reading: Reading, number: int, at: float) -> tuple[Person | None, float | None]:
    """The person and the first time at which what is known of them can change by itself."""
    row = await reading.first(_BY_NUMBER, number=number, at=at)
    if row is None:
        return None, None
    holder = holders.of_person(number)
    sanctions = await live_sanctions(reading, holder, at)
    person = _person(row, sanctions, await overrides_of(reading, holder))
    return person, _soonest(sanctions, row.total_until)


def _person(row: Row[Any], sanctions: tuple[Sanction, ...], overrides: tuple[Override, ...]) -> Person:
    return Person(
        number=row.number,
        score=max(LOWEST, min(HIGHEST, int(row.total))),
        tier=row.tier,
        tier_since=row.tier_since,
        is_tier_locked=row.is_tier_locked,
        verified_at=row.verified_at,
        confirmed_at=row.confirmed_at,
        is_blacklisted=row.is_person_barred,
        rules_accepted=row.rules_accepted,
        sanctions=sanctions,
        overrides=overrides,
    )


def _soonest(sanctions: Iterable[Sanction], until: float | None) -> float | None:
    """The earliest of this time and of the ends of these sanctions."""
    ends = (until, *(sanction.until for sanction in sanctions))
    return min((end for end in ends if end is not None), default=None)
