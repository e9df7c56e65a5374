"""How Roomkeeper runs: its connection, database, staff, limits, and what it tells those who look after it."""

from typing import Annotated, Literal

from msgspec import Meta

from config.settings.shared import Name, Seconds, Section


class Xmpp(Section, frozen=True, kw_only=True):
    """The component's connection to its server (XEP-0114)."""

    domain: Annotated[Name, Meta(description="The component's own domain.")]
    muc: Annotated[Name, Meta(description="The domain of the multi-user chat service that is kept to the rules.")]
    secret: Annotated[
        str, Meta(description="Shared secret of the component stream; `secret_file` is the better place.")
    ] = ""
    secret_file: Annotated[str, Meta(description="File that holds the secret, mode 0600.")] = ""
    host: Annotated[Name, Meta(description="Where the server listens for components.")] = "127.0.0.1"
    port: Annotated[int, Meta(ge=1, le=65535, description="The port it listens on.")] = 5347
    language: Annotated[Literal["en", "zh-Hans"], Meta(description="Language for those who state none.")] = "en"


class Storage(Section, frozen=True, kw_only=True):
    """Where what must last is kept."""

    url: Annotated[
        Name,
        Meta(
            description="Database URL: `sqlite:///FILE`, beginning at the config file's folder, or "
            "`postgresql://USER@HOST/DATABASE`."
        ),
    ] = "sqlite:///roomkeeper.db"
    password_file: Annotated[str, Meta(description="File that holds PostgreSQL's password, mode 0600.")] = ""
    busy_timeout: Annotated[Seconds, Meta(description="How long to wait for a locked database before denying.")] = (
        Seconds(3)
    )


class Staff(Section, frozen=True, kw_only=True):
    """JIDs by role. A role gives commands, never the right to break a rule."""

    moderators: Annotated[tuple[str, ...], Meta(description="Handle persons, rooms, sanctions and credit.")] = ()
    identity_officers: Annotated[tuple[str, ...], Meta(description="Handle identities.")] = ()
    auditors: Annotated[tuple[str, ...], Meta(description="Read the audit.")] = ()
    admins: Annotated[tuple[str, ...], Meta(description="All of the above, identities excepted.")] = ()


class Retention(Section, frozen=True, kw_only=True):
    """How long records are kept."""

    rule_stats: Annotated[Seconds, Meta(description="What each rule did, by day.")] = Seconds(400 * 86400)
    activity: Annotated[Seconds, Meta(description="How much was written in each room, by week.")] = Seconds(400 * 86400)
    applications: Annotated[
        Seconds, Meta(description="Applications to join a room, once they are decided or have expired.")
    ] = Seconds(90 * 86400)


class Limits(Section, frozen=True, kw_only=True):
    """Bounds that keep one hostile client or one bad day from taking everything."""

    text_chars: Annotated[int, Meta(ge=100, description="Longest text judged; a longer one is refused.")] = 10_000
    cached_persons: Annotated[int, Meta(ge=100, description="Persons kept in memory.")] = 20_000
    cached_rooms: Annotated[int, Meta(ge=100, description="Rooms kept in memory.")] = 5_000
    dialogues: Annotated[int, Meta(ge=10, description="Command dialogues open at once.")] = 1_000
    dialogue_timeout: Annotated[Seconds, Meta(description="An unfinished dialogue is forgotten after this.")] = Seconds(
        600
    )
    remembered_texts: Annotated[
        int, Meta(ge=100, description="Messages kept in memory for `duplicates`, some 2 kB each.")
    ] = 10_000
    waiting_checks: Annotated[int, Meta(ge=10, description="Checks that may wait for the database at once.")] = 2_000


class Web(Section, frozen=True, kw_only=True):
    """Where browsers and services reach Roomkeeper, which some providers of identity need."""

    listen: Annotated[str, Meta(description="Host and port to listen on; empty: nowhere.")] = ""
    public_url: Annotated[
        str,
        Meta(description="How that is reached from outside, through your reverse proxy with TLS; no slash at the end."),
    ] = ""


class Log(Section, frozen=True, kw_only=True):
    """What is written to stderr."""

    level: Annotated[Literal["debug", "info", "warning", "error"], Meta(description="Least grave level written.")] = (
        "info"
    )
    format: Annotated[Literal["text", "json"], Meta(description="For people or for machines.")] = "text"
    most_a_minute: Annotated[
        int,
        Meta(ge=0, description="Lines of one kind, about one rule: those beyond are counted, and summed up; 0: all."),
    ] = 20


class Metrics(Section, frozen=True, kw_only=True):
    """Figures for monitoring, as Prometheus reads them."""

    listen: Annotated[
        Name | None,
        Meta(description="Host and port that answer `/metrics`, such as `127.0.0.1:9280`; absent: none."),
    ] = None
