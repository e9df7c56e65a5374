"""Every setting: its type, default, bounds and meaning, in one place. Pure values; `config/loader.py` reads the files.

Durations are strings in the file ("30d", "10m") and seconds (`Seconds`) here. The reference page
docs/operators/settings.md is generated from these descriptions.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta


class Seconds(float):
    """A duration in seconds, written in the file as a number with a unit: s, m, h, d or w."""

    __slots__ = ()


class Section(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of the config file; unknown keys are errors."""


Name = Annotated[str, Meta(min_length=1)]
Places = Annotated[int, Meta(ge=0)]
Count = Annotated[int, Meta(ge=1)]
Arrivals = Annotated[int, Meta(ge=1, le=200)]
Share = Annotated[float, Meta(gt=0, le=1)]
Run = Annotated[int, Meta(ge=3)]
Contact = Annotated[str, Meta(pattern="^(xmpp:|mailto:|https?://)[^\\s]+$")]
Deeds = Literal["create", "join", "post"]
Surfaces = Literal[
    "body",
    "subject",
    "nick",
    "status",
    "room-name",
    "room-description",
    "reason",
    "link",
    "file",
    "reaction",
    "other",
]
Providers = Literal["registry", "review", "http", "oidc"]
Kinds = Literal[
    "create",
    "join",
    "register",
    "subscribe",
    "archive",
    "post",
    "private",
    "subject",
    "nick",
    "status",
    "invite",
    "voice",
    "config",
    "affiliation",
    "role",
    "destroy",
    "query",
    "answer",
    "apply",
]
JoinModes = Literal["open", "question", "approval", "invite"]
Roles = Literal["none", "visitor", "participant", "moderator"]
ManagersMatchers = Literal["words", "links", "caps", "length", "attachments", "mixed_script", "patterns"]
ManagersActions = Literal["reject", "note", "mute"]
Files = Literal["image", "audio", "video", "document", "archive", "program", "other"]
RuleName = Annotated[
    str, Meta(pattern="^[a-z0-9]+(-[a-z0-9]+)*$", description="kebab-case; the same in log, audit and command.")
]
Slug = Annotated[str, Meta(pattern="^[a-z0-9]+(-[a-z0-9]+)*$")]
Shadow = Annotated[
    bool, Meta(description="Counts and records what it would have done on live traffic, and touches nobody.")
]
ForKinds = Annotated[tuple[Kinds, ...], Meta(description="Kinds of stanza it judges; empty: all.")]
InRooms = Annotated[tuple[Name, ...], Meta(description="Rooms it holds in, `*` for any characters; empty: all.")]
InCategories = Annotated[
    tuple[Name, ...], Meta(description="Categories of rooms it holds in, as `[categories]` names them; empty: all.")
]
InScales = Annotated[
    tuple[Name, ...], Meta(description="Scale classes of rooms it holds in, as `[scales]` names them; empty: all.")
]
ForTiers = Annotated[
    tuple[Name, ...], Meta(description="Tiers it holds for, `unverified` for those without a person; empty: all.")
]
ForRoles = Annotated[
    tuple[Roles, ...], Meta(description="Roles in the room it holds for, `none` for who is not in it; empty: all.")
]
RuleAction = Annotated[
    Literal["note", "hold", "reject", "retract", "mute", "suspend", "kick", "remove", "ban"],
    Meta(
        description="note: record only, no strike. The others refuse the stanza. hold: until a moderator lets it pass; "
        "retract: and take back what the same person wrote there lately; mute, suspend (posting, in every room), kick, "
        "remove (and end the membership), ban: as well."
    ),
]
Lasts = Annotated[Seconds | None, Meta(description="How long a mute, suspension or ban lasts; absent: until lifted.")]
Everywhere = Annotated[bool, Meta(description="What follows holds in every room, not only in this one.")]
IsStrike = Annotated[
    bool | None,
    Meta(
        description="A hit is a strike on the member ladder. Absent: it is; with the action hold, only when a "
        "moderator refuses the text (true: at once; false: never)."
    ),
]
Deduct = Annotated[int, Meta(ge=0, le=100, description="Credit a hit costs.")]
Case = Annotated[bool, Meta(description="A hit opens a case for the moderators.")]


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
        Name, Meta(description="Database URL; a relative SQLite path starts at the config file's folder.")
    ] = "sqlite:///roomkeeper.db"
    busy_timeout: Annotated[Seconds, Meta(description="How long to wait for a locked database before denying.")] = (
        Seconds(3)
    )


class Document(Section, frozen=True, kw_only=True):
    """How numbers of one type of document are checked before they are looked up; NAME is the type."""

    check: Annotated[
        Name,
        Meta(
            description="`gb11643`: Chinese ID number, its date and check digit. `mrz`: number and check digit as in a "
            "passport's machine-readable line. `pattern:` and a regular expression that the whole number matches, "
            "without spaces and dashes and in capitals."
        ),
    ]


class Asked(Section, frozen=True, kw_only=True):
    """A field that applicants fill in. `type`, `number` and `name` (of a document) have labels of their own."""

    name: Annotated[str, Meta(pattern="^[a-z0-9]+(-[a-z0-9]+)*$", description="What it is called where it is sent.")]
    label: Annotated[dict[str, str], Meta(description="What applicants read, by language.")] = {}
    longest: Annotated[int, Meta(ge=1, le=2000, description="Characters it may have.")] = 200
    required: Annotated[bool, Meta(description="Must be filled in.")] = True


ASKED = (Asked(name="type"), Asked(name="number"), Asked(name="name"))


class Review(Section, frozen=True, kw_only=True):
    """The provider `review`: applicants submit what is asked for, and an identity officer decides by a command."""

    fields: Annotated[
        tuple[Asked, ...], Meta(description="What is asked for; `number` and `name` must be among it.")
    ] = ASKED
    keep: Annotated[
        Seconds, Meta(description="What nobody has decided by then is destroyed, and the applicant told.")
    ] = Seconds(14 * 86400)
    tell_every: Annotated[Seconds, Meta(description="Officers hear of new submissions at most this often.")] = Seconds(
        900
    )


class Http(Section, frozen=True, kw_only=True):
    """The provider `http`: a service of your own decides, asked by a signed webhook."""

    url: Annotated[str, Meta(description="Where it listens; https, or http on this machine.")] = ""
    secret_file: Annotated[str, Meta(description="File with the shared secret, mode 0600, 32 characters at least.")] = (
        ""
    )
    old_secret_file: Annotated[str, Meta(description="The secret before, still taken while it is being changed.")] = ""
    ca_file: Annotated[str, Meta(description="Certificates to trust instead of the system's.")] = ""
    fields: Annotated[
        tuple[Asked, ...], Meta(description="What is asked for; `number` and `name` must be among it.")
    ] = ASKED
    timeout: Annotated[Seconds, Meta(description="How long to wait for an answer.")] = Seconds(10)
    give_up_after: Annotated[
        Seconds, Meta(description="Without a decision by then the submission is destroyed, and the applicant told.")
    ] = Seconds(86400)
    codes: Annotated[int, Meta(ge=1, le=20, description="Answers somebody may give to a challenge.")] = 5
    clock_skew: Annotated[Seconds, Meta(description="How far a signature's time may be off.")] = Seconds(300)


class Oidc(Section, frozen=True, kw_only=True):
    """The provider `oidc`: people sign in elsewhere (OpenID Connect, code flow with PKCE). Needs [web]."""

    issuer: Annotated[str, Meta(description="The issuer's URL, exactly as it calls itself.")] = ""
    client_id: Annotated[str, Meta(description="What the issuer calls this installation.")] = ""
    client_secret_file: Annotated[
        str, Meta(description="File with the client's secret, mode 0600; none: public client.")
    ] = ""
    ca_file: Annotated[str, Meta(description="Certificates to trust instead of the system's.")] = ""
    scopes: Annotated[tuple[Name, ...], Meta(description="What is asked for; must hold openid.")] = (
        "openid",
        "profile",
    )
    name_claim: Annotated[str, Meta(description="The claim with somebody's name; empty: none.")] = "name"
    document_claim: Annotated[str, Meta(description="The claim with a document's number; empty: none.")] = ""
    document_type: Annotated[str, Meta(description="The type of that document, as imported files name it.")] = "id-card"
    algorithms: Annotated[
        tuple[Literal["RS256", "PS256", "ES256"], ...],
        Meta(min_length=1, description="Signatures that are taken."),
    ] = ("RS256", "PS256", "ES256")
    link_lasts: Annotated[Seconds, Meta(description="How long a link may be followed.")] = Seconds(600)
    timeout: Annotated[Seconds, Meta(description="How long to wait for the issuer.")] = Seconds(10)
    clock_skew: Annotated[Seconds, Meta(description="How far the issuer's clock may be off.")] = Seconds(60)


class Identity(Section, frozen=True, kw_only=True):
    """Who must be a verified person, and how one becomes that."""

    required_for: Annotated[
        tuple[Deeds, ...], Meta(description="What an account without a verified person may not do.")
    ] = (
        "create",
        "join",
        "post",
    )
    providers: Annotated[
        tuple[Providers, ...],
        Meta(
            description="Who may say who somebody is; with several, `verify` asks which. Each has its own table below."
        ),
    ] = ("registry",)
    document_types: Annotated[
        tuple[Name, ...],
        Meta(min_length=1, description="Types of document `verify` offers, as imported files name them."),
    ] = ("id-card", "passport", "residence-permit", "other")
    documents: dict[str, Document] = {}
    domains: Annotated[
        tuple[Name, ...],
        Meta(
            min_length=1,
            description="Domains whose accounts may be bound, `*` for any characters; those bound already stay.",
        ),
    ] = ("*",)
    max_accounts: Annotated[int, Meta(ge=1, description="Accounts one person may bind.")] = 3
    move_within: Annotated[
        Seconds, Meta(description="How long the code holds by which a new account takes the place of an old one.")
    ] = Seconds(86400)
    erase_after: Annotated[
        Seconds, Meta(description="How long after they asked for it a person is erased; they may cancel it until then.")
    ] = Seconds(7 * 86400)
    attempts: Annotated[
        int, Meta(ge=1, description="Failed `verify` attempts an account has within `attempts_window`.")
    ] = 5
    attempts_window: Annotated[Seconds, Meta(description="The window of `attempts`.")] = Seconds(3600)
    valid_for: Annotated[Seconds | None, Meta(description="How long a verification counts; absent: without end.")] = (
        None
    )
    remind_before: Annotated[
        tuple[Seconds, ...], Meta(description="How long before its end people are reminded to verify again.")
    ] = (Seconds(30 * 86400), Seconds(7 * 86400), Seconds(86400))
    on_loss: Annotated[
        Literal["mute", "remove"],
        Meta(
            description="Somebody in rooms whose verification ends, or by an account that is taken off them or changed "
            "for another: mute, they stay and may do what required_for leaves them; remove, they are put out. "
            "Memberships stay either way."
        ),
    ] = "mute"
    key_file: Annotated[
        Name, Meta(description="The vault's keys, mode 0600; the variable ROOMKEEPER_VAULT_KEYS wins over it.")
    ] = "vault.keys"
    review: Review = Review()
    http: Http = Http()
    oidc: Oidc = Oidc()


class Disclosure(Section, frozen=True, kw_only=True):
    """Who somebody is, shown to an identity officer once another one has approved it."""

    lapses_after: Annotated[
        Seconds, Meta(description="A request must be approved, and the person seen, within this time.")
    ] = Seconds(86400)
    notify_after: Annotated[Seconds, Meta(description="How long afterwards the person is told of it.")] = Seconds(
        30 * 86400
    )
    silent_cases: Annotated[
        tuple[Name, ...], Meta(description="Cases, by their references, of which the person is never told.")
    ] = ()


class Quotas(Section, frozen=True, kw_only=True):
    """How many places there are; a tier may name its own."""

    rooms_created: Annotated[int, Meta(ge=0, description="Rooms a person may hold as creator.")] = 5
    rooms_joined: Annotated[int, Meta(ge=0, description="Rooms a person may be a member of.")] = 100
    members_per_room: Annotated[int, Meta(ge=1, description="Members a room may have, whatever its class.")] = 500


class Membership(Section, frozen=True, kw_only=True):
    """How long somebody is a member of a room."""

    lapse: Annotated[
        Seconds,
        Meta(
            description="A membership ends, and its place is free, when its holder was not in the room for so long and "
            "is on none of the room's lists (owners, admins, members). 0s: never."
        ),
    ] = Seconds(30 * 86400)


class Tier(Section, frozen=True, kw_only=True):
    """What a credit score permits."""

    name: Annotated[Name, Meta(description="Shown to the person in `status`.")]
    threshold: Annotated[
        int, Meta(ge=0, le=100, description="Score from which the tier is reached; lost below 0.9 of it.")
    ]
    tenure: Annotated[
        Seconds,
        Meta(description="Time since verification, and since the last change of tier, that promotion into it needs."),
    ] = Seconds(0)
    rooms_created: Annotated[Places | None, Meta(description="Overrides quotas.rooms_created.")] = None
    rooms_joined: Annotated[Places | None, Meta(description="Overrides quotas.rooms_joined.")] = None
    message_rate: Annotated[float, Meta(gt=0, description="Messages a second, over time.")] = 2.0
    message_burst: Annotated[int, Meta(ge=1, description="Messages at once, before the rate holds.")] = 20
    links: Annotated[bool, Meta(description="May send links.")] = True
    files: Annotated[bool, Meta(description="May send files.")] = True
    invitations: Annotated[bool, Meta(description="May invite others.")] = True
    largest_scale: Annotated[
        str, Meta(description="The largest scale class of groups they may found or ask for; empty: any.")
    ] = ""


TIERS = (
    Tier(
        name="restricted",
        threshold=0,
        rooms_created=0,
        rooms_joined=10,
        message_rate=0.2,
        message_burst=5,
        links=False,
        files=False,
        invitations=False,
    ),
    Tier(name="limited", threshold=30, rooms_created=1, rooms_joined=30, message_rate=1.0, message_burst=10),
    Tier(name="standard", threshold=50),
    Tier(
        name="trusted",
        threshold=80,
        tenure=Seconds(30 * 86400),
        rooms_created=20,
        rooms_joined=300,
        message_rate=5.0,
        message_burst=50,
    ),
)


class Credit(Section, frozen=True, kw_only=True):
    """The credit score, 0 to 100, and the tiers it leads to."""

    start: Annotated[int, Meta(ge=0, le=100, description="Score of a newly verified person.")] = 60
    recovery: Annotated[Seconds, Meta(description="After this time a deduction is given back.")] = Seconds(90 * 86400)
    tiers: Annotated[
        tuple[Tier, ...], Meta(description="From the lowest threshold, which must be 0, to the highest.")
    ] = TIERS


class Threshold(Section, frozen=True, kw_only=True):
    """What the weights of all rules that hit one stanza lead to: of those that hold and are reached, the highest."""

    name: RuleName
    score: Annotated[
        int,
        Meta(
            ge=1,
            description="Sum of weights from which it is reached. Of two with the same, one that holds everywhere "
            "and for everybody gives way.",
        ),
    ]
    kinds: ForKinds = ()
    rooms: InRooms = ()
    categories: InCategories = ()
    scales: InScales = ()
    tiers: ForTiers = ()
    roles: ForRoles = ()
    shadow: Shadow = False
    action: RuleAction = "reject"
    lasts: Lasts = None
    everywhere: Everywhere = False
    strike: IsStrike = None
    deduct: Deduct = 0
    case: Case = False


THRESHOLDS = (
    Threshold(name="suspicious", score=5, action="note"),
    Threshold(name="too-suspicious", score=10),
)


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


class Links(Section, frozen=True, kw_only=True):
    """Links, by where they lead. With nothing but `allow`, every other link counts; an empty table: every link."""

    domains: Annotated[
        tuple[Name, ...], Meta(description="These and all below them; one without a dot is a whole top-level domain.")
    ] = ()
    domain_files: Annotated[tuple[Name, ...], Meta(description="Files of such domains, one a line.")] = ()
    shorteners: Annotated[bool, Meta(description="Link shorteners, which hide where they lead.")] = False
    punycode: Annotated[bool, Meta(description="Domains with letters beyond ASCII, written either way.")] = False
    allow: Annotated[tuple[Name, ...], Meta(description="Never these, nor anything below them.")] = ()


class Caps(Section, frozen=True, kw_only=True):
    """Shouting: capitals among the letters of a text that have both cases."""

    share: Annotated[float, Meta(gt=0, le=1, description="The part of the letters that are capitals.")] = 0.8
    letters: Annotated[int, Meta(ge=1, description="Texts with fewer letters never count.")] = 20


class Length(Section, frozen=True, kw_only=True):
    """How long a text is; each key that is given is enough by itself."""

    chars: Annotated[Count | None, Meta(description="Has at least so many characters.")] = None
    lines: Annotated[Count | None, Meta(description="Has at least so many lines.")] = None
    repeats: Annotated[Run | None, Meta(description="Has one character at least so many times in a row.")] = None
    marks: Annotated[Run | None, Meta(description="Has at least so many marks piled on one letter.")] = None


class Age(Section, frozen=True, kw_only=True):
    """Time since the person was verified; somebody not verified has been here for no time at all."""

    under: Annotated[Seconds | None, Meta(description="Less than this.")] = None
    over: Annotated[Seconds | None, Meta(description="This or more.")] = None


class Flood(Section, frozen=True, kw_only=True):
    """Too much within a time; each of messages, chars and joins is enough by itself.

    What is refused counts all the same; a correction (XEP-0308) of one's own message does not. Presences count as
    messages in rules whose `kinds` name them.
    """

    messages: Annotated[Count | None, Meta(description="More than so many messages.")] = None
    chars: Annotated[Count | None, Meta(description="More than so many characters in messages.")] = None
    joins: Annotated[
        Arrivals | None, Meta(description="More than so many joins; in a room each person counts once.")
    ] = None
    within: Annotated[Seconds, Meta(description="The time in which they came.")] = Seconds(30)
    by: Annotated[
        Literal["person-here", "person", "room"] | None,
        Meta(
            description="Whose they are: the person's in this room, the person's anywhere, everybody's in this room; "
            "absent: person-here, for joins room."
        ),
    ] = None


class Duplicates(Section, frozen=True, kw_only=True):
    """The same text again or nearly: numbers, emoji, signs, the tails of links and the order of words do not matter."""

    copies: Annotated[int, Meta(ge=2, le=100, description="From so many on, this one counted.")] = 3
    within: Annotated[Seconds, Meta(description="The time in which they came.")] = Seconds(600)
    by: Annotated[
        Literal["person", "anybody"], Meta(description="Whose copies count: the person's own, or everybody's.")
    ] = "person"
    across_rooms: Annotated[bool, Meta(description="Those in other rooms count too.")] = True
    similarity: Annotated[
        float, Meta(ge=0.5, le=1, description="How much of two texts must be common: 1 for all that matters.")
    ] = 0.7
    letters: Annotated[
        int, Meta(ge=10, description="Texts with fewer letters never count; an ideograph counts as two.")
    ] = 24


class Mentions(Section, frozen=True, kw_only=True):
    """Naming many at once, by nickname or reference (XEP-0372); each key that is given is enough by itself."""

    people: Annotated[Count | None, Meta(description="Names at least so many of those who are in the room.")] = None
    share: Annotated[
        Share | None, Meta(description="Names so large a part of the others in the room, three at least.")
    ] = None
    everyone: Annotated[bool, Meta(description="Calls everybody at once: `@all`, `@everyone`, `@所有人`.")] = False


class Condition(Section, frozen=True, kw_only=True):
    """What to look for. Every key that is given must be met; any of its words and patterns meets those."""

    words: Annotated[tuple[str, ...], Meta(description="Words or phrases, matched in any case.")] = ()
    word_files: Annotated[tuple[str, ...], Meta(description="Files of words, one a line, # for comments.")] = ()
    patterns: Annotated[
        tuple[str, ...], Meta(description="Regular expressions in RE2's syntax, in any case, matched in linear time.")
    ] = ()
    whole_word: Annotated[
        bool, Meta(description="A word must not be part of a longer one (scripts with spaces only).")
    ] = True
    across_punctuation: Annotated[
        bool, Meta(description="A word in ideographs may also stretch over commas, stops and other ends of clauses.")
    ] = False
    links: Links | None = None
    mixed_script: Annotated[
        bool, Meta(description="A word that passes letters of one script off as another's; never a script as such.")
    ] = False
    caps: Caps | None = None
    length: Length | None = None
    attachments: Annotated[tuple[Files, ...], Meta(description="A file of one of these kinds.")] = ()
    person_age: Age | None = None
    flood: Flood | None = None
    duplicates: Duplicates | None = None
    mentions: Mentions | None = None
    membership_age: Annotated[
        Age | None, Meta(description="Time since the writer became a member of the room; nobody's is none at all.")
    ] = None
    first_message: Annotated[
        bool, Meta(description="The writer never posted in this room before, as a member of it.")
    ] = False
    all_of: Annotated[tuple["Condition", ...], Meta(description="Each of these must be met.")] = msgspec.field(
        name="all", default=()
    )
    any_of: Annotated[tuple["Condition", ...], Meta(description="One of these must be met.")] = msgspec.field(
        name="any", default=()
    )
    none_of: 'Annotated[Condition | None, Meta(description="This must not be met.")]' = msgspec.field(
        name="not", default=None
    )


class Rule(Condition, frozen=True, kw_only=True):
    """One rule of automatic moderation. It says what to look for, where, and what follows."""

    name: RuleName
    surfaces: Annotated[
        tuple[Surfaces, ...], Meta(description="Where it looks; empty: everywhere others can see it.")
    ] = ()
    kinds: ForKinds = ()
    rooms: InRooms = ()
    categories: InCategories = ()
    scales: InScales = ()
    tiers: ForTiers = ()
    roles: ForRoles = ()
    shadow: Shadow = False
    weight: Annotated[
        int, Meta(ge=-100, le=100, description="Added to the score that thresholds look at; 0: the rule acts alone.")
    ] = 0
    action: RuleAction = "reject"
    lasts: Lasts = None
    everywhere: Everywhere = False
    strike: IsStrike = None
    deduct: Deduct = 0
    case: Case = False


class ForcedConfig(Section, frozen=True, kw_only=True):
    """What the room's own form (XEP-0045 §10.2) must say, whatever its owners choose; what is absent is theirs."""

    public: Annotated[bool | None, Meta(description="Whether the room is listed.")] = None
    members_only: Annotated[bool | None, Meta(description="Whether the server lets in nobody but its members.")] = None
    moderated: Annotated[bool | None, Meta(description="Whether visitors need voice to write.")] = None
    persistent: Annotated[bool | None, Meta(description="Whether it stays when everybody has left.")] = None
    password: Annotated[
        Literal[False] | None, Meta(description="false: it has no password; what its owners write is taken out.")
    ] = None
    whois: Annotated[
        Literal["moderators", "anyone"] | None, Meta(description="Who sees the occupants' real addresses.")
    ] = None


class Founding(Section, frozen=True, kw_only=True):
    """Who may found a group of a category or class. What both demand must be met."""

    approval: Annotated[
        bool, Meta(description="A moderator decides on each, by the command `applications`; one asks by `apply`.")
    ] = False
    tiers: Annotated[
        tuple[Name, ...],
        Meta(description="Tiers of those who may found one, `unverified` for those without a person; empty: all."),
    ] = ()
    verified_for: Annotated[Seconds, Meta(description="How long ago they must have been verified at least.")] = Seconds(
        0
    )
    tenure: Annotated[Seconds, Meta(description="How long they must have been in their tier at least.")] = Seconds(0)


class Category(Founding, frozen=True, kw_only=True):
    """Rooms of one nature, called NAME by commands and rules. Its rules and packs hold there, beside all others."""

    title: Annotated[dict[str, str], Meta(description="What people call it, by language.")] = {}
    packs: Annotated[tuple[Name, ...], Meta(description="Packs that hold in its rooms, as `moderation.packs`.")] = ()
    rules: tuple[Rule, ...] = ()
    managers: 'Annotated[Managers | None, Meta(description="In place of moderation.managers, whole.")]' = None
    join_modes: Annotated[
        tuple[JoinModes, ...],
        Meta(
            min_length=1,
            description="How its rooms may be entered, as their managers choose: by anybody, with the right answer "
            "to a question, when a manager approves, when a manager invites.",
        ),
    ] = ("open", "question", "approval", "invite")
    join_mode: Annotated[
        Literal["open", "approval", "invite"], Meta(description="How, as long as they have not chosen.")
    ] = "open"
    config: ForcedConfig = ForcedConfig()


CATEGORIES = {"general": Category(title={"en": "General", "zh-Hans": "综合"})}


class Scale(Founding, frozen=True, kw_only=True):
    """Rooms of one class by size, called NAME by commands and rules. The smallest class comes first."""

    title: Annotated[dict[str, str], Meta(description="What people call it, by language.")] = {}
    members: Annotated[
        int, Meta(ge=1, description="Members a room of this class may have; `quotas.members_per_room` holds as well.")
    ]


SCALES = {
    "small": Scale(title={"en": "Small", "zh-Hans": "小型"}, members=50),
    "medium": Scale(title={"en": "Medium", "zh-Hans": "中型"}, members=500),
    "large": Scale(title={"en": "Large", "zh-Hans": "大型"}, members=5000),
}


class Activity(Section, frozen=True, kw_only=True):
    """Rooms of one class by activity, called NAME, the quietest first. If `[activity]` is empty, nothing is counted."""

    title: Annotated[dict[str, str], Meta(description="What people call it, by language.")] = {}
    messages: Annotated[
        int, Meta(ge=0, description="Messages that it needs within this week or the last one, from Monday on (UTC).")
    ] = 0
    members: Annotated[int, Meta(ge=0, description="Members who must have written within that same week.")] = 0


ACTIVITY = {
    "quiet": Activity(title={"en": "Quiet", "zh-Hans": "冷清"}),
    "active": Activity(title={"en": "Active", "zh-Hans": "活跃"}, messages=20, members=3),
    "very-active": Activity(title={"en": "Very active", "zh-Hans": "非常活跃"}, messages=500, members=20),
}


class Rooms(Section, frozen=True, kw_only=True):
    """What a room is as long as nobody has said otherwise by the command `classify`, and what its address may be."""

    category: Annotated[str, Meta(description="Its category; empty: the first of `[categories]`.")] = ""
    scale: Annotated[str, Meta(description="Its scale class; empty: the largest of `[scales]`.")] = ""
    lookalikes: Annotated[
        Literal["refuse", "report", "allow"],
        Meta(
            description="A new room whose address looks like another's: refuse it, allow it and open a case for the "
            "moderators, or allow it. Those that look like a suspended or blacklisted one are always refused."
        ),
    ] = "refuse"
    out_of_bounds: Annotated[
        Literal["correct", "refuse"],
        Meta(description="What becomes of an owner's form that says what its category or class does not allow."),
    ] = "correct"


class Hats(Section, frozen=True, kw_only=True):
    """Hats (XEP-0317): what clients show beside nicknames in rooms, on servers that can (Prosody)."""

    wear: Annotated[
        tuple[Literal["founder", "manager", "verified"], ...],
        Meta(
            description="Who wears one: whoever made the room, its owners and admins, people who are verified; "
            "empty: nobody. What they are called is in the language of `xmpp.language`."
        ),
    ] = ()


class Joining(Section, frozen=True, kw_only=True):
    """How people come into rooms that are not open to anybody."""

    attempt_applies: Annotated[
        bool, Meta(description="Trying to join a room with approval is an application, without words.")
    ] = True
    admission: Annotated[
        Seconds, Meta(description="How long whoever was approved, invited or answered rightly has to join.")
    ] = Seconds(7 * 86400)
    expires: Annotated[Seconds, Meta(description="An application that nobody decided ends after this.")] = Seconds(
        14 * 86400
    )
    pause: Annotated[Seconds, Meta(description="After a refusal, before one may apply to the same room again.")] = (
        Seconds(86400)
    )
    per_person: Annotated[int, Meta(ge=1, description="Applications that one person may have waiting.")] = 5
    per_room: Annotated[int, Meta(ge=1, description="Applications that may wait for one room's managers.")] = 100
    attempts: Annotated[
        int, Meta(ge=1, description="Answers to a room's question that a person may try within `attempts_window`.")
    ] = 3
    attempts_window: Annotated[Seconds, Meta(description="The window of `attempts`.")] = Seconds(3600)
    notify_every: Annotated[
        Seconds, Meta(description="Managers of a room are told of new applications no more often than this.")
    ] = Seconds(600)
    members_invite: Annotated[
        bool, Meta(description="An invitation by any member lets in, not only one by the room's owners and admins.")
    ] = False


class Applications(Section, frozen=True, kw_only=True):
    """Applications by the command `apply`: to found a group, or to have one be of another category or larger class."""

    expires: Annotated[Seconds, Meta(description="An application that nobody decides on lapses after this.")] = Seconds(
        14 * 86400
    )
    valid: Annotated[Seconds, Meta(description="How long the address is kept for whoever may found a group there.")] = (
        Seconds(7 * 86400)
    )
    most: Annotated[int, Meta(ge=1, description="Applications one person may have open at once.")] = 3


class Reports(Section, frozen=True, kw_only=True):
    """What people report by the command `report`: messages, people in a room, whole rooms."""

    per_person: Annotated[int, Meta(ge=1, description="Reports that one person may make within `window`.")] = 10
    window: Annotated[Seconds, Meta(description="The window of `per_person`.")] = Seconds(86400)


class Manager(Section, frozen=True, kw_only=True):
    """What owners and admins of rooms answer for."""

    response_time: Annotated[
        Seconds,
        Meta(
            description="How long a room's managers have to handle a report about it, by the command `reports`. Left "
            "standing, it is the moderators', and a strike on `[ladders.manager]`. 0s: it is theirs at once."
        ),
    ] = Seconds(2 * 86400)
    notify_every: Annotated[
        Seconds, Meta(description="They, and moderators, are told of new reports no more often than this.")
    ] = Seconds(600)
    offer_lasts: Annotated[
        Seconds, Meta(description="How long somebody has to take over a room that its owner offers them.")
    ] = Seconds(7 * 86400)
    credit: Annotated[int, Meta(ge=0, le=100, description="Credit for each report that somebody handles.")] = 1
    credit_most: Annotated[int, Meta(ge=0, le=100, description="The most of it within `credit_window`.")] = 5
    credit_window: Annotated[Seconds, Meta(description="The window of `credit_most`.")] = Seconds(7 * 86400)
    credit_lasts: Annotated[Seconds, Meta(description="How long it counts.")] = Seconds(90 * 86400)


class Appeals(Section, frozen=True, kw_only=True):
    """Appeals by the command `appeal`, against sanctions and against measures that a room's managers answer for."""

    window: Annotated[Seconds, Meta(description="How long after it was imposed one may appeal against something.")] = (
        Seconds(30 * 86400)
    )
    notify_every: Annotated[
        Seconds, Meta(description="Moderators are told of new appeals no more often than this.")
    ] = Seconds(600)


class Example(Section, frozen=True, kw_only=True):
    """A text that shows what a pack does."""

    text: Annotated[Name, Meta(description="What somebody writes.")]
    hits: Annotated[tuple[RuleName, ...], Meta(description="The pack's rules that hit it, all of them; empty: none.")]
    surface: Annotated[Surfaces, Meta(description="Where it is written.")] = "body"
    kind: Annotated[Kinds, Meta(description="The kind of stanza it comes in.")] = "post"
    verified: Annotated[Seconds, Meta(description="How long ago the writer was verified.")] = Seconds(365 * 86400)
    member: Annotated[Seconds, Meta(description="How long ago the writer became a member of the room.")] = Seconds(
        365 * 86400
    )
    first: Annotated[bool, Meta(description="It is the writer's first message there.")] = False
    after: Annotated[
        tuple[Name, ...], Meta(description="What came before it, a second apart, the latest last; all of one kind.")
    ] = ()
    from_others: Annotated[bool, Meta(description="Each of `after` was somebody else's, not the writer's.")] = False
    occupants: Annotated[tuple[Name, ...], Meta(description="Nicknames of others in the room.")] = ()


class Pack(Section, frozen=True, kw_only=True):
    """A file of rules that belong together, with examples that prove them."""

    about: Annotated[Name, Meta(description="What it is against, in a sentence.")]
    rules: tuple[Rule, ...]
    examples: tuple[Example, ...] = ()


class Step(Section, frozen=True, kw_only=True):
    """One step of a ladder."""

    strikes: Annotated[int, Meta(ge=1, description="Strikes within `window` that lead here.")]
    window: Annotated[Seconds, Meta(description="How far back strikes count.")]
    sanction: Annotated[
        Literal["notice", "mute", "suspend", "kick", "remove", "ban"],
        Meta(description="What follows. notice: a warning, nothing else; suspend: no posting, in every room."),
    ]
    lasts: Annotated[Seconds | None, Meta(description="How long; absent: until lifted.")] = None
    everywhere: Annotated[bool, Meta(description="In every room, not only where the last strike fell.")] = False
    deduct: Annotated[int, Meta(ge=0, le=100, description="Credit it costs.")] = 0


MEMBER_STEPS = (
    Step(strikes=2, window=Seconds(7 * 86400), sanction="mute", lasts=Seconds(600)),
    Step(strikes=3, window=Seconds(7 * 86400), sanction="mute", lasts=Seconds(86400), deduct=5),
    Step(strikes=5, window=Seconds(30 * 86400), sanction="ban", lasts=Seconds(7 * 86400), everywhere=True, deduct=15),
)


class Ladder(Section, frozen=True, kw_only=True):
    """Strikes within a window lead to a sanction."""

    steps: Annotated[tuple[Step, ...], Meta(description="From the mildest to the gravest.")] = MEMBER_STEPS


class GroupStep(Section, frozen=True, kw_only=True):
    """One step of the ladder for groups."""

    sanction: Annotated[
        Literal["warn", "suspend", "close", "blacklist"],
        Meta(description="What follows for the room: a warning, no more posting, its end, or that and the blacklist."),
    ]
    strikes: Annotated[
        Count | None,
        Meta(description="Strikes in the room within `window` that lead here; absent: only a missed deadline does."),
    ] = None
    persons: Annotated[int, Meta(ge=1, description="They must be those of at least so many people.")] = 1
    window: Annotated[Seconds, Meta(description="How far back strikes count.")] = Seconds(7 * 86400)
    within: Annotated[
        Seconds | None,
        Meta(description="Time to set things right; the next step follows if it is missed. Absent: no deadline."),
    ] = None
    checklist: Annotated[
        dict[str, str], Meta(description="What the room's managers have to set right, by language.")
    ] = {}


GROUP_STEPS = (
    GroupStep(
        sanction="warn",
        strikes=20,
        persons=5,
        within=Seconds(7 * 86400),
        checklist={
            "en": "look after what is written in the room, and remove those who keep breaking the rules",
            "zh-Hans": "管理群内发言，移除屡次违规的成员",
        },
    ),
    GroupStep(
        sanction="suspend",
        strikes=60,
        persons=10,
        within=Seconds(7 * 86400),
        checklist={
            "en": "remove those who keep breaking the rules, and name managers who look after the room",
            "zh-Hans": "移除屡次违规的成员，并安排管理人员",
        },
    ),
    GroupStep(sanction="close"),
)


class GroupLadder(Section, frozen=True, kw_only=True):
    """What becomes of a room in which the rules are broken. Its managers' own rules never count."""

    steps: Annotated[
        tuple[GroupStep, ...],
        Meta(description="From the mildest to the gravest, each sanction once; empty: moderators alone decide."),
    ] = GROUP_STEPS


class ManagerStep(Section, frozen=True, kw_only=True):
    """One step of the ladder for those who answer for rooms."""

    strikes: Annotated[
        int,
        Meta(
            ge=1,
            description="Their rooms suspended or closed, and reports left standing, within `window` that lead here.",
        ),
    ]
    window: Annotated[Seconds, Meta(description="How far back those count.")]
    sanction: Annotated[
        Literal["notice", "manage", "create"],
        Meta(description="What follows: a warning, no more managing, or no more making of rooms."),
    ]
    lasts: Annotated[Seconds | None, Meta(description="How long; absent: until lifted.")] = None
    everywhere: Annotated[bool, Meta(description="They may manage no room, not only not this one.")] = False
    deduct: Annotated[int, Meta(ge=0, le=100, description="Credit it costs.")] = 0


MANAGER_STEPS = (
    ManagerStep(strikes=1, window=Seconds(90 * 86400), sanction="notice", deduct=5),
    ManagerStep(
        strikes=2,
        window=Seconds(90 * 86400),
        sanction="manage",
        lasts=Seconds(30 * 86400),
        everywhere=True,
        deduct=10,
    ),
    ManagerStep(strikes=3, window=Seconds(180 * 86400), sanction="create", lasts=Seconds(180 * 86400), deduct=15),
)


class ManagerLadder(Section, frozen=True, kw_only=True):
    """What becomes of those who answer for rooms that are suspended or closed, and who leave reports standing."""

    steps: Annotated[
        tuple[ManagerStep, ...], Meta(description="From the mildest to the gravest; empty: nothing does.")
    ] = MANAGER_STEPS
    expires: Annotated[Seconds, Meta(description="How long such a strike counts.")] = Seconds(365 * 86400)


class Ladders(Section, frozen=True, kw_only=True):
    """Who climbs which ladder."""

    member: Ladder = Ladder()
    group: GroupLadder = GroupLadder()
    manager: ManagerLadder = ManagerLadder()


class Emergency(Section, frozen=True, kw_only=True):
    """Lockdowns, by the command `lockdown`, and raids: many strangers coming into one room at once."""

    lasts: Annotated[Seconds, Meta(description="How long a lockdown lasts, unless the command says so.")] = Seconds(
        3600
    )
    exempt_staff: Annotated[bool, Meta(description="No lockdown holds for those who have a role in `[staff]`.")] = True
    raid: Annotated[
        Literal["act", "shadow", "off"],
        Meta(
            description="What a raid leads to: strangers need approval for `raid_for` (members only, where the "
            "category's `join_modes` know no approval), a line in log and audit, or nothing."
        ),
    ] = "act"
    raid_joins: Annotated[
        int, Meta(ge=2, description="New members a minute that no room need have seen before; fewer are no raid.")
    ] = 100
    raid_factor: Annotated[
        float, Meta(ge=1, description="How many times as many as usual in the room it must be besides.")
    ] = 6.0
    raid_for: Annotated[Seconds, Meta(description="How long that holds.")] = Seconds(900)


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


class Settings(Section, frozen=True, kw_only=True):
    """The whole file."""

    xmpp: Xmpp
    storage: Storage = Storage()
    identity: Identity = Identity()
    disclosure: Disclosure = Disclosure()
    quotas: Quotas = Quotas()
    membership: Membership = Membership()
    credit: Credit = Credit()
    moderation: Moderation = Moderation()
    rules: tuple[Rule, ...] = ()
    rooms: Rooms = Rooms()
    joining: Joining = Joining()
    hats: Hats = Hats()
    categories: dict[Slug, Category] = msgspec.field(default_factory=CATEGORIES.copy)
    scales: dict[Slug, Scale] = msgspec.field(default_factory=SCALES.copy)
    activity: dict[Slug, Activity] = msgspec.field(default_factory=ACTIVITY.copy)
    applications: Applications = Applications()
    reports: Reports = Reports()
    manager: Manager = Manager()
    appeals: Appeals = Appeals()
    ladders: Ladders = Ladders()
    emergency: Emergency = Emergency()
    staff: Staff = Staff()
    retention: Retention = Retention()
    limits: Limits = Limits()
    web: Web = Web()
    log: Log = Log()
    metrics: Metrics = Metrics()
