"""What the audience is told when the story is over and the stage stays open: how to join in."""

from scripts.demonstration.stage import DOMAIN, PASSWORD, SERVICE, Stage
from scripts.demonstration.teller import Teller

_ACCOUNTS = (
    ("you", "a newcomer: join the room, see what happens, then verify as ID card 6006-3, You Newcomer"),
    ("grace", "a moderator: commands person, room, sanction, lift, held, cases, group, lockdown, audit and more"),
    ("sam", "has strikes and low credit; a rule forbids to write “cheap watches”, another holds “raffle”"),
    ("oscar", "is banned"),
    ("anna, ben, mei, nia", "are in the room, which asks strangers a question; anna manages it, mei reads Chinese"),
)


def farewell(stage: Stage, teller: Teller, room: str) -> None:
    """Accounts, addresses, commands."""
    port = stage.prosody.c2s_port
    teller.scene("Your turn")
    teller.lines(
        "All stays up until you press Ctrl-C. Join in with any XMPP client that can do without TLS; this is loopback.",
        "",
        f"  server       127.0.0.1, port {port}, no TLS",
        f"  accounts     NAME@{DOMAIN}, password: {PASSWORD}",
        *(f"    {name:<16} {who}" for name, who in _ACCOUNTS),
        f"  room         {room}",
        f"  Roomkeeper   {SERVICE}: run its commands, or write “help” to it",
        "",
        "  In profanity, a client for terminals:",
        f"    /connect you@{DOMAIN} server 127.0.0.1 port {port} tls disable",
        f"    /join {room}",
        f"    /msg {SERVICE} verify",
        "    /disconnect and /connect as before: it believes a refused room to be joined",
        "",
        "  As its operator, in another terminal:",
        f"    .venv/bin/roomkeeper audit verify --config {stage.config}",
        f"    kill -HUP {stage.keeper.pid}   has that config file read anew, after you have changed it",
        "",
    )
