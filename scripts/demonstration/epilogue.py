"""What the audience is told when the story is over and the stage stays open: how to join in."""

from scripts.demonstration.stage import DOMAIN, PASSWORD, SERVICE, Stage
from scripts.demonstration.teller import Teller


def farewell(stage: Stage, teller: Teller, room: str) -> None:
    """Accounts, addresses, commands."""
    port = stage.prosody.c2s_port
    teller.scene("Your turn")
    teller.lines(
        "Prosody and Roomkeeper stay up until you press Ctrl-C. Join in with any XMPP client that connects without TLS",
        "(this is loopback, and gone afterwards):",
        "",
        f"  server    127.0.0.1, port {port}, no TLS        password of every account: {PASSWORD}",
        f"  room      {room}        Roomkeeper: {SERVICE}",
        "",
        "  account           who",
        f"  you@{DOMAIN}     a newcomer: join the room and see what happens, then verify as",
        "                    ID card 6006-3, You Newcomer",
        f"  grace@{DOMAIN}   a moderator: commands person, room, sanction, lift, adjust-credit, audit",
        f"  sam@{DOMAIN}     has strikes and low credit; “cheap watches” is what the rule forbids",
        f"  oscar@{DOMAIN}   is banned",
        f"  anna@{DOMAIN}, ben@{DOMAIN}, mei@{DOMAIN} (Chinese) are in the room",
        "",
        "  With profanity, say:",
        f"    /connect you@{DOMAIN} server 127.0.0.1 port {port} tls disable",
        f"    /join {room}",
        f"    /msg {SERVICE} verify",
        f"    /cmd list {SERVICE}",
        "",
        "  The operator's side, in another terminal:",
        f"    .venv/bin/roomkeeper audit verify --config {stage.config}",
        f"    {stage.config} is the config file; kill -HUP {stage.keeper.pid} has it read anew",
        "",
    )
