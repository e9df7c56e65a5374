"""Whom or which room a moderator means: an account, a person's number, a room's address or code."""

from dataclasses import dataclass

from component.dialogue import Call
from component.forms import Mistaken
from component.staff import is_staff
from config.addresses import prepare_bare_jid
from policy.facts import Account, Person, Room
from storage import codes, holders

_MOST_DIGITS = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An account that may have a person behind it, or a person with any number of accounts."""

    account: Account | None  # the one that was named
    person: Person | None
    accounts: tuple[str, ...]  # all that are known
    former: int | None = None  # the number of a person who was erased

    @property
    def number(self) -> int | None:
        """The person's number."""
        return self.former if self.person is None else self.person.number

    @property
    def jid(self) -> str:
        """One account to name in records: the one that was named, or the person's first."""
        return self.accounts[0] if self.accounts else ""

    @property
    def holder(self) -> str:
        """Whose places, strikes and sanctions they are."""
        return holders.of(self.jid, self.number)


def read_number(text: str) -> int | None:
    """A whole number as people write it, if it is one that can be."""
    digits = text.strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS else None


def name_of(call: Call, target: Target) -> str:
    """How moderators know them: number and account, never an identity."""
    return call.say("person-name", number=target.number, account=target.jid)


async def find_target(call: Call, text: str, var: str = "target") -> Target | Mistaken:
    """Whoever is meant by an account's address or a person's number."""
    number = read_number(text)
    people = call.world.store.people
    if number is not None:
        person = await people.by_number(await call.world.store.persons.current(number), call.world.now())
        if person is None:
            return Mistaken(text="no-such-person", params={"number": number}, var=var)
        return Target(account=None, person=person, accounts=await people.accounts_of(person.number))
    try:
        jid = prepare_bare_jid(text.strip().removeprefix("xmpp:").partition("/")[0])
    except ValueError:
        return Mistaken(text="not-a-target", var=var)
    if jid.partition("@")[2] == call.world.settings.xmpp.muc:
        return Mistaken(text="room-is-no-person", var=var)
    known = await call.world.memory.known(jid)
    others = () if known.person is None else await people.accounts_of(known.person.number)
    accounts = (jid, *(other for other in others if other != jid))
    return Target(account=known.account, person=known.person, accounts=accounts)


def is_room(call: Call, text: str) -> bool:
    """Whether a room is meant. A person's number is one before it is a code: codes are written in groups."""
    if read_number(text) is not None:
        return False
    try:
        domain = prepare_bare_jid(bare_address(text)).partition("@")[2]
    except ValueError:
        domain = ""
    return codes.parse(text) is not None or domain == call.world.settings.xmpp.muc


def bare_address(text: str) -> str:
    """What stands in an address as people paste it, resource and XEP-0147 query left out; it need not be one."""
    return text.strip().removeprefix("xmpp:").partition("?")[0].partition("/")[0]


async def find_room(call: Call, text: str, var: str = "room") -> Room | Mistaken:
    """The room meant by its address or its code."""
    code = codes.parse(text)
    if code is not None:
        room = await call.world.store.rooms.by_code(code)
    else:
        try:
            jid = prepare_bare_jid(bare_address(text))
        except ValueError:
            return Mistaken(text="not-a-room", var=var)
        room = await call.world.memory.room(jid)
    return Mistaken(text="no-such-room", params={"room": text}, var=var) if room is None else room


def is_own(call: Call, target: Target) -> bool:
    """Whether the caller means themselves, by whichever account."""
    return call.account in target.accounts


def is_protected(call: Call, target: Target) -> bool:
    """Whether only an admin may act on them: they have a role themselves."""
    staff = call.world.settings.staff
    return call.account not in staff.admins and any(is_staff(account, staff) for account in target.accounts)
