"""What the matchers that remember add to a message: all of them in use, in a busy room, with many texts remembered."""

import statistics
import time
from collections.abc import Sequence
from itertools import count

from component.ask import Ask
from component.lookback import look_back
from component.occupancy import Occupancy, Occupant
from component.recent import Recent
from config.settings import Age, Duplicates, Flood, Limits, Mentions, Rule, Seconds, Settings, Xmpp
from policy.asks import asks_of
from policy.examine import Examiner
from policy.facts import Account, Facts, Kind, Surface, Text
from policy.normalise import normalise
from storage.rooms import Stay

ROUNDS, OCCUPANTS, PERSONS = 9, 100, 50
ROOM = "hall@rooms.example"
RULES = (
    Rule(name="many", flood=Flood(messages=20, chars=20_000)),
    Rule(name="raid", flood=Flood(joins=20)),
    Rule(name="own", duplicates=Duplicates()),
    Rule(name="others", duplicates=Duplicates(by="anybody", copies=5)),
    Rule(name="called", mentions=Mentions(people=8, share=0.5, everyone=True)),
    Rule(name="new", membership_age=Age(under=Seconds(60))),
    Rule(name="first", first_message=True),
)


class _Memory:
    """As a component has it."""

    def __init__(self) -> None:
        self.recent = Recent(Limits())
        self.occupancy = Occupancy()
        for number in range(OCCUPANTS):
            nick = f"{'abcdefghij'[number % 10]}nick{number}"
            jid = f"person{number}@example/x"
            self.occupancy.enter(ROOM, Occupant(jid=jid, nick=nick, role="participant", affiliation="none"))


def recent_us(texts: Sequence[str]) -> float:
    """Return the median of the rounds' medians; each text comes once a round, 15 a second, from many people in turn."""
    examiner = Examiner(Settings(xmpp=Xmpp(domain="keeper.example", muc="rooms.example"), rules=RULES), {})
    asks = asks_of(RULES)
    assert asks is not None
    stay = Stay(since=0.0, has_posted=True)
    numbers = count(1)
    medians = []
    for _ in range(ROUNDS):
        memory, spent = _Memory(), []
        for text in texts:
            number = next(numbers)
            ask, facts = _said(text, number)
            normalise(text)  # as for any rule with words
            begin = time.perf_counter_ns()
            look_back(memory, asks, ask, f"p:{number % PERSONS}", stay=stay, at=facts.at)
            examiner.examine(facts)
            spent.append(time.perf_counter_ns() - begin)
        medians.append(statistics.median(spent) / 1000)
    return statistics.median(medians)


def _said(text: str, number: int) -> tuple[Ask, Facts]:
    account = f"person{number % PERSONS}@example"
    texts = (Text(surface=Surface.BODY, value=text),)
    at = 1e6 + number / 15
    ask = Ask(
        id=f"q{number}",
        address="hall@keeper.example",
        kind=Kind.POST,
        sender=f"{account}/x",
        account=account,
        room=ROOM,
        language=None,
        exists=True,
        role="participant",
        affiliation="none",
        texts=texts,
        is_encrypted=False,
        has_file=False,
        message=f"m{number}",
    )
    return ask, Facts(at=at, kind=Kind.POST, account=Account(jid=account), person=None, room_jid=ROOM, texts=texts)
