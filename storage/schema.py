"""The tables, as the newest migration leaves them. Times are Unix seconds; JIDs bare. Long, since all stand together.

A *holder* owns places, strikes and sanctions: "p:NUMBER" for a person, "a:JID" for an account nobody verified.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    false,
    text,
)

REVISION = "0025"
"""The newest migration. Kept here so that opening a database that is up to date need not load Alembic."""

NUMBER = BigInteger().with_variant(Integer(), "sqlite")
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

counters = Table(
    "counters",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", NUMBER, nullable=False),
)

# the vault

vault_proofs = Table(  # shows at the start whether the keys are those of this database
    "vault_proofs",
    metadata,
    Column("name", Text, primary_key=True),  # "index", or "master ID"
    Column("proof", LargeBinary, nullable=False),
    Column("is_retired", Boolean, nullable=False, server_default=false()),  # wraps no new keys
)
vault_keys = Table(
    "vault_keys",
    metadata,
    Column("owner", Text, primary_key=True),  # holder
    Column("master", Text, nullable=False, index=True),  # id of the master key that wraps it
    Column("wrapped", LargeBinary, nullable=False),
)
identities = Table(  # everybody in the registry; becomes a person by a claim
    "identities",
    metadata,
    Column("number", NUMBER, primary_key=True, autoincrement=False),
    Column(
        "blind_index", Text, nullable=False, unique=True
    ),  # HMAC of document type and number, or of issuer and subject
    Column("name_tag", Text, nullable=False),  # HMAC of that and the name
    Column("record", LargeBinary, nullable=False),  # sealed: document type, number and name as given; empty: erased
    Column("added_at", Double, nullable=False),
    Column("source", Text),  # the provider that vouched for it; None: an imported file
)
claim_attempts = Table(  # those that failed
    "claim_attempts",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("account", Text, nullable=False),
    Column("at", Double, nullable=False),
    Index(None, "account", "at"),
)

verifications = Table(  # what waits for somebody's word: an officer's, a service's, a sign-in's
    "verifications",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("ref", Text, nullable=False, unique=True),  # its name outside; owns a key of the vault as "v:REF"
    Column("provider", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("at", Double, nullable=False),
    Column("expires_at", Double, nullable=False),
    Column("status", Text, nullable=False),  # storage.verifications.Status
    Column("record", LargeBinary),  # sealed: what was submitted; gone, with its key, once it is decided
    Column("told_at", Double),  # when officers heard of it
    Column("tries", Integer, nullable=False),  # deliveries to a service so far
    Column("next_try_at", Double),  # None: nothing is to be delivered
    Column("challenge", Text),  # JSON: what the applicant is asked for beside, by language
    Column("codes", Integer, nullable=False),  # answers to its challenge
    Column("decided_at", Double),
    Column("decided_by", Text),
    Index(
        "uq_verifications_account_provider_waiting",
        "account",
        "provider",
        unique=True,
        sqlite_where=text("status = 'waiting'"),
        postgresql_where=text("status = 'waiting'"),
    ),
    Index("ix_verifications_status_expires_at", "status", "expires_at"),
)

# people

persons = Table(
    "persons",
    metadata,
    Column("number", NUMBER, ForeignKey(identities.c.number), primary_key=True, autoincrement=False),
    Column("tier", Text, nullable=False),
    Column("tier_since", Double, nullable=False),
    Column("is_tier_locked", Boolean, nullable=False),
    Column("verified_at", Double, nullable=False),
    Column("confirmed_at", Double, nullable=False, server_default=text("0"), index=True),  # the last verification
    Column("reminded_ahead", Double),  # seconds before the end that the last reminder was for; 0: told of the end
    Column("rules_accepted", Integer, nullable=False),
)
accounts = Table(
    "accounts",
    metadata,
    Column("jid", Text, primary_key=True),
    Column("person", NUMBER, ForeignKey(persons.c.number), index=True),
    Column("bound_at", Double),
    Column("language", Text),
)
ledger = Table(
    "ledger",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("person", NUMBER, ForeignKey(persons.c.number), nullable=False, index=True),
    Column("at", Double, nullable=False),
    Column("delta", Integer, nullable=False),
    Column("cause", Text, nullable=False),
    Column("case_number", NUMBER),
    Column("by", Text, nullable=False),
    Column("expires_at", Double),
    Column("incident", NUMBER, index=True),  # what it was deducted for
    Column("gives_back", NUMBER),  # the deduction that this entry takes back
    Index("uq_ledger_gives_back", "gives_back", unique=True),
)
blacklist = Table(
    "blacklist",
    metadata,
    Column("subject", Text, primary_key=True),  # "a:JID", "r:ROOM JID", "d:BLIND INDEX" of a person's document
    Column("reason", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Double, nullable=False),
    Column("blacklisting", NUMBER, index=True),
)
blacklistings = Table(  # the act that put one on the list; a person is on it by each of their documents
    "blacklistings",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("holder", Text),  # this,
    Column("room", Text, index=True),  # or that: a room's address
    Column("reason", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Double, nullable=False),
    Column("measure", NUMBER, index=True),  # the measure against the room that it is part of, and is undone with
    Column("lost", Text),  # what the holder lost by it: places in rooms, and standing on their lists (JSON)
    Column("ended_at", Double),
    Column("overruled_at", Double),  # it was wrong
)

former_persons = Table(  # nobody has these numbers any more: their identities lead to whom they were merged into
    "former_persons",
    metadata,
    Column("number", NUMBER, primary_key=True, autoincrement=False),
    Column("merged_into", NUMBER, index=True),  # never a former person itself; None: erased
    Column("at", Double, nullable=False),
)
merges = Table(  # what a split needs to part them again
    "merges",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("survivor", NUMBER, nullable=False, index=True),
    Column("merged", NUMBER, nullable=False),
    Column("at", Double, nullable=False),
    Column("by", Text, nullable=False),
    Column("moved", Text, nullable=False),  # JSON: numbers of rows by table, and the row of `persons`
)
account_moves = Table(
    "account_moves",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("person", NUMBER, nullable=False),
    Column("old", Text, nullable=False, unique=True),
    Column("new", Text, nullable=False, index=True),
    Column("code_tag", Text, nullable=False),  # HMAC of the code and both accounts
    Column("expires_at", Double, nullable=False),
    Column("attempts", Integer, nullable=False),  # wrong codes so far
    Column("confirmed_at", Double),  # bound; rooms are still to follow
)
errands = Table(  # what is still to be told or done to an account: storage.errands
    "errands",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("kind", Text, nullable=False),  # storage.errands.ErrandKind
    Column("account", Text, nullable=False),
    Column("detail", Text, nullable=False),  # JSON
)
corrections = Table(  # asked for and not decided
    "corrections",
    metadata,
    Column("person", NUMBER, primary_key=True, autoincrement=False),
    Column("identity", NUMBER, nullable=False),
    Column("sealed_for", Text, nullable=False),
    Column("record", LargeBinary, nullable=False),  # as in identities, and why
    Column("asked_by", Text, nullable=False),
    Column("at", Double, nullable=False),
)
erasures = Table(  # asked for; gone when nothing is left to be done
    "erasures",
    metadata,
    Column("person", NUMBER, primary_key=True, autoincrement=False),
    Column("asked_at", Double, nullable=False),
    Column("due_at", Double, nullable=False),
    Column("erased_at", Double),  # done, but the file may still hold what was deleted
)
disclosures = Table(
    "disclosures",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("person", NUMBER, nullable=False, index=True),
    Column("case_reference", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("asked_by", Text, nullable=False),
    Column("asked_by_person", NUMBER, nullable=False),
    Column("asked_at", Double, nullable=False),
    Column("lapses_at", Double, nullable=False),
    Column("decided_by", Text),
    Column("decided_at", Double),
    Column("is_approved", Boolean),
    Column("shown_at", Double),
    Column("notify_at", Double),  # None: not shown yet, or the case is one of which nobody is told
    Column("notified_at", Double),
)

# rooms

rooms = Table(
    "rooms",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("jid", Text, nullable=False, index=True),
    Column("code", Text, nullable=False, unique=True),
    Column("status", Text, nullable=False),  # policy.facts.RoomStatus
    Column("is_pending", Boolean, nullable=False),  # the server has not made it yet
    Column("creator", Text, index=True),  # holder; None until it is made, or for good when it was found on the server
    Column("taken_at", Double, nullable=False),
    Column("closed_at", Double),
    Column("closed_by", Text),
    Column("close_reason", Text),
    Column("category", Text),  # None: nobody has chosen, the settings say
    Column("scale", Text),
    Column("activity", Text),  # the class last found, kept while something rests on it; None: the quietest
    Column("is_kept", Boolean, nullable=False, server_default=false()),  # closed, its address not to be used again
    Column("is_reserved", Boolean, nullable=False, server_default=false()),  # only its creator may make it again
    Column("own_rules", Text),  # JSON, a list of policy.room_rule.RoomRule; None: it has none
    Column("rules_version", Integer, nullable=False, server_default="0"),  # counts their changes
    Column("name", Text),  # as the server shows it, None before it has told
    Column("name_key", Text),  # as it is searched for
    Column("is_public", Boolean, nullable=False, server_default=false()),  # the server lists it
    Column("shape", Text, nullable=False, server_default="", index=True),  # what its address looks like
    Column("members", Integer, nullable=False, server_default="0"),  # places in it: triggers keep count
    Column("joining", Text),  # JSON, a policy.joining.Joining; None: its managers have not chosen
    Column("approval_until", Double),  # until then nobody comes in without approval
    Column("growth_told", Integer, nullable=False, server_default="0"),  # percent that managers were warned of
    Column("reviewed_at", Double),  # by a moderator; None: never since it was founded
    Column("reviewed_by", Text),
    Column("review_at", Double),  # when the next review is due, as its managers were told; None: they were not
    CheckConstraint("status IN ('open', 'suspended', 'closed')", name="status"),
    Index(
        "ix_rooms_review_at",
        "review_at",
        sqlite_where=text("review_at IS NOT NULL"),
        postgresql_where=text("review_at IS NOT NULL"),
    ),
    Index(
        "uq_rooms_jid_not_closed",
        "jid",
        unique=True,
        sqlite_where=text("status <> 'closed'"),
        postgresql_where=text("status <> 'closed'"),
    ),
)
memberships = Table(
    "memberships",
    metadata,
    Column("room", NUMBER, ForeignKey(rooms.c.number), primary_key=True, autoincrement=False),
    Column("holder", Text, primary_key=True),
    Column("is_creator", Boolean, nullable=False),  # holds one of the places for rooms created, too
    Column("is_given", Boolean, nullable=False, server_default=false()),  # since others made them an owner
    Column("is_pending", Boolean, nullable=False),  # taken, but not yet seen to come about
    Column("since", Double, nullable=False),
    Column("posted_at", Double),  # when their first message came, noted while some rule asks for it
    Column("wrote_in", Integer),  # the last week in which they did (policy.activity)
    Column("seen_at", Double, nullable=False, server_default="0"),  # last inside, or found on the room's lists
    Index(None, "holder"),
    Index(None, "seen_at"),
    Index(
        "ix_memberships_pending",
        "since",
        sqlite_where=text("is_pending = 1"),
        postgresql_where=text("is_pending"),
    ),
)
activity = Table(  # what was written in rooms
    "activity",
    metadata,
    Column("room", NUMBER, ForeignKey(rooms.c.number), primary_key=True, autoincrement=False),
    Column("week", Integer, primary_key=True, autoincrement=False),  # policy.activity.week_of
    Column("messages", NUMBER, nullable=False),
    Column("members", Integer, nullable=False),  # who wrote
    Index(None, "week"),
)
tallies = Table(  # places of each holder who has any: triggers keep count
    "tallies",
    metadata,
    Column("holder", Text, primary_key=True),
    Column("joined", Integer, nullable=False),
    Column("created", Integer, nullable=False),
)
affiliations = Table(  # the rooms' own lists, as the server told them: owners, admins and members
    "affiliations",
    metadata,
    Column("room", NUMBER, ForeignKey(rooms.c.number), primary_key=True, autoincrement=False),
    Column("account", Text, primary_key=True),
    Column("affiliation", Text, nullable=False),
    Column("nick", Text),  # worn when last seen inside
)
former_managers = Table(  # owners and admins of rooms that were closed over their heads: they may appeal
    "former_managers",
    metadata,
    Column("room", NUMBER, ForeignKey(rooms.c.number), primary_key=True, autoincrement=False),
    Column("account", Text, primary_key=True, index=True),
)
overrides = Table(  # of quotas, for one holder or one room
    "overrides",
    metadata,
    Column("subject", Text, primary_key=True),  # holder, or "c:CODE" of a room
    Column("quota", Text, primary_key=True),  # policy.facts.Quota
    Column("places", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Double, nullable=False),
    Column("until", Double),  # None: without end
)

proposals = Table(  # applications to found a group, or for another grade of one
    "proposals",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("holder", Text, nullable=False, index=True),  # whose it is
    Column("account", Text, nullable=False),
    Column("room", Text, nullable=False, index=True),  # its address
    Column("code", Text, nullable=False),  # "" of a group that is yet to be founded
    Column("category", Text, nullable=False),
    Column("scale", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("status", Text, nullable=False),  # storage.proposals.Status
    Column("at", Double, nullable=False),
    Column("until", Double, nullable=False),  # when it lapses: undecided, or approved and not made use of
    Column("decided_at", Double),
    Column("decided_by", Text),
    Column("reason", Text, nullable=False),
    Column("is_told", Boolean, nullable=False),  # whether the applicant was told of the status
    Index(
        "ix_proposals_open",
        "until",
        sqlite_where=text("status IN ('waiting', 'approved')"),
        postgresql_where=text("status IN ('waiting', 'approved')"),
    ),
    Index(
        "uq_proposals_kept",
        "room",
        unique=True,
        sqlite_where=text("status = 'approved'"),
        postgresql_where=text("status = 'approved'"),
    ),
    Index("ix_proposals_untold", "number", sqlite_where=text("is_told = 0"), postgresql_where=text("NOT is_told")),
)

handovers = Table(  # rooms that their owners offer to somebody else
    "handovers",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("code", Text, nullable=False, index=True),
    Column("room", Text, nullable=False),
    Column("giver", Text, nullable=False),  # account
    Column("taker", Text, nullable=False, index=True),  # account
    Column("at", Double, nullable=False),
    Column("until", Double, nullable=False),
    Column("state", Text, nullable=False),  # storage.handovers.State
    Index(
        "ix_handovers_open",
        "until",
        sqlite_where=text("state IN ('waiting', 'accepted')"),
        postgresql_where=text("state IN ('waiting', 'accepted')"),
    ),
)

# coming in

applications = Table(  # to be let into a room
    "applications",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("room", NUMBER, ForeignKey(rooms.c.number), nullable=False),
    Column("holder", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("at", Double, nullable=False),
    Column("expires_at", Double, nullable=False),
    Column("sealed_for", Text, nullable=False),  # whose key: the holder then
    Column("words", LargeBinary, nullable=False),
    Column("state", Text, nullable=False),  # storage.applications.State
    Column("decided_at", Double),
    Column("decided_by", Text),
    Column("reason", Text),
    Column("is_announced", Boolean, nullable=False),  # the room's managers know of it
    Column("is_told", Boolean, nullable=False),  # the applicant knows how it ended
    CheckConstraint("state IN ('waiting', 'approved', 'refused', 'granted', 'expired')", name="state"),
    Index(None, "holder", "room"),
    Index(
        "uq_applications_waiting",
        "room",
        "holder",
        unique=True,
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
    Index(
        "ix_applications_untold",
        "number",
        sqlite_where=text("is_told = 0"),
        postgresql_where=text("NOT is_told"),
    ),
)
admissions = Table(  # who may join a room though it is not open to them
    "admissions",
    metadata,
    Column("room", NUMBER, ForeignKey(rooms.c.number), primary_key=True, autoincrement=False),
    Column("holder", Text, primary_key=True),
    Column("way", Text, nullable=False),  # policy.joining.Way
    Column("by", Text, nullable=False),
    Column("at", Double, nullable=False),
    Column("expires_at", Double, nullable=False, index=True),
    Index(None, "holder"),
)
join_answers = Table(  # tried, to a room's question
    "join_answers",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("room", NUMBER, ForeignKey(rooms.c.number), nullable=False),
    Column("holder", Text, nullable=False),
    Column("at", Double, nullable=False, index=True),
    Index(None, "holder", "room", "at"),
)

# discipline

incidents = Table(  # a stanza that was answered with strikes, sanctions, deductions or a case: undone as one
    "incidents",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("check_id", Text, unique=True),  # of the hook's question, which may come twice; forgotten after a while
    Column("holder", Text, nullable=False, index=True),
    Column("at", Double, nullable=False),
    Column("overruled_at", Double),
    Column("overruled_by", Text),
)
strikes = Table(
    "strikes",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("holder", Text, nullable=False, index=True),
    Column("account", Text, nullable=False),
    Column("room", Text, nullable=False, index=True),
    Column("rule", Text, nullable=False),
    Column("at", Double, nullable=False),
    Column("expires_at", Double, nullable=False),
    Column("sealed_for", Text, nullable=False),  # whose key: the holder then
    Column("evidence", LargeBinary, nullable=False),
    Column("incident", NUMBER, index=True),
    Column("overruled_at", Double),  # it was none: from then on it does not count
)
sanctions = Table(
    "sanctions",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("holder", Text, nullable=False, index=True),
    Column("account", Text, nullable=False),
    Column("kind", Text, nullable=False),  # policy.facts.SanctionKind
    Column("room", Text, index=True),  # None: everywhere
    Column("rule", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Double, nullable=False),
    Column("until", Double),  # None: without end
    Column("lifted_at", Double),
    Column("lifted_by", Text),
    Column("lift_reason", Text),
    Column("incident", NUMBER, index=True),  # None: a moderator's
)
sanction_strikes = Table(  # the strikes that a ladder's sanction was counted from
    "sanction_strikes",
    metadata,
    Column("sanction", NUMBER, ForeignKey(sanctions.c.number), primary_key=True, autoincrement=False),
    Column("strike", NUMBER, ForeignKey(strikes.c.number), primary_key=True, autoincrement=False, index=True),
)
cases = Table(
    "cases",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("holder", Text, nullable=False, index=True),
    Column("account", Text, nullable=False),
    Column("room", Text, nullable=False, index=True),
    Column("rule", Text, nullable=False),
    Column("at", Double, nullable=False),
    Column("sealed_for", Text, nullable=False),
    Column("evidence", LargeBinary, nullable=False),
    Column("incident", NUMBER, index=True),
    Column("closed_at", Double),
    Column("closed_by", Text),
    Column("outcome", Text),  # storage.cases.CaseOutcome
)
holds = Table(  # stanzas kept from their rooms until a moderator decides
    "holds",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("holder", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("room", Text, nullable=False),
    Column("rules", Text, nullable=False),  # names, parted by spaces
    Column("content", Text, nullable=False),  # HMAC of what the same content is
    Column("at", Double, nullable=False),
    Column("state", Text, nullable=False),  # storage.holds.HoldState
    Column("until", Double, nullable=False),  # it waits, or a yes counts, until then
    Column("sealed_for", Text, nullable=False),
    Column("evidence", LargeBinary, nullable=False),
    Column("strike_expires_s", Double),  # a refusal is a strike that counts so long
    Column("deduct", Integer, nullable=False),
    Column("incident", NUMBER, index=True),  # what it led to at once
    Column("decided_at", Double),
    Column("decided_by", Text),
    Column("reason", Text),
    CheckConstraint("state IN ('waiting', 'approved', 'refused', 'lapsed')", name="state"),
    Index(None, "holder", "content"),
    Index(None, "state", "until"),
    Index(
        "uq_holds_waiting",
        "holder",
        "content",
        unique=True,
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
)

measures = Table(  # against rooms; at most one stands against each
    "measures",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("code", Text, nullable=False, index=True),
    Column("room", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),  # policy.group_ladder.MeasureKind
    Column("rule", Text, nullable=False),  # strikes, deadline, moderator
    Column("reason", Text, nullable=False),
    Column("checklist", Text, nullable=False),  # JSON: what has to be set right, by language
    Column("by", Text, nullable=False),
    Column("at", Double, nullable=False),
    Column("due_at", Double, index=True),
    Column("replaces", NUMBER),  # the milder one before it
    Column("status_before", Text, nullable=False),
    Column("places", Text),  # JSON: those of the room it closed, to be given back if it is undone
    Column("claimed_at", Double),  # its managers say that all is set right: the clock stands still
    Column("claimed_by", Text),
    Column("claim", Text),
    Column("left_s", Double),  # that were left on the clock then
    Column("done_at", Double),  # the room is destroyed, people are told
    Column("ended_at", Double),
    Column("ended_by", Text),
    Column("end", Text),  # storage.measures.End
    Index(
        "uq_measures_standing",
        "code",
        unique=True,
        sqlite_where=text("ended_at IS NULL"),
        postgresql_where=text("ended_at IS NULL"),
    ),
)
reviews = Table(  # of rooms, as they fell due; at most one of each waits
    "reviews",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("code", Text, nullable=False, index=True),
    Column("since", Double, nullable=False),  # when it came before the moderators
    Column("outcome", Text),  # storage.reviews.Outcome; None: it waits
    Column("decided_at", Double),
    Column("decided_by", Text),
    Column("reason", Text, nullable=False),
    Column("measure", NUMBER, ForeignKey(measures.c.number)),  # that it led to
    Column("is_announced", Boolean, nullable=False),  # moderators know of it
    Column("is_urged", Boolean, nullable=False),  # and that it is overdue
    Column("is_told", Boolean, nullable=False),  # the room's managers know how it ended
    Index(
        "uq_reviews_waiting",
        "code",
        unique=True,
        sqlite_where=text("outcome IS NULL"),
        postgresql_where=text("outcome IS NULL"),
    ),
    Index("ix_reviews_untold", "number", sqlite_where=text("is_told = 0"), postgresql_where=text("NOT is_told")),
)
measure_strikes = Table(  # the strikes that led to a measure
    "measure_strikes",
    metadata,
    Column("measure", NUMBER, ForeignKey(measures.c.number), primary_key=True, autoincrement=False),
    Column("strike", NUMBER, ForeignKey(strikes.c.number), primary_key=True, autoincrement=False, index=True),
)

reports = Table(  # cases that people's complaints opened
    "reports",
    metadata,
    Column("case_number", NUMBER, ForeignKey(cases.c.number), primary_key=True, autoincrement=False),
    Column("code", Text, nullable=False),  # of the room
    Column("subject", Text, nullable=False),  # policy.complaint.Subject
    Column("matter", Text, nullable=False),  # HMAC of what complaints about the same have in common
    Column("due_at", Double),  # the room's managers have until then; None: it is the moderators'
    Column("passed_at", Double),  # when it became theirs
    Column("handling", Text),  # policy.complaint.Handling, as managers said
    Column("is_announced", Boolean, nullable=False),  # whoever is to look at it knows
    Column("is_settled", Boolean, nullable=False),  # sanctions for having left it standing are carried out
    Index(None, "code", "matter"),
    Index(
        "ix_reports_due",
        "due_at",
        sqlite_where=text("due_at IS NOT NULL"),
        postgresql_where=text("due_at IS NOT NULL"),
    ),
    Index(
        "ix_reports_open_work",
        "case_number",
        sqlite_where=text("is_announced = 0 OR is_settled = 0"),
        postgresql_where=text("NOT is_announced OR NOT is_settled"),
    ),
)
complaints = Table(  # one for each person who complained of it
    "complaints",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("report", NUMBER, ForeignKey(reports.c.case_number), nullable=False, index=True),
    Column("holder", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("at", Double, nullable=False),
    Column("grounds", Text, nullable=False),  # policy.complaint.Grounds
    Column("sealed_for", Text, nullable=False),
    Column("evidence", LargeBinary, nullable=False),  # their own words
    Column("is_told", Boolean, nullable=False),  # how it ended
    Index(None, "holder", "at"),
    Index("ix_complaints_untold", "report", sqlite_where=text("is_told = 0"), postgresql_where=text("NOT is_told")),
)
report_managers = Table(  # who managed the room when a report came that is theirs to handle
    "report_managers",
    metadata,
    Column("report", NUMBER, ForeignKey(reports.c.case_number), primary_key=True, autoincrement=False),
    Column("account", Text, primary_key=True),
)

manager_strikes = Table(  # against those who answered for a room when a measure came, or left a report standing
    "manager_strikes",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("holder", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("room", Text, nullable=False),
    Column("measure", NUMBER, ForeignKey(measures.c.number), index=True),  # what it is for: this,
    Column("report", NUMBER, ForeignKey(reports.c.case_number), index=True),  # or that
    Column("at", Double, nullable=False),
    Column("expires_at", Double, nullable=False),
    Column("incident", NUMBER, nullable=False),  # what it led to hangs on it
    Column("overruled_at", Double),
    Index(None, "holder", "measure"),
)

appeals = Table(  # against a sanction, a measure or a blacklisting, one each
    "appeals",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("holder", Text, nullable=False, index=True),
    Column("account", Text, nullable=False),
    Column("sanction", NUMBER, ForeignKey(sanctions.c.number), unique=True),  # this,
    Column("measure", NUMBER, ForeignKey(measures.c.number), unique=True),  # or that,
    Column("blacklisting", NUMBER),  # or that
    Column("at", Double, nullable=False),
    Column("sealed_for", Text, nullable=False),
    Column("evidence", LargeBinary, nullable=False),  # why, in their own words
    Column("state", Text, nullable=False),  # storage.appeals.State
    Column("wrong", Text),  # storage.discipline.Wrong: what was wrong, as an appeal that is upheld says
    Column("decided_at", Double),
    Column("decided_by", Text),
    Column("is_by_imposer", Boolean, nullable=False, server_default=false()),  # nobody else could decide
    Column("reason", Text, nullable=False),
    Column("is_announced", Boolean, nullable=False),  # moderators know of it
    Column("is_told", Boolean, nullable=False),  # what follows is done, and the appellant knows
    Index("uq_appeals_blacklisting", "blacklisting", unique=True),
    Index("ix_appeals_open", "number", sqlite_where=text("is_told = 0"), postgresql_where=text("NOT is_told")),
)

overdue = Table(  # what waits too long in staff's queues, and they were told so
    "overdue",
    metadata,
    Column("queue", Text, primary_key=True),  # storage.queues.Queue
    Column("number", NUMBER, primary_key=True, autoincrement=False),
    Column("since", Double, nullable=False),
)

# emergencies

lockdowns = Table(
    "lockdowns",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("room", Text),  # None, and no category: everywhere
    Column("category", Text),
    Column("deeds", Text, nullable=False),  # policy.facts.Deed, parted by spaces
    Column("spares_members", Boolean, nullable=False),
    Column("is_raid", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Double, nullable=False),
    Column("until", Double, nullable=False),
    Column("ended_at", Double, index=True),  # None: it holds until then, or that it is over is still to be told
    Column("ended_by", Text),
)

# rules

rule_stats = Table(  # what a rule did on a day, counted from 1 January 1970 (UTC)
    "rule_stats",
    metadata,
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("rule", Text, primary_key=True),
    Column("hits", NUMBER, nullable=False),
    Column("refused", NUMBER, nullable=False),
    Column("shadow_hits", NUMBER, nullable=False),
    Column("faults", NUMBER, nullable=False),
    Column("samples", NUMBER, nullable=False),  # how often it was asked with a clock
    Column("cost_s", Double, nullable=False),  # of those
    Column("last_hit_at", Double),
)

# the audit

audit = Table(  # append-only: triggers refuse anything else
    "audit",
    metadata,
    Column("number", NUMBER, primary_key=True, autoincrement=False),  # without gaps, from 1
    Column("at", Double, nullable=False),
    Column("actor", Text, nullable=False),
    Column("deed", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("detail", Text, nullable=False),  # JSON
    Column("hash", Text, nullable=False),
    Index(None, "subject", "number"),
)
audit_signatures = Table(  # append-only as well: what the audit's newest entry was at some time
    "audit_signatures",
    metadata,
    Column("number", NUMBER, primary_key=True, autoincrement=False),
    Column("hash", Text, nullable=False),
    Column("at", Double, nullable=False),
    Column("key", Text, nullable=False),  # the public half, in hex
    Column("signature", LargeBinary, nullable=False),  # Ed25519 over number, hash and time
)
audit_head = Table(  # one row: the newest entry, so that one cut off the end is missed
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),  # always 1
    Column("number", NUMBER, nullable=False),
    Column("hash", Text, nullable=False),
)
