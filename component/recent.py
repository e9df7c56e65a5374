"""What happened lately, as far as rules ask (`policy/asks.py`): how much of it, by whom, and which texts.

All of it is lost at a stop, and bounded: whoever was not heard of for longest makes place. Costs nothing while no rule
asks. Who is a member since when is not here but in `component/memory.py`, as it comes from storage.
"""

from collections.abc import Iterable
from functools import partial
from itertools import count

from component.ask import Ask
from component.cache import Cache
from component.copybook import Copy, Copybook, Written
from config.settings import Limits
from policy.asks import Asks, Copies, Flow
from policy.facts import Kind, Surface, Text
from policy.normalise import normalise
from policy.sketch import Sketch, sketch
from policy.tally import Crowd, Tally

Exceeded = frozenset[Flow | Copies]

_NOTHING: Exceeded = frozenset()
_MOST_ANSWERED = 10_000
"""Checks that may be asked again: as many as the hook holds at most, unless told otherwise."""

_MOST_TEXTS = 8
_MOST_SENT, _LONGEST_ID, _CORRECTIONS = 8, 128, 3
"""So many messages of an account in a room may be corrected, each so often before a correction counts as a message."""

_COMPARED = frozenset(
    (Surface.BODY, Surface.SUBJECT, Surface.STATUS, Surface.REASON, Surface.OTHER, Surface.ROOM_DESCRIPTION)
)
_LONGEST_STAND_IN = 300
_ENCRYPTION = ("omemo", "openpgp", "pgp", "encrypt", "加密")


class Recent:
    """One memory of what was lately."""

    def __init__(self, limits: Limits) -> None:
        """Nothing happened yet."""
        self._limits = limits
        self._asks = Asks()
        self._flows: dict[Kind, tuple[Flow, ...]] = {}
        self._longest_s = 0.0
        self._fewest, self._least = 0, 0.0  # letters and similarity of what may be a copy
        self._tallies: dict[Flow, Cache[str, Tally]] = {}
        self._crowds: dict[Flow, Cache[str, Crowd]] = {}
        self._answered: Cache[str, Exceeded] = Cache(_MOST_ANSWERED)
        self._sent: Cache[tuple[str, str], dict[str, tuple[int, int]]] = Cache(limits.cached_persons)
        self._book = Copybook(limits.remembered_texts)
        self._numbers = count(1)

    def note(self, asks: Asks, ask: Ask, holder: str, at: float) -> Exceeded:
        """Count a stanza, and say what it is too much for; asked again with the same check, nothing counts twice."""
        before = self._answered.get(ask.id)
        if before is not None:
            return before
        if asks is not self._asks:
            self._adopt(asks)
        number = self._corrected(ask) if ask.corrects else None
        exceeded: list[Flow | Copies] = []
        if number is None:
            exceeded += [flow for flow in self._flows.get(ask.kind, ()) if self._count(flow, ask, holder, at)]
            number = next(self._numbers)
            if not exceeded and ask.message and ask.room:
                self._remember_sent(ask, number)
        if asks.copies and ask.texts:
            exceeded += self._copies(asks.copies, ask, Copy(at, holder, ask.room, number))
        found = frozenset(exceeded) if exceeded else _NOTHING
        self._answered.put(ask.id, found)
        return found

    def adopt(self, limits: Limits) -> None:
        """New bounds."""
        self._limits = limits
        self._sent.bound = limits.cached_persons
        self._book.bound = limits.remembered_texts
        for tallies in self._tallies.values():
            tallies.bound = limits.cached_persons
        for crowds in self._crowds.values():
            crowds.bound = limits.cached_rooms

    def sweep(self, at: float) -> None:
        """Forget what no window reaches any more."""
        for flow, tallies in self._tallies.items():
            tallies.drop_where(partial(_is_over, at - flow.within_s))
        for flow, crowds in self._crowds.items():
            crowds.drop_where(partial(_is_over, at - flow.within_s))
        self._book.forget(at - self._longest_s)

    def _adopt(self, asks: Asks) -> None:
        """What is asked now as before keeps what was counted for it."""
        self._asks = asks
        self._flows = {kind: tuple(flow for flow in asks.flows if kind in flow.kinds) for kind in Kind}
        self._longest_s = max((each.within_s for each in asks.copies), default=0.0)
        self._fewest = min((each.letters for each in asks.copies), default=0)
        self._least = min((each.similarity for each in asks.copies), default=0.0)
        tallies, crowds, limits = self._tallies, self._crowds, self._limits
        self._tallies = {
            flow: tallies.get(flow) or Cache(limits.cached_persons) for flow in asks.flows if not flow.is_crowd
        }
        self._crowds = {flow: crowds.get(flow) or Cache(limits.cached_rooms) for flow in asks.flows if flow.is_crowd}

    # floods

    def _count(self, flow: Flow, ask: Ask, holder: str, at: float) -> bool:
        if flow.by == "person":
            key = holder
        elif not ask.room:
            return False
        else:
            key = ask.room if flow.by == "room" else holder + ask.room
        if flow.is_crowd:
            crowds = self._crowds[flow]
            crowd = (crowds.get(key) or Crowd()).add(at, holder, flow.within_s, flow.most + 1)
            crowds.renew(key, crowd)
            return crowd.total > flow.most
        tallies = self._tallies[flow]
        amount = _chars(ask.texts) if flow.what == "chars" else 1
        tally = (tallies.get(key) or Tally()).add(at, amount, flow.within_s)
        tallies.renew(key, tally)
        return tally.total > flow.most

    # corrections (XEP-0308)

    def _remember_sent(self, ask: Ask, number: int) -> None:
        if ask.kind not in {Kind.POST, Kind.PRIVATE} or len(ask.message) > _LONGEST_ID:
            return
        key = (ask.account, ask.room)
        sent = self._sent.get(key)
        if sent is None:
            sent = {}
        elif len(sent) >= _MOST_SENT:
            del sent[next(iter(sent))]
        sent[ask.message] = (number, _CORRECTIONS)
        self._sent.renew(key, sent)

    def _corrected(self, ask: Ask) -> int | None:
        """The number of the message that this one takes the place of; None: it is a message of its own."""
        sent = self._sent.get((ask.account, ask.room))
        if sent is None:
            return None
        number, left = sent.get(ask.corrects, (0, 0))
        if not left:
            return None
        sent[ask.corrects] = number, left - 1
        return number

    # duplicates

    def _copies(self, asked: tuple[Copies, ...], ask: Ask, copy: Copy) -> list[Copies]:
        texts = [text for text in _compared(ask, self._limits.text_chars) if 2 * len(text) >= self._fewest]
        sketches = [made for made in map(_sketch, texts) if made.letters >= self._fewest]
        if not sketches:
            return []
        self._book.forget(copy.at - self._longest_s)
        numbers: dict[Copies, set[int]] = {}
        same: dict[Sketch, Written] = {}
        for made in sketches:
            for written, alike in self._book.find(made, self._least):
                if alike == 1:
                    same[made] = written
                for each in asked:
                    if alike >= each.similarity and made.letters >= each.letters:
                        numbers.setdefault(each, set()).update(_numbers(written.copies, each, copy))
        for made in sketches if len(sketches) == 1 else dict.fromkeys(sketches):
            self._book.add(made, copy, same.get(made))
        return [each for each, found in numbers.items() if len(found) + 1 >= each.copies]


def _is_over(since: float, counted: Tally | Crowd) -> bool:
    return counted.newest <= since


def _numbers(copies: Iterable[Copy], asked: Copies, copy: Copy) -> set[int]:
    """The stanzas that count beside this one."""
    since = copy.at - asked.within_s
    return {
        other.number
        for other in copies
        if since < other.at <= copy.at
        and other.number != copy.number
        and (asked.by == "anybody" or other.holder == copy.holder)
        and (asked.is_everywhere or other.room == copy.room)
    }


def _chars(texts: Iterable[Text]) -> int:
    """The longest text of each surface: markup (XEP-0071) and other languages repeat the body."""
    longest: dict[Surface, int] = {}
    for text in texts:
        longest[text.surface] = max(longest.get(text.surface, 0), len(text.value))
    return sum(longest.values())


def _compared(ask: Ask, most_chars: int) -> list[str]:
    """Texts that may be copies, bodies first, each once; not what clients write beside something encrypted."""
    told = ask.texts
    if len(told) > 1:
        told = tuple(sorted(told, key=_place))
    texts = [text.value for text in told if text.surface in _COMPARED]
    if sum(map(len, texts)) > most_chars:
        return []  # refused for its length
    if ask.is_encrypted:
        texts = [text for text in texts if not _stands_in(text)]
    return list(dict.fromkeys(texts))[:_MOST_TEXTS]


def _place(text: Text) -> int:
    return 0 if text.surface is Surface.BODY else 1


def _stands_in(text: str) -> bool:
    """Whether it tells those who cannot decrypt a message that it is encrypted: the same for all of a client's."""
    return len(text) <= _LONGEST_STAND_IN and any(word in text.casefold() for word in _ENCRYPTION)


def _sketch(text: str) -> Sketch:
    return sketch(normalise(text).text)
