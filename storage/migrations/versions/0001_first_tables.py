"""The first tables, and triggers that keep the audit as it was written."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.triggers import guard, unguard

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = (
    "audit",
    "audit_head",
    "blacklist",
    "cases",
    "claim_attempts",
    "counters",
    "identities",
    "rooms",
    "sanctions",
    "strikes",
    "vault_keys",
    "vault_proofs",
    "memberships",
    "persons",
    "accounts",
    "ledger",
)


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("deed", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_subject_number"), "audit", ["subject", "number"])
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "blacklist",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_blacklist")),
    )
    op.create_table(
        "cases",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("sealed_for", sa.Text(), nullable=False),
        sa.Column("evidence", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_cases")),
    )
    op.create_index(op.f("ix_cases_holder"), "cases", ["holder"])
    op.create_table(
        "claim_attempts",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_claim_attempts")),
    )
    op.create_index(op.f("ix_claim_attempts_account_at"), "claim_attempts", ["account", "at"])
    op.create_table(
        "counters",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counters")),
    )
    op.create_table(
        "identities",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("blind_index", sa.Text(), nullable=False),
        sa.Column("name_tag", sa.Text(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_identities")),
        sa.UniqueConstraint("blind_index", name=op.f("uq_identities_blind_index")),
    )
    op.create_table(
        "rooms",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("jid", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("is_pending", sa.Boolean(), nullable=False),
        sa.Column("creator", sa.Text()),
        sa.Column("taken_at", sa.Double(), nullable=False),
        sa.Column("closed_at", sa.Double()),
        sa.Column("closed_by", sa.Text()),
        sa.Column("close_reason", sa.Text()),
        sa.CheckConstraint("status IN ('open', 'suspended', 'closed')", name=op.f("ck_rooms_status")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_rooms")),
        sa.UniqueConstraint("code", name=op.f("uq_rooms_code")),
    )
    op.create_index(op.f("ix_rooms_creator"), "rooms", ["creator"])
    op.create_index(op.f("ix_rooms_jid"), "rooms", ["jid"])
    op.create_index(
        "uq_rooms_jid_not_closed",
        "rooms",
        ["jid"],
        unique=True,
        sqlite_where=sa.text("status <> 'closed'"),
        postgresql_where=sa.text("status <> 'closed'"),
    )
    op.create_table(
        "sanctions",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("room", sa.Text()),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("until", sa.Double()),
        sa.Column("lifted_at", sa.Double()),
        sa.Column("lifted_by", sa.Text()),
        sa.Column("lift_reason", sa.Text()),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_sanctions")),
    )
    op.create_index(op.f("ix_sanctions_holder"), "sanctions", ["holder"])
    op.create_table(
        "strikes",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("expires_at", sa.Double(), nullable=False),
        sa.Column("sealed_for", sa.Text(), nullable=False),
        sa.Column("evidence", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_strikes")),
    )
    op.create_index(op.f("ix_strikes_holder"), "strikes", ["holder"])
    op.create_table(
        "vault_keys",
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("master", sa.Text(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("owner", name=op.f("pk_vault_keys")),
    )
    op.create_index(op.f("ix_vault_keys_master"), "vault_keys", ["master"])
    op.create_table(
        "vault_proofs",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("proof", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_vault_proofs")),
    )
    op.create_table(
        "memberships",
        sa.Column("room", NUMBER, autoincrement=False, nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("is_creator", sa.Boolean(), nullable=False),
        sa.Column("is_pending", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["room"], ["rooms.number"], name=op.f("fk_memberships_room")),
        sa.PrimaryKeyConstraint("room", "holder", name=op.f("pk_memberships")),
    )
    op.create_index(op.f("ix_memberships_holder"), "memberships", ["holder"])
    op.create_index(
        "ix_memberships_pending",
        "memberships",
        ["since"],
        sqlite_where=sa.text("is_pending = 1"),
        postgresql_where=sa.text("is_pending"),
    )
    op.create_table(
        "persons",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("tier", sa.Text(), nullable=False),
        sa.Column("tier_since", sa.Double(), nullable=False),
        sa.Column("is_tier_locked", sa.Boolean(), nullable=False),
        sa.Column("verified_at", sa.Double(), nullable=False),
        sa.Column("rules_accepted", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["identities.number"], name=op.f("fk_persons_number")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_persons")),
    )
    op.create_table(
        "accounts",
        sa.Column("jid", sa.Text(), nullable=False),
        sa.Column("person", NUMBER),
        sa.Column("bound_at", sa.Double()),
        sa.Column("language", sa.Text()),
        sa.ForeignKeyConstraint(["person"], ["persons.number"], name=op.f("fk_accounts_person")),
        sa.PrimaryKeyConstraint("jid", name=op.f("pk_accounts")),
    )
    op.create_index(op.f("ix_accounts_person"), "accounts", ["person"])
    op.create_table(
        "ledger",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("person", NUMBER, nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("delta", sa.Integer(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("case_number", NUMBER),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.Double()),
        sa.ForeignKeyConstraint(["person"], ["persons.number"], name=op.f("fk_ledger_person")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_ledger")),
    )
    op.create_index(op.f("ix_ledger_person"), "ledger", ["person"])
    guard("audit", "audit_keeps", "the audit is append-only")


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    unguard("audit_keeps")
