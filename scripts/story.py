"""The story `scripts/demo` tells: a newcomer, a room with a door, an advert, a moderator, a crash; each step checked.

Real XMPP clients of several people against a private Prosody with the hook and Roomkeeper as an operator sets it up;
what they see is shown as it came. The first step that comes out otherwise ends it.
"""

import argparse
import asyncio
import logging
import os
import signal
import sys
import textwrap

from scripts.demonstration import group_scenes, scenes
from scripts.demonstration.epilogue import farewell
from scripts.demonstration.scenes import Cast
from scripts.demonstration.stage import DOMAIN, ROOMS, Stage
from scripts.demonstration.teller import Teller
from tests.support.prosody import find

NAMES = ("anna", "ben", "mei", "sam", "oscar", "nia", "grace", "you")
PEOPLE = """\
document_type,document_number,name
id-card,1001-7,Anna Keller
passport,P 2002,Ben Okafor
id-card,3003-1,王小梅
id-card,4004-5,Sam Doe
id-card,5005-9,Oscar Roe
id-card,6006-3,You Newcomer
passport,P 7007,Nia Lind
"""
SETTINGS = {
    "quotas.rooms_created": "1",
    "staff.moderators": f'["grace@{DOMAIN}"]',
    "staff.auditors": f'["grace@{DOMAIN}"]',
    "moderation.contact": f'["xmpp:grace@{DOMAIN}"]',
}
RULES = """\
[[rules]]
name = "adverts"
words = ["cheap watches"]
deduct = 5

[[rules]]
name = "money"
words = ["raffle"]
action = "hold"
"""


async def set_up(stage: Stage, teller: Teller) -> None:
    """The operator's part."""
    teller.scene("An operator sets Roomkeeper up")
    await stage.roomkeeper("init", str(stage.folder), "--muc", ROOMS)
    teller.tell("They edit roomkeeper.toml: one room a person, grace moderates, and two rules of their own:")
    stage.configure(SETTINGS, RULES)
    teller.lines(textwrap.indent(RULES.strip(), " " * 11))
    config = ("--config", str(stage.config))
    await stage.roomkeeper("check", *config)
    people = stage.folder / "people.csv"
    people.write_text(PEOPLE)
    teller.tell("Who may be verified comes from a file of documents and names:")
    await stage.roomkeeper("people", "import", str(people), *config)
    people.unlink()  # what is known of people is in the vault now, and nowhere else
    teller.tell("Prosody starts with the hook, and Roomkeeper beside it:")
    await stage.open()


async def play(stage: Stage, teller: Teller) -> Cast:
    """The whole story, from nothing to the end."""
    await set_up(stage, teller)
    cast = Cast(
        anna=await stage.actor("anna"),
        ben=await stage.actor("ben"),
        mei=await stage.actor("mei", language="zh-CN"),
        sam=await stage.actor("sam"),
        oscar=await stage.actor("oscar"),
        nia=await stage.actor("nia"),
        grace=await stage.actor("grace"),
    )
    await scenes.at_the_door(cast, teller)
    await scenes.verify(cast, teller)
    await scenes.rooms(cast, teller)
    await group_scenes.door(cast, teller)
    await scenes.adverts(cast, teller)
    await scenes.moderate(cast, teller)
    await group_scenes.held(cast, teller)
    await scenes.crash(cast, stage, teller)
    await scenes.records(stage, teller)
    return cast


async def perform(*, is_once: bool) -> int:
    """Play it, then stay up unless told not to; the exit code."""
    teller = Teller()
    ended = asyncio.Event()
    async with Stage(teller=teller, names=NAMES) as stage:
        playing = asyncio.ensure_future(play(stage, teller))

        def end() -> None:
            ended.set()
            playing.cancel()

        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, end)
        try:
            await playing
        except asyncio.CancelledError:
            teller.tell("Interrupted.")
            return 130
        except Exception as error:  # noqa: BLE001 - whatever it was, the logs say more
            teller.fault(f"{error}\n\n{stage.logs()}")
            return 1
        teller.lines("", "The story went as told.")
        if not is_once:
            farewell(stage, teller, scenes.GARDEN)
            await ended.wait()
            teller.lines("", "Ending.")
    return 0


def main() -> int:
    """Read the command line."""
    argparse.ArgumentParser(
        prog="scripts/story.py",
        description=__doc__,
        epilog="DEMO_ONCE=1 ends after the story: 0, or 1 when a step was not as told. NO_COLOR keeps it plain.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    ).parse_args()
    if find() is None:
        print(
            "Prosody is not installed: apt install prosody, or name its program in ROOMKEEPER_PROSODY", file=sys.stderr
        )
        return 1
    logging.getLogger("slixmpp").setLevel(logging.CRITICAL)
    return asyncio.run(perform(is_once=bool(os.environ.get("DEMO_ONCE"))))


if __name__ == "__main__":
    sys.exit(main())
