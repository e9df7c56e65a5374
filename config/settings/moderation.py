"""How texts are judged, what rooms' managers may set, and the platform's own rules."""

from typing import Annotated, Literal

from msgspec import Meta

from config.settings.rules import THRESHOLDS, Threshold
from config.settings.shared import Deeds, Name, Seconds, Section

Contact = Annotated[str, Meta(pattern="^(xmpp:|mailto:|https?://)[^\\s]+$")]
ManagersMatchers = Literal["words", "links", "caps", "length", "attachments", "mixed_script", "patterns"]
ManagersActions = Literal["reject", "note", "mute"]


class Managers(Section, frozen=True, kw_only=True):
    """What a room's owners and admins may set there by `room-rules`. Rules of theirs beyond it are kept, but rest."""

    matchers: Annotated[
        tuple[ManagersMatchers, ...], Meta(description="What their rules may look for; empty: they set none.")
    ] = ("words", "links", "caps", "length", "attachments", "mixed_script")
    actions: Annotated[
        tuple[ManagersActions, ...], Meta(min_length=1, description="What may follow, always in their own room alone.")
    ] = ("reject", "note", "mute")
    longest_mute: Annotated[Seconds, Meta(description="Their rules mute for no longer than this.")] = Seconds(86400)
    rules: Annotated[int, Meta(ge=0, le=50, description="Rules a room may have of its own.")] = 10
    words: Annotated[
        int, Meta(ge=0, le=1000, description="Words, patterns and domains in all rules of a room together.")
    ] = 200
    exempt: Annotated[bool, Meta(description="A rule may leave out the room's own owners, admins and moderators.")] = (
        True
    )


class Moderation(Section, frozen=True, kw_only=True):
    """How texts are judged, and the platform's own rules."""

    on_error: Annotated[Literal["deny", "allow"], Meta(description="What a faulty rule leads to.")] = "deny"
    encrypted: Annotated[
        Literal["allow", "reject"], Meta(description="Encrypted messages, which are never broken into.")
    ] = "allow"
    packs: Annotated[
        tuple[Name, ...],
        Meta(description="Packs of rules: a name for one that comes along, a path with `.toml` for one of your own."),
    ] = ()
    shadow_packs: Annotated[tuple[Name, ...], Meta(description="Packs whose rules all run as shadows.")] = ()
    hold_for: Annotated[
        Seconds, Meta(description="How long a held text waits for a moderator, and how long a yes lets it pass.")
    ] = Seconds(86400)
    hold_notice: Annotated[
        Seconds, Meta(description="Moderators are told that something waits no more often than this.")
    ] = Seconds(600)
    retract_back: Annotated[
        Seconds, Meta(description="How far back the action retract takes back what the same person wrote.")
    ] = Seconds(600)
    strike_expires: Annotated[Seconds, Meta(description="How long a strike counts.")] = Seconds(90 * 86400)
    rules_version: Annotated[
        int, Meta(ge=1, description="Version of the platform's rules; raise it to have them accepted anew.")
    ] = 1
    rules_text: Annotated[dict[str, str], Meta(description="Files with the platform's rules, by language.")] = {}
    rules_required_for: Annotated[tuple[Deeds, ...], Meta(description="What needs the current rules accepted.")] = ()
    contact: Annotated[
        tuple[Contact, ...],
        Meta(description="Whom to write to with an objection: `xmpp:`, `mailto:` or `https:`; shown to everybody."),
    ] = ()
    thresholds: tuple[Threshold, ...] = THRESHOLDS
    managers: Managers = Managers()
