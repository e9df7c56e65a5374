"""Who must be a verified person, how one becomes that, and who may see who somebody is."""

from typing import Annotated, Literal

from msgspec import Meta

from config.settings.shared import Deeds, Name, Seconds, Section

Providers = Literal["registry", "review", "http", "oidc"]


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
