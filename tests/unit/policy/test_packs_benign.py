"""Everyday writing in many languages, held against every pack that comes along: nobody is refused or noted for it."""

from pathlib import Path

from config.packs import PACKS, add_packs
from config.settings import Identity, Moderation, Settings, Xmpp
from policy.engine import compile_policy, decide
from policy.facts import Account, Facts, Kind, Person, Room, Surface, Text
from policy.verdict import ALLOW

CORPUS = Path(__file__).parents[2] / "corpus" / "benign.txt"
ROOM = Room(jid="hall@rooms.example.org", code="x")
ANNA = Person(number=1, score=60, tier="standard", tier_since=0.0, verified_at=0.0)


def test_packs_leave_everyday_writing_alone(tmp_path: Path) -> None:
    names = tuple(sorted(path.stem for path in PACKS.glob("*.toml")))
    settings = Settings(
        xmpp=Xmpp(domain="keeper.example.org", muc="rooms.example.org"),
        identity=Identity(required_for=()),
        moderation=Moderation(packs=names),
    )
    _, settings = add_packs(settings, tmp_path / "roomkeeper.toml", [])
    assert len(settings.rules) > len(names)
    policy = compile_policy(settings, {})  # they name no files
    lines = [line for line in CORPUS.read_text().splitlines() if line and not line.startswith("# ")]
    assert len(lines) > 1_000
    hit = [line for line in lines if decide(_said(line), policy) is not ALLOW]
    assert hit == []


def _said(line: str) -> Facts:
    return Facts(
        at=1e9,
        kind=Kind.POST,
        account=Account(jid="anna@example.org"),
        person=ANNA,
        room_jid=ROOM.jid,
        room=ROOM,
        role="participant",
        is_member=True,
        texts=(Text(surface=Surface.BODY, value=line),),
    )
