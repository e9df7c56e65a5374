"""Verification by several providers, and its end."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_WAITS = "status = 'waiting'"


def upgrade() -> None:
    op.add_column("identities", sa.Column("source", sa.Text()))
    op.add_column("persons", sa.Column("confirmed_at", sa.Double(), server_default=sa.text("0"), nullable=False))
    op.execute("UPDATE persons SET confirmed_at = verified_at")
    op.create_index(op.f("ix_persons_confirmed_at"), "persons", ["confirmed_at"])
    op.add_column("persons", sa.Column("reminded_ahead", sa.Double()))
    op.create_table(
        "verifications",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("expires_at", sa.Double(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("record", sa.LargeBinary()),
        sa.Column("told_at", sa.Double()),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.Double()),
        sa.Column("challenge", sa.Text()),
        sa.Column("codes", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.Double()),
        sa.Column("decided_by", sa.Text()),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_verifications")),
        sa.UniqueConstraint("ref", name=op.f("uq_verifications_ref")),
    )
    op.create_index(
        "uq_verifications_account_provider_waiting",
        "verifications",
        ["account", "provider"],
        unique=True,
        sqlite_where=sa.text(_WAITS),
        postgresql_where=sa.text(_WAITS),
    )
    op.create_index("ix_verifications_status_expires_at", "verifications", ["status", "expires_at"])


def downgrade() -> None:
    op.drop_table("verifications")
    op.drop_index(op.f("ix_persons_confirmed_at"), "persons")
    op.drop_column("persons", "reminded_ahead")
    op.drop_column("persons", "confirmed_at")
    op.drop_column("identities", "source")
