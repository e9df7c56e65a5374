"""A shadow on live traffic: recorded, counted, logged, and nobody touched."""

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from component.performer import is_only_noted
from config.settings import Rule
from policy.engine import compile_policy, decide
from policy.facts import Account, Facts, Kind, Surface, Text
from policy.verdict import Decision, Verdict
from tests.support.office import MUC, Office, open_office

ROMEO = Account(jid="romeo@example")


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path) as world:
        yield world


def judge(office: Office, *rules: Rule) -> tuple[Facts, Verdict]:
    person = None
    facts = Facts(
        at=office.now(),
        kind=Kind.POST,
        account=ROMEO,
        person=person,
        room_jid=f"hall@{MUC}",
        texts=(Text(surface=Surface.BODY, value="buy now"),),
    )
    office.settle(rules=rules, identity=type(office.settings.identity)(required_for=()))
    return facts, decide(facts, compile_policy(office.settings, {}))


@pytest.mark.parametrize(
    ("fields", "deed"),
    [
        ({"action": "reject"}, "would have rejected"),
        ({"action": "ban"}, "would have banned for"),
        ({"weight": 3}, "would have weighed"),
    ],
)
async def test_a_shadow_is_audited_counted_and_logged(
    office: Office, caplog: pytest.LogCaptureFixture, fields: dict[str, str | int], deed: str
) -> None:
    facts, verdict = judge(office, Rule(name="adverts", words=("buy",), shadow=True, **fields))  # type: ignore[arg-type]
    assert verdict.decision is Decision.ALLOW
    assert is_only_noted(verdict)
    with caplog.at_level(logging.INFO):
        for _ in range(2):
            office.performer.note_hits(facts, verdict)
    assert f"shadow rule adverts {deed} a post by romeo@example in hall@{MUC} (hit 2 since the start)" in caplog.text
    assert office.performer.shadow_hits == {"adverts": 2}
    await office.performer._journal.write()
    (record, *_) = await office.store.audit.read(1)
    assert (record.entry.actor, record.entry.deed) == (ROMEO.jid, deed)
    assert record.entry.detail == {"rule": "adverts", "room": f"hall@{MUC}"}
    assert not await office.store.discipline.strikes_of(f"a:{ROMEO.jid}")


async def test_a_hit_that_acts_is_more_than_noted(office: Office) -> None:
    _, verdict = judge(office, Rule(name="adverts", words=("buy",)), Rule(name="watch", words=("now",), shadow=True))
    assert not is_only_noted(verdict)
    _, verdict = judge(office, Rule(name="adverts", words=("buy",), action="note", case=True))
    assert not is_only_noted(verdict)
